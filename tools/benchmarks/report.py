"""Prints and writes the table of the benchmark."""

import json

from . import compared

HEAD = "| Case | Rounds | Ours | Reference | Ratio | Queries (ours, reference) | Target | Met |"
LOAD = "## Fifty people saving at once"
INTRO = """# Benchmarks

Written by `./dev bench`: ours and the reference in turn in one run. Times are the median and
queries the least of as many rounds as the row says, after one that only fills the caches; cases of
a single round have none before it.

How to read it: queries are exact and repeat; a target in queries is a promise. Ratios hold roughly
on any machine. Milliseconds belong to one small and busy machine; where both sides do the very
same work (`host.*`) a ratio between 0.5 and 2 is nothing but its noise.

What is compared, by the same user, in the same context and with the registry's caches warm on both
sides:

"""


def line(row):
    queries = " / ".join(str(count) for count in row["queries"])
    met = "yes" if row["met"] else "NO"
    return (
        f"{row['id']:<24} {row['ours']:>10.2f} {row['reference']:>10.2f} {row['unit']}"
        f"  x{row['ratio']:<7} queries {queries:<12} {met:<4} {row['target']}"
    )


def read(folder):
    file = folder / "benchmarks.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else []


def keep(rows, folder):
    """Put the rows of cases that run on demand in place of their earlier ones; for `write`."""
    ids = {row["id"] for row in rows}
    rows = [row for row in read(folder) if row["id"] not in ids] + rows
    folder.mkdir(exist_ok=True)
    (folder / "benchmarks.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def curve(rows):
    """How the cost of the forecast grows, in lines of a table; a bar has the length of the time."""
    points = []
    for row in rows:
        if row["id"] == "forecast.all":
            points.append((100_000, row))
        elif row["id"].startswith("forecast.curve."):
            points.append((int(row["id"].rsplit(".", 1)[-1]), row))
    if not points:
        return []
    points.sort(key=lambda point: point[0])
    slowest = max(row["ours"] / devices for devices, row in points)
    lines = [
        "",
        "The curve: what the forecast of all clients costs as they grow. Were the cost out of",
        "proportion to the work, the bars would grow.",
        "",
        "| Devices | Ours | Plain SQL | Ours per 1,000 devices | |",
        "|---:|---:|---:|---:|---|",
    ]
    for devices, row in points:
        each = row["ours"] / devices
        lines.append(
            f"| {devices:,} | {row['ours']} ms | {row['reference']} ms | {each * 1000:.2f} ms"
            f" | {'█' * max(1, round(20 * each / slowest))} |"
        )
    return lines


def load_lines(folder):
    """What came of fifty people saving at once, in lines of a table; nothing before it ran."""
    file = folder / "load.json"
    if not file.exists():
        return []
    row = json.loads(file.read_text(encoding="utf-8"))
    lines = [
        "",
        LOAD,
        "",
        "Written by `./dev bench load --seconds 60`: fifty portal users, each with a connection of",
        "their own, against two worker processes; five of them answer the same run, ten questions",
        "each. The bare route writes one field of the caller's own row by the ORM, with the",
        "caller's rights. Both take turns of ten seconds; clients and server share the machine.",
        "",
        "| Side | Saves | Seconds | Saves a second | Errors |",
        "|---|---:|---:|---:|---:|",
    ]
    for side, found in row["found"].items():
        lines.append(
            f"| {side} | {found['saves']} | {found['seconds']} | {found['rate']:.1f}"
            f" | {found['errors']} |"
        )
    return [
        *lines,
        "",
        f"{row['share']} of the bare route's saves a second (target: at least {row['least']}),"
        f" {row['lost']} answers lost, {row['deadlocks']} deadlocks, {row['retries']} requests"
        " started over (target: none lost, no error, no deadlock, at most one request in a hundred"
        f" started over). Met: {'yes' if row['met'] else '**no**'}.",
    ]


def write_load(row, folder):
    """Keep the result of the load test and put it at the end of the table's page."""
    folder.mkdir(exist_ok=True)
    (folder / "load.json").write_text(json.dumps(row, indent=2) + "\n", encoding="utf-8")
    file = folder / "benchmarks.md"
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    before = before.partition(LOAD)[0].rstrip("\n")
    file.write_text("\n".join([before, *load_lines(folder)]) + "\n", encoding="utf-8")


def plan_lines(plans):
    """How the database answers the questions that are asked all day."""
    lines = []
    for case, plan in plans:
        lines += ["", f"The plan of `{case}`:", "", "```", *plan, "```"]
    return lines


def write(rows, folder, kept=(), plans=()):
    """Write both files; rows of the cases `kept` are taken over from the files before."""
    folder.mkdir(exist_ok=True)
    rows = rows + [row for row in read(folder) if row["id"] in kept]
    (folder / "benchmarks.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    table = [HEAD, "|---|---:|---:|---:|---:|---:|---|---|"]
    for row in rows:
        table.append(
            f"| `{row['id']}` | {row['rounds']} | {row['ours']} {row['unit']}"
            f" | {row['reference']} {row['unit']} | {row['ratio']}"
            f" | {row['queries'][0]}, {row['queries'][1]} | {row['target']}"
            f" | {'yes' if row['met'] else '**no**'} |"
        )
    table += curve(rows) + plan_lines(plans) + load_lines(folder)
    text = INTRO + "\n".join([*compared.lines(), "", *table]) + "\n"
    (folder / "benchmarks.md").write_text(text, encoding="utf-8")
