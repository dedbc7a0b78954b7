import unittest
from datetime import date, datetime, timedelta, timezone

from rules.sending import next_allowed, office_hours

ZONE = timezone(timedelta(hours=-6))


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


# Monday 2 March to Friday 6 March 2026, with a lunch break.
WEEK = [
    pair for day in range(2, 7) for pair in ((at(day, 8), at(day, 12)), (at(day, 13), at(day, 17)))
]


class TestNextAllowed(unittest.TestCase):
    def test_inside_hours_is_now(self):
        self.assertEqual(next_allowed(at(2, 10, 30), WEEK), at(2, 10, 30))

    def test_lunch_waits_for_the_afternoon(self):
        self.assertEqual(next_allowed(at(2, 12), WEEK), at(2, 13))

    def test_evening_waits_for_the_next_morning(self):
        self.assertEqual(next_allowed(at(2, 17), WEEK), at(3, 8))

    def test_weekend_waits_for_monday(self):
        self.assertEqual(next_allowed(at(1, 11), WEEK), at(2, 8))

    def test_one_mail_a_day(self):
        self.assertEqual(next_allowed(at(2, 14), WEEK, date(2026, 3, 2)), at(3, 8))
        self.assertEqual(next_allowed(at(3, 14), WEEK, date(2026, 3, 2)), at(3, 14))

    def test_nothing_left(self):
        self.assertIsNone(next_allowed(at(6, 17), WEEK))
        self.assertIsNone(next_allowed(at(2, 10), []))

    def test_order_of_intervals_does_not_matter(self):
        self.assertEqual(next_allowed(at(2, 7), WEEK[::-1]), at(2, 8))


class TestOfficeHours(unittest.TestCase):
    def test_seven_days_have_five_working_days(self):
        hours = office_hours(at(1, 3), 7)
        self.assertEqual(len(hours), 5)
        self.assertEqual(hours[0], (at(2, 9), at(2, 17)))
        self.assertTrue(all(start.tzinfo is ZONE for start, _stop in hours))


if __name__ == "__main__":
    unittest.main()
