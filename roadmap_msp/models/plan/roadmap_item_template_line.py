from odoo import fields, models

KINDS = [("one_off", "One-off"), ("recurring", "Recurring")]
PERIODS = [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")]
UNITS = [
    ("firm", "Firm"),
    ("seat", "Seat"),
    ("user", "User"),
    ("device", "Device"),
    ("server", "Server"),
    ("site", "Site"),
    ("ap", "Access point"),
    ("door", "Door"),
    ("drop", "Cabled socket"),
    ("line", "Phone line"),
    ("room", "Room"),
    ("terminal", "Terminal"),
    ("test", "Test"),
]


class RoadmapItemTemplateLine(models.Model):
    """One kind of money of a template, with its guide price and, once mapped, the product."""

    _name = "roadmap.item.template.line"
    _description = "Item Template Line"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "roadmap.item.template", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="template_id.currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(translate=True)
    kind = fields.Selection(KINDS, required=True, default="one_off")
    period = fields.Selection(PERIODS)
    unit = fields.Selection(UNITS, required=True, default="firm")
    quantity = fields.Float(default=1.0, help="Per unit.")
    price_low = fields.Monetary()
    price_high = fields.Monetary()
    product_id = fields.Many2one("product.product", ondelete="restrict")

    _period_given = models.Constraint(
        "CHECK ((kind = 'recurring') = (period IS NOT NULL))",
        "A recurring line needs a period, a one-off line has none.",
    )
