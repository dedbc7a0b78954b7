import unittest
from datetime import date

from rules.program import met, month_ends, quarter, share, trailing


class TestProgram(unittest.TestCase):
    def test_month_ends(self):
        self.assertEqual(
            month_ends(date(2026, 3, 2), 3),
            [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 2)],
        )
        self.assertEqual(len(month_ends(date(2026, 1, 31))), 13)

    def test_trailing(self):
        rows = {date(2026, 1, 1): (1, 10), date(2026, 2, 1): (2, 20), date(2024, 2, 1): (9, 90)}
        days = [date(2026, 1, 31), date(2026, 2, 28), date(2027, 1, 5), date(2027, 6, 30)]
        self.assertEqual(trailing(rows, days, 2), [(1, 10), (3, 30), (2, 20), (0, 0)])
        self.assertEqual(trailing(rows, days, 2, months=1), [(1, 10), (2, 20), (0, 0), (0, 0)])
        self.assertEqual(trailing({}, days[:1], 2), [(0, 0)])

    def test_share(self):
        self.assertEqual(share(1, 4), 25)
        self.assertEqual(share(0, 4), 0)
        self.assertIsNone(share(0, 0), "nothing booked is no failure")

    def test_met(self):
        self.assertTrue(met(80, 80, "more"))
        self.assertFalse(met(79, 80, "more"))
        self.assertTrue(met(5, 5, "less"))
        self.assertFalse(met(6, 5, "less"))
        self.assertIsNone(met(None, 5, "less"))
        self.assertIsNone(met(5, None, "less"))

    def test_quarter(self):
        for day, first, last in (
            (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
            (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
            (date(2026, 11, 25), date(2026, 10, 1), date(2026, 12, 31)),
        ):
            self.assertEqual(quarter(day), (first, last))
