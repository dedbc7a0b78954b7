import unittest
from datetime import date, timedelta

from rules.fiscal import (
    first_of_month,
    fiscal_quarter,
    fiscal_year,
    last_of_month,
    month_index,
    quarter_bounds,
    year_bounds,
)


class TestFiscal(unittest.TestCase):
    def test_calendar_year_keeps_its_name(self):
        self.assertEqual(fiscal_year(date(2026, 1, 1), 1), 2026)
        self.assertEqual(fiscal_year(date(2026, 12, 31), 1), 2026)
        self.assertEqual(year_bounds(2026, 1), (date(2026, 1, 1), date(2026, 12, 31)))

    def test_year_is_named_after_its_end(self):
        self.assertEqual(fiscal_year(date(2026, 6, 30), 7), 2026)
        self.assertEqual(fiscal_year(date(2026, 7, 1), 7), 2027)
        self.assertEqual(year_bounds(2027, 7), (date(2026, 7, 1), date(2027, 6, 30)))
        self.assertEqual(year_bounds(2027, 12), (date(2026, 12, 1), date(2027, 11, 30)))

    def test_quarters_follow_the_start_month(self):
        self.assertEqual(fiscal_quarter(date(2026, 3, 31), 1), 1)
        self.assertEqual(fiscal_quarter(date(2026, 3, 31), 4), 4)
        self.assertEqual(fiscal_quarter(date(2026, 4, 1), 4), 1)
        self.assertEqual(quarter_bounds(2027, 3, 7), (date(2027, 1, 1), date(2027, 3, 31)))

    def test_leap_year(self):
        self.assertEqual(year_bounds(2028, 3), (date(2027, 3, 1), date(2028, 2, 29)))
        self.assertEqual(year_bounds(2027, 3), (date(2026, 3, 1), date(2027, 2, 28)))

    def test_start_month_may_be_text(self):
        self.assertEqual(fiscal_year(date(2026, 7, 1), "7"), 2027)
        self.assertEqual(fiscal_quarter(date(2026, 7, 1), "7"), 1)

    def test_wrong_input_is_refused(self):
        with self.assertRaises(ValueError):
            fiscal_year(date(2026, 1, 1), 13)
        with self.assertRaises(ValueError):
            quarter_bounds(2026, 5, 1)

    def test_every_day_lies_within_its_own_year_and_quarter(self):
        for start in range(1, 13):
            for offset in range(0, 1500, 7):
                day = date(2023, 1, 1) + timedelta(offset)
                year, quarter = fiscal_year(day, start), fiscal_quarter(day, start)
                first, last = year_bounds(year, start)
                self.assertTrue(first <= day <= last)
                self.assertEqual(last.year, year)
                first, last = quarter_bounds(year, quarter, start)
                self.assertTrue(first <= day <= last)

    def test_months_count_without_gaps(self):
        self.assertEqual(month_index(date(2027, 1, 1)) - month_index(date(2026, 12, 31)), 1)
        self.assertEqual(first_of_month(month_index(date(2026, 2, 15))), date(2026, 2, 1))
        self.assertEqual(last_of_month(month_index(date(2026, 2, 15))), date(2026, 2, 28))
