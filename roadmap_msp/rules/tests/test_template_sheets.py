import unittest

from ..template_sheets import Column, Table, read_table, write_cell

TABLE = Table(
    "Questions",
    (
        Column("Code", "code", required=True),
        Column("Weight", "weight", "int", high=5),
        Column("Type", "kind", "key", keys=("single", "text")),
        Column("Required", "required", "bool"),
        Column("Items", "items", "codes"),
    ),
)


class TestTemplateSheets(unittest.TestCase):
    def test_round_trip(self):
        record = {
            "code": "AAA-1", "weight": 3, "kind": "text", "required": True, "items": ["R-1", "R-2"],
        }  # fmt: skip
        cells = [write_cell(column, record[column.name]) for column in TABLE.columns]
        records, problems = read_table(TABLE, [cells], 2)
        self.assertEqual((records, problems), ([{**record, "_row": 2}], []))

    def test_empty_rows_and_cells(self):
        records, problems = read_table(TABLE, [["", "", "", "", ""], ["A"]], 2)
        self.assertEqual(problems, [])
        self.assertEqual(
            records,
            [{"_row": 3, "code": "A", "weight": 0, "kind": False, "required": False, "items": []}],
        )

    def test_problems_name_row_and_column(self):
        rows = [
            ["", "1", "single", "yes", ""],
            ["A", "six", "single", "yes", ""],
            ["B", "6", "Single", "maybe", ""],
            ["B", "1", "radio", "no", ""],
        ]
        _records, problems = read_table(TABLE, rows, 2)
        self.assertEqual(
            [(row.row, row.column, row.key, row.value) for row in problems],
            [
                (2, "Code", "empty", ""),
                (3, "Weight", "number", "six"),
                (4, "Weight", "range", "6"),
                (4, "Required", "word", "maybe"),
                (5, "Type", "word", "radio"),
                (5, "Code", "twice", "B"),
            ],
        )

    def test_headings(self):
        self.assertIsNone(
            TABLE.headings_differ(["code", "Weight", "Type", "Required", "Items", "Mine"])
        )
        self.assertEqual(TABLE.headings_differ(["Code", "Type"]), "Weight")
