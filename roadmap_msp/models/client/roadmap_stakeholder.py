from odoo import api, fields, models
from odoo.exceptions import ValidationError

ROLES = [
    ("decision_maker", "Decision maker"),
    ("signer", "Signer"),
    ("finance", "Finance"),
    ("technical", "Technical"),
    ("contributor", "Contributor"),
]
# Who reads the plan, meetings and minutes, and who what the client owns: the one place that says so
# to pages; the record rules of the portal say the same.
PLAN_ROLES = frozenset({"decision_maker", "signer", "finance"})
ASSET_ROLES = PLAN_ROLES | {"technical"}


class RoadmapStakeholder(models.Model):
    """A role of one contact on one roadmap; without a row a contact sees nothing."""

    _name = "roadmap.stakeholder"
    _description = "Roadmap Stakeholder"
    _inherit = "roadmap.tied"
    _order = "roadmap_id, sequence, id"
    _rec_name = "partner_id"

    sequence = fields.Integer(default=10)
    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="roadmap_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", "Contact", required=True, index=True, ondelete="restrict"
    )
    partner_email = fields.Char(related="partner_id.email", string="Email")
    partner_phone = fields.Char(related="partner_id.phone", string="Phone")
    role = fields.Selection(ROLES, required=True, default="contributor")
    sign_limit = fields.Monetary(
        help="The largest amount this contact may approve alone; empty means no limit."
    )

    _role_uniq = models.UniqueIndex(
        "(roadmap_id, partner_id, role)", "This contact already has this role on the roadmap."
    )
    _limit_positive = models.Constraint(
        "CHECK (sign_limit >= 0)",
        "A signing limit cannot be negative. Leave it at 0 for no limit.",
    )

    @api.constrains("partner_id", "roadmap_id")
    def _check_contact_of_the_client(self):
        for row in self:
            client = row.roadmap_id.partner_id
            if row.partner_id.commercial_partner_id != client:
                raise ValidationError(
                    self.env._(
                        "%(contact)s does not belong to %(client)s and cannot have a role on its "
                        "roadmap. Choose one of its contacts, or first set %(client)s as the "
                        "company of %(contact)s.",
                        contact=row.partner_id.name,
                        client=client.name,
                    )
                )

    def _drop_twins(self, src_partners, dst_partner):
        """Before contacts are merged: keep one row per roadmap and role, the target's first."""
        partners = src_partners | dst_partner
        rows = self.search([("partner_id", "in", partners.ids)])
        seen = set()
        twins = self.browse()
        for row in rows.sorted(lambda row: (row.partner_id != dst_partner, row.id)):
            key = (row.roadmap_id.id, row.role)
            if key in seen:
                twins |= row
            seen.add(key)
        twins.unlink()
