"""The peak memory of a process of its own that imports a file of 50,000 rows.

python import_memory.py CONFIG DATABASE: prints KiB. The file is written by another process,
then read, judged and stored as the import screen does it; the transaction is undone.
"""

import base64
import csv
import io
import resource
import sys
from pathlib import Path

ROWS = 50_000
HEAD = ("Name", "Device Type", "Manufacturer", "Model", "Serial Number", "OS", "Purchase Date",
        "Warranty End", "Device ID")  # fmt: skip


def content():
    """A CSV as a monitoring tool exports it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(HEAD)
    for n in range(ROWS):
        day = f"{n % 28 + 1:02}"
        writer.writerow(
            [f"PC-{n}", "Laptop", "Dell Inc.", f"Latitude {n % 40}", f"MEM{n:06}",
             "Windows 11 Pro 24H2", f"2024-03-{day}", f"2027-03-{day}", f"R{n}"]
        )  # fmt: skip
    return buffer.getvalue().encode()


def main(config_file, database):
    import logging

    from odoo import api
    from odoo.orm.registry import Registry
    from odoo.tools import config

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from benchmarks import seed

    config.parse_config(["-c", config_file, "--log-level=critical"])
    logging.disable(logging.ERROR)
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, 2, {"lang": "en_US", "tz": "UTC"})
        roadmap, _contact = seed.client(env)
        run = env["roadmap.import"].create(
            {
                "file": base64.b64encode(content()),
                "filename": "devices.csv",
                "roadmap_id": roadmap.id,
                "source": "rmm",
                "mode": "all",
            }
        )
        run.action_read()
        run.action_preview()
        run.action_import()
        run.action_run_batch()
        env.flush_all()
        stored = run.stored_count
        cr.rollback()
    if stored != ROWS:
        raise SystemExit(f"{stored} rows were stored")
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main(*sys.argv[1:])
