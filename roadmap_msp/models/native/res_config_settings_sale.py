from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How orders from roadmaps are invoiced."""

    _inherit = "res.config.settings"

    roadmap_invoice_first_period = fields.Boolean(
        related="company_id.roadmap_invoice_first_period", readonly=False
    )
