"""Preparing a meeting: all parts of the page, for a client with much to say."""

from . import plan, questionnaire, register, seed
from .harness import Case, Work

ASSETS, ITEMS, ANSWERS = 500, 200, 295


def prepare(env):
    """The page of a client with 500 assets, 200 items and 295 answers."""
    run, contact = questionnaire.run_of(env, ANSWERS)
    run._save_answers(questionnaire.answers_of(run, 0), respondent=contact, source="client")
    run._submit(contact)
    roadmap = run.roadmap_id
    register.fill_assets(env, roadmap, ASSETS)
    env.cr.execute(plan.FILL, [ITEMS, roadmap.ids])
    env.cr.execute("ANALYZE roadmap_asset, roadmap_item")
    meeting = env["roadmap.meeting"].create(
        {
            "name": "Bench",
            "roadmap_id": roadmap.id,
            "due_date": "2030-01-01",
            "agenda_id": env.ref("roadmap_msp.agenda_quarterly").id,
        }
    )
    return lambda: meeting.preparation


def reference(env):
    """What the client's own page asks of the database: one read of the client."""
    roadmap, _contact = seed.client(env)
    return lambda: roadmap.read(["name", "state", "score", "item_count", "asset_count"])


CASES = [
    Case(
        "meeting.prepare",
        Work(prepare),
        Work(reference),
        "prepare a meeting, 500 assets, 200 items, 295 answers: at most 60 queries",
        max_queries=60,
    ),
]
