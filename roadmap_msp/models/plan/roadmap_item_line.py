from odoo import fields, models

from .roadmap_item_template_line import KINDS, PERIODS


class RoadmapItemLine(models.Model):
    """Money of an item: one-off or recurring, per asset or flat."""

    _name = "roadmap.item.line"
    _description = "Roadmap Item Line"
    _order = "item_id, sequence, id"

    item_id = fields.Many2one("roadmap.item", required=True, index=True, ondelete="cascade")
    roadmap_id = fields.Many2one(
        related="item_id.roadmap_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="roadmap_id.currency_id", store=True)
    template_line_id = fields.Many2one(
        "roadmap.item.template.line", index="btree_not_null", ondelete="set null"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="one_off")
    period = fields.Selection(PERIODS)
    product_id = fields.Many2one("product.product", index="btree_not_null", ondelete="restrict")
    per_asset = fields.Boolean(help="The quantity is the number of assets of the item.")
    quantity = fields.Float(default=1.0, required=True)
    price_unit = fields.Monetary(help="Expected price of one unit, without tax, per period.")
    price_low = fields.Monetary()
    price_high = fields.Monetary()
    date = fields.Date(help="When the money is due, if not on the item's target date.")
    option_group = fields.Char(help="Lines of one group exclude each other.")
    sale_line_ids = fields.One2many("sale.order.line", "roadmap_item_line_id", copy=False)

    _period_given = models.Constraint(
        "CHECK ((kind = 'recurring') = (period IS NOT NULL))",
        "A recurring line needs a period, a one-off line has none.",
    )
