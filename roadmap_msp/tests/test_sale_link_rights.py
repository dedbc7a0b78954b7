from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .test_sale_link import SaleLinkCommon


@tagged("post_install", "-at_install")
class TestSaleLinkRights(SaleLinkCommon):
    """Who links what, and to whose item."""

    def test_only_of_the_same_client_and_company(self):
        with self.assertRaisesRegex(UserError, "is not of Orchard Test Law"):
            self._link(self._order(partner=self.other_client).order_line)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.env.user.company_ids |= other
        order = (
            self.env["sale.order"]
            .with_company(other)
            .create(
                {
                    "partner_id": self.client.id,
                    "company_id": other.id,
                    "order_line": [Command.create({"product_id": self.product.id})],
                }
            )
        )
        self.seller.company_ids |= other
        with self.assertRaisesRegex(UserError, "another company"):
            self._link(
                order.order_line.with_context(allowed_company_ids=self.seller.company_ids.ids)
            )

    def test_a_line_of_another_item_is_refused(self):
        order = self._order()
        with self.assertRaisesRegex(UserError, "a line of this item"):
            self._link(order.order_line, item_line=self.firewall.line_ids[0])
        self.assertFalse(order.order_line.roadmap_item_line_id)

    def test_an_item_shows_the_invoice_lines_that_its_reader_may_see(self):
        move = self._invoice()
        self._link(move.invoice_line_ids)
        shown = self.item.with_user(self.seller).invoice_line_ids
        self.assertEqual(shown, move.invoice_line_ids)
        (values,) = self.item.with_user(self.user_csm).read()
        self.assertNotIn("invoice_line_ids", values, "no accountant")

    def test_an_order_stays_with_the_company_of_the_roadmap(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        order = self.env["sale.order"].create({"partner_id": self.client.id})
        order.roadmap_id = self.roadmap
        with self.assertRaisesRegex(ValidationError, "another company than the roadmap"):
            self.env["sale.order"].create(
                {
                    "partner_id": self.client.id,
                    "company_id": other.id,
                    "roadmap_id": self.roadmap.id,
                }
            )

    def test_who_may_not_write_the_item_or_read_the_order_links_nothing(self):
        order = self._order()
        with self.assertRaises(AccessError):
            self._link(order.order_line, user=self.user_other_csm)
        with self.assertRaises(AccessError):
            self._link(order.order_line, user=self.user_csm)
        self._link(order.order_line)
        with self.assertRaises(AccessError):
            order.order_line.with_user(self.user_salesman).action_roadmap_unlink()

    def test_an_accountant_puts_no_item_on_an_invoice_but_reverses_one(self):
        accountant = new_test_user(self.env, "link_books", "account.group_account_invoice")
        move = self._invoice()
        theirs = move.with_user(accountant)
        with self.assertRaises(AccessError):
            theirs.invoice_line_ids.roadmap_item_line_id = self.item.line_ids.id
        with self.assertRaises(AccessError):
            theirs.create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.client.id,
                    "invoice_line_ids": [
                        Command.create({"roadmap_item_line_id": self.item.line_ids.id})
                    ],
                }
            )
        self._link(move.invoice_line_ids, item_line=self.item.line_ids)
        refund = theirs._reverse_moves()
        self.assertEqual(refund.sudo().line_ids.roadmap_item_line_id, self.item.line_ids)
