"""Measures the addon against Odoo's own apps, side by side in one run.

Called by ``./dev bench [quick]``; needs two databases that are alike but for the addon, and two
more with it for cases that leave something behind.
"""

import argparse
import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from benchmarks import compared, harness, register, report  # noqa: E402
from benchmarks.cases import CASES  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", required=True, help="Odoo's configuration file")
    parser.add_argument("--with-addon", required=True, metavar="DATABASE")
    parser.add_argument("--without-addon", required=True, metavar="DATABASE")
    parser.add_argument("--web", required=True, metavar="DATABASE", help="for requests")
    parser.add_argument("--many", required=True, metavar="DATABASE", help="with 1,000 clients")
    parser.add_argument("--docs", required=True, type=Path, help="where the tables are written")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", help="run only the cases whose id begins so")
    args = parser.parse_args()
    if silent := compared.unexplained(case.id for case in CASES):
        parser.error(f"benchmarks/compared.py does not say what {', '.join(silent)} compare")

    from odoo.api import Environment
    from odoo.orm.registry import Registry
    from odoo.service.server import load_server_wide_modules
    from odoo.tools import config

    config.parse_config(["-c", args.config, "--log-level=critical"])
    logging.disable(logging.ERROR)
    load_server_wide_modules()
    registries = {
        harness.WITH: Registry(args.with_addon),
        harness.WITHOUT: Registry(args.without_addon),
        harness.WEB: Registry(args.web),
        harness.MANY: Registry(args.many),
    }
    rows = []
    for case in CASES:
        if args.only and not case.id.startswith(args.only):
            continue
        if case.on_demand and case.id != args.only:
            continue
        print(f"  {case.id} ...", end="\r", file=sys.stderr, flush=True)
        rows.append(harness.run(case, registries, args.rounds))
        print(report.line(rows[-1]), flush=True)
    kept = [case.id for case in CASES if case.on_demand]
    if not args.only:
        with registries[harness.WITH].cursor() as cr:
            plans = register.plans(Environment(cr, 2, {"lang": "en_US"}))
            cr.rollback()
        report.write(rows, args.docs, kept, plans)
    elif args.only in kept:
        report.keep(rows, args.docs)
    missed = [row["id"] for row in rows if not row["met"]]
    if missed:
        print(f"targets missed: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
