from unittest.mock import patch

from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import tagged

from .sale_common import SaleCommon


@tagged("post_install", "-at_install")
class TestSaleQuotationRefused(SaleCommon):
    """What cannot be quoted is refused in words."""

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
