import unittest
from collections import Counter
from datetime import date

from ..spread import add_working_days, hours_in_a_year, on_a_weekday, spread

MONDAY = date(2026, 1, 5)


class TestSpread(unittest.TestCase):
    def test_weeks_are_balanced(self):
        for count in (0, 1, 7, 10, 40, 80, 83):
            for weeks in (1, 3, 8, 12):
                days = spread(count, MONDAY, weeks)
                self.assertEqual(len(days), count)
                per_week = Counter((day - MONDAY).days // 7 for day in days)
                sizes = [per_week[week] for week in range(weeks)]
                self.assertEqual(sum(sizes), count, "outside the weeks")
                self.assertLessEqual(max(sizes) - min(sizes), 1, (count, weeks))

    def test_days_of_a_week_are_balanced(self):
        per_day = Counter(spread(12, MONDAY, 1))
        self.assertEqual(sorted(per_day.values()), [2, 2, 2, 3, 3])

    def test_no_weekend_and_in_order(self):
        for first in (MONDAY, date(2026, 1, 8), date(2026, 1, 10), date(2026, 1, 11)):
            days = spread(37, first, 6)
            self.assertTrue(all(day.weekday() < 5 for day in days))
            self.assertTrue(all(day >= first for day in days))
            self.assertEqual(days, sorted(days))

    def test_same_input_same_days(self):
        self.assertEqual(spread(25, MONDAY, 4), spread(25, MONDAY, 4))

    def test_one_meeting_is_on_the_first_day(self):
        self.assertEqual(spread(1, date(2026, 1, 10), 8), [date(2026, 1, 12)])

    def test_nonsense_is_refused(self):
        with self.assertRaises(ValueError):
            spread(3, MONDAY, 0)
        with self.assertRaises(ValueError):
            spread(-1, MONDAY, 1)


class TestDays(unittest.TestCase):
    def test_weekend_moves_to_monday(self):
        self.assertEqual(on_a_weekday(date(2026, 1, 10)), date(2026, 1, 12))
        self.assertEqual(on_a_weekday(date(2026, 1, 11)), date(2026, 1, 12))
        self.assertEqual(on_a_weekday(MONDAY), MONDAY)

    def test_working_days_skip_the_weekend(self):
        thursday = date(2026, 1, 8)
        self.assertEqual(add_working_days(thursday, 1), date(2026, 1, 9))
        self.assertEqual(add_working_days(thursday, 2), date(2026, 1, 12))
        self.assertEqual(add_working_days(thursday, 10), date(2026, 1, 22))


class TestHours(unittest.TestCase):
    def test_a_year_of_the_three_tiers(self):
        self.assertEqual(hours_in_a_year([(1, 0.75, 1.0)]), (12, 21))
        self.assertEqual(hours_in_a_year([(3, 1.0, 1.5)]), (4, 10))
        self.assertEqual(hours_in_a_year([(12, 1.0, 1.5), (0, 2.0, 0)]), (2, 4.5))
        self.assertEqual(hours_in_a_year([]), (0, 0))
