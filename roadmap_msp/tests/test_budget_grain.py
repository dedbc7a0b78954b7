import random
from collections import defaultdict
from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..models.budget.roadmap_forecast_query import MEASURES, TOTALS
from ..rules.fiscal import first_of_month, fiscal_quarter, fiscal_year, month_index
from .common import RoadmapCommon

FIGURES = (*MEASURES, *TOTALS)


@tagged("post_install", "-at_install")
class TestBudgetGrain(RoadmapCommon):
    """What is grouped by quarter and year is the sum of the months, however it was worked out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2030-03-20"))
        cls.dice = random.Random(20300320)
        cls.areas = cls.env["roadmap.category"].create([{"name": "A"}, {"name": "B"}])
        cls.roadmap.write({"fiscal_year_start": "3", "contingency_percent": 10})
        cls.other_roadmap.fiscal_year_start = "1"
        cls._create_contracts()
        cls._create_items()
        cls._create_devices()
        cls.env.flush_all()
        cls.Forecast = cls.env["roadmap.forecast"].with_context(
            forecast_roadmap_ids=(cls.roadmap | cls.other_roadmap).ids
        )
        cls.months = [
            (row, {figure: row[figure] for figure in FIGURES}) for row in cls.Forecast.search([])
        ]

    @classmethod
    def _common(cls, number):
        return {
            "name": f"Source {number}",
            "roadmap_id": cls.dice.choice((cls.roadmap, cls.other_roadmap)).id,
            "category_id": cls.dice.choice((*cls.areas.ids, False)),
        }

    @classmethod
    def _create_contracts(cls):
        dice = cls.dice
        for number in range(80):
            start = date(2025, 1, 1) + timedelta(dice.randrange(3000))
            rise = dice.choice(["increase_percent", "increase_amount", None])
            cls.env["roadmap.contract"].create(
                {
                    **cls._common(number),
                    "seats": dice.choice([1, 2.5, 30]),
                    "price": dice.choice([0, 9.99, 120]),
                    "covered": dice.random() < 0.1,
                    "period": dice.choice(["month", "quarter", "year"]),
                    "date_start": start,
                    "date_end": start + timedelta(dice.randrange(2000)),
                    "renews": dice.random() < 0.5,
                    "increase_from": dice.choice(
                        [False, max(start, date(2029, 7, 1)), max(start, date(2032, 2, 10))]
                    ),
                    **({rise: dice.choice([1.5, 10])} if rise else {}),
                }
            )

    @classmethod
    def _create_items(cls):
        dice = cls.dice
        day = date(2030, 1, 1)
        for number in range(40):
            line = {
                "name": "L",
                "price_unit": dice.choice([0, 80, 1234]),
                "amount_low": 50,
                "amount_high": 2000,
                "period": dice.choice([False, False, "month", "quarter", "year"]),
            }
            line["kind"] = "recurring" if line["period"] else "one_off"
            cls.env["roadmap.item"].create(
                {
                    **cls._common(number),
                    "target_date": dice.choice([False, day + timedelta(dice.randrange(2500))]),
                    "line_ids": [(0, 0, line)],
                }
            )

    @classmethod
    def _create_devices(cls):
        kind = cls.env["roadmap.asset.type"].create(
            {"name": "T", "code": "t-grain", "life_years": 4, "price_low": 300, "price_high": 700}
        )
        cls.env["roadmap.asset"].create(
            [
                {
                    "name": f"D{number}",
                    "roadmap_id": cls.roadmap.id,
                    "type_id": kind.id,
                    "purchase_date": date(2024, 1, 1) + timedelta(40 * number),
                }
                for number in range(60)
            ]
        )

    def _by_hand(self, key, first=None, last=None, undated=False):
        sums = defaultdict(lambda: dict.fromkeys(FIGURES, 0.0))
        for row, amounts in self.months:
            if first and row.date and not first <= row.date <= last:
                continue
            if first and not row.date and not undated:
                continue
            for figure in FIGURES:
                sums[key(row)][figure] += amounts[figure]
        return {key: values for key, values in sums.items() if any(values.values())}

    def _check(self, groupby, domain=(), **limits):
        rows = self.Forecast._read_group(
            list(domain), groupby, [f"{figure}:sum" for figure in FIGURES]
        )
        size = len(groupby)
        found = {row[:size]: dict(zip(FIGURES, row[size:], strict=True)) for row in rows}
        expected = self._by_hand(lambda row: tuple(row[name] for name in groupby), **limits)
        self.assertTrue(expected)
        self.assertEqual({key for key in found if any(found[key].values())}, set(expected))
        for key, values in expected.items():
            for figure, amount in values.items():
                self.assertAlmostEqual(found[key][figure], amount, 2, (key, figure))

    def test_months_follow_the_fiscal_calendar(self):
        for row, _amounts in self.months:
            if row.date:
                start = row.roadmap_id.fiscal_year_start
                quarter = f"{fiscal_year(row.date, start)} Q{fiscal_quarter(row.date, start)}"
                self.assertEqual(row.fiscal_quarter, quarter)

    def test_groups_add_up_to_their_months(self):
        for groupby in (
            ["fiscal_quarter", "category_id"],
            ["fiscal_year", "roadmap_id"],
            ["stage", "fiscal_year"],
            ["contract_id", "fiscal_quarter"],
            ["arm"],
            ["category_id"],
        ):
            with self.subTest(groupby=groupby):
                self._check(groupby)

    def test_dates_that_cut_a_quarter(self):
        for first, last in (
            (date(2030, 1, 1), date(2034, 12, 31)),
            (date(2031, 2, 1), date(2031, 2, 28)),
            (date(2030, 5, 1), date(2032, 7, 15)),
            (date(2060, 1, 1), date(2061, 1, 1)),
        ):
            dates = [("date", ">=", first), ("date", "<=", str(last))]
            if first.year < 2060:
                self._check(["fiscal_quarter", "category_id"], dates, first=first, last=last)
            self._check(
                ["fiscal_year", "roadmap_id"],
                ["|", ("date", "=", False), "&", *dates],
                first=first,
                last=last,
                undated=True,
            )

    def test_dates_that_count_from_today(self):
        today = date.today()
        first, last = today.replace(month=1, day=1), today.replace(year=today.year + 5)
        for upper in ([], [("date", "<=", "today +5y")]):
            domain = [("date", ">=", "today =1m =1d"), *upper]
            rows = self.Forecast._read_group(domain, ["fiscal_year"], ["recurring_total:sum"])
            said = [("date", ">=", first), *([("date", "<=", last)] if upper else [])]
            self.assertEqual(
                rows, self.Forecast._read_group(said, ["fiscal_year"], ["recurring_total:sum"])
            )

    def test_months_that_are_asked_for_stay_months(self):
        dates = [("date", ">=", "2030-02-01"), ("date", "<=", "2031-07-31")]
        rows = self.Forecast._read_group(dates, ["date:month"], ["recurring_total:sum"])
        limits = {"first": date(2030, 2, 1), "last": date(2031, 7, 31)}
        expected = self._by_hand(lambda row: row.date, **limits)
        self.assertEqual([day for day, _sum in rows], sorted(expected))
        for day, amount in rows:
            self.assertAlmostEqual(amount, expected[day]["recurring_total"], 2)

    def test_other_conditions_are_left_to_the_query(self):
        first = date(2031, 5, 1)
        for domain in (
            [("date", ">=", first)],
            [("date", ">", first - timedelta(1))],
        ):
            rows = self.Forecast._read_group(domain, [], ["recurring_total:sum"])
            expected = self._by_hand(lambda _row: 0, first=first, last=date.max)
            self.assertAlmostEqual(rows[0][0], expected[0]["recurring_total"], 2)

    def test_limits_that_are_odd_are_left_to_the_query(self):
        """Said twice, or further apart than what is worked out by hand: the same sums."""
        first, last = date(2030, 2, 1), date(2031, 7, 31)
        twice = [("date", ">=", "2029-01-01"), ("date", ">=", first), ("date", "<=", last)]
        ages = [("date", ">=", "1900-01-01"), ("date", "<=", "2900-01-01")]
        for domain, limits in (
            (twice, {"first": first, "last": last}),
            (ages, {"first": date(1900, 1, 1), "last": date(2900, 1, 1)}),
        ):
            rows = self.Forecast._read_group(domain, [], ["recurring_total:sum"])
            expected = self._by_hand(lambda _row: 0, **limits)
            self.assertAlmostEqual(rows[0][0], expected[0]["recurring_total"], 2)

    def test_counts_are_those_of_the_rows(self):
        dates = [("date", ">=", "2030-02-01"), ("date", "<=", "2031-07-31")]
        count = self.Forecast.search_count(dates)
        self.assertEqual(self.Forecast._read_group(dates, [], ["__count"]), [(count,)])

    def test_grouping_sets_and_records_of_groups(self):
        sets = [["fiscal_year"], ["fiscal_year", "category_id"]]
        groups = self.Forecast._read_grouping_sets([], sets, ["recurring_total:sum"])
        years = self._by_hand(lambda row: row.fiscal_year)
        for year, amount in groups[0]:
            figures = years.get(year) or dict.fromkeys(FIGURES, 0.0)
            self.assertAlmostEqual(amount, figures["recurring_total"], 2)
        for _year, area, _amount in groups[1]:
            self.assertEqual(area.env.context, self.Forecast.env.context)

    def test_a_page_asks_no_month_twice(self):
        """The five-year page reads one row per quarter and not three per contract."""
        first, last = month_index(date(2030, 3, 1)), month_index(date(2035, 2, 28))
        dates = [("date", ">=", first_of_month(first)), ("date", "<=", first_of_month(last))]
        narrow, rest = self.Forecast._forecast_narrowed(
            dates, ["fiscal_quarter"], ["recurring_total:sum"], False
        )
        rows = narrow.search(rest)
        contracts = rows.filtered("contract_id")
        self.assertLessEqual(len(contracts.filtered("date")), 21 * len(contracts.contract_id))
        self.assertEqual(len(set(rows.ids)), len(rows))
        self.assertTrue(all(fields.Date.to_date(row.date) for row in rows))
