from unittest.mock import patch

from odoo.exceptions import AccessError, LockError, UserError
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

    # === Several by choice, from a template ===

    def _choice(self, user=None, items=None, **values):
        items = self.items if items is None else items
        return (
            self.env["roadmap.quotation.choice"]
            .with_user(user or self.user_csm)
            .with_context(active_model="roadmap.item", active_ids=items.ids)
            .create(values)
        )

    def _made(self):
        return self.env["sale.order"].search([("roadmap_id", "=", self.roadmap.id)])

    def test_one_quotation_per_item_by_choice(self):
        choice = self._choice(split="item")
        self.assertEqual(choice.order_count, 2)
        choice.action_apply()
        self.assertEqual(len(self._made()), 2)
        self.assertEqual(self.items.mapped("state"), ["quoted", "quoted"])
        with self.assertRaisesRegex(UserError, "stands on"):
            self._choice(split="item").action_apply()
        self.assertEqual(len(self._made()), 2)

    def test_one_quotation_per_area_by_choice(self):
        area = self.env["roadmap.category"].search([], limit=1)
        self.firewall.category_id = area
        third = self._create_item(
            "Third", [{"name": "X", "product_id": self.product.id}], category_id=area.id
        )
        unmapped = self._create_item("Unmapped", [{"name": "Mystery"}])
        self._approve(third | unmapped)
        choice = self._choice(items=self.items | third | unmapped, split="category")
        self.assertEqual(choice.order_count, 2)
        self.assertIn("Mystery", choice.problems)
        choice.action_apply()
        made = [order.order_line.roadmap_item_line_id.item_id for order in self._made()]
        self.assertCountEqual(made, [self.firewall | third, self.backups])
        self.assertEqual(unmapped.state, "approved")

    def test_terms_of_the_chosen_template(self):
        template = self.env["sale.order.template"].create(
            {
                "name": "Deposit",
                "number_of_days": 9,
                "note": "<p>Half in advance</p>",
                "require_signature": False,
                "require_payment": True,
                "prepayment_percent": 0.5,
                "sale_order_template_line_ids": [
                    (0, 0, {"display_type": "line_note", "name": "Read this first."})
                ],
            }
        )
        self._quote(self.backups)
        seller = self.user_csm
        seller.group_ids |= self.env.ref("sales_team.group_sale_salesman")
        self._choice(seller, self.firewall, template_id=template.id).action_apply()
        self.assertEqual(len(self._made()), 2, "another template is another quotation")
        order = self._made().filtered("require_payment")
        self.assertEqual(order.sale_order_template_id, template)
        self.assertEqual(order.prepayment_percent, 0.5)
        self.assertFalse(order.require_signature)
        self.assertIn("Half in advance", order.note)
        self.assertEqual((order.validity_date - order.date_order.date()).days, 9)
        self.assertEqual(order.order_line[0].name, "Read this first.")

    def test_choices_are_for_those_who_may_write_the_items(self):
        with self.assertRaises(AccessError):
            self._choice(self.user_other_csm).action_apply()
        with self.assertRaises(AccessError):
            self._choice(self.user_technician)

    # === What stands in the way ===

    def assertRefused(self, items, *words, user=None):
        with self.assertRaises(UserError) as caught:
            self._quote(items, user)
        for word in words:
            self.assertIn(word, str(caught.exception))
        self.assertFalse(self.roadmap.order_ids)

    def test_unmapped_products_are_named(self):
        category = self.env["roadmap.category"].search([], limit=1)
        template = self.env["roadmap.item.template"].create(
            {"name": "Network check", "code": "T-NET", "category_id": category.id}
        )
        item = self._create_item(
            "Check it", [{"name": "Survey", "price_unit": 1.0}], template_id=template.id
        )
        self._approve(item)
        self.assertRefused(self.items | item, "Check it", "Survey", "Network check", "Map the")

    def test_archived_product(self):
        self.product.action_archive()
        self.assertRefused(self.firewall, "Replace the firewall", "Firewall", "archived")

    def test_price_list_removed(self):
        """The price on the item stays; the quotation falls back to the company's currency."""
        prices = self.env["product.pricelist"].create({"name": "Gone"})
        self.client.property_product_pricelist = prices
        self.assertEqual(self.firewall.roadmap_id.currency_id, prices.currency_id)
        prices.action_archive()
        self.client.invalidate_recordset()
        order = self._quote(self.firewall)
        self.assertNotEqual(order.pricelist_id, prices)
        self.assertEqual(order.amount_untaxed, 1260.0)
        self.backups.line_ids.price_unit = 0.0
        prices.unlink()
        self.client.invalidate_recordset()
        order = self._quote(self.backups)
        self.assertEqual(self._line(order, "Set-up").price_unit, 777.0, "the product's own price")

    def test_idea_is_refused(self):
        idea = self._create_item("Idea", [{"name": "X", "product_id": self.product.id}])
        self.assertRefused(idea, "Idea", "Propose it")

    def test_an_idea_that_was_asked_for_is_quoted(self):
        idea = self._create_item("Asked for", [{"name": "X", "product_id": self.product.id}])
        idea.with_user(self.user_csm).action_request_quote()
        self.assertTrue(idea.quote_waiting, "it stands in the queue")
        order = self._quote(idea)
        self.assertEqual(order.order_line.roadmap_item_line_id, idea.line_ids)
        self.assertEqual(idea.state, "quoted")

    def test_a_request_does_not_reopen_what_was_refused(self):
        self.env["roadmap.decision"].create(
            {
                "roadmap_id": self.roadmap.id,
                "item_id": self.firewall.id,
                "decision": "declined",
            }
        )
        self.firewall.with_user(self.user_csm).action_request_quote()
        self.assertRefused(self.firewall, "Replace the firewall", "Propose it")

    def test_covered_is_refused(self):
        self.firewall.covered = True
        self.assertRefused(self.firewall, "covered by the agreement")

    def test_item_without_lines(self):
        self.firewall.line_ids.unlink()
        self.assertRefused(self.firewall, "no lines")

    def test_somebody_else_is_quoting(self):
        with patch.object(
            type(self.env["roadmap.item"]), "lock_for_update", side_effect=LockError("x")
        ):
            self.assertRefused(self.firewall, "at this moment", "Replace the firewall")

    def test_not_twice_even_when_called_directly(self):
        self._quote()
        with self.assertRaisesRegex(UserError, "already"):
            self._quote()

    def test_foreign_team_may_not(self):
        with self.assertRaises(AccessError):
            self._quote(self.items, self.user_other_csm)
        with self.assertRaises(AccessError):
            self._quote(self.items, self.user_technician)
        with self.assertRaises(AccessError):
            self._quote(self.items, self.user_salesman)

    def test_other_company(self):
        company = self.env["res.company"].create({"name": "Second MSP"})
        roadmap = self.env["roadmap.roadmap"].create(
            {
                "partner_id": self.client.id,
                "company_id": company.id,
                "account_manager_id": False,
                "entitlement": "none",
            }
        )
        item = self._create_item(
            "There",
            [{"name": "L", "product_id": self.product.id, "price_unit": 9.0}],
            roadmap=roadmap,
        )
        self._approve(item)
        self.user_all.write({"company_ids": [(4, company.id)]})
        items = (self.items | item).with_context(
            allowed_company_ids=[self.env.company.id, company.id]
        )
        orders = self._quote(items, self.user_all)
        self.assertEqual(orders.company_id, self.env.company | company)
        self.assertEqual(orders.filtered(lambda o: o.company_id == company).roadmap_id, roadmap)

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
