"""The night that tells of warranties that end, in a register of 100,000 assets of 1,000 clients."""

from functools import partial

from .harness import Case, Work
from .register import CLIENTS, fill, status_sql

BATCH = 250


def night(env, clients=CLIENTS):
    """As the nightly job takes them: a batch of clients after the other."""
    roadmaps = fill(env, clients)

    def run():
        for start in range(0, clients, BATCH):
            roadmaps[start : start + BATCH]._raise_warranty_alerts()
            env.flush_all()

    return run


def again(env):
    """The night was stopped half way and is started anew: nobody is told twice."""
    roadmaps = fill(env)
    for start in range(0, CLIENTS // 2, BATCH):
        roadmaps[start : start + BATCH]._raise_warranty_alerts()
    told = env["mail.activity"].search_count([("res_model", "=", roadmaps._name)])

    def run():
        for start in range(0, CLIENTS, BATCH):
            roadmaps[start : start + BATCH]._raise_warranty_alerts()
            env.flush_all()
        if env["mail.activity"].search_count([("res_model", "=", roadmaps._name)]) != 2 * told:
            raise AssertionError("A client was told twice, or not at all")

    return run


CASES = [
    Case(
        "register.night",
        Work(night),
        Work(status_sql),
        "the first night's alerts for 1,000 clients with 100,000 assets: at most 200 queries,"
        " under a minute",
        max_queries=200,
        max_seconds=60,
    ),
    Case(
        "register.night_batch",
        Work(partial(night, clients=2 * BATCH), pieces=2),
        Work(partial(night, clients=BATCH)),
        f"a batch of {BATCH} clients of that night: constant queries, as many as one alone",
        max_query_ratio=1.0,
    ),
    Case(
        "register.night_again",
        Work(again),
        Work(night),
        "started anew after half of it: less than the whole night, and nobody is told twice",
        max_ratio=1.0,
        max_query_ratio=1.1,
    ),
]
