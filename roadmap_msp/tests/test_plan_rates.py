from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .sale_common import SaleCommon


@tagged("post_install", "-at_install")
class TestPlanRates(SaleCommon):
    """Where no exchange rate exists an amount is unknown, never the same number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        euro, dollar = cls.env.ref("base.EUR"), cls.env.ref("base.USD")
        cls.other = euro if cls.env.company.currency_id == dollar else dollar
        cls.other.active = True
        cls.other.rate_ids.unlink()

    def _rate(self):
        return self.env["res.currency.rate"].create(
            {"currency_id": self.other.id, "rate": 2.0, "name": "2020-01-01"}
        )

    def _foreign_order(self):
        self.client.property_product_pricelist = self.env["product.pricelist"].create(
            {"name": "Other", "currency_id": self.other.id}
        )
        return self._quote(self.firewall)

    def test_guide_prices(self):
        template = self.env["roadmap.item.template"].create(
            {
                "name": "Firewall",
                "category_id": self.env["roadmap.category"].search([], limit=1).id,
                "currency_id": self.other.id,
                "line_ids": [Command.create({"price_low": 100, "price_high": 200})],
            }
        )
        items = self.env["roadmap.item"]
        item = items._create_from_templates(self.roadmap, template)
        self.assertEqual((item.amount_one_off, item.price_unknown), (0, True))
        self.assertIn(f"{self.other.name}, no exchange rate", item.based_on)
        with self.assertRaisesRegex(UserError, "no exchange rate"):
            template.line_ids.action_create_products()
        self._rate()
        item = items._create_from_templates(self.roadmap, template)
        self.assertEqual((item.amount_one_off, item.based_on), (75, "guide price"))
        template.line_ids.action_create_products()
        self.assertEqual(template.line_ids.product_id.list_price, 75)

    def test_quotation(self):
        with self.assertRaisesRegex(UserError, "Replace the firewall is priced in .* no exchange"):
            self._foreign_order()
        self._rate()
        order = self._quote(self.firewall)
        self.assertEqual(order.amount_untaxed, 2520.0)

    def test_actuals_and_contract(self):
        rate = self._rate()
        order = self._foreign_order()
        rate.unlink()
        order.action_confirm()
        firewall = self.firewall
        self.assertEqual((firewall.actual_one_off, firewall.actual_recurring), (0, 0))
        self.assertIn(f"{self.other.name}: there is no exchange rate", firewall.actual_unrated)
        contract = self.env["roadmap.contract"].search([("roadmap_id", "=", self.roadmap.id)])
        self.assertEqual((contract.seats, contract.price), (2, 0))
        self._rate()
        firewall.invalidate_recordset()
        self.assertEqual((firewall.actual_one_off, firewall.actual_unrated), (1200, False))

    def test_replacement_and_renewal(self):
        kind = self.env.ref("roadmap_msp.asset_type_server").copy({"code": "rates"})
        kind.write(
            {
                "currency_id": self.other.id,
                "price_low": 100.0,
                "price_high": 200.0,
                "renewal_price": 50.0,
                **dict.fromkeys(("product_id", "labour_product_id", "renewal_product_id"), False),
            }
        )
        asset = self.env["roadmap.asset"].create(
            {"name": "SRV", "roadmap_id": self.roadmap.id, "type_id": kind.id}
        )
        self.env["roadmap.asset.date"].create(
            {"asset_id": asset.id, "kind": "warranty_end", "date": "2030-01-01"}
        )

        def prices():
            line = asset._prepare_replacement_line(self.roadmap, kind)
            renewal = asset._prepare_renewal_item(self.roadmap, kind)["line_ids"][0][2]
            return line["price_unit"], line["price_low"], renewal["price_unit"]

        self.assertEqual(prices(), (0, 0, 0))
        self._rate()
        self.assertEqual(prices(), (75, 50, 25))

    def test_margin(self):
        self.product.standard_price = 70.0
        self.other_roadmap.currency_id = self.other
        line = {"name": "X", "product_id": self.product.id, "price_unit": 100.0}
        item = self._create_item("Abroad", [line], self.other_roadmap)
        self.assertEqual(item.margin, 0, "nobody knows what it costs there")
        self._rate()
        item.line_ids.invalidate_recordset()
        item.invalidate_recordset()
        self.assertEqual(item.margin, 100.0 - 140.0)

    def test_revenue_of_the_opportunity(self):
        rate = self._rate()
        order = self._foreign_order()
        lead = order.opportunity_id
        self.assertEqual((lead.expected_revenue, lead.roadmap_unrated), (1450, False))
        rate.unlink()
        lead._roadmap_update_revenue()
        self.assertEqual(lead.expected_revenue, 250, "the other item's estimate")
        self.assertIn(f"{self.other.name}: there is no", lead.roadmap_unrated)

    def _foreign_price_list(self, **rule):
        return self.env["product.pricelist"].create(
            {
                "name": "Abroad",
                "currency_id": self.other.id,
                "item_ids": [Command.create(rule)] if rule else [],
            }
        )

    def _price_of(self, roadmap, price_list):
        roadmap.partner_id.property_product_pricelist = price_list
        lines = [{"name": "X", "product_id": self.product.id}]
        return self._create_item("Through the list", lines, roadmap)

    def test_a_price_list_that_converts(self):
        """999 of the product's currency: unknown in the list's without a rate, never 999."""
        self.other_roadmap.currency_id = self.other
        item = self._price_of(self.other_roadmap, self._foreign_price_list())
        self.assertEqual((item.amount_one_off, item.price_unknown), (0, True))
        self.assertEqual(item.based_on, "your price list, no exchange rate")
        self._approve(item)
        with self.assertRaisesRegex(UserError, 'line "X": the price of Firewall .* exchange rate'):
            self._quote(item, self.user_other_csm)
        self._rate()
        item.line_ids._set_list_price()
        self.assertEqual((item.amount_one_off, item.based_on), (1998, "your price list"))
        self.assertEqual(self._quote(item, self.user_other_csm).amount_untaxed, 1998)

    def test_fixed_prices_of_a_foreign_price_list(self):
        """They are meant in the list's currency, whatever the roadmap counts in."""
        fixed = {"compute_price": "fixed", "fixed_price": 500.0, "applied_on": "3_global"}
        item = self._price_of(self.other_roadmap, self._foreign_price_list(**fixed))
        self.assertEqual(self.other_roadmap.currency_id, self.env.company.currency_id)
        self.assertEqual((item.amount_one_off, item.price_unknown), (0, True))
        self._approve(item)
        order = self._quote(item, self.user_other_csm)
        self.assertEqual((order.currency_id, order.amount_untaxed), (self.other, 500.0))
        self._rate()
        item.line_ids._set_list_price()
        self.assertEqual(item.amount_one_off, 250)
        self.other_roadmap.currency_id = self.other
        item.line_ids._set_list_price()
        self.assertEqual(item.amount_one_off, 500)

    def test_products_of_the_quotation_template(self):
        firewall = {
            "compute_price": "fixed",
            "fixed_price": 5.0,
            "applied_on": "1_product",
            "product_tmpl_id": self.product.product_tmpl_id.id,
        }
        item = self._price_of(self.other_roadmap, self._foreign_price_list(**firewall))
        self._approve(item)
        self.env.company.sale_order_template_id = self.env["sale.order.template"].create(
            {
                "name": "With labour",
                "sale_order_template_line_ids": [
                    Command.create({"product_id": self.service.id, "name": "Labour"})
                ],
            }
        )
        with self.assertRaisesRegex(UserError, "template With labour: the prices of Labour in"):
            self._quote(item, self.user_other_csm)
        self._rate()
        self.assertEqual(self._quote(item, self.user_other_csm).amount_untaxed, 5 + 2 * 777)

    def test_a_price_list_on_top_of_another(self):
        base = self._foreign_price_list()
        chained = self.env["product.pricelist"].create(
            {
                "name": "On top",
                "item_ids": [
                    Command.create(
                        {
                            "compute_price": "percentage",
                            "base": "pricelist",
                            "base_pricelist_id": base.id,
                            "percent_price": 10.0,
                            "applied_on": "3_global",
                        }
                    )
                ],
            }
        )
        item = self._price_of(self.roadmap, chained)
        self.assertEqual((item.amount_one_off, item.price_unknown), (0, True))
        self._rate()
        item.line_ids._set_list_price()
        self.assertEqual(item.amount_one_off, 899.1)

    def test_replacements_through_a_foreign_price_list(self):
        self.other_roadmap.currency_id = self.other
        self.other_client.property_product_pricelist = self._foreign_price_list()
        kind = self.env.ref("roadmap_msp.asset_type_server").copy(
            {"code": "abroad", "product_id": self.product.id, "labour_product_id": False}
        )
        asset = self.env["roadmap.asset"].create(
            {"name": "SRV", "roadmap_id": self.other_roadmap.id, "type_id": kind.id}
        )
        forecast = self.env["roadmap.forecast"]
        price = asset._prepare_replacement_line(self.other_roadmap, kind)["price_unit"]
        rows = forecast._replacement_prices(self.other_roadmap, kind)
        self.assertEqual((price, rows), (0, [(kind.id, 0, 0)]))
        self._rate()
        price = asset._prepare_replacement_line(self.other_roadmap, kind)["price_unit"]
        rows = forecast._replacement_prices(self.other_roadmap, kind)
        self.assertEqual((price, rows), (1998, [(kind.id, 1998, 1998)]))
