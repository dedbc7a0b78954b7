import datetime as dt
import unittest

from ..answers import Question
from ..counting import NONE, VALUE, Given, count, group_of, spread
from ..scoring import Choice

DAY = dt.date(2026, 5, 20)


def question(kind, *choices):
    return Question(id=1, code="AAA-1", type=kind, choices=choices)


NUMBER = question(
    "number",
    Choice("up to 4", kind="number"),
    Choice("5 or more", kind="number"),
    Choice("Do not know", kind="special", special="unknown"),
)
DATE = question(
    "date", Choice("within 90 days ago", kind="date"), Choice("over 90 days ago", kind="date")
)


class TestCounting(unittest.TestCase):
    def test_a_figure_falls_into_its_band(self):
        for number, group in ((0, "up to 4"), (4, "up to 4"), (5, "5 or more"), (1e6, "5 or more")):
            self.assertEqual(group_of(NUMBER, Given("value", number=number)), f"choice:{group}")
        self.assertEqual(group_of(question("money"), Given("value", number=5.0)), VALUE)

    def test_a_date_is_judged_on_the_day_its_run_was_handed_in(self):
        date = DAY - dt.timedelta(days=60)
        for day, group in ((DAY, "within"), (DAY + dt.timedelta(days=60), "over")):
            given = Given("value", date=date, day=day)
            self.assertEqual(group_of(DATE, given), f"choice:{group} 90 days ago")

    def test_every_choice_is_listed_then_what_is_gone_then_the_rest(self):
        rows = [
            (Given("none"), 2),
            (Given("value", number=3.0), 4),
            (Given("value", number=1.0), 1),
            (Given("choice", choice="Do not know"), 3),
            (Given("choice", choice="Of an older version"), 1),
        ]
        self.assertEqual(
            count(NUMBER, rows),
            [
                ("choice:up to 4", 5),
                ("choice:5 or more", 0),
                ("choice:Do not know", 3),
                ("choice:Of an older version", 1),
                (NONE, 2),
            ],
        )

    def test_spread_counts_each_value_as_often_as_it_was_given(self):
        rows = [
            (Given("value", number=1.0), 3),
            (Given("value", number=9.0), 2),
            (Given("none"), 9),
        ]
        self.assertEqual(spread(rows), (1.0, 1.0, 9.0))
        rows = [(Given("value", number=0.0), 1), (Given("value", number=3.0), 1)]
        self.assertEqual(spread(rows), (0.0, 1.5, 3.0))
        days = [DAY + dt.timedelta(days=n) for n in (5, 0, 9)]
        rows = [(Given("value", date=day), 1) for day in days]
        self.assertEqual(spread(rows), (days[1], days[0], days[2]))
        self.assertIsNone(spread([(Given("none"), 1)]))
