import random
import unittest
from collections import Counter
from datetime import date
from math import ceil

from rules.smooth import quarter_days, quarter_number, smooth


class TestSmooth(unittest.TestCase):
    def test_quarters_run_on(self):
        for start in range(1, 13):
            numbers = [
                quarter_number(date(2026 + m // 12, m % 12 + 1, 5), start) for m in range(30)
            ]
            self.assertEqual(numbers, sorted(numbers))
            self.assertLessEqual(max(b - a for a, b in zip(numbers, numbers[1:], strict=False)), 1)
            first, last = quarter_days(quarter_number(date(2026, 5, 17), start), start)
            self.assertTrue(first <= date(2026, 5, 17) <= last)

    def test_due_quarter_where_there_is_room(self):
        self.assertEqual(smooth([10, 12, 14, 16], 9, 25), [10, 12, 14, 16])
        self.assertEqual(smooth([], 9, 25), [])

    def test_overdue_is_spread_the_most_urgent_first(self):
        self.assertEqual(smooth([3, 1, 2, 4], 9, 25), [11, 9, 10, 12])
        self.assertEqual(smooth([1, 1, 1, 1], 9, 50), [9, 9, 10, 10])
        self.assertEqual(smooth([1, 1, 1], 9, 100), [9, 9, 9])

    def test_a_full_quarter_takes_the_one_before(self):
        self.assertEqual(smooth([12, 12, 12, 12], 9, 25), [12, 11, 10, 9])

    def test_unknown_comes_last(self):
        self.assertEqual(smooth([None, 10], 9, 50), [9, 10])

    def test_shares_hold_and_nothing_is_lost(self):
        rng = random.Random(7)
        for _ in range(300):
            wanted = [rng.choice([None, *range(1, 20)]) for _ in range(rng.randint(1, 40))]
            share = rng.randint(1, 100)
            placed = smooth(wanted, 8, share)
            self.assertEqual(len(placed), len(wanted))
            self.assertGreaterEqual(min(placed), 8)
            room = ceil(len(wanted) * share / 100)
            self.assertLessEqual(max(Counter(placed).values()), room)

    def test_what_is_planned_takes_room_of_all_that_is_held(self):
        self.assertEqual(smooth([1, 1, 1], 9, 25, held=8), [9, 9, 10])
        self.assertEqual(smooth([1, 1, 1], 9, 25, held=8, planned=[9, 9, 10]), [10, 11, 11])
        self.assertEqual(smooth([1], 9, 25, held=1, planned=range(9, 60)), [60])

    def test_nonsense_is_refused(self):
        for share in (0, 101, -5):
            with self.assertRaises(ValueError):
                smooth([1], 1, share)


if __name__ == "__main__":
    unittest.main()
