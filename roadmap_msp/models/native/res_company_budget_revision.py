from odoo import fields, models


class ResCompany(models.Model):
    """From when on a signed budget asks to be made anew."""

    _inherit = "res.company"

    roadmap_budget_change_limit = fields.Float(
        "Ask for a New Budget Above (%)",
        default=10.0,
        groups="base.group_user",
        help="When the first year of a signed budget, one-off or recurring, moves by more than this"
        " against today's forecast. 0: never.",
    )

    _budget_limit_positive = models.Constraint(
        "CHECK (roadmap_budget_change_limit >= 0)",
        "The limit of a budget's change cannot be negative. 0 switches it off.",
    )
