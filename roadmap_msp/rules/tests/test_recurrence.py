import unittest
from datetime import date

from rules.fiscal import month_index, quarter_bounds, year_bounds
from rules.recurrence import Recurring, notice_date, per_month

JAN, DEC = date(2026, 1, 1), date(2026, 12, 31)


class TestRecurrence(unittest.TestCase):
    def test_billing_periods_spread_over_their_months(self):
        self.assertEqual(per_month(300, "quarter"), 100)
        self.assertEqual(per_month(1200, "year"), 100)
        for period, price in (("month", 100), ("quarter", 300), ("year", 1200)):
            self.assertAlmostEqual(Recurring(price, period, JAN).in_period(JAN, DEC), 1200)

    def test_quantity_multiplies(self):
        self.assertEqual(Recurring(10, "month", JAN, quantity=25).in_month(month_index(JAN)), 250)

    def test_counts_from_the_month_in_which_it_starts(self):
        line = Recurring(100, start=date(2026, 3, 31))
        self.assertEqual(line.in_month(month_index(date(2026, 2, 1))), 0)
        self.assertEqual(line.in_month(month_index(date(2026, 3, 1))), 100)

    def test_counts_unless_it_ends_before_the_last_day(self):
        whole = Recurring(100, start=JAN, end=date(2026, 6, 30), renews=False)
        self.assertEqual(whole.in_period(JAN, DEC), 600)
        short = Recurring(100, start=JAN, end=date(2026, 6, 29), renews=False)
        self.assertEqual(short.in_period(JAN, DEC), 500)
        self.assertTrue(whole.counts_in(*quarter_bounds(2026, 2, 1)))
        self.assertFalse(short.counts_in(*quarter_bounds(2026, 2, 1)))

    def test_renews_past_its_end_unless_told_not_to(self):
        end = date(2026, 2, 28)
        self.assertEqual(Recurring(100, start=JAN, end=end).in_period(JAN, DEC), 1200)
        self.assertEqual(Recurring(100, start=JAN, end=end, renews=False).in_period(JAN, DEC), 200)

    def test_leap_day_is_the_last_day_of_its_month(self):
        first = month_index(date(2028, 2, 1))
        line = Recurring(100, start=JAN, end=date(2028, 2, 28), renews=False)
        self.assertEqual(line.in_month(first), 0)
        line = Recurring(100, start=JAN, end=date(2028, 2, 29), renews=False)
        self.assertEqual(line.in_month(first), 100)

    def test_percentage_rises_on_each_anniversary(self):
        line = Recurring(100, start=date(2026, 4, 15), increase_percent=10)
        self.assertEqual(line.in_month(month_index(date(2027, 3, 1))), 100)
        self.assertAlmostEqual(line.in_month(month_index(date(2027, 4, 1))), 110)
        self.assertAlmostEqual(line.in_month(month_index(date(2028, 4, 1))), 121)

    def test_amount_rises_on_each_anniversary_and_is_of_the_unit_price(self):
        line = Recurring(300, "quarter", JAN, quantity=2, increase_amount=30)
        self.assertEqual(line.in_month(month_index(JAN)), 200)
        self.assertEqual(line.in_month(month_index(date(2027, 1, 1))), 220)
        self.assertEqual(line.in_month(month_index(date(2028, 1, 1))), 240)

    def test_without_a_start_it_counts_nowhere(self):
        self.assertEqual(Recurring(100).in_period(JAN, DEC), 0)

    def test_quarters_add_up_to_the_year(self):
        line = Recurring(
            77.5, "quarter", date(2025, 5, 3), date(2027, 8, 31), False, 3, increase_percent=4
        )
        for start in range(1, 13):
            for year in (2025, 2026, 2027, 2028):
                quarters = sum(line.in_period(*quarter_bounds(year, q, start)) for q in range(1, 5))
                self.assertAlmostEqual(quarters, line.in_period(*year_bounds(year, start)))

    def test_notice_date(self):
        self.assertEqual(notice_date(date(2026, 12, 31), 90), date(2026, 10, 2))
        self.assertEqual(notice_date(date(2026, 12, 31), 0), date(2026, 12, 31))
        self.assertIsNone(notice_date(None, 90))
