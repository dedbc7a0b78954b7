from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How the plan is made and decided."""

    _inherit = "res.config.settings"

    group_roadmap_advanced = fields.Boolean(
        "Advanced Planning",
        implied_group="roadmap_msp.group_roadmap_advanced",
        group="base.group_user",
    )
    roadmap_refusal_risk = fields.Selection(
        related="company_id.roadmap_refusal_risk", readonly=False, required=True
    )
    roadmap_refusal_months = fields.Integer(
        related="company_id.roadmap_refusal_months", readonly=False
    )
    roadmap_remind_days = fields.Integer(related="company_id.roadmap_remind_days", readonly=False)
    roadmap_ask_again_percent = fields.Float(
        related="company_id.roadmap_ask_again_percent", readonly=False
    )
