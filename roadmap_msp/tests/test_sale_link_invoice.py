from odoo.tests import tagged

from .test_sale_link import SaleLinkCommon


@tagged("post_install", "-at_install")
class TestSaleLinkInvoice(SaleLinkCommon):
    """Invoices without an order, linked to an item."""

    def test_an_invoice_without_order_with_its_payment_and_credit_note(self):
        move = self._invoice()
        self._link(move.invoice_line_ids, item_line=self.item.line_ids)
        self.assertEqual(self.item.state, "ordered")
        self.assertTrue(self.item.invoiced_on)
        self.assertEqual(self.item.actual_one_off, 400.0)
        self.assertEqual(self.item.actual_invoiced, 400.0)
        for measure, amount in (("ordered", 400.0), ("invoiced", 400.0), ("paid", 0.0)):
            self.assertEqual(self._forecast(f"one_off_{measure}"), amount, measure)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({})._create_payments()
        self.item.invalidate_recordset(["actual_paid"])
        self.assertEqual(self.item.actual_paid, 400.0)
        self.assertEqual(self._forecast("one_off_paid"), 400.0)
        refund = move._reverse_moves()
        self.assertEqual(refund.invoice_line_ids.roadmap_item_line_id, self.item.line_ids)
        refund.action_post()
        self.assertEqual(self.item.actual_invoiced, 0.0)
        self.assertEqual(self._forecast("one_off_invoiced"), 0.0)

    def test_an_invoice_put_back_to_draft_counts_no_more(self):
        move = self._invoice()
        self._link(move.invoice_line_ids, item_line=self.item.line_ids)
        move.button_draft()
        self.assertEqual(self.item.state, "idea")
        self.assertEqual(self.item.actual_invoiced, 0.0)

    def test_an_invoice_that_was_credited_in_full_bought_nothing(self):
        move = self._invoice()
        self._link(move.invoice_line_ids, item_line=self.item.line_ids)
        self.assertEqual(self.item.state, "ordered")
        move._reverse_moves(cancel=True)
        self.assertEqual(move.payment_state, "reversed")
        self.assertEqual((self.item.state, self.item.actual_one_off), ("idea", 0.0))
        sums = {name: self._forecast(f"one_off_{name}") for name in ("planned", "ordered")}
        self.assertEqual(sums, {"planned": 900.0, "ordered": 0.0})

    def test_an_invoice_of_what_recurs_has_one_contract(self):
        move = self._invoice(30.0, self.backup)
        self._link(move.invoice_line_ids, period="month")
        contract = self.env["roadmap.contract"].search([("roadmap_id", "=", self.roadmap.id)])
        self.assertEqual((contract.price, contract.seats), (30.0, 1.0))
        self.assertEqual(self._forecast("recurring_invoiced"), 30.0)
        self.assertEqual(self._forecast("one_off_ordered"), 0.0)
        move.invoice_line_ids.with_user(self.seller).action_roadmap_unlink()
        self.assertFalse(contract.active)
