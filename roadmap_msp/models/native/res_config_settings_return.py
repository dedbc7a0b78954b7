from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What an hour of the team costs."""

    _inherit = "res.config.settings"

    roadmap_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of Costs"
    )
    roadmap_hour_cost = fields.Monetary(
        related="company_id.roadmap_hour_cost",
        readonly=False,
        currency_field="roadmap_currency_id",
    )
