import unittest

from rules.rhythm import rhythm


class TestRhythm(unittest.TestCase):
    def test_what_comes_back(self):
        cases = [
            ((1, 2, 3), 4, "month"),
            ((3, 2, 1, 2), 4, "month"),
            ((1, 2, 4, 5, 6), 7, "month"),
            ((1, 4, 7, 10), 12, "quarter"),
            ((1, 2, 3), 5, "month"),
            ((1, 4, 7), 11, "quarter"),
        ]
        for months, today, expected in cases:
            self.assertEqual(rhythm(months, today), expected, months)

    def test_what_does_not(self):
        cases = [
            ((), 3),
            ((1, 2), 3),
            ((1, 2, 6), 7),
            ((1, 3, 5, 7), 8),
            ((1, 2, 3), 6),
            ((1, 2, 4, 6, 7, 8), 9),
            ((1, 4, 7), 12),
        ]
        for months, today in cases:
            self.assertIsNone(rhythm(months, today), months)
