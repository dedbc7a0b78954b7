from odoo import api, fields, models

from .roadmap_roadmap import ENTITLEMENTS


class RoadmapTier(models.Model):
    """A service tier: how often its clients are met and what their agreement covers."""

    _name = "roadmap.tier"
    _description = "Service Tier"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    company_id = fields.Many2one("res.company", index=True)
    entitlement = fields.Selection(ENTITLEMENTS, required=True, default="entitled")
    questionnaire_id = fields.Many2one("roadmap.questionnaire", ondelete="restrict")
    covered_template_ids = fields.Many2many(
        "roadmap.item.template",
        string="Covered by the Agreement",
        help="Items of these templates cost the client nothing and become our own action.",
    )
    description = fields.Char(translate=True, help="What the client gets, in one line.")
    cadence_ids = fields.One2many("roadmap.cadence", "tier_id")

    roadmap_ids = fields.One2many("roadmap.roadmap", "tier_id", "Clients")
    roadmap_count = fields.Integer("Number of Clients", compute="_compute_roadmap_count")

    _code_uniq = models.UniqueIndex("(code, company_id)", "Each tier needs a code of its own.")

    @api.depends("roadmap_ids")
    def _compute_roadmap_count(self):
        counts = dict(
            self.env["roadmap.roadmap"]._read_group(
                [("tier_id", "in", self.ids)], ["tier_id"], ["__count"]
            )
        )
        for tier in self:
            tier.roadmap_count = counts.get(tier, 0)

    def action_open_roadmaps(self):
        """The clients of this tier."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_action")
        action["domain"] = [("tier_id", "=", self.id)]
        action["context"] = {"default_tier_id": self.id}
        return action
