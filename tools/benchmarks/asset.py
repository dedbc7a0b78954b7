"""Creating 1,000 devices, against Odoo's own maintenance.equipment.

Once by a plain ``create()`` on both sides, once with change tracking off on both sides, as when
Odoo's import loads a file. Most of the plain time of equipment is its chatter, which our assets
leave out at creation; the second row compares the rest.
"""

from functools import partial

from . import seed
from .harness import Case, Work

COUNT = 1000
QUIET = {"tracking_disable": True}


def ours(env, **context):
    roadmap, _contact = seed.client(env)
    kind = env["roadmap.asset.type"].search([], limit=1)
    values = [
        {
            "roadmap_id": roadmap.id,
            "type_id": kind.id,
            "name": f"PC-{number}",
            "maker": "Maker",
            "model": "M1",
            "serial": f"BENCH{number:06}",
            "warranty_end": "2027-03-01",
        }
        for number in range(COUNT)
    ]
    model = env["roadmap.asset"].with_context(**context)
    return lambda: model.create(values)


def reference(env, **context):
    category = env["maintenance.equipment.category"].create({"name": "PC"})
    values = [
        {
            "category_id": category.id,
            "name": f"PC-{number}",
            "model": "M1",
            "serial_no": f"BENCH{number:06}",
            "warranty_date": "2027-03-01",
        }
        for number in range(COUNT)
    ]
    model = env["maintenance.equipment"].with_context(**context)
    return lambda: model.create(values)


CASES = [
    Case(
        "asset.create1000",
        Work(ours),
        Work(reference),
        "at most 20 queries and 0.3 of maintenance.equipment's time",
        max_ratio=0.3,
        max_queries=20,
    ),
    Case(
        "asset.load1000",
        Work(partial(ours, **QUIET)),
        Work(partial(reference, **QUIET)),
        "tracking off on both sides: fewer queries; at most twice the time, for the dates by"
        " source, the due dates and the check for duplicates on top",
        max_ratio=2.0,
        max_query_ratio=1.0,
    ),
]
