"""Importing 10,000 rows by the engine, against Odoo's load() and against plain COPY.

load() creates maintenance.equipment with the same columns by name. COPY fills a table of text,
joins client and type by name in small letters, as people write them, looks for duplicates within
the file and among what is stored, and inserts into a table with the columns, indexes and foreign
keys that an asset has. It derives nothing and judges no cell.
"""

import csv
import io
import subprocess
import sys
from functools import partial
from pathlib import Path

from . import register, seed
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

    def run():
        buffer.seek(0)
        cr.copy_expert("COPY bench_said FROM STDIN WITH (FORMAT csv)", buffer)
        cr.execute("ANALYZE bench_said")
        cr.execute(
            "INSERT INTO roadmap_asset (roadmap_id, company_id, type_id, name, model, serial,"
            " serial_key, warranty_end, state, active, create_uid, create_date, write_uid,"
            " write_date)"
            " SELECT DISTINCT ON (r.id, upper(s.serial)) r.id, r.company_id, t.id, s.name, s.model,"
            " s.serial, upper(s.serial), s.day, 'in_use', true, 2, now(), 2, now()"
            " FROM bench_said s"
            " JOIN roadmap_roadmap r ON lower(r.name) = lower(s.client)"
            " LEFT JOIN roadmap_asset_type t ON lower(t.name->>'en_US') = lower(s.kind)"
            " WHERE NOT EXISTS (SELECT FROM roadmap_asset b"
            " WHERE b.roadmap_id = r.id AND b.serial_key = upper(s.serial))"
        )

    return run


def beside(env):
    """The same rows where other clients hold 100,000 assets."""
    register.fill(env)
    return ours(env)


def alone(env):
    """50,000 rows from file to assets in a process of its own; tells its peak in KiB."""
    from odoo.tools import config

    script = Path(__file__).with_name("import_memory.py")
    command = [sys.executable, "-W", "ignore", str(script), config.rcfile, env.cr.dbname]

    def run():
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return int(done.stdout)

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
    Case(
        "asset.import_beside",
        Work(beside),
        Work(ours),
        "unchanged (10 %) where other clients hold 100,000 assets",
        max_ratio=1.1,
    ),
    Case(
        "asset.import50000",
        Work(alone),
        Work(lambda _env: lambda: 400 * 1024),
        "50,000 rows from file to assets in at most 400 MB (the reference), Odoo included",
        max_ratio=1.0,
        rounds=1,
        memory=True,
    ),
]
