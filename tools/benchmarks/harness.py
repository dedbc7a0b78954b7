"""Times a piece of work of ours and its reference in turn, and counts their queries."""

import gc
import math
import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

WITH = "with"
WITHOUT = "without"
# Databases in which what a case prepares stays, as requests have their own transactions.
WEB = "web"
MANY = "many"


@dataclass(frozen=True)
class Work:
    """One side of a comparison.

    ``prepare(env)`` makes what the work needs and returns the function to be measured; it runs
    in a transaction of its own that is rolled back, so that rounds do not build on each other.
    """

    prepare: Callable
    database: str = WITH
    # What is made in one go; time and queries are of one of them, so that sides may differ.
    pieces: int = 1


@dataclass(frozen=True)
class Case:
    """A row of the table; a limit of None is not checked.

    One `on_demand` runs only when it is asked for by its name; its row is kept in the table until
    then. With `memory` the peak of what Python holds is compared, in KiB; work that measures a
    process of its own gives back its peak.
    """

    id: str
    ours: Work
    reference: Work
    target: str
    max_ratio: float | None = None
    max_queries: int | None = None
    max_query_ratio: float | None = None
    max_query_extra: int | None = None
    max_seconds: float | None = None
    # Ours must leave every row as it is.
    writes_nothing: bool = False
    # For work of minutes: so many rounds, and no first one that only fills caches.
    rounds: int | None = None
    on_demand: bool = False
    memory: bool = False
    # How often a round does the work; times and queries are of one.
    times: int = 1


def measure(registry, work, memory=False, times=1):
    """Seconds, queries and rows written of one execution, flush included; records are read anew.

    With `memory` the KiB that it held at most instead of seconds.
    """
    from odoo import api, sql_db

    with registry.cursor() as cr:
        env = api.Environment(cr, 2, {"lang": "en_US", "tz": "UTC"})
        run = work.prepare(env)
        env.flush_all()
        env.invalidate_all()
        if work.database in (WEB, MANY):
            cr.commit()
        gc.collect()
        gc.disable()
        written = rows_written(cr)
        try:
            if memory:
                tracemalloc.start()
            queries, start = sql_db.sql_counter, time.perf_counter()
            for _turn in range(times):
                peak = run()
            env.flush_all()
            pieces = times * work.pieces
            cost = (time.perf_counter() - start) / pieces
            queries = math.ceil((sql_db.sql_counter - queries) / pieces)
            written = rows_written(cr) - written
            if memory:
                traced = tracemalloc.get_traced_memory()[1] / 1024
                cost = peak if isinstance(peak, int) else traced
        finally:
            gc.enable()
            tracemalloc.stop()
            # The registry's caches stay, as on a server that has been up for a while: cold ones
            # would count queries that neither side's work needs the second time. What they hold
            # of the undone records is harmless, since ids are never given twice.
            cr.rollback()
            tidy(cr)
        return cost, queries, written


def rows_written(cr):
    """Rows that this transaction wrote so far; asked beside the cursor, which counts queries."""
    cr._obj.execute(
        "SELECT COALESCE(SUM(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables"
    )
    return cr._obj.fetchone()[0]


def tidy(cr):
    """Take away the dead rows of a round: whatever scans a table in the next would read them."""
    cr._cnx.autocommit = True
    try:
        cr.execute("VACUUM")
    finally:
        cr._cnx.autocommit = False


def run(case, registries, rounds):
    """Alternate the two sides; the first round only fills the registry's caches.

    Time is the median and queries are the least of all rounds. Returns a row of the table.
    """
    samples = {"ours": [], "reference": []}
    first = 1 if case.rounds else 0
    for number in range(first, (case.rounds or rounds) + 1):
        for side in samples:
            work = getattr(case, side)
            sample = measure(registries[work.database], work, case.memory, case.times)
            if number:
                samples[side].append(sample)
    costs = {side: statistics.median(row[0] for row in rows) for side, rows in samples.items()}
    queries = {side: min(row[1] for row in rows) for side, rows in samples.items()}
    written = max(row[2] for row in samples["ours"])
    ratio = costs["ours"] / costs["reference"]
    scale = 1 if case.memory else 1000
    met = (
        (case.max_ratio is None or ratio <= case.max_ratio)
        and (case.max_queries is None or queries["ours"] <= case.max_queries)
        and (
            case.max_query_ratio is None
            or queries["ours"] <= case.max_query_ratio * queries["reference"]
        )
        and (
            case.max_query_extra is None
            or queries["ours"] <= case.max_query_extra + queries["reference"]
        )
        and (case.max_seconds is None or costs["ours"] <= case.max_seconds)
        and not (case.writes_nothing and written)
    )
    return {
        "id": case.id,
        "ours": round(costs["ours"] * scale, 2),
        "reference": round(costs["reference"] * scale, 2),
        "ratio": round(ratio, 3),
        "unit": "KiB" if case.memory else "ms",
        "queries": [queries["ours"], queries["reference"]],
        "rounds": case.rounds or rounds,
        "target": case.target,
        "met": met,
    }
