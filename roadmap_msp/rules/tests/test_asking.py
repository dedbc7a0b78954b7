import unittest
from datetime import date

from ..asking import asks_again, is_signed_refusal, next_step, rises_above, worst_risk


class TestAsking(unittest.TestCase):
    def step(self, day, reminders=0, last=None, days=7, seen=date(2026, 3, 1)):
        return next_step(seen, reminders, last, date(2026, 3, day), days)

    def test_two_reminders_then_the_agenda(self):
        self.assertIsNone(self.step(7))
        self.assertEqual(self.step(8), "remind")
        self.assertIsNone(self.step(14, 1, date(2026, 3, 8)))
        self.assertEqual(self.step(15, 1, date(2026, 3, 8)), "remind")
        self.assertIsNone(self.step(21, 2, date(2026, 3, 15)))
        self.assertEqual(self.step(22, 2, date(2026, 3, 15)), "agenda")

    def test_nobody_is_reminded_of_what_never_left(self):
        self.assertIsNone(self.step(30, seen=None))
        self.assertIsNone(self.step(30, days=0))

    def test_a_rise_above_the_limit(self):
        self.assertFalse(rises_above(1000, 1100, 10))
        self.assertTrue(rises_above(1000, 1101, 10))
        self.assertFalse(rises_above(1000, 500, 10))
        self.assertTrue(rises_above(0, 1, 10))
        self.assertFalse(rises_above(0, 0, 10))

    def test_worst_risk(self):
        self.assertEqual(worst_risk("low", "critical", "medium"), "critical")
        self.assertEqual(worst_risk(False, "low", None), "low")
        self.assertIs(worst_risk(False, None), False)

    def test_one_off_and_monthly_apart(self):
        self.assertFalse(asks_again((1000, 100), (1050, 105), 10))
        self.assertTrue(asks_again((1000, 100), (900, 120), 10))

    def test_threshold_of_a_signed_refusal(self):
        self.assertTrue(is_signed_refusal("critical", "critical"))
        self.assertFalse(is_signed_refusal("high", "critical"))
        self.assertTrue(is_signed_refusal("high", "high"))
        self.assertFalse(is_signed_refusal("critical", "never"))
        self.assertFalse(is_signed_refusal(False, "critical"))
