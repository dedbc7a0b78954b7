import datetime as dt
import unittest

from .. import answers, conditions
from ..answers import Question, Refused, Value
from ..scoring import Choice

TODAY = dt.date(2026, 3, 31)
YES = Choice("Yes", scored=True, score=100, risk="low", key=1)
NO = Choice("No", scored=True, score=0, risk="high", key=2)
UNKNOWN = Choice("Do not know", "special", special="unknown", exclusive=True, key=3)
NA = Choice("Not applicable", "special", special="na", exclusive=True, key=4)
SINGLE = Question(1, "AAA-1", "single", weight=3, choices=(YES, NO, UNKNOWN, NA))


def number(*bands):
    rows = [
        Choice(code, "number", scored=True, score=s, risk="low", key=10 + n)
        for n, (code, s) in enumerate(bands)
    ]
    never = Choice("Never", scored=True, score=10, risk="high", key=20)
    return Question(2, "AAA-2", "number", weight=1, choices=(*rows, never, UNKNOWN))


class TestParse(unittest.TestCase):
    def refuse(self, question, raw, key):
        with self.assertRaises(Refused) as caught:
            answers.parse(question, raw, TODAY)
        self.assertEqual(caught.exception.key, key, raw)

    def test_empty_clears(self):
        for raw in (None, "", []):
            self.assertTrue(answers.parse(SINGLE, raw, TODAY).empty)

    def test_single(self):
        self.assertEqual(answers.parse(SINGLE, 1, TODAY), Value(choices=frozenset([1])))
        self.assertEqual(answers.parse(SINGLE, "2", TODAY).choices, frozenset([2]))
        for raw in (99, "99", -1):
            self.refuse(SINGLE, raw, "choice")
        for raw in (True, 1.5, [1], {"value": 1}, "one", b"1"):
            self.refuse(SINGLE, raw, "type")

    def test_special(self):
        value = answers.parse(SINGLE, {"special": "unknown"}, TODAY)
        self.assertEqual((value.special, value.choices), ("unknown", frozenset([3])))
        self.assertEqual(answers.parse(SINGLE, 4, TODAY).special, "na")
        self.refuse(Question(3, "AAA-3", "text"), {"special": "na"}, "special")
        self.refuse(SINGLE, {"special": ["na"]}, "special")

    def test_multiple(self):
        none = Choice("None", exclusive=True, key=5)
        question = Question(4, "AAA-4", "multiple", choices=(YES, NO, none, UNKNOWN))
        self.assertEqual(answers.parse(question, [1, "2"], TODAY).choices, frozenset([1, 2]))
        self.refuse(question, [1, 5], "exclusive")
        self.refuse(question, [1, 3], "exclusive")
        self.refuse(question, [1] * 50, "choice")
        self.refuse(question, 1, "type")

    def test_bands_cannot_be_ticked(self):
        question = number(("0", 100), ("1 or more", 0))
        self.refuse(question, {"choice": 10}, "choice")
        self.assertEqual(answers.parse(question, {"choice": 20}, TODAY).choices, frozenset([20]))

    def test_figures(self):
        question = number(("0", 100), ("1 or more", 0))
        self.assertEqual(answers.parse(question, "12.5", TODAY).number, 12.5)
        self.assertEqual(answers.parse(question, 0, TODAY), Value(number=0.0))
        for raw in (-1, 1e12, "inf", float("nan"), "9" * 50, 10**400):
            self.refuse(question, raw, "range")
        self.refuse(question, "many", "number")
        self.refuse(question, True, "type")
        share = number(("up to 5 %", 1), ("over 5 %", 0))
        self.assertEqual(answers.parse(share, 100, TODAY).number, 100)
        self.refuse(share, 100.5, "range")
        with self.assertRaises(Refused) as caught:
            answers.parse(share, -1, TODAY)
        self.assertEqual(caught.exception.details, {"low": 0, "high": 100})

    def test_dates(self):
        bands = (
            Choice("within 12 months ago", "date", scored=True, score=100, key=30),
            Choice("over 12 months ago", "date", scored=True, score=0, key=31),
            Choice("Never", scored=True, score=0, risk="critical", key=32),
        )
        question = Question(5, "AAA-5", "date", weight=1, choices=bands)
        self.assertEqual(answers.parse(question, "2026-01-31", TODAY).date, dt.date(2026, 1, 31))
        self.assertEqual(answers.parse(question, 32, TODAY).choices, frozenset([32]))
        for raw in ("2026-02-30", "31.01.2026", "20260131", "0001-01-01", "2026-1-1", "x" * 99):
            self.refuse(question, raw, "date")
        self.refuse(question, "2026-12-01", "side")
        free = Question(6, "AAA-6", "date")
        self.assertEqual(answers.parse(free, "2026-12-01", TODAY).date, dt.date(2026, 12, 1))

    def test_texts_and_files(self):
        text, files = Question(7, "AAA-7", "text"), Question(8, "AAA-8", "file")
        self.assertEqual(answers.parse(text, " hello ", TODAY).text, "hello")
        self.refuse(text, "x" * 1_000_000, "long")
        longest = "x" * answers.TEXT_LIMIT
        self.assertEqual(answers.parse(text, longest, TODAY).text, longest)
        self.refuse(text, longest + "x", "long")
        self.refuse(text, "a\x00b", "type")
        self.refuse(text, 5, "type")
        self.assertEqual(answers.parse(files, [7, "8"], TODAY).files, frozenset([7, 8]))
        most = range(answers.FILES_LIMIT)
        self.assertEqual(answers.parse(files, list(most), TODAY).files, frozenset(most))
        self.refuse(files, [*most, 99], "files")
        self.refuse(files, "7", "type")

    def test_note(self):
        self.assertEqual(answers.parse_note(" x "), "x")
        self.assertEqual(answers.parse_note(None), "")
        self.assertEqual(len(answers.parse_note("x" * answers.NOTE_LIMIT)), answers.NOTE_LIMIT)
        for raw in ("x" * (answers.NOTE_LIMIT + 1), 5, "a\x00b"):
            with self.assertRaises(Refused):
                answers.parse_note(raw)


class TestScore(unittest.TestCase):
    def score(self, question, raw):
        return answers.score(question, answers.parse(question, raw, TODAY), TODAY)

    def test_choice(self):
        self.assertEqual(self.score(SINGLE, 1), (100.0, "low"))
        self.assertEqual(self.score(SINGLE, 2), (0.0, "high"))
        self.assertEqual(self.score(SINGLE, 3), (None, None))
        self.assertEqual(self.score(SINGLE, None), (None, None))

    def test_figure_or_alternative(self):
        question = number(("0", 100), ("1 or more", 0))
        self.assertEqual(self.score(question, 0), (100.0, "low"))
        self.assertEqual(self.score(question, 3), (0.0, "low"))
        self.assertEqual(self.score(question, {"choice": 20}), (10.0, "high"))

    def test_date(self):
        bands = (
            Choice("within 12 months ago", "date", scored=True, score=100, risk="low", key=30),
            Choice("over 12 months ago", "date", scored=True, score=0, risk="high", key=31),
        )
        question = Question(5, "AAA-5", "date", weight=1, choices=bands)
        self.assertEqual(self.score(question, "2025-04-01"), (100.0, "low"))
        self.assertEqual(self.score(question, "2024-04-01"), (0.0, "high"))

    def test_unscored_question(self):
        self.assertEqual(
            self.score(Question(9, "AAA-9", "single", choices=(YES,)), 1), (None, None)
        )

    def test_given(self):
        self.assertIsNone(answers.given(SINGLE, Value()))
        self.assertEqual(
            answers.given(SINGLE, answers.parse(SINGLE, 3, TODAY)),
            conditions.Given(choices=frozenset(["Do not know"])),
        )
        self.assertTrue(answers.given(SINGLE, answers.parse(SINGLE, 4, TODAY)).na)
