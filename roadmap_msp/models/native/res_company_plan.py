from odoo import fields, models


class ResCompany(models.Model):
    """What the MSP says when a client refuses something critical."""

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
