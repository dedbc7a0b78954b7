"""Fifty respondents saving at once against two worker processes, beside a bare ORM route.

Called by ``./dev bench load``. The server listens on 127.0.0.1 only and is ended here.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from benchmarks import load, load_clients, report  # noqa: E402

SHARE = 0.5
"""Of the bare route's saves per second, at least."""
STORM = 0.01
"""Of the saves that may be started over, at most."""
SERVE = Path(__file__).resolve().parent / "benchmarks" / "serve.py"
SLICE, WARM_UP, MINUTE = 10, 3, 60
LIMIT = 240
"""Seconds that all but the measuring may take."""


def start(args, ports):
    # Whatever happens to this script, the server ends.
    command = ["timeout", "--kill-after=10", str(LIMIT + 4 * args.seconds)]
    command += [sys.executable, "-W", "ignore::DeprecationWarning", str(SERVE), "-c", args.config]
    command += ["-d", args.database, f"--db-filter=^{args.database}$", "--workers=2"]
    command += [f"--addons-path={args.addons}", "--http-interface=127.0.0.1"]
    command += [f"--http-port={ports[0]}", f"--gevent-port={ports[1]}", "--max-cron-threads=0"]
    command += ["--smtp=127.0.0.1", "--smtp-port=9"]
    with args.log.open("w", encoding="utf-8") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(120):
        try:
            opener.open(f"http://127.0.0.1:{ports[0]}/web/health", timeout=5)
        except OSError:
            time.sleep(0.5)
        else:
            return server
    stop(server)
    sys.exit(f"the server did not start: {args.log}")


def stop(server):
    """Ends the server and its workers: they are a process group of their own."""
    os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)


def log_in(port, people, database):
    sessions = []
    for person in people:
        client = load_clients.Client(port, person, load.PASSWORD, database)
        client.log_in()
        sessions.append(client.cookie)
    return sessions


def measure(args, port, people):
    """{side: saves, seconds, rate and errors}; a short round of each comes first."""
    sessions = log_in(port, people, args.database)
    sides = {"bare route": [], "answers": []}
    # In turn, so that whatever else the machine does slows down both.
    slices = max(1, args.seconds // SLICE)
    for number in range(slices + 1):
        for side, rounds in sides.items():
            seconds = args.seconds / slices if number else WARM_UP
            saved = load_clients.save_at_once(
                port, people, sessions, seconds, bare=side == "bare route"
            )
            if number:
                rounds.append(saved)
    return {side: told(side, rounds) for side, rounds in sides.items()}


def told(side, rounds):
    """Print what came of a side's rounds; its saves a second and its errors."""
    count = sum(saves for saves, *_rest in rounds)
    took = sum(seconds for _saves, seconds, *_rest in rounds)
    times = sorted(second for *_rest, times, _errors in rounds for second in times)
    errors = [error for *_rest, found in rounds for error in found]
    slow = times[int(len(times) * 0.95)] if times else 0
    print(
        f"  {side:<11} {count} saves in {took:.1f} s: {count / took:.1f} a second,"
        f" 95 of 100 within {slow * 1000:.0f} ms, {len(errors)} errors",
        flush=True,
    )
    for error in errors[:3]:
        print(f"    {error}")
    return {
        "saves": count,
        "seconds": round(took),
        "rate": round(count / took, 2),
        "errors": len(errors),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("config", "database", "addons"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--log", required=True, type=Path)
    parser.add_argument("--ports", required=True, nargs=2)
    parser.add_argument("--seconds", type=int, default=20, help="20, at most 120")
    parser.add_argument("--docs", type=Path, help="where the result of a minute is written")
    args = parser.parse_args()
    args.seconds = min(args.seconds, 120)

    from odoo import api
    from odoo.orm.registry import Registry
    from odoo.tools import config

    config.parse_config(["-c", args.config, f"--addons-path={args.addons}", "--log-level=critical"])
    registry = Registry(args.database)
    with registry.cursor() as cr:
        people = load.seed(api.Environment(cr, 2, {"lang": "en_US", "tz": "UTC"}))
        cr.commit()
    # Ended from outside, it still ends its server.
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit("ended"))
    server = start(args, args.ports)
    try:
        found = measure(args, int(args.ports[0]), people)
    finally:
        stop(server)
    with registry.cursor() as cr:
        lost = load.lost(api.Environment(cr, 2, {}), people)
        cr.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        deadlocks = cr.fetchone()[0]
    retries = args.log.read_text().count("tries left, try again")
    share = found["answers"]["rate"] / found["bare route"]["rate"]
    errors = found["answers"]["errors"]
    print(
        f"  {share:.2f} of the bare route's saves a second (at least {SHARE}), {len(lost)} answers"
        f" lost, {errors} errors, {deadlocks} deadlocks, {retries} retries (at most {STORM:.0%} of"
        " the saves)"
    )
    for row in lost[:3]:
        print("    lost: run %s, question %s, confirmed %s, stands %s" % row)
    saves = sum(side["saves"] for side in found.values())
    met = share >= SHARE and retries <= STORM * saves and not (lost or errors or deadlocks)
    if args.docs and args.seconds >= MINUTE:
        row = {
            "found": found,
            "share": round(share, 2),
            "least": SHARE,
            "lost": len(lost),
            "errors": errors,
            "deadlocks": deadlocks,
            "retries": retries,
            "met": met,
        }
        report.write_load(row, args.docs)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
