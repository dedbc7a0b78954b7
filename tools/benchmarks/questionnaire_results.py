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
RESULTS = """SELECT section_id, avg(score), count(*) FROM roadmap_assessment_section
              WHERE is_scored GROUP BY GROUPING SETS ((), (section_id))"""
SETS = [[], ["section_id"]]
GROUPED = "one grouped query, at most 3 more"


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


# ------------------------------------------------------- results of 500 runs
def ours_results(env):
    """What the pivot of the score analysis asks for when it opens: each page over all runs."""
    many_runs(env)
    return lambda: env["roadmap.assessment.section"].formatted_read_grouping_sets(
        [("is_scored", "=", True)], SETS, ["score:avg", "__count"]
    )


def reference_results(env):
    many_runs(env)
    return query(env, RESULTS)


CASES = [
    Case(
        "questionnaire.map500",
        Work(of_500(ours_map)),
        Work(of_500(reference_map)),
        f"500 runs: {GROUPED} for the pages, at most 3 times the plain SQL",
        max_ratio=3,
        max_query_extra=3,
    ),
    Case(
        "questionnaire.others500",
        Work(ours_others),
        Work(reference_others),
        "a client against its tier, 500 runs: one grouped query and one to read the client, at"
        " most 3 times the plain SQL",
        max_ratio=3,
        max_query_extra=1,
    ),
    Case(
        "questionnaire.map1000",
        Work(of_1000(ours_map), MANY),
        Work(of_1000(reference_map), MANY),
        f"1,000 clients with 2 full runs: {GROUPED} for the pages, at most 3 times the plain SQL",
        max_ratio=3,
        max_query_extra=3,
    ),
    Case(
        "questionnaire.results500",
        Work(ours_results),
        Work(reference_results),
        "500 runs by page, as the pivot asks: one grouped query and one to name the pages, at most"
        " 3 times the plain SQL",
        max_ratio=3,
        max_query_extra=1,
    ),
]
