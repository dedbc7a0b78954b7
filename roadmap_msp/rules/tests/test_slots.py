import unittest
from datetime import datetime, timedelta

from rules import slots as rule

HOUR = timedelta(hours=1)


def at(hour, minute=0, day=2):
    return datetime(2026, 3, day, hour, minute)


class TestSlots(unittest.TestCase):
    def test_merge(self):
        spans = [(at(12), at(13)), (at(8), at(10)), (at(10), at(12)), (at(15), at(15))]
        self.assertEqual(rule.merge(spans), [(at(8), at(13))])

    def test_common(self):
        one = [(at(8), at(12)), (at(13), at(17))]
        other = [(at(10), at(14))]
        self.assertEqual(rule.common(one, other), [(at(10), at(12)), (at(13), at(14))])
        self.assertEqual(rule.common(one, []), [])

    def test_without(self):
        day = [(at(8), at(17))]
        busy = [(at(7), at(9)), (at(10), at(11)), (at(10, 30), at(12)), (at(16), at(18))]
        self.assertEqual(rule.without(day, busy), [(at(9), at(10)), (at(12), at(16))])
        self.assertEqual(rule.without(day, [(at(7), at(18))]), [])
        self.assertEqual(rule.without(day, []), day)

    def test_slots(self):
        free = [(at(8, 10), at(10)), (at(13), at(13, 30))]
        self.assertEqual(rule.slots(free, HOUR, at(0), at(23)), [at(8, 30), at(9)])

    def test_first_and_last(self):
        found = rule.slots([(at(8), at(17))], HOUR, at(14, 1), at(15, 30))
        self.assertEqual(found, [at(14, 30), at(15)])
        self.assertEqual(rule.slots([(at(8), at(17))], HOUR, at(17), at(23)), [])

    def test_longer_than_any_gap(self):
        self.assertEqual(rule.slots([(at(8), at(10))], 3 * HOUR, at(0), at(23)), [])
