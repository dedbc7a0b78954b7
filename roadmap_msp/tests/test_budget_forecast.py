import random

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .sale_common import SaleCommon


class ForecastCommon(SaleCommon):
    def _sums(self, groupby, *measures, user=None, domain=()):
        Forecast = self.env["roadmap.forecast"].with_user(user or self.user_csm)
        rows = Forecast._read_group(
            [("roadmap_id", "=", self.roadmap.id), *domain], groupby, [f"{m}:sum" for m in measures]
        )
        return {row[: len(groupby)]: row[len(groupby) :] for row in rows}


@tagged("post_install", "-at_install")
class TestBudgetForecast(ForecastCommon):
    def _year(self, year, *measures):
        keys = self._sums(["fiscal_year"], *measures)
        return keys.get((str(year),), (0.0,) * len(measures))

    @freeze_time("2030-01-10")
    def test_planned_quoted_ordered(self):
        one_off = ("one_off_planned", "one_off_quoted", "one_off_ordered", "one_off_total")
        recurring = ("recurring_planned", "recurring_quoted", "recurring_ordered")
        self.assertEqual(self._year(2030, *one_off), (1450.0, 0.0, 0.0, 1450.0))
        # From May on: 60 and 100 a month, eight months.
        self.assertEqual(self._year(2030, *recurring), (1280.0, 0.0, 0.0))
        self.assertEqual(self._year(2031, *recurring), (1920.0, 0.0, 0.0))
        order = self._quote()
        self.assertEqual(self._year(2030, *one_off), (0.0, 1450.0, 0.0, 1450.0))
        self.assertEqual(self._year(2030, *recurring), (0.0, 1280.0, 0.0))
        self._line(order, "Back up the server")._roadmap_take(False)
        order.action_confirm()
        self.assertEqual(self._year(2030, *one_off), (250.0, 0.0, 1200.0, 1450.0))
        quarters = self._sums(["fiscal_quarter"], "one_off_planned", "one_off_ordered")
        self.assertEqual(quarters["2030 Q1",], (0.0, 1200.0))
        self.assertEqual(quarters["2030 Q2",], (250.0, 0.0))
        # The contract runs from January, the yearly line is planned again from May.
        self.assertEqual(self._year(2030, *recurring), (800.0, 0.0, 720.0))
        order._action_cancel()
        self.assertEqual(self._year(2030, *one_off), (1450.0, 0.0, 0.0, 1450.0))
        self.assertEqual(self._year(2030, *recurring), (1280.0, 0.0, 0.0))

    def test_changing_the_fiscal_year_moves_no_date(self):
        self.roadmap.fiscal_year_start = "4"
        self.assertEqual(self._year(2031, "one_off_planned"), (1450.0,))
        self.assertEqual(self._sums(["fiscal_quarter"], "one_off_planned")["2031 Q1",], (1450.0,))

    def test_what_is_not_scheduled_is_shown_apart(self):
        self.items.target_date = False
        rows = self.env["roadmap.forecast"].search([("roadmap_id", "=", self.roadmap.id)])
        self.assertFalse(any(rows.mapped("date")))
        self.assertEqual(sum(rows.mapped("one_off_planned")), 1450.0)
        self.assertEqual(len(set(rows.ids)), len(rows))

    def test_closed_and_covered_items_cost_nothing(self):
        self.firewall.covered = True
        self.backups.closing_reason = "bought_elsewhere"
        self.assertEqual(self._sums(["fiscal_year"], "one_off_total"), {("2030",): (0.0,)})
        # Shown as covered, not as free and not as unknown.
        rows = self._sums(["stage"], "covered_count", "unknown_count", "recurring_total")
        self.assertEqual(rows, {("covered",): (1, 0, 0.0)})

    def test_of_options_the_first_counts(self):
        self.backups.line_ids.unlink()
        self.backups.write(
            {
                "line_ids": [
                    (0, 0, {"name": "A", "price_unit": 10.0, "option_group": "x", "sequence": 2}),
                    (0, 0, {"name": "B", "price_unit": 70.0, "option_group": "x", "sequence": 1}),
                ]
            }
        )
        self.assertEqual(self._year(2030, "one_off_planned"), (1270.0,))
        # What the client chose counts instead, as on the item.
        self.backups.line_ids.filtered(lambda line: line.name == "A").option_chosen = True
        self.assertEqual(self.backups.amount_one_off, 10.0)
        self.assertEqual(self._year(2030, "one_off_planned"), (1210.0,))

    @freeze_time("2030-01-10")
    def test_an_option_that_was_ordered_settles_its_group(self):
        """What stood instead of it is planned no more, also while another quotation is open."""
        self.backups.line_ids.unlink()
        self.backups.line_ids = [
            Command.create({"name": name, "product_id": self.service.id, **values})
            for name, values in (
                ("Disk", {"price_unit": 300.0, "option_group": "Where", "sequence": 1}),
                ("Cloud", {"price_unit": 500.0, "option_group": "Where", "sequence": 2}),
                ("Course", {"price_unit": 90.0, "sequence": 3}),
                ("Check", {"price_unit": 40.0, "option_group": "How", "sequence": 4}),
            )
        ]
        first = self._quote(self.backups)
        (self._line(first, "Course") | self._line(first, "Check")).unlink()
        self._line(first, "Disk").product_uom_qty = 0
        self._line(first, "Cloud").product_uom_qty = 1
        first.action_confirm()
        course = self.backups.line_ids.filtered(lambda line: line.name == "Course")
        first.copy(
            {
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.service.id,
                            "price_unit": 80.0,
                            "roadmap_item_line_id": course.id,
                        }
                    )
                ]
            }
        )
        self.assertEqual(self.backups.state, "quoted")
        figures = ("one_off_planned", "one_off_quoted", "one_off_ordered")
        sums = self._sums(["fiscal_year"], *figures, domain=[("item_id", "=", self.backups.id)])
        self.assertEqual(sums, {("2030",): (40.0, 80.0, 500.0)})

    def test_the_forecast_estimates_as_the_item_does(self):
        dice = random.Random(83)
        items = self.env["roadmap.item"].create(
            [
                {
                    "name": f"Item {number}",
                    "roadmap_id": self.roadmap.id,
                    "target_date": "2030-05-15",
                    "line_ids": [
                        (
                            0,
                            0,
                            {
                                "name": f"L{place}",
                                "price_unit": dice.choice([10.0, 25.0, 70.0, 300.0]),
                                "option_group": dice.choice([False, "", "x", "x", "y"]),
                                "option_chosen": dice.random() < 0.3,
                                "sequence": dice.choice([1, 2, 2, 3]),
                            },
                        )
                        for place in range(dice.randrange(3, 9))
                    ],
                }
                for number in range(40)
            ]
        )
        rows = self._sums(["item_id"], "one_off_planned", domain=[("item_id", "in", items.ids)])
        options = items.line_ids.filtered(lambda line: line.option_group == "x").sorted("sequence")
        firsts = [rivals[0] for rivals in options.grouped("item_id").values()]
        passed_over = [line for line in firsts if line not in line.item_id._counted_lines()]
        self.assertGreater(len(passed_over), 3)
        for item in items:
            self.assertAlmostEqual(rows[item,][0], item.amount_one_off, 2)

    def test_order_in_another_currency_converts_at_its_own_date(self):
        usd, eur = self.env.ref("base.USD"), self.env.ref("base.EUR")
        other = eur if self.roadmap.currency_id == usd else usd
        other.active = True
        rates = [("2020-01-01", 2.0), ("2030-01-01", 4.0)]
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": other.id,
                    "company_id": self.env.company.id,
                    "rate": rate,
                    "name": day,
                }
                for day, rate in rates
            ]
        )
        price_list = self.env["product.pricelist"].create({"name": "X", "currency_id": other.id})
        order = self._quote(self.firewall)
        order.pricelist_id = price_list
        self._line(order, "Firewall").price_unit = 500.0
        self._line(order, "Labour").price_unit = 0.0
        order.action_confirm()
        order.date_order = "2025-06-01"
        self.env.flush_all()
        self.assertEqual(order.currency_id, other)
        self.assertEqual(self._year(2025, "one_off_ordered"), (250.0,))

    def test_replacements_nobody_planned(self):
        kind = self.env["roadmap.asset.type"].create(
            {"name": "Gadget", "code": "gadget-test", "price_low": 800.0, "price_high": 1000.0}
        )
        asset = self.env["roadmap.asset"].create(
            {"name": "G-1", "roadmap_id": self.roadmap.id, "type_id": kind.id}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE roadmap_asset SET replacement_due = '2033-02-01' WHERE id = %s", [asset.id]
        )
        self.assertEqual(self._year(2033, "one_off_planned"), (900.0,))
        self.env.cr.execute(
            "UPDATE roadmap_asset SET replacement_due = '2019-02-01' WHERE id = %s", [asset.id]
        )
        overdue = self.env["roadmap.forecast"].search([("asset_id", "=", asset.id)])
        self.assertEqual(overdue.date, fields.Date.today().replace(day=1))
        asset.replacement_line_id = self.firewall.line_ids[0]
        self.assertFalse(self.env["roadmap.forecast"].search([("asset_id", "=", asset.id)]))

    def test_drill_down(self):
        self._quote(self.backups).action_confirm()
        rows = (
            self.env["roadmap.forecast"]
            .with_user(self.user_csm)
            .search([("roadmap_id", "=", self.roadmap.id)])
        )
        models = {row.arm: row.action_open_source()["res_model"] for row in rows}
        self.assertEqual(models["item"], "roadmap.item")
        self.assertEqual(models["contract"], "roadmap.contract")
        self.assertEqual(models["order"], "sale.order")

    # === Access ===

    def test_own_clients_only(self):
        foreign = self._create_item(
            "Elsewhere", [{"name": "L", "price_unit": 5.0}], roadmap=self.other_roadmap
        )
        self.env.flush_all()
        Forecast = self.env["roadmap.forecast"]
        seen = {
            user: Forecast.with_user(user).search([]).roadmap_id
            for user in (self.user_csm, self.user_other_csm)
        }
        self.assertEqual(seen[self.user_csm], self.roadmap)
        self.assertEqual(seen[self.user_other_csm], foreign.roadmap_id)
        both = self.roadmap | self.other_roadmap
        self.assertLessEqual(both, Forecast.with_user(self.user_all).search([]).roadmap_id)
        narrowed = Forecast.with_user(self.user_csm).with_context(
            forecast_roadmap_ids=self.other_roadmap.ids
        )
        self.assertFalse(narrowed.search([]))
        for user in (self.user_technician, self.user_salesman, self.portal_owner):
            with self.assertRaises(AccessError):
                Forecast.with_user(user).search([])

    def test_from_the_client(self):
        action = self.roadmap.with_user(self.user_csm).action_open_forecast()
        Forecast = self.env["roadmap.forecast"].with_user(self.user_csm)
        rows = Forecast.with_context(**action["context"]).search(action["domain"])
        self.assertEqual(rows.roadmap_id, self.roadmap)
        order = self._quote()
        action = self.roadmap.with_user(self.user_csm).action_open_orders()
        view = self.env.ref("roadmap_msp.sale_order_view_form_roadmap")
        self.assertEqual((action["res_id"], action["views"]), (order.id, [(view.id, "form")]))
