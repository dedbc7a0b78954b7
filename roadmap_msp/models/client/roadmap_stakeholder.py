from odoo import fields, models

ROLES = [
    ("decision_maker", "Decision maker"),
    ("signer", "Signer"),
    ("finance", "Finance"),
    ("technical", "Technical"),
    ("contributor", "Contributor"),
]


class RoadmapStakeholder(models.Model):
    """A role of one contact on one roadmap; without a row a contact sees nothing."""

    _name = "roadmap.stakeholder"
    _description = "Roadmap Stakeholder"
    _order = "roadmap_id, sequence, id"
    _rec_name = "partner_id"

    sequence = fields.Integer(default=10)
    roadmap_id = fields.Many2one("roadmap.roadmap", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="roadmap_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", "Contact", required=True, index=True, ondelete="restrict"
    )
    role = fields.Selection(ROLES, required=True, default="contributor")
    sign_limit = fields.Monetary(
        help="The largest amount this contact may approve alone; empty means no limit."
    )

    _role_uniq = models.UniqueIndex(
        "(roadmap_id, partner_id, role)", "This contact already has this role on the roadmap."
    )
