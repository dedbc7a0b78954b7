from odoo import Command
from odoo.tests import tagged

from .sale_common import SaleCommon


@tagged("post_install", "-at_install")
class TestSaleWeight(SaleCommon):
    """What many lines or opportunities cost that change at once: as much as one."""

    def _recurring_order(self, size):
        line = {"name": "Seats", "product_id": self.backup.id, "price_unit": 10.0, "quantity": 2}
        item = self._create_item(f"{size} lines", [line | {"kind": "recurring"}] * size)
        self._approve(item)
        order = self._quote(item)
        order.action_confirm()
        return order

    def _plain_order(self, size):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client.id,
                "order_line": [Command.create({"product_id": self.backup.id})] * size,
            }
        )
        order.action_confirm()
        return order

    def _contracts(self, order):
        domain = [("sale_line_id", "in", order.order_line.ids)]
        return self.env["roadmap.contract"].search(domain)

    def _change_together(self, order):
        order.order_line.filtered("product_id").product_uom_qty = 3

    def _change_one_by_one(self, order):
        lines = order.order_line.filtered("product_id")
        order.order_line = [Command.update(line.id, {"product_uom_qty": 4}) for line in lines]

    def test_contracts_follow_their_lines(self):
        orders = [self._recurring_order(size) for size in (2, 2, 20)]
        counts = [self.queries_of(self._change_together, order) for order in orders]
        self.assertLessEqual(counts[2], counts[1], "the first one warms up")
        self.assertEqual(self._contracts(orders[2]).mapped("seats"), [3.0] * 20)
        contracts = self._contracts(orders[2])
        counts = [self.queries_of(order._action_cancel) for order in orders]
        self.assertLessEqual(counts[2], counts[1])
        self.assertFalse(contracts.filtered("active"))

    def test_lines_written_one_by_one_are_followed_once(self):
        ours, plain = (
            [self.queries_of(self._change_one_by_one, make(size)) for size in (2, 2, 20)]
            for make in (self._recurring_order, self._plain_order)
        )
        # What more lines cost is Odoo's own.
        self.assertLessEqual(ours[2] - ours[1], plain[2] - plain[1] + 3)

    def test_one_by_one_reaches_contract_and_opportunity(self):
        order = self._quote()
        revenue = order.opportunity_id.expected_revenue
        self._change_one_by_one(order)
        self.assertEqual(order.opportunity_id.expected_revenue, revenue + 3 * (800 + 250))
        order.action_confirm()
        lines = order.order_line.filtered("roadmap_item_line_id")
        order.order_line = [Command.update(line.id, {"product_uom_qty": 7}) for line in lines]
        self.assertEqual(self._contracts(order).mapped("seats"), [7.0, 7.0])

    def test_many_outcomes_cost_as_many_queries(self):
        """Beside Odoo's own for each lead."""

        def pushed(count):
            items = self.env["roadmap.item"].browse()
            for number in range(count):
                lines = [{"name": "X", "price_unit": 5.0}]
                items |= self._create_item(f"Idea {count} {number}", lines)
                items[-1:].action_create_opportunity()
            return items

        for note in ("_note_won", "_note_lost"):
            counts = []
            for items in (pushed(1), pushed(1), pushed(6)):
                counts.append(self.queries_of(getattr(items.sudo(), note)))
            self.assertLessEqual(counts[2], counts[1] + 5, f"{note}: {counts}")
