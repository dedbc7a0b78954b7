"""The spreadsheet of a budget of 10,000 lines, against xlsxwriter writing the same cells."""

import io
import tempfile
from datetime import date, timedelta
from functools import partial

from . import seed
from .harness import Case, Work

LINES = 10_000
QUERY = """
    SELECT fiscal_year, quarter, area_name, name, kind, stage, amount::float, based_on
      FROM roadmap_budget_line
     WHERE budget_id = %s
     ORDER BY fiscal_year, quarter, sequence, id
"""


def budget(env, lines=LINES):
    roadmap, _contact = seed.client(env)
    record = env["roadmap.budget"].sudo()._make(roadmap)
    years = record._years()
    env["roadmap.budget.line"].sudo().create(
        [
            {
                "budget_id": record.id,
                "source": "item",
                "name": f"Replace device number {number}",
                "kind": "recurring" if number % 3 else "one_off",
                "stage": "planned",
                "fiscal_year": years[number % 5],
                "quarter": number % 4 + 1,
                "area_name": f"Area {number % 8}",
                "amount": 10.0 + number % 977,
                "based_on": f"guide price × {number % 9}",
            }
            for number in range(lines)
        ]
    )
    return record


def ours(env, lines=LINES):
    record = budget(env, lines)
    return lambda: record._write_workbook()


def on_disk(env, lines):
    """Into a file, as the answer to a browser is: the file itself must not count as memory."""
    record = budget(env, lines)

    def write():
        with tempfile.TemporaryFile() as file:
            record._write_workbook(file)

    return write


def reference(env):
    """The rows as they come from the cursor, in constant memory: no sums, no formula, no chart."""
    import xlsxwriter

    record = budget(env)

    def write():
        with xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True}) as book:
            sheet = book.add_worksheet("Lines")
            money = book.add_format({"num_format": "#,##0.00"})
            env.cr.execute(QUERY, [record.id])
            for at, row in enumerate(env.cr.fetchall(), start=1):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(at, column, value)
                    else:
                        sheet.write_number(at, column, value, money if column == 6 else None)

    return write


def book(env, many):
    """The values of a roadmap book, before rendering: that many devices, items and contracts."""
    roadmap, _contact = seed.client(env)
    kind = env["roadmap.asset.type"].search([("price_low", ">", 0)], limit=1)
    env["roadmap.asset"].create(
        [
            {
                "name": f"PC-{number}",
                "roadmap_id": roadmap.id,
                "type_id": kind.id,
                "purchase_date": date.today() - timedelta(days=10 * number),
            }
            for number in range(10 * many)
        ]
    )
    env["roadmap.contract"].create(
        [
            {"name": f"C{n}", "roadmap_id": roadmap.id, "price": 10, "date_start": date.today()}
            for n in range(many)
        ]
    )
    env["roadmap.item"].create(
        [
            {
                "name": f"Item {number}",
                "roadmap_id": roadmap.id,
                "category_id": kind.category_id.id,
                "target_date": date.today() + timedelta(days=30 * number),
                "line_ids": [(0, 0, {"name": "Work", "price_unit": 100})],
            }
            for number in range(many)
        ]
    )
    env["roadmap.budget"].sudo()._make(roadmap).action_propose()
    made = env["roadmap.book"].sudo().create({"roadmap_id": roadmap.id, "kind": "full"})
    return made._prepare_values


CASES = [
    Case(
        "budget.workbook10000",
        Work(ours),
        Work(reference),
        "at most 2 times xlsxwriter in constant memory writing the same cells",
        max_ratio=2.0,
    ),
    Case(
        "budget.memory",
        Work(partial(on_disk, lines=4 * LINES)),
        Work(partial(on_disk, lines=LINES)),
        "40,000 lines against 10,000: memory that does not grow with the lines",
        max_ratio=1.1,
        memory=True,
    ),
    Case(
        "budget.book",
        Work(partial(book, many=40)),
        Work(partial(book, many=2)),
        "a book of 30 pages: at most 60 queries before rendering, no more than one of few pages",
        max_queries=60,
        max_query_extra=3,
    ),
]
