import unittest
from datetime import date

from .. import bar_chart, budget


class TestBudget(unittest.TestCase):
    def test_slot_follows_the_fiscal_year(self):
        for day, start, first, expected in (
            (date(2026, 7, 1), 7, 2027, (2027, 1)),
            (date(2027, 6, 30), 7, 2027, (2027, 4)),
            (date(2031, 6, 30), 7, 2027, (2031, 4)),
            (date(2031, 7, 1), 7, 2027, None),
            (date(2026, 6, 30), 7, 2027, None),
            (date(2026, 12, 31), "1", 2026, (2026, 4)),
            (None, 1, 2026, (0, 0)),
        ):
            self.assertEqual(budget.slot(day, start, first), expected, (day, start))

    def test_what_is_late_and_open_is_still_to_be_paid(self):
        late = date(2024, 3, 1)
        self.assertEqual(budget.slot(late, 1, 2026, is_open=True), (2026, 1))
        self.assertIsNone(budget.slot(late, 1, 2026))
        beyond = date(2040, 1, 1)
        self.assertIsNone(budget.slot(beyond, 1, 2026, is_open=True))

    def test_differences_largest_first_without_rounding(self):
        before = {"a": 100.0, "b": 50.0, "c": 10.0}
        after = {"a": 100.004, "b": 20.0, "d": 500.0}
        self.assertEqual(
            budget.differences(before, after),
            [("d", 0.0, 500.0), ("b", 50.0, 20.0), ("c", 10.0, 0.0)],
        )
        self.assertEqual(
            [key for key, *_ in budget.differences({"a": 900, "b": 0}, {"a": 901, "b": 5})],
            ["b", "a"],
            "by what moved, not by how much it is",
        )
        self.assertEqual(budget.differences(before, dict(before)), [])

    def test_beyond_the_limit(self):
        for before, after, percent, expected in (
            (1000, 1100, 10, False),
            (1000, 1100.01, 10, True),
            (1000, 899, 10, True),
            (0, 1, 10, True),
            (0, 0, 10, False),
            (1000, 9000, 0, False),
        ):
            self.assertEqual(budget.beyond(before, after, percent), expected, (before, after))

    def test_variance(self):
        for planned, actual, expected in (
            (100, 100.001, "as_planned"),
            (100, 0, "not_spent"),
            (0, 100, "unplanned"),
            (100, 90, "less"),
            (100, 110, "more"),
        ):
            self.assertEqual(budget.variance(planned, actual), expected)
            self.assertEqual(budget.variance(planned, 0, actual, recurring=True), expected)
        for planned, invoiced, agreed, recurring, expected in (
            (100, 0, 100, False, "open"),
            (100, 40, 100, False, "open"),
            (100, 120, 100, False, "more"),
            (1200, 100, 1200, True, "open"),
            (1200, 1100, 1100, True, "less"),
            (0, 0, 100, False, "unplanned"),
            (0, 0, 0, False, "as_planned"),
        ):
            came = budget.variance(planned, invoiced, agreed, recurring)
            self.assertEqual(came, expected, (planned, invoiced, agreed))


class TestBarChart(unittest.TestCase):
    def test_axis_ends_on_a_round_figure(self):
        for value, top in ((0, 1), (1, 1), (1200, 1500), (38400, 40000), (99, 100), (101, 150)):
            self.assertEqual(bar_chart.nice_top(value), top)

    def test_short_figures(self):
        shown = [bar_chart.short(value) for value in (0, 950, 1000, 1500, 12000, 1200000)]
        self.assertEqual(shown, ["0", "950", "1k", "1.5k", "12k", "1.2M"])

    def test_bars_are_as_tall_as_their_values(self):
        svg = bar_chart.stacked_bars(
            ["A", "B"], [("x", "#111111", False, [50, 0]), ("y", "#222222", True, [50, -5])], "T"
        )
        self.assertEqual(svg.count("<rect x="), 2, "nothing for zero and below")
        self.assertEqual(svg.count('height="83.0"'), 2, "each half of the axis")
        self.assertEqual(svg.count('stroke="#222222" stroke-width="1.4"'), 1, "stripes")
        self.assertNotIn("url(", svg, "an old WebKit fills no pattern")

    def test_names_cannot_break_out(self):
        svg = bar_chart.stacked_bars(["<b>"], [("<script>", "#111111", False, [1])], "<i>")
        for raw in ("<b>", "<script>", "<i>"):
            self.assertNotIn(raw, svg)

    def test_small_areas_are_folded_and_nothing_is_lost(self):
        areas = {f"A{n}": ([n, 0], [0, n]) for n in range(1, 10)}
        series, folded = bar_chart.bar_series(areas, limit=3)
        self.assertEqual(len(folded), 6)
        self.assertEqual([name for name, *_rest in series], ["A9"] * 2 + ["A8"] * 2 + ["A7"] * 2
                         + [None] * 2)  # fmt: skip
        self.assertEqual(sum(sum(values) for *_rest, values in series), 90)
        # One alone is not "other areas".
        series, folded = bar_chart.bar_series(areas, limit=8)
        self.assertEqual((len(series), folded), (18, []))


if __name__ == "__main__":
    unittest.main()
