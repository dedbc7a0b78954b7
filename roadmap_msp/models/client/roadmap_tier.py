from odoo import fields, models

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
    cadence_ids = fields.One2many("roadmap.cadence", "tier_id")

    _code_uniq = models.UniqueIndex("(code, company_id)", "Each tier needs a code of its own.")
