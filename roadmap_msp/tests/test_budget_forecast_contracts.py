import random
from collections import defaultdict
from datetime import date, timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..models.client.fiscal_sql import sql_fiscal_quarter, sql_fiscal_year, sql_month
from ..rules.fiscal import first_of_month, fiscal_quarter, fiscal_year, month_index
from .test_budget_forecast import ForecastCommon


@tagged("post_install", "-at_install")
class TestBudgetForecastContracts(ForecastCommon):
    """Contracts and the fiscal calendar in the forecast."""

    def test_the_fiscal_calendar_follows_the_rule(self):
        for start in range(1, 13):
            days = [date(2029, month, day) for month in range(1, 13) for day in (1, 28)]
            month, first = sql_month(SQL("d")), SQL("%s", start)
            rows = self.env.execute_query(
                SQL(
                    "SELECT d, %s, %s, %s FROM UNNEST(%s::date[]) d",
                    month,
                    sql_fiscal_year(month, first),
                    sql_fiscal_quarter(month, first),
                    days,
                )
            )
            for day, *found in rows:
                rule = [month_index(day), fiscal_year(day, start), fiscal_quarter(day, start)]
                self.assertEqual(found, rule, (day, start))

    @freeze_time("2030-03-20")
    def test_contracts_follow_the_rule(self):
        dice = random.Random(20300320)
        values = []
        for number in range(120):
            start = date(2025, 1, 1) + timedelta(dice.randrange(3000))
            end = start + timedelta(dice.randrange(2000)) if dice.random() < 0.7 else False
            if end and dice.random() < 0.4:
                end = first_of_month(month_index(end) + 1) - timedelta(1)
            rise = dice.choice(["increase_percent", "increase_amount", None])
            values.append(
                {
                    "name": f"C{number}",
                    "roadmap_id": self.roadmap.id,
                    "seats": dice.choice([0, 1, 2.5, 30]),
                    "price": dice.choice([0, 9.99, 120, 1000]),
                    "period": dice.choice(["month", "quarter", "year"]),
                    "date_start": start,
                    "date_end": end,
                    "renews": dice.random() < 0.5,
                    **({rise: dice.choice([1.5, 10])} if rise else {}),
                }
            )
        contracts = self.env["roadmap.contract"].create(values)
        self.items.decision_ids.unlink()
        self.items.unlink()
        expected = defaultdict(float)
        quarters = defaultdict(float)
        start_month = self.roadmap.fiscal_year_start = "4"
        for contract in contracts:
            months = contract._recurring().in_months(date(2028, 1, 1), date(2038, 1, 31))
            for index, amount in months.items():
                day = first_of_month(index)
                expected[contract.id, day] += amount
                quarter = fiscal_quarter(day, start_month)
                quarters[f"{fiscal_year(day, start_month)} Q{quarter}"] += amount
        rows = self.env["roadmap.forecast"].search([("roadmap_id", "=", self.roadmap.id)])
        self.assertEqual(len(rows), len(set(rows.ids)))
        found = {(row.contract_id.id, row.date): row.recurring_ordered for row in rows}
        found = {key: amount for key, amount in found.items() if amount}
        self.assertEqual(set(found), set(expected))
        for key, amount in expected.items():
            self.assertAlmostEqual(found[key], amount, 2)
        sums = self._sums(["fiscal_quarter"], "recurring_ordered")
        for quarter, amount in quarters.items():
            self.assertAlmostEqual(sums[quarter,][0], amount, 2)

    def test_contract_figures(self):
        contract = self.env["roadmap.contract"].create(
            {
                "name": "Licences",
                "roadmap_id": self.roadmap.id,
                "seats": 30,
                "price": 60.0,
                "period": "quarter",
                "date_start": "2020-01-01",
                "date_end": "2090-12-31",
                "notice_days": 30,
            }
        )
        self.assertEqual(contract.amount_month, 600.0)
        self.assertEqual(contract.amount_year, 7200.0)
        self.assertEqual(contract.notice_date, date(2090, 12, 1))
        contract.renews = False
        self.assertFalse(contract.notice_date)

    @mute_logger("odoo.sql_db")
    def test_wrong_contracts_are_explained(self):
        base = {"name": "C", "roadmap_id": self.roadmap.id, "date_start": "2030-05-01"}
        for values, words in (
            ({"date_end": "2030-04-30"}, "end_after_start"),
            ({"increase_percent": -1.0}, "increase_positive"),
            ({"increase_percent": 1.0, "increase_amount": 1.0}, "increase_once"),
            ({"seats": -1.0}, "seats_positive"),
        ):
            with self.assertRaisesRegex(CheckViolation, words), self.cr.savepoint():
                self.env["roadmap.contract"].create({**base, **values})
