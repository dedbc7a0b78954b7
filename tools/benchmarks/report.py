"""Prints and writes the table of the benchmark."""

import json

HEAD = "| Case | Ours | Reference | Ratio | Queries (ours, reference) | Target | Met |"
INTRO = """# Benchmarks

Written by `./dev bench`: median of {rounds} rounds, ours and the reference in turn in one run. Read
the ratios and the queries; the milliseconds belong to one machine. References are Odoo's own apps.

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
