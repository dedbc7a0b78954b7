from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .sale_common import SaleCommon


class SaleLinkCommon(SaleCommon, AccountTestInvoicingCommon):
    @classmethod
    def get_default_groups(cls):
        groups = super().get_default_groups()
        for name in ("roadmap_msp.group_roadmap_manager", "sales_team.group_sale_manager"):
            groups |= cls.quick_ref(name)
        return groups | cls.quick_ref("base.group_system")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.product | cls.service | cls.backup).invoice_policy = "order"
        # Sells, and is on the client's team.
        cls.seller = new_test_user(
            cls.env,
            "link_seller",
            "roadmap_msp.group_roadmap_user,sales_team.group_sale_salesman_all_leads,"
            "account.group_account_invoice",
        )
        cls.roadmap.service_manager_id = cls.seller
        cls.item = cls._create_item(
            "New switches", [{"name": "Switches", "product_id": cls.product.id, "price_unit": 900}]
        )

    def _invoice(self, price=400.0, product=None):
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.client.id,
                "invoice_date": "2026-03-10",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": (product or self.product).id,
                            "price_unit": price,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )
        move.action_post()
        return move

    def _link(self, line, user=None, item=None, item_line=None, period=False):
        item = (item or self.item).with_user(user or self.seller)
        item_line = item_line if item_line is not None else item.line_ids.browse()
        item._link_existing([(line.with_user(user or self.seller), item_line, period)])

    def _forecast(self, measure):
        self.env.flush_all()
        rows = self.env["roadmap.forecast"].search([("item_id", "=", self.item.id)])
        return sum(rows.mapped(measure))

    def _order(self, partner=None, product=None, price=700.0, confirm=True, **values):
        order = self.env["sale.order"].create(
            {
                "partner_id": (partner or self.client).id,
                "order_line": [
                    Command.create(
                        {"product_id": (product or self.product).id, "price_unit": price}
                    )
                ],
                **values,
            }
        )
        if confirm:
            order.action_confirm()
        return order


@tagged("post_install", "-at_install")
class TestSaleLink(SaleLinkCommon):
    """Quotations, orders and invoices that exist already are linked to an item, and undone."""

    def test_an_order_is_linked_by_the_dialog_and_taken_off_again(self):
        order = self._order()
        action = self.item.with_user(self.seller).action_link_existing()
        dialog = Form(
            self.env[action["res_model"]].with_user(self.seller).with_context(**action["context"])
        )
        rows = [r for r in dialog.row_ids._records if r["document"] == order.name]
        self.assertEqual(len(rows), 1)
        index = dialog.row_ids._records.index(rows[0])
        with dialog.row_ids.edit(index) as row:
            self.assertEqual(row.item_line_id.id, self.item.line_ids.id, "same product")
            row.take = True
        wizard = dialog.save()
        ticked = wizard.row_ids.filtered("take")
        ticked.take = False
        with self.assertRaisesRegex(UserError, "Tick the lines"):
            wizard.action_apply()
        ticked.take = True
        wizard.action_apply()
        self.assertEqual(order.order_line.roadmap_item_line_id, self.item.line_ids)
        self.assertFalse(order.order_line.with_user(self.seller).roadmap_quoted, "can be undone")
        self.assertTrue(self._quote(self.firewall).order_line[1].roadmap_quoted)
        self.assertEqual(order.roadmap_id, self.roadmap)
        self.assertEqual(self.item.state, "ordered")
        self.assertEqual(self.item.actual_one_off, 700.0)
        self.assertEqual(self._forecast("one_off_ordered"), 700.0)
        self.assertEqual(self._forecast("one_off_planned"), 0.0)
        order._create_invoices().action_post()
        self.assertEqual(self.item.actual_invoiced, 700.0)
        order.order_line.with_user(self.seller).action_roadmap_unlink()
        self.assertFalse(order.order_line.roadmap_item_line_id)
        self.assertFalse(order.roadmap_id)
        self.assertEqual(self.item.state, "idea")
        self.assertEqual(self.item.actual_one_off, 0.0)
        self.assertEqual(self._forecast("one_off_planned"), 900.0)

    def test_a_draft_makes_the_item_quoted(self):
        order = self._order(confirm=False)
        self._link(order.order_line, item_line=self.item.line_ids)
        self.assertEqual(self.item.state, "quoted")
        self.assertEqual(self._forecast("one_off_quoted"), 700.0)

    def test_what_was_bought_is_not_planned_again_beside_a_new_quotation(self):
        self.item.line_ids.create(
            {"item_id": self.item.id, "name": "Cables", "price_unit": 50.0, "sequence": 20}
        )
        switches = self.item.line_ids[0]
        for document in (self._order(price=1200.0).order_line, self._invoice().invoice_line_ids):
            with self.subTest(document=document._name):
                self._link(document, item_line=switches)
                self.assertEqual(self.item.state, "ordered")
                bought = self._forecast("one_off_ordered")
                draft = self._order(price=100.0, confirm=False)
                self._link(draft.order_line)
                self.assertEqual(self.item.state, "quoted")
                self.assertEqual(self._forecast("one_off_ordered"), bought)
                self.assertEqual(self._forecast("one_off_quoted"), 100.0)
                self.assertEqual(self._forecast("one_off_planned"), 50.0, "the cables")
                # More of the same on the quotation is money of its own.
                draft.order_line.with_user(self.seller).action_roadmap_unlink()
                self._link(draft.order_line, item_line=switches)
                self.assertEqual(self._forecast("one_off_ordered"), bought)
                self.assertEqual(self._forecast("one_off_quoted"), 100.0)
                draft.order_line.with_user(self.seller).action_roadmap_unlink()
                document.with_user(self.seller).action_roadmap_unlink()

    def test_a_line_of_its_own_recurs_and_goes_with_the_link(self):
        order = self._order(product=self.backup, price=30.0)
        self._link(order.order_line, period="month")
        line = order.order_line.roadmap_item_line_id
        self.assertEqual((line.kind, line.period, line.price_unit), ("recurring", "month", 30.0))
        contract = self.env["roadmap.contract"].search([("item_line_id", "=", line.id)])
        self.assertEqual((contract.seats, contract.price), (1.0, 30.0))
        order.order_line.with_user(self.seller).action_roadmap_unlink()
        self.assertFalse(line.exists())
        self.assertFalse(contract.active)

    def test_a_known_contract_is_taken_over_and_left_running(self):
        contract = self.env["roadmap.contract"].create(
            {
                "name": "Backup",
                "roadmap_id": self.roadmap.id,
                "product_id": self.backup.id,
                "price": 30.0,
                "date_start": "2025-01-01",
            }
        )
        order = self._order(product=self.backup, price=30.0)
        self._link(order.order_line, period="month")
        of_client = [("roadmap_id", "=", self.roadmap.id)]
        self.assertEqual(self.env["roadmap.contract"].search(of_client), contract)
        self.assertEqual(str(contract.date_start), "2025-01-01")
        order.order_line.with_user(self.seller).action_roadmap_unlink()
        self.assertTrue(contract.active)
        self.assertFalse(contract.item_line_id)

    def test_a_contract_that_is_over_is_not_taken_over(self):
        old = self.env["roadmap.contract"].create(
            {
                "name": "Backup",
                "roadmap_id": self.roadmap.id,
                "product_id": self.backup.id,
                "price": 20.0,
                "date_start": "2020-01-01",
                "date_end": "2021-12-31",
                "renews": False,
            }
        )
        order = self._order(product=self.backup, price=30.0)
        self._link(order.order_line, period="month")
        contract = self.roadmap.contract_ids - old
        self.assertEqual((contract.price, contract.date_end), (30.0, False))
        self.assertEqual((old.price, old.item_line_id.id), (20.0, False))

    def test_nothing_counts_twice(self):
        order = self._order()
        move = order._create_invoices()
        move.action_post()
        self._link(order.order_line, item_line=self.item.line_ids)
        with self.assertRaisesRegex(UserError, "belongs to the item"):
            self._link(order.order_line)
        with self.assertRaisesRegex(UserError, "belongs to the item"):
            self._link(move.invoice_line_ids)
        # Not even when somebody writes both links past the dialog.
        move.invoice_line_ids.roadmap_item_line_id = self.item.line_ids
        self.assertEqual(self.item.actual_invoiced, 700.0)
        self.assertEqual(self.item.actual_one_off, 700.0)
        self.assertEqual(self._forecast("one_off_invoiced"), 700.0)
        self.assertEqual(self._forecast("one_off_ordered"), 700.0)

    def test_what_was_quoted_from_the_item_is_no_link(self):
        order = self._quote(self.firewall)
        line = self._line(order, "Firewall")
        with self.assertRaisesRegex(UserError, "was made from this item"):
            line.with_user(self.seller).action_roadmap_unlink()

    def test_amounts_in_the_currency_of_the_document(self):
        euro = self.env.ref("base.EUR")
        if euro == self.env.company.currency_id:
            euro = self.env.ref("base.USD")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "company_id": self.env.company.id, "rate": 2.0}
            | {"name": "2020-01-01"}
        )
        prices = self.env["product.pricelist"].create({"name": "Other", "currency_id": euro.id})
        order = self._order(pricelist_id=prices.id)
        self._link(order.order_line)
        self.assertEqual(order.order_line.roadmap_item_line_id.price_unit, 350.0)
        self.assertEqual(self.item.actual_one_off, 350.0)

    def test_from_the_order_and_from_the_invoice(self):
        order = self._order(confirm=False)
        self._order()
        action = order.with_user(self.seller).action_link_to_plan()
        dialog = Form(
            self.env[action["res_model"]].with_user(self.seller).with_context(**action["context"])
        )
        self.assertEqual([row["document"] for row in dialog.row_ids._records], [order.name])
        dialog.item_id = self.item
        self.assertEqual(dialog.row_ids._records[0]["item_line_id"], self.item.line_ids.id)
        move = self._invoice()
        action = move.with_user(self.seller).action_link_to_plan()
        self.assertEqual(action["context"]["default_roadmap_id"], self.roadmap.id)
        stranger = self.env["res.partner"].create({"name": "Nobody Ltd", "is_company": True})
        with self.assertRaisesRegex(UserError, "has no roadmap"):
            self._order(partner=stranger).with_user(self.seller).action_link_to_plan()
