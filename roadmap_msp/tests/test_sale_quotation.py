from unittest.mock import patch

from odoo.tests import tagged

from .sale_common import SaleCommon


@tagged("post_install", "-at_install")
class TestSaleQuotation(SaleCommon):
    def test_structure(self):
        order = self._quote()
        self.assertEqual(len(order), 1)
        self.assertEqual(order.partner_id, self.client)
        self.assertEqual(order.roadmap_id, self.roadmap)
        self.assertEqual(order.user_id, self.user_csm)
        self.assertEqual(order.opportunity_id.roadmap_id, self.roadmap)
        lines = order.order_line.sorted(lambda line: (line.sequence, line.id))
        self.assertEqual(
            [(line.display_type, line.name, line.is_optional) for line in lines],
            [
                ("line_section", "Replace the firewall", True),
                (False, "Firewall", False),
                (False, "Labour", False),
                ("line_section", "Back up the server", True),
                (False, "Set-up", False),
                ("line_section", "Recurring, per month", False),
                (False, "Firewall service\nReplace the firewall", False),
                ("line_section", "Recurring, per year", False),
                (False, "Backup\nBack up the server", False),
            ],
        )
        self.assertEqual(
            order.order_line.filtered("product_id").mapped("price_subtotal"),
            [800.0, 400.0, 250.0, 60.0, 1200.0],
        )

    def test_two_totals(self):
        order = self._quote()
        self.assertEqual(
            order._roadmap_totals(),
            [
                ("One-off", 1450.0),
                ("Recurring, per month", 60.0),
                ("Recurring, per year", 1200.0),
            ],
        )
        plain = self.env["sale.order"].create({"partner_id": self.client.id})
        self.assertEqual(plain._roadmap_totals(), [])

    def test_items_become_quoted_and_sent(self):
        order = self._quote()
        self.assertEqual(set(self.items.mapped("state")), {"quoted"})
        self.assertFalse(self.firewall.sent_on)
        order.action_quotation_sent()
        self.assertTrue(all(self.items.mapped("sent_on")))

    def test_second_click_opens_the_first_quotation(self):
        items = self.items.with_user(self.user_csm)
        first = items.action_create_quotation()
        again = items.action_create_quotation()
        self.assertEqual(first["res_id"], again["res_id"])
        order = self.env["sale.order"].browse(first["res_id"])
        order.action_quotation_sent()
        self.assertEqual(items.action_create_quotation()["res_id"], order.id)
        self.assertEqual(self.roadmap.order_ids, order)

    def test_new_items_join_the_draft(self):
        order = self._quote(self.firewall)
        action = self.items.with_user(self.user_csm).action_create_quotation()
        self.assertEqual(action["res_id"], order.id)
        lines = order.order_line.sorted(lambda line: (line.sequence, line.id))
        self.assertEqual(
            lines.filtered("display_type").mapped("name"),
            [
                "Replace the firewall",
                "Back up the server",
                "Recurring, per month",
                "Recurring, per year",
            ],
        )
        self.assertEqual(self._line(order, "Set-up").parent_id.name, "Back up the server")

    def test_a_recurring_line_joins_its_section(self):
        more = self._create_item(
            "More seats",
            [
                {
                    "name": "Seat",
                    "kind": "recurring",
                    "period": "month",
                    "product_id": self.backup.id,
                    "price_unit": 5.0,
                }
            ],
        )
        self._approve(more)
        order = self._quote(self.items)
        self._quote(more)
        sections = order.order_line.filtered(lambda line: line.name == "Recurring, per month")
        self.assertEqual(len(sections), 1)
        self.assertEqual(self._line(order, "Seat").parent_id, sections)

    def test_a_sent_quotation_is_left_alone(self):
        order = self._quote(self.firewall)
        order.action_quotation_sent()
        other = self._quote(self.backups)
        self.assertNotEqual(order, other)
        orders = self.items.with_user(self.user_csm).action_create_quotation()["domain"]
        self.assertEqual(set(orders[0][2]), set((order | other).ids))

    def test_one_quotation_per_client(self):
        foreign = self._create_item(
            "Elsewhere",
            [{"name": "Line", "product_id": self.product.id, "price_unit": 1.0}],
            roadmap=self.other_roadmap,
        )
        self._approve(foreign)
        orders = self._quote(self.items | foreign, self.user_all)
        self.assertEqual(orders.partner_id, self.client | self.other_client)
        self.assertEqual(len(orders), 2)

    def test_agreed_price_survives_a_change_of_quantity(self):
        order = self._quote()
        line = self._line(order, "Firewall")
        line.product_uom_qty = 0
        line.product_uom_qty = 3
        self.assertEqual(line.price_unit, 800.0)
        self.assertEqual(line.price_subtotal, 2400.0)

    def test_without_a_price_the_price_list_decides(self):
        item = self._create_item("Unpriced", [{"name": "X", "product_id": self.product.id}])
        self._approve(item)
        self.assertEqual(self._line(self._quote(item), "X").price_unit, 999.0)

    def test_price_list_in_another_currency(self):
        eur = self.env.ref("base.EUR")
        usd = self.env.ref("base.USD")
        other = eur if self.roadmap.currency_id == usd else usd
        other.active = True
        company = self.roadmap.company_id
        self.env["res.currency.rate"].create(
            {"currency_id": other.id, "company_id": company.id, "rate": 2.0, "name": "2020-01-01"}
        )
        price_list = self.env["product.pricelist"].create(
            {"name": "Other", "currency_id": other.id, "company_id": company.id}
        )
        self.client.with_company(company).property_product_pricelist = price_list
        order = self._quote(self.firewall)
        self.assertEqual(order.currency_id, other)
        self.assertEqual(self._line(order, "Firewall").price_unit, 1600.0)

    def test_options_are_offered_at_quantity_zero(self):
        item = self._create_item(
            "Pick one",
            [
                {
                    "name": name,
                    "product_id": self.product.id,
                    "price_unit": price,
                    "option_group": "Firewall",
                }
                for name, price in (("Small", 500.0), ("Large", 900.0))
            ],
        )
        self._approve(item)
        order = self._quote(item)
        small, large = self._line(order, "Small"), self._line(order, "Large")
        self.assertEqual((small.product_uom_qty, large.product_uom_qty), (1.0, 0.0))
        self.assertEqual(large.parent_id.display_type, "line_subsection")
        self.assertTrue(large._can_be_edited_on_portal())
        self.assertEqual(order.amount_untaxed, 500.0)

    def test_company_template_stands_first(self):
        template = self.env["sale.order.template"].create(
            {
                "name": "House style",
                "number_of_days": 12,
                "sale_order_template_line_ids": [
                    (0, 0, {"display_type": "line_note", "name": "Prices hold for 12 days."})
                ],
            }
        )
        self.roadmap.company_id.sale_order_template_id = template
        order = self._quote()
        self.assertEqual(order.sale_order_template_id, template)
        self.assertEqual(order.order_line[0].name, "Prices hold for 12 days.")
        self.assertEqual(order.order_line[1].name, "Replace the firewall")

    # === Weight ===

    def test_costs_little_more_than_the_order_itself(self):
        lines = [
            {"name": f"Line {i}", "product_id": self.product.id, "price_unit": 10.0 + i}
            for i in range(18)
        ]
        items = self._create_item("Big", lines) | self._create_item("Big again", lines)
        self._approve(items)
        # Once before counting: access rules and decimal precisions are then cached, as in use.
        self._quote(self.backups).action_quotation_sent()
        Order = self.env["sale.order"].sudo()
        values = items[0]._prepare_quotation_values()
        del values["roadmap_id"]
        for line in values["order_line"]:
            line[2].pop("roadmap_item_line_id", None)
            line[2].pop("roadmap_item_id", None)
        self.env.flush_all()
        counts = {}
        for name, call in (
            ("native", lambda: Order.create(values)),
            ("ours", lambda: items[1].with_user(self.user_csm)._create_quotations()),
        ):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            call()
            self.env.flush_all()
            counts[name] = self.env.cr.sql_log_count - before
        self.assertLessEqual(counts["ours"], 1.2 * counts["native"], counts)

    def test_the_analytic_distribution_is_searched_once_for_like_lines(self):
        plan = self.env["account.analytic.plan"].create({"name": "Plan"})
        account = self.env["account.analytic.account"].create(
            {"name": "Projects", "plan_id": plan.id}
        )
        self.env["account.analytic.distribution.model"].create(
            {
                "product_id": self.service.id,
                "partner_id": self.client.id,
                "analytic_distribution": {str(account.id): 100},
            }
        )
        Model = self.env.registry["account.analytic.distribution.model"]
        with patch.object(
            Model, "_create_domain", autospec=True, side_effect=Model._create_domain
        ) as asked:
            order = self._quote()
        self.assertLessEqual(asked.call_count, 3 * 6, "once for each of the three products")
        for line in order.order_line:
            wanted = {str(account.id): 100} if line.product_id == self.service else False
            self.assertEqual(line.analytic_distribution or False, wanted)
        self.assertNotIn("roadmap_distributions", order.env.context)
