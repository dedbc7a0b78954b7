import datetime as dt
import unittest

from ..reminding import is_due, is_late

END = dt.date(2026, 6, 30)


def day(offset):
    return END + dt.timedelta(days=offset)


class TestReminding(unittest.TestCase):
    def reminders(self, sent, first, last):
        """Offsets of the days on which a job that runs daily reminds."""
        reminded, days = None, []
        for offset in range(first, last):
            if is_due(END, day(sent), reminded, day(offset)):
                reminded = day(offset)
                days.append(offset)
        return days

    def test_three_reminders_and_then_silence(self):
        self.assertEqual(self.reminders(-20, -20, 60), [-7, -1, 3])

    def test_no_reminder_right_after_the_invitation(self):
        self.assertEqual(self.reminders(-7, -7, 60), [-1, 3])
        self.assertEqual(self.reminders(-1, -1, 60), [3])
        self.assertEqual(self.reminders(-2, -2, 60), [0, 3])

    def test_a_job_that_did_not_run_makes_up_for_it(self):
        self.assertEqual(self.reminders(-20, -4, 60), [-4, -1, 3])
        self.assertEqual(self.reminders(-20, 2, 60), [2, 4])

    def test_long_after_nothing_reminds(self):
        self.assertEqual(self.reminders(-20, 10, 60), [])
        self.assertFalse(is_due(None, day(-20), None, day(0)))

    def test_late(self):
        self.assertFalse(is_late(END, END))
        self.assertTrue(is_late(END, day(1)))
        self.assertFalse(is_late(None, END))
