from odoo import fields, models

from .res_company import STAFF


class ResCompany(models.Model):
    """How early the MSP wants to know of ends and replacements."""

    _inherit = "res.company"

    roadmap_warranty_alert_days = fields.Integer(
        "Warranty Alert",
        default=180,
        groups=STAFF,
        help="Days before the end of a warranty from which the asset counts as ending soon.",
    )
    roadmap_replacement_alert_days = fields.Integer(
        "Replacement Alert",
        default=365,
        groups=STAFF,
        help="Days before its replacement date from which the asset counts as due soon.",
    )

    _roadmap_alert_days = models.Constraint(
        "CHECK (roadmap_warranty_alert_days >= 0 AND roadmap_replacement_alert_days >= 0)",
        "Alert days cannot be negative.",
    )

    def write(self, vals):
        res = super().write(vals)
        if {"roadmap_warranty_alert_days", "roadmap_replacement_alert_days"} & vals.keys():
            self.env["roadmap.asset"]._policy_changed([("company_id", "in", self.ids)])
        return res
