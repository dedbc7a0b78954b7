"""Prints and writes the table of the benchmark."""

import json

HEAD = "| Case | Ours | Reference | Ratio | Queries (ours, reference) | Target | Met |"
INTRO = """# Benchmarks

Written by `./dev bench`: median of {rounds} rounds, ours and the reference in turn in one run.

How to read it: queries are exact and repeat; a target in queries is a promise. Ratios hold roughly
on any machine. Milliseconds belong to one small and busy machine; where both sides do the very
same work (`host.*`) a ratio between 0.5 and 2 is nothing but its noise.

What is compared, by the same user, in the same context and with the registry's caches warm on both
sides:

- `questionnaire.save60`: 60 answers on one page, as the portal stores them, against the page of a
  `survey`.
- `asset.create1000`: 1,000 devices by a plain `create()` against `maintenance.equipment`, most of
  whose time is its chatter; our assets write none at creation. `asset.load1000` leaves that out on
  both sides, as Odoo's import does: ours then stores twice as many rows and checks more.
- `quote.lines20`: ten items of two lines each, quoted in one click, against Odoo's `create()` of
  the same order without our links.
- `budget.workbook10000`: the spreadsheet of 10,000 lines with its sums, formulas and charts against
  xlsxwriter writing the same rows in constant memory.
- `host.*`: Odoo's own work on records without a roadmap, with the addon installed against without.

"""


def line(row):
    queries = " / ".join(str(count) for count in row["queries"])
    met = "yes" if row["met"] else "NO"
    return (
        f"{row['id']:<24} {row['ours']:>10.2f} {row['reference']:>10.2f} {row['unit']}"
        f"  x{row['ratio']:<7} queries {queries:<12} {met:<4} {row['target']}"
    )


def write(rows, folder, rounds):
    folder.mkdir(exist_ok=True)
    (folder / "benchmarks.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    table = [HEAD, "|---|---:|---:|---:|---:|---|---|"]
    for row in rows:
        table.append(
            f"| `{row['id']}` | {row['ours']} {row['unit']} | {row['reference']} {row['unit']}"
            f" | {row['ratio']} | {row['queries'][0]}, {row['queries'][1]} | {row['target']}"
            f" | {'yes' if row['met'] else '**no**'} |"
        )
    text = INTRO.format(rounds=rounds) + "\n".join(table) + "\n"
    (folder / "benchmarks.md").write_text(text, encoding="utf-8")
