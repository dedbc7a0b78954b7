import datetime as dt
import unittest

from ..answers import Question, Value
from ..facts import TARGETS, as_answer, fits, read


class TestFacts(unittest.TestCase):
    def test_types(self):
        self.assertTrue(fits("headcount", "number"))
        self.assertFalse(fits("headcount", "text"))
        self.assertFalse(fits("password", "text"), "not on the list")

    def test_counts_are_whole_and_not_negative(self):
        self.assertEqual(read("headcount", Value(number=31.0)), 31)
        self.assertEqual(read("headcount", Value(number=0.0)), 0, "nobody is a count")
        for figure in (31.5, -1.0, 1e9):
            self.assertIsNone(read("sites", Value(number=figure)))

    def test_fiscal_year_begins_the_day_after_it_ends(self):
        for end, month in (((2026, 6, 30), 7), ((2026, 12, 31), 1), ((2026, 6, 29), 6)):
            self.assertEqual(read("fiscal_year_end", Value(date=dt.date(*end))), month)

    def test_names_and_dates(self):
        self.assertEqual(read("decision_maker", Value(text="  Ann \n Lee ")), "Ann Lee")
        day = dt.date(2027, 3, 1)
        self.assertEqual(read("insurance_renewal", Value(date=day)), day)

    def test_nothing_from_nothing(self):
        for target in TARGETS:
            self.assertIsNone(read(target, Value()))
            self.assertIsNone(read(target, Value(special="unknown", choices=frozenset([1]))))

    def test_back_as_an_answer(self):
        today = dt.date(2026, 5, 15)

        def answer(fact, kind, known):
            return as_answer(Question(1, "GRO-1", kind, fact=fact), known, today)

        self.assertEqual(answer("headcount", "number", 31), Value(number=31.0))
        day = dt.date(2027, 3, 1)
        self.assertEqual(answer("insurance_renewal", "date", day), Value(date=day))
        self.assertEqual(answer("decision_maker", "text", "Ann Lee"), Value(text="Ann Lee"))
        self.assertIsNone(answer("headcount", "text", 31))
        for month, end in ((7, (2026, 6, 30)), (5, (2027, 4, 30)), (1, (2026, 12, 31))):
            value = answer("fiscal_year_end", "date", month)
            self.assertEqual(value.date, dt.date(*end))
            self.assertEqual(read("fiscal_year_end", value), month)
