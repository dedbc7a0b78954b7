from odoo import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .sale_common import SaleCommon


@tagged("post_install", "-at_install")
class TestSaleActual(SaleCommon, AccountTestInvoicingCommon):
    """The order and its lines are the truth: what happens to them shows on the item."""

    @classmethod
    def get_default_groups(cls):
        groups = super().get_default_groups()
        for name in ("roadmap_msp.group_roadmap_manager", "sales_team.group_sale_manager"):
            groups |= cls.quick_ref(name)
        return groups | cls.quick_ref("base.group_system")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Without an account for what is under way, a payment leaves the invoice open.
        cls.inbound_payment_method_line.payment_account_id = cls.env["account.account"].create(
            {"name": "Under way", "code": "X1", "account_type": "asset_current", "reconcile": True}
        )
        (cls.product | cls.service | cls.backup).invoice_policy = "order"
        cls.monthly = cls.firewall.line_ids.filtered(lambda line: line.kind == "recurring")

    def _order(self):
        order = self._quote(self.firewall)
        order.action_confirm()
        return order

    def _contract(self):
        return self.env["roadmap.contract"].search([("roadmap_id", "=", self.roadmap.id)])

    def test_invoice_payment_and_credit_note(self):
        order = self._order()
        self.assertEqual(self.firewall.actual_one_off, 1200.0)
        self.assertEqual(self.firewall.actual_recurring, 60.0)
        self.assertEqual(self.firewall.actual_invoiced, 0.0)
        invoice = order._create_invoices()
        self.assertFalse(self.firewall.invoiced_on)
        invoice.action_post()
        self.assertEqual(self.firewall.actual_invoiced, 1260.0)
        self.assertEqual(self.firewall.actual_paid, 0.0)
        self.assertTrue(self.firewall.invoiced_on)
        self.assertFalse(self.firewall.paid_on)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"amount": 630.0})._create_payments()
        self.firewall.invalidate_recordset(["actual_paid"])
        self.assertEqual(self.firewall.actual_paid, 630.0)
        self.assertFalse(self.firewall.paid_on, "half is not all")
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        self.firewall.invalidate_recordset(["actual_paid"])
        self.assertEqual(self.firewall.actual_paid, 1260.0)
        self.assertTrue(self.firewall.paid_on)
        paid_on = self.firewall.paid_on
        refund = invoice._reverse_moves()
        refund.action_post()
        self.assertEqual(self.firewall.actual_invoiced, 0.0)
        self.assertEqual(self.firewall.paid_on, paid_on, "a stage that was reached stays")
        self.assertEqual(self.firewall.state, "ordered")

    def test_delivery(self):
        order = self._order()
        once = order.order_line.filtered(
            lambda line: line.roadmap_item_line_id and not line._roadmap_is_recurring()
        )
        once[0].qty_delivered = 1
        self.assertEqual(self.firewall.actual_delivered, 800.0)
        self.assertFalse(self.firewall.delivered_on)
        once[1].qty_delivered = 4
        self.assertEqual(self.firewall.actual_delivered, 1200.0)
        self.assertTrue(self.firewall.delivered_on)

    def test_signature(self):
        order = self._quote(self.firewall)
        order.write({"signed_on": "2026-11-02 10:00:00", "signed_by": "Olive"})
        self.assertEqual(str(self.firewall.signed_on), "2026-11-02 10:00:00")

    def test_changed_quantity_changes_the_contract(self):
        order = self._order()
        contract = self._contract()
        self.assertEqual(contract.seats, 2)
        line = self._line(order, "Firewall service")
        line.product_uom_qty = 9
        self.assertEqual(contract.seats, 9)
        self.assertEqual(self.firewall.actual_recurring, 270.0)
        line.price_unit = 20.0
        self.assertEqual(contract.price, 20.0)
        line.product_uom_qty = 0
        self.assertFalse(contract.active and contract.renews)
        self.assertFalse(contract.item_line_id)
        line.product_uom_qty = 3
        self.assertEqual(self._contract().seats, 3, "taken up again: a contract anew")

    def test_changed_quantity_of_a_draft_changes_the_opportunity(self):
        order = self._quote(self.firewall)
        self.assertEqual(order.opportunity_id.expected_revenue, 1450.0)
        self._line(order, "Labour").product_uom_qty = 1
        self.assertEqual(order.opportunity_id.expected_revenue, 1150.0)

    def test_up_sell_line_joins_the_item(self):
        order = self._order()
        heading = self._line(order, "Replace the firewall")
        extra = self.env["sale.order.line"].create(
            {
                "order_id": order.id,
                "product_id": self.service.id,
                "name": "Night shift",
                "product_uom_qty": 2,
                "price_unit": 50.0,
                "sequence": heading.sequence,
            }
        )
        self.assertEqual(extra.parent_id, heading)
        self.assertEqual(extra.roadmap_item_line_id.item_id, self.firewall)
        self.assertEqual(extra.roadmap_item_line_id.kind, "one_off")
        self.assertEqual(self.firewall.actual_one_off, 1300.0)

    def test_up_sell_of_what_recurs_makes_a_contract(self):
        order = self._order()
        self.env["sale.order.line"].create(
            {
                "order_id": order.id,
                "product_id": self.backup.id,
                "name": "Second site",
                "price_unit": 25.0,
                "sequence": 900,
            }
        )
        self.assertEqual(set(self._contract().mapped("price")), {30.0, 25.0})
        self.assertEqual(self.firewall.actual_recurring, 85.0)

    def test_nobody_guesses_which_item_is_meant(self):
        order = self._quote()
        order.action_confirm()
        extra = self.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": self.backup.id, "sequence": 900}
        )
        self.assertFalse(extra.roadmap_item_line_id)

    def test_a_line_added_before_signing_belongs_to_its_section(self):
        order = self._quote(self.firewall)
        self.env["sale.order.line"].create(
            {
                "order_id": order.id,
                "product_id": self.service.id,
                "price_unit": 10.0,
                "sequence": self._line(order, "Labour").sequence,
            }
        )
        order.action_confirm()
        self.assertEqual(self.firewall.actual_one_off, 1210.0)

    def test_several_orders_for_one_item(self):
        order = self._order()
        more = self.env["sale.order"].create(
            {
                "partner_id": self.client.id,
                "roadmap_id": self.roadmap.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "price_unit": 100.0,
                            "roadmap_item_line_id": self.firewall.line_ids[0].id,
                        }
                    )
                ],
            }
        )
        more.action_confirm()
        self.assertEqual(self.firewall.actual_one_off, 1300.0)
        order._action_cancel()
        self.assertEqual(self.firewall.actual_one_off, 100.0)
        self.assertEqual(self.firewall.state, "ordered", "one order is left")

    def test_first_period_is_invoiced_or_not(self):
        order = self._order()
        self.assertEqual(order._create_invoices().amount_untaxed, 1260.0)
        self.env.company.roadmap_invoice_first_period = False
        other = self._quote(self.backups)
        other.action_confirm()
        invoice = other._create_invoices()
        self.assertEqual(invoice.amount_untaxed, 250.0)
        invoice.action_post()
        self.assertEqual(other.invoice_status, "invoiced", "nothing is left to invoice")
        self.assertTrue(self.backups.invoiced_on)

    def test_amounts_in_the_clients_currency(self):
        other = self.env.ref("base.EUR")
        if other == self.env.company.currency_id:
            other = self.env.ref("base.USD")
        other.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": other.id, "company_id": self.env.company.id, "rate": 2.0}
            | {"name": "2020-01-01"}
        )
        price_list = self.env["product.pricelist"].create(
            {"name": "Other", "currency_id": other.id}
        )
        self.client.property_product_pricelist = price_list
        order = self._order()
        self.assertEqual(order.currency_id, other)
        self.assertEqual(order.amount_untaxed, 2520.0)
        self.assertEqual(self.firewall.currency_id, self.env.company.currency_id)
        self.assertEqual(self.firewall.actual_one_off, 1200.0)

    def test_facts_of_many_items_cost_one_query(self):
        items = self.items | self._create_item("Third", [{"name": "X"}])
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        items._read_facts()
        self.assertEqual(self.env.cr.sql_log_count - before, 1)
