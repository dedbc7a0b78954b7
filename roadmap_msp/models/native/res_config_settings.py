from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of the Roadmap app."""

    _inherit = "res.config.settings"

    roadmap_fiscal_year_start = fields.Selection(
        related="company_id.roadmap_fiscal_year_start", readonly=False
    )
    roadmap_amount_label = fields.Char(related="company_id.roadmap_amount_label", readonly=False)
