import unittest
from datetime import date, timedelta

from rules import cadence
from rules.cadence import Cadence, Held

MONTHLY = Cadence(1, 1)
QUARTERLY = Cadence(2, 3)
YEARLY = Cadence(3, 12)


def always(_day):
    return True


def weekdays(day):
    return day.weekday() < 5


class TestMonths(unittest.TestCase):
    def test_plain(self):
        self.assertEqual(cadence.add_months(date(2026, 3, 15), 3), date(2026, 6, 15))

    def test_over_the_year(self):
        self.assertEqual(cadence.add_months(date(2026, 11, 30), 1), date(2026, 12, 30))
        self.assertEqual(cadence.add_months(date(2026, 12, 5), 1), date(2027, 1, 5))
        self.assertEqual(cadence.add_months(date(2026, 12, 5), 12), date(2027, 12, 5))

    def test_short_months(self):
        self.assertEqual(cadence.add_months(date(2027, 1, 31), 1), date(2027, 2, 28))
        self.assertEqual(cadence.add_months(date(2028, 1, 31), 1), date(2028, 2, 29))
        self.assertEqual(cadence.add_months(date(2028, 2, 29), 12), date(2029, 2, 28))

    def test_backwards(self):
        self.assertEqual(cadence.add_months(date(2026, 1, 31), -2), date(2025, 11, 30))


class TestWorkingDays(unittest.TestCase):
    def test_saturday_becomes_monday(self):
        self.assertEqual(cadence.working_day(date(2026, 11, 28), weekdays), date(2026, 11, 30))

    def test_holidays_are_skipped(self):
        closed = {date(2026, 12, 24) + timedelta(days=n) for n in range(10)}
        day = cadence.working_day(date(2026, 12, 24), lambda d: weekdays(d) and d not in closed)
        self.assertEqual(day, date(2027, 1, 4))

    def test_no_working_day_at_all(self):
        day = date(2026, 11, 28)
        self.assertEqual(cadence.working_day(day, lambda _day: False), day)
        self.assertEqual(
            cadence.add_working_days(day, 1, lambda _day: False), day + timedelta(days=1)
        )

    def test_counting(self):
        friday = date(2026, 11, 27)
        self.assertEqual(cadence.add_working_days(friday, 1, weekdays), date(2026, 11, 30))
        self.assertEqual(cadence.add_working_days(friday, 5, weekdays), date(2026, 12, 4))
        self.assertEqual(cadence.add_working_days(friday, -5, weekdays), date(2026, 11, 20))
        self.assertEqual(cadence.add_working_days(friday, 0, weekdays), friday)
        self.assertEqual(cadence.add_working_days(friday, -1, weekdays), date(2026, 11, 26))


class TestNextMeeting(unittest.TestCase):
    first = date(2026, 10, 1)

    def test_without_history_the_first_date(self):
        chosen = cadence.next_meeting([QUARTERLY], [], self.first, always)
        self.assertEqual(chosen, (QUARTERLY, self.first))

    def test_without_cadence_nothing(self):
        self.assertIsNone(cadence.next_meeting([], [], self.first, always))

    def test_follows_the_last(self):
        history = [Held(date(2026, 7, 7), 3), Held(date(2026, 4, 1), 3)]
        chosen = cadence.next_meeting([QUARTERLY], history, self.first, always)
        self.assertEqual(chosen, (QUARTERLY, date(2026, 10, 7)))

    def test_longer_replaces_shorter_not_the_other_way(self):
        history = [Held(date(2026, 1, 10), 12), Held(date(2026, 12, 8), 1)]
        both = [MONTHLY, YEARLY]
        self.assertEqual(
            cadence.next_meeting(both, history, self.first, always), (MONTHLY, date(2027, 1, 8))
        )
        history.append(Held(date(2027, 1, 8), 1))
        self.assertEqual(
            cadence.next_meeting(both, history, self.first, always), (YEARLY, date(2027, 1, 10))
        )
        history.append(Held(date(2027, 1, 12), 12))
        self.assertEqual(
            cadence.next_meeting(both, history, self.first, always), (MONTHLY, date(2027, 2, 12))
        )

    def test_same_day_the_longer(self):
        chosen = cadence.next_meeting([MONTHLY, YEARLY], [], self.first, always)
        self.assertEqual(chosen[0], YEARLY)

    def test_kickoff_serves_all(self):
        history = [Held(date(2026, 5, 4), None)]
        chosen = cadence.next_meeting([YEARLY, QUARTERLY], history, self.first, always)
        self.assertEqual(chosen, (QUARTERLY, date(2026, 8, 4)))

    def test_another_tier_keeps_the_shortest(self):
        history = [Held(date(2026, 5, 4), 1)]
        chosen = cadence.next_meeting([YEARLY], history, self.first, always)
        self.assertEqual(chosen, (YEARLY, date(2027, 5, 4)))

    def test_twelve_a_year(self):
        day, held = date(2026, 1, 31), []
        while day.year == 2026:
            held.append(Held(day, 1))
            day = cadence.next_meeting([MONTHLY], held, day, always)[1]
        self.assertEqual(len(held), 12)

    def test_never_on_a_day_off(self):
        for shift in range(400):
            last = date(2026, 1, 1) + timedelta(days=shift)
            due = cadence.next_due(last, 1, None, weekdays)
            self.assertLess(due.weekday(), 5)
            self.assertGreaterEqual(due, cadence.add_months(last, 1))


class TestAlarms(unittest.TestCase):
    def test_book_by(self):
        due, today = date(2026, 12, 14), date(2026, 11, 2)
        self.assertEqual(cadence.book_by(due, today, 21, weekdays), date(2026, 11, 23))
        self.assertEqual(cadence.book_by(due, date(2026, 12, 5), 21, weekdays), date(2026, 12, 7))

    def test_projected(self):
        until = date(2026, 12, 31)
        first = date(2026, 3, 16)

        def days(rows, history):
            found = cadence.projected(rows, history, first, always, until)
            return [(row.key, day.month, day.day) for row, day in found]

        held = [Held(date(2026, 2, 10), 3)]
        self.assertEqual(days([QUARTERLY], held), [(2, 5, 10), (2, 8, 10), (2, 11, 10)])
        targets = [Cadence(4, 6, (5, 11))]
        self.assertEqual(days(targets, held), [(4, 5, 15), (4, 11, 15)])
        late = [Held(date(2025, 6, 1), 3)]
        self.assertEqual(days([QUARTERLY], late)[:2], [(2, 9, 1), (2, 6, 16)], "made up for")
        self.assertEqual(days([], held), [])
        self.assertEqual(cadence.projected([QUARTERLY], held, first, always, first), [])
        self.assertEqual(len(held), 1, "what was given stays as it was")

    def test_slips(self):
        monday = date(2026, 11, 23)
        self.assertFalse(cadence.is_slip(None, monday))
        self.assertFalse(cadence.is_slip(monday, monday))
        self.assertTrue(cadence.is_slip(monday, date(2026, 11, 24)))
        self.assertTrue(cadence.is_slip(monday, None))

    def test_alert(self):
        self.assertFalse(cadence.needs_alert(1))
        self.assertTrue(cadence.needs_alert(2))
        self.assertTrue(cadence.needs_alert(3))


class TestTargetMonths(unittest.TestCase):
    def due(self, last, first=date(2026, 3, 2), targets=(3, 9)):
        return cadence.next_target(last, targets, first, lambda day: day.weekday() < 5)

    def test_after_a_meeting(self):
        self.assertEqual(self.due(date(2026, 3, 20)), date(2026, 9, 15))
        self.assertEqual(self.due(date(2026, 8, 31)), date(2026, 9, 15))
        self.assertEqual(self.due(date(2026, 9, 30)), date(2027, 3, 15))
        self.assertEqual(self.due(date(2026, 12, 1), targets=(12,)), date(2027, 12, 15))

    def test_without_one(self):
        self.assertEqual(self.due(None), date(2026, 3, 16), "the 15th is a Sunday")
        self.assertEqual(self.due(None, date(2026, 3, 16)), date(2026, 9, 15))
        self.assertEqual(self.due(None, date(2026, 10, 1)), date(2027, 3, 15))

    def test_whose_turn_it_is(self):
        """A budget meeting each November beside a quarterly review."""
        yearly = Cadence(3, 12, (11,))
        held = [Held(date(2026, 9, 1), 3)]
        first = date(2026, 10, 1)
        chosen = cadence.next_meeting([QUARTERLY, yearly], held, first, always)
        self.assertEqual(chosen, (yearly, date(2026, 11, 15)))
        held.append(Held(date(2026, 11, 16), 12))
        chosen = cadence.next_meeting([QUARTERLY, yearly], held, first, always)
        self.assertEqual(chosen, (QUARTERLY, date(2027, 2, 16)))

    def test_parse(self):
        self.assertEqual(cadence.parse_months(" 9,3; 3 "), (3, 9))
        self.assertEqual(cadence.parse_months(""), ())
        for text in ("0", "13", "March", "3 9", "-1"):
            with self.assertRaises(ValueError):
                cadence.parse_months(text)
