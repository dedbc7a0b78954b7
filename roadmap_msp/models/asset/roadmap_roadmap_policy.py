from odoo import fields, models

from .roadmap_asset_policy import ALERT_DAYS

THRESHOLDS = {"warranty_alert_days", "replacement_alert_days"}


class RoadmapRoadmap(models.Model):
    """A client's own rules: how early to warn, and what differs from the types."""

    _inherit = "roadmap.roadmap"

    warranty_alert_days = fields.Selection(
        ALERT_DAYS, "Warranty Alert", help="How early a warranty ends soon; empty: as the company."
    )
    replacement_alert_days = fields.Selection(
        ALERT_DAYS,
        "Replacement Alert",
        help="How early a replacement is due soon; empty: as the company.",
    )
    policy_ids = fields.One2many("roadmap.asset.policy", "roadmap_id", "Asset Policies")

    def write(self, vals):
        res = super().write(vals)
        if THRESHOLDS & vals.keys():
            self.env["roadmap.asset"]._policy_changed([("roadmap_id", "in", self.ids)])
        return res
