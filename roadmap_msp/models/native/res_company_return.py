from odoo import fields, models

#: Money is nothing for technicians.
USERS = "roadmap_msp.group_roadmap_user"


class ResCompany(models.Model):
    """What an hour of the team costs: the time that nobody bills, beside what it brings."""

    _inherit = "res.company"

    roadmap_hour_cost = fields.Monetary(
        "Cost of an Hour", groups=USERS,
        help="Of preparing and holding meetings, which nobody bills; 0: not reckoned.",
    )  # fmt: skip

    _roadmap_hour_cost_positive = models.Constraint(
        "CHECK (COALESCE(roadmap_hour_cost, 0) >= 0)",
        "The cost of an hour cannot be negative. Use 0 if it is not to be reckoned.",
    )
