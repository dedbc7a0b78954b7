from odoo import fields, models
from odoo.tools import format_date

LOOKS = [
    ("support_status", "Support of operating systems and models"),
    ("lifecycle_status", "Replacement"),
    ("warranty_status", "Warranty"),
]


class RoadmapAssetAsOf(models.TransientModel):
    """Choose a day on which to look at all assets."""

    _name = "roadmap.asset.as.of"
    _description = "Assets as of a Date"

    day = fields.Date("On", required=True, default=fields.Date.context_today)
    look_at = fields.Selection(LOOKS, required=True, default="support_status")
    roadmap_ids = fields.Many2many("roadmap.roadmap", string="Clients")

    def action_open(self):
        """The register with every status as it will be on that day."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_asset_action")
        domain = [("roadmap_id", "in", self.roadmap_ids.ids)] if self.roadmap_ids else []
        names = {
            "support_status": "by_support",
            "lifecycle_status": "by_lifecycle_status",
            "warranty_status": "by_warranty_status",
        }
        day = format_date(self.env, self.day, date_format="d MMM y")
        return {
            **action,
            "name": self.env._("Assets as of %s", day),
            "domain": domain,
            "path": False,
            "context": {
                "as_of": fields.Date.to_string(self.day),
                "search_default_not_retired": 1,
                f"search_default_{names[self.look_at]}": 1,
            },
        }
