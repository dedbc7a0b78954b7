from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What the trade usually spends: guidance beside a client's forecast."""

    _inherit = "res.config.settings"

    roadmap_contract_lead_days = fields.Integer(
        related="company_id.roadmap_contract_lead_days", readonly=False
    )
    roadmap_guide_values = fields.Boolean(related="company_id.roadmap_guide_values", readonly=False)
    roadmap_guide_share_low = fields.Float(
        related="company_id.roadmap_guide_share_low", readonly=False
    )
    roadmap_guide_share_high = fields.Float(
        related="company_id.roadmap_guide_share_high", readonly=False
    )
    roadmap_guide_head_low = fields.Float(
        related="company_id.roadmap_guide_head_low", readonly=False
    )
    roadmap_guide_head_high = fields.Float(
        related="company_id.roadmap_guide_head_high", readonly=False
    )
