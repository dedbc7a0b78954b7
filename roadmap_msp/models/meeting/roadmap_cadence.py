from odoo import fields, models

MEETING_TYPES = [
    ("kickoff", "Kickoff"),
    ("monthly", "Monthly meeting"),
    ("quarterly", "Quarterly review"),
    ("annual", "Annual budget meeting"),
    ("other", "Other"),
]


class RoadmapCadence(models.Model):
    """One kind of meeting of a tier or of a client: how often, how long, which agenda."""

    _name = "roadmap.cadence"
    _description = "Meeting Cadence"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    tier_id = fields.Many2one("roadmap.tier", index="btree_not_null", ondelete="cascade")
    roadmap_id = fields.Many2one("roadmap.roadmap", index="btree_not_null", ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, index=True
    )
    meeting_type = fields.Selection(MEETING_TYPES, required=True, default="quarterly")
    interval_months = fields.Integer(default=3, required=True)
    agenda_id = fields.Many2one("roadmap.agenda", ondelete="restrict")
    duration = fields.Float("Length (hours)", default=1.0)
    preparation = fields.Float("Preparation (hours)", default=1.0)

    _one_owner = models.Constraint(
        "CHECK (num_nonnulls(tier_id, roadmap_id) = 1)",
        "A cadence belongs to either a tier or a client.",
    )

    def _compute_company_id(self):
        for cadence in self:
            cadence.company_id = cadence.roadmap_id.company_id or cadence.tier_id.company_id
