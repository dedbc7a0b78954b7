from odoo import models
from odoo.fields import Command

from .sale_order_line_actual import LATER, MONEY


class SaleOrder(models.Model):
    """Lines that somebody added to an item's section by hand are part of the item."""

    _inherit = "sale.order"

    def write(self, vals):
        """Lines that change together are followed once, not one by one."""
        changed = any(
            command[0] == Command.CREATE
            or (command[0] == Command.UPDATE and MONEY & set(command[2]))
            for command in vals.get("order_line") or ()
        )
        if not changed or not all(order.roadmap_id for order in self.sudo()):
            return super().write(vals)
        result = super(SaleOrder, self.with_context(**{LATER: True})).write(vals)
        orders = self.sudo()
        orders.filtered(lambda order: order.state == "sale")._roadmap_after_change()
        orders.opportunity_id._roadmap_update_revenue()
        return result

    def _roadmap_after_change(self):
        """A confirmed order got another line, quantity or price: items and contracts follow."""
        self._roadmap_adopt_lines()
        self._roadmap_update_contracts()

    def _roadmap_adopt_lines(self):
        """Give each product line that stands in the section of an item a line of that item.

        A line in a recurring section belongs to the only item of the order, if there is just one;
        where several could be meant, nobody guesses.
        """
        found = [(line, *place) for order in self for line, place in order._roadmap_strangers()]
        if not found:
            return
        item_lines = self.env["roadmap.item.line"].create(
            [line._prepare_roadmap_item_line(item, period) for line, item, period in found]
        )
        for (line, _item, _period), item_line in zip(found, item_lines, strict=True):
            line.roadmap_item_line_id = item_line

    def _roadmap_strangers(self):
        """[(line, (item, period or None))] of lines without an item that stand in a section."""
        self.ensure_one()
        items = section = None
        found = []
        for line in self.order_line.sorted(lambda line: (line.sequence, line.id)):
            if line.display_type == "line_section":
                section = line
            elif (
                section
                and line.product_id
                and not line.display_type
                and not line.roadmap_item_line_id
                and not line.is_downpayment
            ):
                item, period = section.roadmap_item_id, None
                if not item:
                    items = items or self._roadmap_items()
                    period = self._roadmap_section_period(section)
                    item = items if period and len(items) == 1 else None
                if item:
                    found.append((line, (item, period)))
        return found
