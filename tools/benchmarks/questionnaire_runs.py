"""Changing one answer, filling in 210 questions, submitting a full run; 500 runs to look at."""

from . import seed
from .harness import Case, Work
from .questionnaire import answers_of, run_of, survey_of

PAGE, PAGE_OF_SURVEY, MANY = 60, 10, 210
CLIENTS, RUNS_EACH = 50, 10
SHIPPED = "roadmap_msp.questionnaire_technology_1"


# ------------------------------------------------------------------ one answer
def ours_one(env):
    assessment, contact = run_of(env, PAGE)
    assessment._save_answers(answers_of(assessment, 0), respondent=contact, source="client")
    key, value = next(iter(answers_of(assessment, 1).items()))
    changed = {key: {**value, "version": 1}}
    return lambda: assessment._save_answers(changed, respondent=contact, source="client")


def reference_one(env):
    save = survey_of(env, PAGE_OF_SURVEY)
    save()
    # Survey has no way to change one answer: the page that holds it is submitted again.
    return save


# ----------------------------------------------------------------- 210 answers
def ours_many(env):
    assessment, contact = run_of(env, MANY)
    values = list(answers_of(assessment, 0).items())

    def fill():
        for place in range(0, MANY, 10):
            part = dict(values[place : place + 10])
            assessment._save_answers(part, respondent=contact, source="client")

    return fill


def reference_many(env):
    return survey_of(env, MANY)


# ------------------------------------------------------------------ submitting
def full_run(env, roadmap, contact, place, **values):
    """A run of the shipped questionnaire, each choice answered by its first or last option."""
    assessment = env["roadmap.assessment"].create(
        {
            "name": "Bench",
            "roadmap_id": roadmap.id,
            "questionnaire_id": env.ref(SHIPPED).id,
            "length": "full",
            **values,
        }
    )
    assessment.action_send()
    values = {}
    for answer in assessment.answer_ids:
        options = answer.question_id.choice_ids.filtered(lambda choice: choice.kind == "option")
        if answer.question_type in ("single", "yes_no"):
            values[answer.question_id.id] = {
                "value": options[place].id,
                "version": answer.version,
            }
    assessment._save_answers(values, respondent=contact, source="staff")
    return assessment


def submit(env, others):
    roadmap, contact = seed.client(env)
    if others:
        many_runs(env)
    assessment = full_run(env, roadmap, contact, -1)
    return lambda: assessment._submit(contact, force=True)


def submit_again(env):
    """The third year: bad, all well, all bad again, so that every finding opens once more."""
    roadmap, contact = seed.client(env)
    assessment = env["roadmap.assessment"]
    for place in (-1, 0):
        assessment = full_run(env, roadmap, contact, place, previous_id=assessment.id)
        assessment._submit(contact, force=True)
        assessment.state = "closed"
    assessment = full_run(env, roadmap, contact, -1, previous_id=assessment.id)
    return lambda: assessment._submit(contact, force=True)


# ------------------------------------------------------------------ many runs
def many_runs(env):
    """500 scored runs of 50 clients, 40 pages each, written as rows."""
    partners = env["res.partner"].create([{"name": f"Bench {n}"} for n in range(CLIENTS)])
    roadmaps = env["roadmap.roadmap"].create([{"partner_id": partner.id} for partner in partners])
    env.flush_all()
    env.cr.execute(
        """WITH runs AS (
               INSERT INTO roadmap_assessment (name, roadmap_id, company_id, questionnaire_id,
                           length, state, submitted_on, is_scored, score)
               SELECT 'Bench', r.id, r.company_id, %(questionnaire)s, 'full', 'closed',
                      now() - n * interval '90 days', true, 50
                 FROM roadmap_roadmap r, generate_series(1, %(runs)s) n
                WHERE r.id = ANY(%(roadmaps)s) RETURNING id, roadmap_id, company_id)
           INSERT INTO roadmap_assessment_section (assessment_id, roadmap_id, company_id,
                       section_id, code, sequence, is_scored, score)
           SELECT runs.id, runs.roadmap_id, runs.company_id, p.id, p.code, p.sequence, true,
                  (runs.id * 7 + p.id * 13) %% 100
             FROM runs, roadmap_questionnaire_section p
            WHERE p.questionnaire_id = %(questionnaire)s""",
        {"questionnaire": env.ref(SHIPPED).id, "runs": RUNS_EACH, "roadmaps": roadmaps.ids},
    )
    for table in ("roadmap_roadmap", "roadmap_assessment", "roadmap_assessment_section"):
        env.cr.execute(f"ANALYZE {table}")
    return roadmaps


CASES = [
    Case(
        "questionnaire.change1",
        Work(ours_one),
        Work(reference_one),
        "one of a page of 60: 1/20 of the queries, 1/15 of the time of survey's page of 10",
        max_ratio=1 / 15,
        max_query_ratio=1 / 20,
    ),
    Case(
        "questionnaire.fill210",
        Work(ours_many),
        Work(reference_many),
        "at most a third of survey's time",
        max_ratio=1 / 3,
    ),
    Case(
        "questionnaire.submit",
        Work(lambda env: submit(env, others=True)),
        Work(lambda env: submit(env, others=False)),
        "at most 60 queries, no more beside 500 runs of others than alone",
        max_queries=60,
        max_query_ratio=1,
    ),
    Case(
        "questionnaire.submit_again",
        Work(submit_again),
        Work(lambda env: submit(env, others=False)),
        "a third run with every finding opened again: at most 60 queries; beside a first run",
        max_queries=60,
    ),
]
