import datetime as dt
import unittest

from .. import scoring
from ..scoring import Choice

TODAY = dt.date(2026, 3, 31)


def bands(kind, text):
    """Choices from ``band=score`` parts."""
    parts = [part.rsplit("=", 1) for part in text.split("; ")]
    return [
        Choice(c, kind, scored=True, score=float(s), risk="low", key=n)
        for n, (c, s) in enumerate(parts)
    ]


class TestNumberBands(unittest.TestCase):
    def code(self, text, number):
        choice = scoring.number_choice(bands("number", text), number)
        return choice and choice.code

    def test_ends(self):
        text = "under 3=100; 3-5=70; 5-7=35; over 7=0"
        for number, expected in [
            (0, "under 3"), (2.9, "under 3"), (3, "3-5"), (5, "3-5"), (5.5, "5-7"), (7, "5-7"),
            (7.5, "over 7"),
        ]:  # fmt: skip
            self.assertEqual(self.code(text, number), expected, number)

    def test_first_band_wins(self):
        text = "up to 5 %=100; up to 10 %=70; over 10 %=0"
        self.assertEqual(self.code(text, 5), "up to 5 %")
        self.assertEqual(self.code(text, 5.1), "up to 10 %")
        self.assertEqual(self.code(text, 10.1), "over 10 %")

    def test_figure_between_whole_numbers_takes_the_band_below(self):
        self.assertEqual(self.code("up to 1=60; 2-4=100; 5 or more=20", 4.5), "2-4")
        self.assertEqual(self.code("0=100; 1=40; 2 or more=0", 0.4), "0")

    def test_not_a_band(self):
        self.assertIsNone(scoring.parse_number_band("Never tested"))
        self.assertIsNone(scoring.parse_number_band("-5"))

    def test_gap(self):
        self.assertEqual(scoring.bands_have_gap(bands("number", "up to 1=0; 3 or more=9")), 2)
        self.assertIsNone(scoring.bands_have_gap(bands("number", "up to 1=0; 2 or more=9")))


class TestDateBands(unittest.TestCase):
    def code(self, text, date):
        choice = scoring.date_choice(bands("date", text), date, TODAY)
        return choice and choice.code

    def test_looking_back(self):
        text = "within 90 days ago=100; within 12 months ago=60; over 12 months ago=15"
        self.assertEqual(self.code(text, TODAY), "within 90 days ago")
        self.assertEqual(self.code(text, TODAY - dt.timedelta(90)), "within 90 days ago")
        self.assertEqual(self.code(text, TODAY - dt.timedelta(91)), "within 12 months ago")
        self.assertEqual(self.code(text, dt.date(2025, 3, 31)), "within 12 months ago")
        self.assertEqual(self.code(text, dt.date(2025, 3, 30)), "over 12 months ago")
        self.assertIsNone(self.code(text, dt.date(2026, 4, 1)), "a future date is not accepted")

    def test_looking_ahead(self):
        text = "over 6 months ahead=100; within 6 months ahead=50; past=50"
        self.assertEqual(self.code(text, dt.date(2026, 9, 30)), "within 6 months ahead")
        self.assertEqual(self.code(text, dt.date(2026, 10, 1)), "over 6 months ahead")
        self.assertEqual(self.code(text, TODAY), "within 6 months ahead")
        self.assertEqual(self.code(text, TODAY - dt.timedelta(1)), "past")
        self.assertIsNone(self.code("past=50", TODAY), "today is not over")

    def test_month_ends(self):
        self.assertEqual(scoring.shift(dt.date(2026, 3, 31), -1, "months"), dt.date(2026, 2, 28))
        self.assertEqual(scoring.shift(dt.date(2024, 3, 31), -1, "months"), dt.date(2024, 2, 29))
        self.assertEqual(scoring.shift(dt.date(2026, 12, 31), 2, "months"), dt.date(2027, 2, 28))

    def test_gap(self):
        self.assertIsNotNone(scoring.bands_have_gap(bands("date", "within 90 days ago=100")))
        self.assertIsNotNone(scoring.bands_have_gap(bands("date", "over 6 months ahead=100")))
        self.assertIsNone(
            scoring.bands_have_gap(bands("date", "within 9 days ago=1; over 9 days ago=0"))
        )


class TestCount(unittest.TestCase):
    choices = bands("number", "up to 1=0; 2-3=35; 4 or more=100")

    def code(self, *taken):
        choice = scoring.count_choice(self.choices, [Choice(code) for code in taken])
        return choice and choice.code

    def test_count(self):
        self.assertEqual(self.code("None"), "up to 1")
        self.assertEqual(self.code("a"), "up to 1")
        self.assertEqual(self.code("a", "b"), "2-3")
        self.assertEqual(self.code("a", "b", "c", "d", "e"), "4 or more")

    def test_unknown_is_left_out(self):
        taken = [Choice("Do not know", "special", special="unknown")]
        self.assertIsNone(scoring.count_choice(self.choices, taken))


class TestScores(unittest.TestCase):
    def test_outcome_leaves_specials_out(self):
        self.assertEqual(
            scoring.outcome(Choice("x", scored=True, score=60, risk="high")), (60.0, "high")
        )
        self.assertEqual(scoring.outcome(Choice("x", scored=False)), (None, None))
        self.assertEqual(scoring.outcome(Choice("x", special="na", scored=True)), (None, None))
        self.assertEqual(scoring.outcome(None), (None, None))

    def test_section(self):
        self.assertEqual(scoring.section_score([(3, 100.0, "low"), (1, 0.0, "high")]), 75.0)
        self.assertIsNone(scoring.section_score([]))
        self.assertIsNone(scoring.section_score([(0, 50.0, "critical")]))
        self.assertIsNone(scoring.section_score([(3, None, None)]))

    def test_critical_caps_at_49(self):
        rows = [(5, 100.0, "low")] * 9
        self.assertEqual(scoring.section_score([*rows, (1, 0.0, "critical")]), 49.0)
        self.assertEqual(scoring.section_score([(1, 20.0, "critical")]), 20.0)
        self.assertEqual(scoring.section_score([*rows, (1, None, "critical")]), 100.0)

    def test_run_ignores_weight_0(self):
        self.assertEqual(scoring.run_score([(3, 80.0), (0, 0.0), (1, None), (1, 40.0)]), 70.0)
        self.assertIsNone(scoring.run_score([(0, 10.0)]))

    def test_bands(self):
        expected = [
            (100, "good"), (85, "good"), (84.9, "fair"), (70, "fair"), (69.9, "needs_work"),
            (50, "needs_work"), (49, "at_risk"), (0, "at_risk"), (None, None),
        ]  # fmt: skip
        self.assertEqual([(score, scoring.band(score)) for score, _word in expected], expected)

    def test_finding(self):
        self.assertTrue(scoring.needs_finding(49.0, "medium"))
        self.assertFalse(scoring.needs_finding(50.0, "medium"))
        self.assertTrue(scoring.needs_finding(100.0, "high"))
        self.assertFalse(scoring.needs_finding(None, None))

    def test_urgency(self):
        self.assertEqual(scoring.dependence("Under 1 hour"), 1.3)
        self.assertEqual(scoring.dependence("Not sure"), 1.0)
        self.assertEqual(scoring.dependence(None), 1.0)
        self.assertGreater(scoring.urgency("critical", 5, 1.3), scoring.urgency("critical", 5))
        self.assertGreater(scoring.urgency("high", 3), scoring.urgency("medium", 3))
        self.assertAlmostEqual(scoring.urgency("medium", 3, 1.15), 2 * 3 * 1.15)
        self.assertEqual(scoring.urgency("low", 0), 1, "a question of no weight still ranks")

    def test_growth(self):
        self.assertTrue(scoring.grows_fast(10, 12))
        self.assertFalse(scoring.grows_fast(10, 11))
        self.assertTrue(scoring.grows_fast(10, 14, years=3))
        self.assertFalse(scoring.grows_fast(10, 13, years=3))
        self.assertFalse(scoring.grows_fast(None, 13))
