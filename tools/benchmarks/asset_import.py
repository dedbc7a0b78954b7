"""Importing 10,000 rows by the engine, against Odoo's load() and against plain COPY.

load() creates maintenance.equipment with the same columns by name; COPY fills a table of text and
joins client and type by name, looks for duplicates and inserts under foreign keys.
"""

import csv
import io
from functools import partial

from . import seed
from .harness import Case, Work

ROWS = 10_000


def ours(env, count=ROWS):
    roadmap, _contact = seed.client(env)
    kind = env["roadmap.asset.type"].search([], limit=1)
    rows = [
        {
            "name": f"PC-{number}",
            "type_id": kind.name,
            "model": "M1",
            "serial": f"BENCH{number:06}",
            "warranty_end": "2027-03-01",
        }
        for number in range(count)
    ]
    return lambda: env["roadmap.asset"]._import(roadmap, rows, "rmm", {})


def load(env, count=ROWS):
    env["maintenance.equipment.category"].create({"name": "Bench PC"})
    fields = ["name", "category_id", "model", "serial_no", "warranty_date"]
    rows = [
        [f"PC-{number}", "Bench PC", "M1", f"BENCH{number:06}", "2027-03-01"]
        for number in range(count)
    ]
    model = env["maintenance.equipment"].with_context(tracking_disable=True)
    return lambda: model.load(fields, rows)


def copy(env):
    roadmap, _contact = seed.client(env)
    kind = env["roadmap.asset.type"].search([], limit=1)
    buffer = io.StringIO()
    csv.writer(buffer).writerows(
        [roadmap.name, kind.name, f"PC-{n}", "M1", f"BENCH{n:06}", "2027-03-01"]
        for n in range(ROWS)
    )
    cr = env.cr
    cr.execute(
        "CREATE TEMP TABLE bench_said (client text, kind text, name text, model text, serial text,"
        " day date) ON COMMIT DROP"
    )
    # Foreign keys cannot point from a temporary table to a permanent one.
    cr.execute(
        "CREATE TABLE bench_asset (id serial PRIMARY KEY, roadmap_id int NOT NULL REFERENCES"
        " roadmap_roadmap, type_id int REFERENCES roadmap_asset_type, name text NOT NULL,"
        " model text, serial text, day date)"
    )
    cr.execute("CREATE UNIQUE INDEX ON bench_asset (roadmap_id, serial)")

    def run():
        buffer.seek(0)
        cr.copy_expert("COPY bench_said FROM STDIN WITH (FORMAT csv)", buffer)
        cr.execute(
            "INSERT INTO bench_asset (roadmap_id, type_id, name, model, serial, day)"
            " SELECT r.id, t.id, s.name, s.model, s.serial, s.day FROM bench_said s"
            " JOIN roadmap_roadmap r ON r.name = s.client"
            " LEFT JOIN roadmap_asset_type t ON t.name->>'en_US' = s.kind"
            " WHERE NOT EXISTS (SELECT FROM bench_asset b"
            " WHERE b.roadmap_id = r.id AND b.serial = s.serial)"
        )

    return run


CASES = [
    Case(
        "asset.import10000",
        Work(ours),
        Work(load),
        "at least 10 times the rows per second of load(), at most 0.1 queries a row",
        max_ratio=0.1,
        max_queries=1000,
    ),
    Case(
        "asset.import10000copy",
        Work(ours),
        Work(copy),
        "at most 8 times the time of COPY with name join, duplicate check and foreign keys",
        max_ratio=8.0,
    ),
    Case(
        "asset.import_growth",
        Work(ours),
        Work(partial(ours, count=1_000)),
        "10,000 rows: at most 11 times the time of 1,000",
        max_ratio=11.0,
    ),
]
