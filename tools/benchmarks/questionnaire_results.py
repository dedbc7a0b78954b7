"""Scores and results over many runs, each against the plain SQL of the same."""

from . import many
from .harness import MANY, Case, Work
from .questionnaire_runs import many_runs

LAST = """SELECT DISTINCT ON (s.roadmap_id, s.code) s.roadmap_id, r.name, s.code, s.score
            FROM roadmap_assessment_section s
            JOIN roadmap_assessment a ON a.id = s.assessment_id
            JOIN roadmap_roadmap r ON r.id = s.roadmap_id
           WHERE s.is_scored AND a.state IN ('submitted', 'in_review', 'closed') %s
        ORDER BY s.roadmap_id, s.code, a.submitted_on DESC, s.id DESC"""
OTHERS = f"""SELECT code, avg(score), count(*) FROM (
                 {LAST % "AND r.tier_id = %(tier)s AND r.id != %(me)s"}
             ) last GROUP BY code"""
RESULTS = """SELECT question_id, choice_id, count(*) FROM roadmap_answer
              WHERE assessment_id = ANY(%(runs)s) AND state != 'unanswered' GROUP BY 1, 2"""


def query(env, sql, **values):
    def plain():
        env.cr.execute(sql, values)
        return env.cr.fetchall()

    return plain


# --------------------------------------------------------------------- the map
def ours_map(env):
    return env["roadmap.assessment.section"].get_heat_map


def reference_map(env):
    return query(env, LAST % "")


def of_500(side):
    def prepare(env):
        many_runs(env)
        return side(env)

    return prepare


def of_1000(side):
    def prepare(env):
        many.load(env)
        return side(env)

    return prepare


# --------------------------------------------------- one client against others
def a_client(env):
    roadmap = many_runs(env)
    roadmap.tier_id = env["roadmap.tier"].search([], limit=1)
    env.flush_all()
    env.cr.execute("ANALYZE roadmap_roadmap")
    return roadmap[0]


def ours_others(env):
    roadmap = a_client(env)
    return lambda: env["roadmap.assessment.section"]._benchmark(roadmap)


def reference_others(env):
    roadmap = a_client(env)
    return query(env, OTHERS, tier=roadmap.tier_id.id, me=roadmap.id)


# ------------------------------------------------------- answers of 500 runs
def ours_results(env):
    runs = many.load(env)[:500]
    domain = [("assessment_id", "in", runs), ("state", "!=", "unanswered")]
    return lambda: env["roadmap.answer"].formatted_read_group(
        domain, ["question_id", "choice_id"], ["__count"]
    )


def reference_results(env):
    return query(env, RESULTS, runs=many.load(env)[:500])


CASES = [
    Case(
        "questionnaire.map500",
        Work(of_500(ours_map)),
        Work(of_500(reference_map)),
        "500 runs: at most 3 times the plain SQL",
        max_ratio=3,
        max_queries=10,
    ),
    Case(
        "questionnaire.others500",
        Work(ours_others),
        Work(reference_others),
        "a client against its tier, 500 runs: one query, at most 3 times the plain SQL",
        max_ratio=3,
        max_queries=3,
    ),
    Case(
        "questionnaire.map1000",
        Work(of_1000(ours_map), MANY),
        Work(of_1000(reference_map), MANY),
        "1,000 clients with 2 full runs: at most 3 times the plain SQL",
        max_ratio=3,
        max_queries=10,
    ),
    Case(
        "questionnaire.results500",
        Work(ours_results, MANY),
        Work(reference_results, MANY),
        "answers of 500 full runs by question and choice: at most 3 times the plain SQL",
        max_ratio=3,
        max_queries=10,
    ),
]
