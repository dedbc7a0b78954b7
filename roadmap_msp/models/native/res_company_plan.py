from odoo import fields, models

from .res_company import STAFF


class ResCompany(models.Model):
    """How clients are asked, reminded and asked again; what a refusal of a great risk needs."""

    _inherit = "res.company"

    roadmap_refusal_text = fields.Text(
        "Risk in Plain Words",
        translate=True,
        default=lambda self: self.env._(
            "We see a critical risk here. If nothing is done, one attack or failure can stop your"
            " firm for days, lose your data or your clients' data, and your insurance may refuse"
            " to pay. You can decide to live with this risk for a time. Then please sign, so that"
            " we both know that it was a decision."
        ),
        help="Shown to the client before a critical item is refused, and kept as shown.",
    )
    roadmap_refusal_risk = fields.Selection(
        [
            ("medium", "Medium, high and critical risks"),
            ("high", "High and critical risks"),
            ("critical", "Critical risks"),
            ("never", "No risk"),
        ],
        "A Signature Is Asked For",
        default="critical",
        required=True,
        groups=STAFF,
        help="Refusing such an item asks for a reason, an end date and a signature.",
    )
    roadmap_refusal_months = fields.Integer(
        "Refused Items Return After (months)",
        default=12,
        groups=STAFF,
        help="What a client refuses without a date comes back onto an agenda after this time."
        " 0: it does not.",
    )
    roadmap_remind_days = fields.Integer(
        "Remind After (days)",
        default=7,
        groups=STAFF,
        help="A proposal without an answer is reminded of twice, each after so many days; then it"
        " comes onto the agenda of the next meeting. 0: nobody is reminded.",
    )
    roadmap_ask_again_percent = fields.Float(
        "Ask Again Above (%)",
        default=10.0,
        groups=STAFF,
        help="When an item costs more than the client approved, by more than so many percent, the"
        " client is asked again.",
    )

    _roadmap_asking_positive = models.Constraint(
        "CHECK (roadmap_refusal_months >= 0 AND roadmap_remind_days >= 0"
        " AND roadmap_ask_again_percent >= 0)",
        "Days, months and percentages of the plan cannot be negative.",
    )
