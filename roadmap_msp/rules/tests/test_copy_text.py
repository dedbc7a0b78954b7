import unittest
from datetime import date

from .. import copy_text


class TestCopyText(unittest.TestCase):
    """Rows for COPY: nothing in a cell can end it, and nothing is NULL but what is empty."""

    def test_a_column(self):
        self.assertEqual(
            copy_text.column(["a", None, "", 0, date(2026, 3, 1)]),
            ["a", r"\N", r"\N", "0", "2026-03-01"],
        )

    def test_what_would_end_a_cell_is_escaped(self):
        self.assertEqual(
            copy_text.column(["C:\\temp", "two\nlines", "a\tb", "\r", r"\N", r"\.", None]),
            [r"C:\\temp", r"two\nlines", r"a\tb", r"\r", r"\\N", r"\\.", r"\N"],
        )
        self.assertEqual(copy_text.column(["two\nlines", "one"]), [r"two\nlines", "one"])

    def test_rows(self):
        same = copy_text.line(("in_use", None, "x\ty"))
        self.assertEqual(
            copy_text.table([["1", "2"], [same, same]]),
            "1\tin_use\t\\N\tx\\ty\n2\tin_use\t\\N\tx\\ty\n",
        )
        self.assertEqual(copy_text.table([]), "")
