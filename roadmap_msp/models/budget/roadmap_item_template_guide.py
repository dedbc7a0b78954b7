from odoo import fields, models


class RoadmapItemTemplate(models.Model):
    """Guide prices grow old: the day on which to look at them again."""

    _inherit = "roadmap.item.template"

    price_recheck_on = fields.Date(
        "Check Prices Again On",
        default=lambda self: self.env["roadmap.asset.type"]._recheck_day(),
        help="Moves on by a year whenever somebody changes a guide price.",
    )
