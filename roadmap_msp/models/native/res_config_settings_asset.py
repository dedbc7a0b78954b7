from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How early the MSP wants to know of ends and replacements."""

    _inherit = "res.config.settings"

    roadmap_warranty_alert_days = fields.Integer(
        related="company_id.roadmap_warranty_alert_days", readonly=False
    )
    roadmap_endoflife_auto = fields.Boolean(
        "Look for Lifecycle Updates", config_parameter="roadmap_msp.endoflife_auto"
    )
    roadmap_replacement_alert_days = fields.Integer(
        related="company_id.roadmap_replacement_alert_days", readonly=False
    )
