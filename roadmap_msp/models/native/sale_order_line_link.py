from odoo import fields, models


class SaleOrderLine(models.Model):
    """A line of an order that nobody made from the plan, linked to an item."""

    _inherit = "sale.order.line"

    roadmap_quoted = fields.Boolean(
        compute="_compute_roadmap_quoted",
        groups="base.group_user",
        help="Made from its item: that cannot be undone here.",
    )

    def _compute_roadmap_quoted(self):
        for line in self:
            line.roadmap_quoted = line.sudo()._roadmap_is_quoted()

    def action_roadmap_unlink(self):
        """Undo the link to the item; the order itself stays as it is."""
        return self.env["roadmap.item"]._unlink_existing(self)

    def _roadmap_is_quoted(self):
        """Whether the item's own section stands on the order: then nobody linked the line."""
        item = self.roadmap_item_line_id.item_id
        return item in self.order_id.order_line.roadmap_item_id

    def _roadmap_document(self):
        return self.order_id

    def _roadmap_taken_by(self):
        """The item to which the line belongs already, itself or through its invoice lines."""
        return (self.roadmap_item_line_id or self.invoice_lines.roadmap_item_line_id[:1]).item_id

    def _roadmap_quantity_and_day(self):
        day = fields.Datetime.context_timestamp(self, self.order_id.date_order).date()
        return self.product_uom_qty, day
