from odoo import fields, models

from .res_company import STAFF


class ResCompany(models.Model):
    """What the trade usually spends beside a client's forecast; when contracts are told of."""

    _inherit = "res.company"

    roadmap_contract_lead_days = fields.Integer("Contracts, Days Ahead", default=60, groups=STAFF)

    roadmap_guide_values = fields.Boolean("Guide Values", groups=STAFF)
    roadmap_guide_share_low = fields.Float("Share of Revenue From (%)", default=3.0, groups=STAFF)
    roadmap_guide_share_high = fields.Float("Share of Revenue To (%)", default=7.0, groups=STAFF)
    roadmap_guide_head_low = fields.Float("Per Head From", default=1500.0, groups=STAFF)
    roadmap_guide_head_high = fields.Float("Per Head To", default=4000.0, groups=STAFF)

    _roadmap_contract_lead_days_positive = models.Constraint(
        "CHECK (COALESCE(roadmap_contract_lead_days, 0) >= 0)",
        "The team cannot be told of a contract fewer than 0 days ahead.",
    )
