from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .test_plan_item import PlanItemCommon


@tagged("post_install", "-at_install")
class TestPlanQuarter(PlanItemCommon):
    """Items in the client's fiscal quarters."""

    @freeze_time("2026-08-10")
    def test_fiscal_quarter(self):
        self.roadmap.fiscal_year_start = "7"
        item = self.item(target_date="2026-08-15")
        self.assertEqual(item.fiscal_period, "FY2027 Q1")
        item.fiscal_period = "FY2027 Q2"
        self.assertEqual(str(item.target_date), "2026-12-31")
        item.fiscal_period = False
        self.assertFalse(item.target_date)
        with self.assertRaisesRegex(ValidationError, "is no quarter"):
            item.fiscal_period = "next year"
        item.fiscal_period = "FY2028 Q3"
        self.assertEqual(str(item.target_date), "2028-03-31")
        moved = item.target_date
        self.roadmap.fiscal_year_start = "2"
        self.assertEqual(item.target_date, moved, "changing the month moves no record")
        self.assertEqual(item.fiscal_period, "FY2029 Q1")

    def test_fiscal_quarter_in_sql_is_the_rule(self):
        for month in ("1", "2", "7", "12"):
            self.roadmap.fiscal_year_start = month
            rows = self.items.create(
                [
                    {
                        "name": f"{m}",
                        "roadmap_id": self.roadmap.id,
                        "target_date": f"2026-{m:02}-28",
                    }
                    for m in range(1, 13)
                ]
            )
            groups = self.items._read_group(
                [("id", "in", rows.ids)], ["fiscal_period"], ["id:recordset"]
            )
            self.assertEqual(len(groups), 5 if month in ("2", "12") else 4)
            for period, items in groups:
                self.assertEqual(set(items.mapped("fiscal_period")), {period})
                domain = [("id", "in", rows.ids), ("fiscal_period", "=", period)]
                self.assertEqual(self.items.search(domain), items)
            rows[0].target_date = False
            either = ("fiscal_period", "in", [rows[1].fiscal_period, False])
            found = self.items.search([("id", "in", rows.ids), either])
            self.assertIn(rows[0], found)
            self.assertEqual(set(found.mapped("fiscal_period")), {False, rows[1].fiscal_period})
            rows.unlink()

    @freeze_time("2026-08-10")
    def test_board_columns(self):
        self.roadmap.fiscal_year_start = "7"
        self.item(target_date="2026-08-15")
        self.item(name="Some day")
        result = self.items.with_context(
            default_roadmap_id=self.roadmap.id, read_group_expand=True
        ).web_read_group(
            [("roadmap_id", "=", self.roadmap.id)],
            ["fiscal_period"],
            ["amount_one_off:sum", "amount_recurring:sum"],
        )
        periods = [group["fiscal_period"] for group in result["groups"]]
        self.assertEqual(
            periods,
            [False, "FY2027 Q1", "FY2027 Q2", "FY2027 Q3", "FY2027 Q4", "FY2028 Q1"],
        )
        sums = {g["fiscal_period"]: g["amount_one_off:sum"] for g in result["groups"]}
        self.assertEqual((sums[False], sums["FY2027 Q1"], sums["FY2027 Q2"] or 0), (800, 800, 0))
