from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """When a signed budget asks to be made anew."""

    _inherit = "res.config.settings"

    roadmap_budget_change_limit = fields.Float(
        related="company_id.roadmap_budget_change_limit", readonly=False
    )
