from datetime import date

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .sale_common import SaleCommon


@tagged("post_install", "-at_install")
class TestBudgetYearEnd(SaleCommon):
    """Signed, ordered, invoiced, closed, carried forward."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.year = fields.Date.today().year

    def _item(self, name, price):
        item = self._create_item(
            name, [{"name": name, "product_id": self.service.id, "price_unit": price}]
        )
        self._approve(item)
        return item

    def _ordered(self, item):
        order = self._quote(item)
        order.action_confirm()
        return order

    def _invoice(self, order):
        for line in order.order_line.filtered("roadmap_item_line_id"):
            line.qty_delivered = line.product_uom_qty
        order._create_invoices().action_post()

    def _signed(self, items):
        items.target_date = date(self.year, 12, 20)
        budget = self.env["roadmap.budget"].sudo()._make(self.roadmap)
        budget.action_propose()
        return budget._approve(self.portal_owner, "cGl4ZWw=")

    def test_year_end(self):
        bought = self._item("Bought", 1000)
        left = self._item("Left", 400)
        cancelled = self._item("Cancelled", 250)
        budget = self._signed(bought | left | cancelled)
        orders = self._ordered(bought), self._ordered(cancelled)
        orders[1].action_cancel()
        line = orders[0].order_line.filtered("roadmap_item_line_id")
        line.price_unit = 900
        self._invoice(orders[0])
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "Close it when it is over"):
            budget.action_close_year()
        with freeze_time(f"{self.year + 1}-01-10"):
            budget.action_close_year()
            rows = {row.name: row for row in budget.line_ids}
            self.assertEqual(rows["Bought"].amount_actual, 900)
            self.assertEqual(rows["Bought"].variance, -100)
            self.assertEqual(rows["Bought"].variance_reason, "less")
            self.assertEqual(rows["Left"].variance_reason, "not_spent")
            self.assertEqual(rows["Cancelled"].amount_actual, 0, "cancelled after the signature")
            self.assertEqual(
                rows["Cancelled"].variance_note, f"Order {orders[1].name} was cancelled."
            )
            self.assertFalse(rows["Left"].variance_note)
            with self.assertRaisesRegex(UserError, "closed already"):
                budget.action_close_year()
            action = budget.action_carry_forward()
            self.assertEqual(left.target_date, date(self.year + 1, 1, 1))
            self.assertEqual(rows["Left"].variance_reason, "carried")
            draft = budget.browse(action["res_id"])
            self.assertEqual((draft.fiscal_year, draft.previous_id), (self.year + 1, budget))
            self.assertIn("Left", draft.line_ids.mapped("name"))
            self.assertNotIn("Bought", draft.line_ids.mapped("name"))

    def test_devices_that_nobody_replaced_are_carried_forward(self):
        kind = self.env["roadmap.asset.type"].create(
            {"name": "PC", "code": "t-pc", "life_years": 4, "price_low": 900, "price_high": 900}
        )
        bought = date(self.year - 4, 12, 28)
        kept, gone = self.env["roadmap.asset"].create(
            [
                {"name": name, "roadmap_id": self.roadmap.id, "type_id": kind.id,
                 "purchase_date": bought}
                for name in ("Kept", "Gone")
            ]
        )  # fmt: skip
        budget = self._signed(self.env["roadmap.item"])
        gone.state = "retired"
        self.env.flush_all()
        with freeze_time(f"{self.year + 1}-01-10"):
            budget.action_close_year()
            draft = budget.browse(budget.action_carry_forward()["res_id"])
        reasons = {line.asset_id: line.variance_reason for line in budget.line_ids}
        self.assertEqual((reasons[kept], reasons[gone]), ("carried", "not_spent"))
        self.assertIn(kept, draft.line_ids.asset_id)

    def test_what_does_not_come_of_a_closed_year(self):
        """Our own items are never told; a line by hand has no source; open years carry nothing."""
        shown, own = self._item("Shown", 400), self._item("Ours", 300)
        own.client_visible = False
        shown.target_date = own.target_date = date(self.year, 12, 20)
        budget = self.env["roadmap.budget"].with_user(self.user_csm)._make(self.roadmap)
        reserve = (
            self.env["roadmap.budget.line"]
            .with_user(self.user_csm)
            .create(
                {
                    "budget_id": budget.id,
                    "name": "Reserve",
                    "fiscal_year": self.year,
                    "amount": 500,
                }
            )
        )
        budget.action_propose()
        budget.sudo()._approve(self.portal_owner, "cGl4ZWw=")
        self._invoice(self._ordered(own))
        self.env.flush_all()
        with freeze_time(f"{self.year + 1}-01-10"):
            with self.assertRaisesRegex(UserError, "Close the year first"):
                budget.action_carry_forward()
            budget.action_close_year()
        self.assertNotIn("Ours", budget.line_ids.mapped("name"))
        self.assertFalse(reserve.variance_reason or reserve.amount_actual)
        rows = {row.name: row.variance_reason for row in budget.line_ids}
        self.assertEqual(rows["Shown"], "not_spent")

    def test_recurring_money_is_what_was_invoiced_where_it_was(self):
        item = self._create_item(
            "Backups", [{"name": "Backups", "product_id": self.service.id, "kind": "recurring",
                         "period": "month", "price_unit": 100}]
        )  # fmt: skip
        self._approve(item)
        fibre = self.env["roadmap.contract"].create(
            {"name": "Fibre", "roadmap_id": self.roadmap.id, "price": 50, "third_party": True,
             "date_start": date(self.year, 1, 1)}
        )  # fmt: skip
        budget = self._signed(item)
        order = self._ordered(item)
        line = order.order_line.filtered("roadmap_item_line_id")
        line.price_unit = 90
        self._invoice(order)
        self.env.flush_all()
        with freeze_time(f"{self.year + 1}-01-10"):
            budget.action_close_year()
        rows = budget.line_ids.filtered(lambda row: row.fiscal_year == self.year)
        ours = rows.filtered(lambda row: row.item_id == item)
        self.assertEqual(sum(ours.mapped("amount_actual")), 90, "the invoice, not the contract")
        self.assertEqual(set(ours.mapped("actual_from")) - {False}, {"invoice"})
        theirs = rows.filtered(lambda row: row.contract_id == fibre)
        self.assertEqual(sum(theirs.mapped("amount_actual")), 0, "no invoice, no actual")
        self.assertEqual(sum(theirs.mapped("amount_agreed")), 600)
        self.assertEqual(set(theirs.mapped("actual_from")), {"contract"})
        self.assertEqual(set(theirs.mapped("variance_reason")), {"as_planned"})
        self.assertEqual(sum(theirs.mapped("variance")), 0, "the agreed amount beside the plan")
        months = 13 - fields.Date.today().month
        self.assertEqual(sum(ours.mapped("amount_agreed")), months * 90)
        self.assertEqual(budget.actual_recurring, 90)
        self.assertEqual(budget.agreed_recurring, 600 + months * 90)

    def test_agreed_is_no_actual(self):
        """Ordered and not invoiced, invoiced in part, and a year billed at once."""
        waits = self._item("Waits", 400)
        fee = self._create_item(
            "Fee", [{"name": "Fee", "product_id": self.service.id, "kind": "recurring",
                     "period": "year", "price_unit": 1200}]
        )  # fmt: skip
        part = self._create_item(
            "Part", [{"name": "Part", "product_id": self.service.id, "kind": "recurring",
                      "period": "month", "price_unit": 10}]
        )  # fmt: skip
        self._approve(fee | part)
        items = waits | fee | part
        with freeze_time(f"{self.year}-01-04"):
            items.target_date = date(self.year, 1, 4)
            budget = self.env["roadmap.budget"].sudo()._make(self.roadmap)
            budget.action_propose()
            budget._approve(self.portal_owner, "cGl4ZWw=")
            self._ordered(waits)
            for item in fee | part:
                self._invoice(self._ordered(item))
        self.env.flush_all()
        with freeze_time(f"{self.year + 1}-01-10"):
            budget.action_close_year()
        rows = budget.line_ids.filtered(lambda row: row.fiscal_year == self.year)
        came = {
            name: (
                sum(lines.mapped("amount_agreed")),
                sum(lines.mapped("amount_actual")),
                set(lines.mapped("variance_reason")),
            )
            for name, lines in rows.grouped("name").items()
        }
        self.assertEqual(
            came,
            {"Waits": (400, 0, {"open"}), "Fee": (1200, 1200, {"as_planned"}),
             "Part": (120, 10, {"open"})},
        )  # fmt: skip
        self.assertEqual((budget.agreed_one_off, budget.actual_one_off), (400, 0))

    def test_what_was_not_planned_is_named(self):
        budget = self._signed(self._item("Planned", 100))
        surprise = self._item("Surprise", 700)
        surprise.target_date = date(self.year, 12, 20)
        self._invoice(self._ordered(surprise))
        self.env.flush_all()
        with freeze_time(f"{self.year + 1}-01-10"):
            budget.action_close_year()
        row = budget.line_ids.filtered(lambda line: line.name == "Surprise")
        self.assertEqual((row.amount, row.amount_actual), (0, 700))
        self.assertEqual(row.variance_reason, "unplanned")
        self.assertEqual(budget.actual_one_off, 700)
        self.assertEqual(budget.amount_one_off, 100, "what was signed stays")
