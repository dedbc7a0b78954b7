from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .sale_common import SaleCommon


class FiveYearsCommon(SaleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env["roadmap.asset.type"].create(
            {
                "name": "Desk PC",
                "code": "pc-test",
                "life_years": 4,
                "price_low": 800.0,
                "price_high": 1000.0,
                "category_id": cls.env["roadmap.category"].create({"name": "Desk"}).id,
            }
        )

    def _assets(self, count, purchased="2026-03-01", **values):
        return self.env["roadmap.asset"].create(
            [
                {
                    "name": f"PC-{number}",
                    "roadmap_id": self.roadmap.id,
                    "type_id": self.kind.id,
                    "purchase_date": purchased,
                    **values,
                }
                for number in range(count)
            ]
        )

    def _page(self, user=None, **kwargs):
        self.env.flush_all()
        return self.roadmap.with_user(user or self.user_csm).get_five_years(**kwargs)


@tagged("post_install", "-at_install")
class TestBudgetFiveYears(FiveYearsCommon):
    def _row(self, page, kind, name=None):
        (row,) = [
            row for row in page["rows"] if row["kind"] == kind and name in (None, row["name"])
        ]
        return row

    @staticmethod
    def _years(row, figure="total"):
        return [sum(quarters) for quarters in row[figure]]

    # === The page ===

    @freeze_time("2030-01-10")
    def test_page_by_quarter_and_area(self):
        self._assets(2)
        page = self._page()
        self.assertEqual([year["year"] for year in page["years"]][::4], ["2030", "2034"])
        pcs = self._row(page, "one_off", "Desk")
        # 2026-03-01 + 4 years: due in the first quarter of 2030.
        self.assertEqual(pcs["total"][0], [1800.0, 0.0, 0.0, 0.0])
        self.assertEqual((self._years(pcs, "low")[0], self._years(pcs, "high")[0]), (1600, 2000))
        plan = self._row(page, "one_off", "No technology area")
        self.assertEqual(plan["total"][0], [0.0, 1450.0, 0.0, 0.0])
        recurring = self._row(page, "recurring")
        self.assertEqual(self._years(recurring), [1280.0, 1920.0, 1920.0, 1920.0, 1920.0])

    @freeze_time("2030-08-10")
    def test_fiscal_years_of_the_client(self):
        self.roadmap.fiscal_year_start = "7"
        years = self._page()["years"]
        self.assertEqual(years[0], {"year": "2031", "from": "2030-07-01", "to": "2031-06-30"})

    @freeze_time("2030-01-10")
    def test_unknown_is_counted_and_never_zero(self):
        self._assets(3, purchased=False)
        free = self.kind.copy({"code": "free", "price_low": 0, "price_high": 0})
        self._assets(1).type_id = free
        self._create_item("Not priced", [])
        self._create_item("Ours", [{"name": "L", "price_unit": 5.0}], covered=True)
        contract = {"roadmap_id": self.roadmap.id, "name": "Lines", "date_start": "2030-01-01"}
        self.env["roadmap.contract"].create([contract, {**contract, "price": 9.0, "covered": True}])
        gaps = {gap["stage"]: gap["count"] for gap in self._page()["gaps"]}
        self.assertEqual(gaps, {"no_date": 3, "no_price": 3, "covered": 2})

    def test_an_item_with_one_line_unpriced_is_not_wholly_known(self):
        def unknown():
            self.env.flush_all()
            rows = self.env["roadmap.forecast"].search([("item_id", "=", item.id)])
            return sum(rows.mapped("unknown_count")), sum(rows.mapped("one_off_total"))

        item = self._create_item(
            "Partly", [{"name": "Known", "price_unit": 5.0}, {"name": "Asked for"}]
        )
        self.assertEqual(unknown(), (1, 5.0))
        self.assertEqual(
            self.roadmap._budget_unknown(), ["1 points without a price, in whole or in part"]
        )
        line = item.line_ids[1]
        line.quantity = 0
        self.assertEqual(unknown(), (0, 5.0), "none of it costs nothing")
        line.write({"quantity": 1, "option_group": "x"})
        rival = line.copy({"item_id": item.id, "price_unit": 3.0, "option_chosen": True})
        self.assertEqual(unknown(), (0, 8.0), "the client chose the other one")
        rival.option_chosen = False
        self.assertEqual(unknown(), (1, 5.0))

    @freeze_time("2030-01-10")
    def test_contingency_is_a_source_of_its_own(self):
        self._assets(1)
        self.roadmap.contingency_percent = 10.0
        rows = self.env["roadmap.forecast"].search(
            [("roadmap_id", "=", self.roadmap.id), ("arm", "=", "contingency")]
        )
        figures = {str(row.date): (row.one_off_total, row.one_off_low) for row in rows}
        self.assertEqual(figures, {"2030-03-01": (90.0, 0.0), "2030-05-01": (145.0, 0.0)})
        self.assertEqual(rows[0].action_open_source()["res_id"], self.roadmap.id)
        self._quote()
        rows.invalidate_recordset()
        again = self.env["roadmap.forecast"].search(
            [("roadmap_id", "=", self.roadmap.id), ("arm", "=", "contingency")]
        )
        self.assertEqual(again.mapped("one_off_total"), [90.0])

    @freeze_time("2030-01-10")
    def test_devices_of_a_refused_item_come_back(self):
        assets = self._assets(2)
        items, _skipped = assets._plan_replacement()
        self.env.flush_all()
        domain = [("roadmap_id", "=", self.roadmap.id), ("arm", "=", "replacement")]
        self.assertFalse(self.env["roadmap.forecast"].search(domain))
        self.env["roadmap.decision"].create(
            {"roadmap_id": self.roadmap.id, "item_id": items.id, "decision": "declined"}
        )
        self.env.flush_all()
        self.assertEqual(self.env["roadmap.forecast"].search_count(domain), 2)

    @freeze_time("2030-01-10")
    def test_few_queries_and_own_clients_only(self):
        self._assets(5)
        # Twice from cold records: the rules of all that is read are in the registry's cache then,
        # as on a server that has been up for a while.
        for _time in range(2):
            self._page()
            self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.roadmap.with_user(self.user_csm).get_five_years()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 20)
        for user in (self.user_other_csm, self.user_technician, self.portal_owner):
            with self.assertRaises(AccessError):
                self._page(user)

    # === Prices of replacements ===

    def _device_figures(self):
        self.env.flush_all()
        rows = self.env["roadmap.forecast"].with_user(self.user_csm)
        rows.invalidate_model()
        rows = rows.search([("roadmap_id", "=", self.roadmap.id), ("arm", "=", "replacement")])
        return rows.mapped(lambda r: (r.one_off_low, r.one_off_total, r.one_off_high))

    @freeze_time("2030-01-10")
    def test_prices_are_those_of_the_planner(self):
        assets = self._assets(1)

        def planner():
            lines = assets._prepare_replacement_lines(self.roadmap, self.kind)
            return tuple(
                sum(line[2][price] for line in lines)
                for price in ("price_low", "price_unit", "price_high")
            )

        product = self.env["product.product"].create({"name": "New PC", "list_price": 1100.0})
        labour = self.env["product.product"].create({"name": "Set up", "list_price": 150.0})
        price_list = self.env["product.pricelist"].create(
            {
                "name": "Friends",
                "currency_id": self.roadmap.currency_id.id,
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "3_global",
                            "compute_price": "percentage",
                            "percent_price": 10.0,
                        }
                    )
                ],
            }
        )
        expected = [
            (lambda: None, (800.0, 900.0, 1000.0)),
            (lambda: self.kind.write({"product_id": product.id}), (1100.0,) * 3),
            (lambda: self.kind.write({"labour_product_id": labour.id}), (1250.0,) * 3),
            (
                lambda: self.roadmap.partner_id.write({"property_product_pricelist": price_list}),
                (1125.0,) * 3,
            ),
            (
                lambda: self.env["roadmap.asset.policy"].create(
                    {"roadmap_id": self.roadmap.id, "type_id": self.kind.id, "price": 700.0}
                ),
                (835.0,) * 3,
            ),
            (lambda: assets.write({"own_price": 650.0}), (785.0,) * 3),
        ]
        for change, figures in expected:
            change()
            self.assertEqual(self._device_figures(), [figures])
            self.assertEqual(planner(), figures)
