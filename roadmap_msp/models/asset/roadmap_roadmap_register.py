from odoo import fields, models


class RoadmapRoadmap(models.Model):
    """How complete the client's register is, and the ways into it."""

    _inherit = "roadmap.roadmap"

    register_score = fields.Integer(
        "Register Complete",
        compute="_compute_register",
        compute_sudo=True,
        help="Of what we want to know about the client's assets, the part that we know, in %.",
    )
    register_gap_count = fields.Integer(
        "Assets With Gaps", compute="_compute_register", compute_sudo=True
    )

    def _compute_register(self):
        Asset = self.env["roadmap.asset"]
        counts = Asset._gap_counts([("roadmap_id", "in", self.ids)])
        checks = len(Asset._gap_words())
        for roadmap in self:
            total, assets, gaps = counts.get(roadmap.id, (0, 0, 0))
            roadmap.register_gap_count = assets
            asked = total * checks
            roadmap.register_score = int(100 * (asked - gaps) / asked) if asked else 0

    def action_open_gaps(self):
        """The worklist of this client: what is missing, to be filled in place."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_asset_repair_action"
        )
        domain = [("roadmap_id", "in", self.ids), ("gaps", "!=", False)]
        return {**action, "domain": domain, "context": {}}
