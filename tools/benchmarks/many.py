"""A thousand clients with two full runs each, copied row by row inside the database."""

from . import seed

CLIENTS = 1000
RUNS = 2
SHIPPED = "roadmap_msp.questionnaire_technology_1"
MARK = "Bench many"


def load(env, clients=CLIENTS):
    """Clients, each with two submitted full runs, scored and answered; once in a database.

    :return: ids of the runs
    """
    env.cr.execute("SELECT id FROM roadmap_assessment WHERE name = %s ORDER BY id", (MARK,))
    runs = [key for (key,) in env.cr.fetchall()]
    return runs or copies(env, clients)


def copies(env, clients):
    roadmap, run = first(env)
    partners = clone(
        env, "res_partner", roadmap.partner_id.id, clients, {"name": f"'{MARK} ' || n"}
    )
    env.cr.execute(
        "UPDATE res_partner SET commercial_partner_id = id, complete_name = name"
        " WHERE id = ANY(%s)",
        (partners,),
    )
    roadmaps = clone(
        env,
        "roadmap_roadmap",
        roadmap.id,
        clients,
        {"partner_id": "(%(partners)s)[n]", "name": f"'{MARK} ' || n"},
        partners=partners,
    )
    runs = clone(
        env,
        "roadmap_assessment",
        run.id,
        clients * RUNS,
        {
            "roadmap_id": "(%(roadmaps)s)[1 + (n - 1) / %(runs)s]",
            "name": f"'{MARK}'",
            "submitted_on": "now() - n %% %(runs)s * interval '1 year'",
        },
        roadmaps=roadmaps,
        runs=RUNS,
    )
    fill(env, run.id, runs)
    return runs


def first(env):
    """The client and the run that are copied."""
    roadmap, contact = seed.client(env, MARK)
    roadmap.tier_id = env["roadmap.tier"].search([], limit=1)
    run = env["roadmap.assessment"].create(
        {
            "name": f"{MARK}, first",
            "roadmap_id": roadmap.id,
            "questionnaire_id": env.ref(SHIPPED).id,
            "length": "full",
        }
    )
    run.action_send()
    run.write({"state": "submitted", "is_scored": True, "score": 50, "submitted_by_id": contact.id})
    env.flush_all()
    return roadmap, run


def columns(env, table, left_out):
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s", (table,)
    )
    return [name for (name,) in env.cr.fetchall() if name not in left_out]


def clone(env, table, key, count, changed, **values):
    """Ids of so many copies of a row; `changed` gives SQL for columns, with ``n`` from 1 on."""
    same = columns(env, table, {"id", *changed})
    env.cr.execute(
        f"INSERT INTO {table} ({', '.join([*same, *changed])})"
        f" SELECT {', '.join([*(f't.{name}' for name in same), *changed.values()])}"
        f" FROM {table} t, generate_series(1, %(count)s) n WHERE t.id = %(key)s"
        " ORDER BY n RETURNING id",
        {"key": key, "count": count, **values},
    )
    return [found for (found,) in env.cr.fetchall()]


def fill(env, key, runs):
    """Pages with a score and answered questions for runs that are copies of one."""
    pages = columns(
        env,
        "roadmap_assessment_section",
        {"id", "assessment_id", "roadmap_id", "score", "is_scored"},
    )
    env.cr.execute(
        f"""INSERT INTO roadmap_assessment_section
                   (assessment_id, roadmap_id, score, is_scored, {", ".join(pages)})
            SELECT r.id, r.roadmap_id, (r.id * 7 + s.id * 13) %% 100, true,
                   {", ".join(f"s.{name}" for name in pages)}
              FROM roadmap_assessment r, roadmap_assessment_section s
             WHERE r.id = ANY(%(runs)s) AND s.assessment_id = %(key)s""",
        {"runs": runs, "key": key},
    )
    own = {"assessment_id", "assessment_section_id", "roadmap_id", "choice_id", "state", "version"}
    answers = columns(env, "roadmap_answer", {"id", *own})
    env.cr.execute(
        f"""INSERT INTO roadmap_answer (assessment_id, assessment_section_id, roadmap_id, choice_id,
                   state, version, {", ".join(answers)})
            SELECT r.id, page.id, r.roadmap_id, c.ids[1 + (r.id + a.id) %% cardinality(c.ids)],
                   CASE WHEN c.ids IS NULL THEN 'unanswered' ELSE 'answered' END, 1,
                   {", ".join(f"a.{name}" for name in answers)}
              FROM roadmap_answer a
              JOIN roadmap_assessment_section s ON s.id = a.assessment_section_id
              JOIN roadmap_question q ON q.id = a.question_id
         LEFT JOIN (SELECT question_id, array_agg(id) AS ids FROM roadmap_question_choice
                     WHERE kind = 'option' GROUP BY 1) c
                ON c.question_id = q.id AND q.question_type IN ('single', 'yes_no')
              JOIN roadmap_assessment_section page ON page.section_id = s.section_id
              JOIN roadmap_assessment r ON r.id = page.assessment_id
             WHERE a.assessment_id = %(key)s AND r.id = ANY(%(runs)s)""",
        {"runs": runs, "key": key},
    )
    for table in ("res_partner", "roadmap_roadmap", "roadmap_assessment"):
        env.cr.execute(f"ANALYZE {table}")
    env.cr.execute("ANALYZE roadmap_assessment_section")
    env.cr.execute("ANALYZE roadmap_answer")
