from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How the plan is made and decided."""

    _inherit = "res.config.settings"

    group_roadmap_advanced = fields.Boolean(
        "Advanced Planning",
        implied_group="roadmap_msp.group_roadmap_advanced",
        group="base.group_user",
    )
