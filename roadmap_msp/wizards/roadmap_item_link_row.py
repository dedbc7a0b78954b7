from odoo import fields, models

from ..models.plan.roadmap_item_template_line import PERIODS


class RoadmapItemLinkRow(models.TransientModel):
    """A line of an existing order or invoice that can be linked."""

    _name = "roadmap.item.link.row"
    _description = "Link Orders and Invoices to an Item: Line"

    link_id = fields.Many2one("roadmap.item.link", "Dialog", required=True, ondelete="cascade")
    item_id = fields.Many2one(related="link_id.item_id")
    take = fields.Boolean("Link")
    sale_line_id = fields.Many2one("sale.order.line", ondelete="cascade")
    move_line_id = fields.Many2one("account.move.line", ondelete="cascade")
    document = fields.Char(readonly=True)
    date = fields.Date(readonly=True)
    name = fields.Char("Line", readonly=True)
    quantity = fields.Float(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(readonly=True)
    status = fields.Char(readonly=True)
    item_line_id = fields.Many2one(
        "roadmap.item.line",
        "Counts for",
        ondelete="cascade",
        domain="[('item_id', '=', item_id)]",
        help="Empty: the item gets a line of its own for it.",
    )
    period = fields.Selection(
        PERIODS, "Recurs per", help="Only for a line of its own: it then becomes a contract."
    )

    def _line(self):
        """The line of the order or the invoice."""
        self.ensure_one()
        return self.sale_line_id or self.move_line_id
