"""Creating 1,000 devices, against Odoo's own maintenance.equipment."""

from . import seed
from .harness import Case, Work

COUNT = 1000


def ours(env):
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
    model = env["roadmap.asset"].with_context(tracking_disable=True)
    return lambda: model.create(values)


def reference(env):
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
    return lambda: env["maintenance.equipment"].create(values)


CASES = [
    Case(
        "asset.create1000",
        Work(ours),
        Work(reference),
        "at most 20 queries and 0.3 of maintenance.equipment's time",
        max_ratio=0.3,
        max_queries=20,
    )
]
