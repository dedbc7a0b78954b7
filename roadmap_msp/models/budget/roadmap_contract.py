from odoo import fields, models

from ..plan.roadmap_item_template_line import PERIODS


class RoadmapContract(models.Model):
    """A recurring cost of the client: seats times price per billing period."""

    _name = "roadmap.contract"
    _description = "Recurring Contract"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "roadmap_id, date_start, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="roadmap_id.currency_id", store=True)
    category_id = fields.Many2one("roadmap.category", index="btree_not_null", ondelete="restrict")
    vendor_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="restrict")
    third_party = fields.Boolean(help="The client buys it from somebody else.")
    product_id = fields.Many2one("product.product", index="btree_not_null", ondelete="restrict")
    seats = fields.Float("Quantity", default=1.0, required=True)
    price = fields.Monetary(help="Of one unit for one billing period, without tax.")
    period = fields.Selection(PERIODS, "Billing Period", required=True, default="month")
    date_start = fields.Date(required=True, default=fields.Date.context_today)
    date_end = fields.Date(help="End of the term.")
    renews = fields.Boolean("Renews by Itself", default=True)
    notice_days = fields.Integer()
    increase_percent = fields.Float("Yearly Increase (%)")
    increase_amount = fields.Monetary("Yearly Increase")
    item_line_id = fields.Many2one(
        "roadmap.item.line", index="btree_not_null", ondelete="set null", copy=False
    )
    sale_line_id = fields.Many2one(
        "sale.order.line", index="btree_not_null", ondelete="set null", copy=False
    )

    _end_after_start = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)",
        "A contract cannot end before it starts. Correct one of the two dates.",
    )
