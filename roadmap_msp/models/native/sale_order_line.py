from odoo import fields, models


class SaleOrderLine(models.Model):
    """A line that carries the money of a roadmap item."""

    _inherit = "sale.order.line"

    roadmap_item_line_id = fields.Many2one(
        "roadmap.item.line", index="btree_not_null", ondelete="set null"
    )
