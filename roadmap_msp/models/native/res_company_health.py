from odoo import fields, models

from ...rules.health import WEIGHTS
from .res_company import STAFF


class ResCompany(models.Model):
    """How much each part of a client's health weighs for this MSP."""

    _inherit = "res.company"

    roadmap_health_meetings = fields.Integer(default=WEIGHTS["meetings"], groups=STAFF)
    roadmap_health_invoices = fields.Integer(default=WEIGHTS["invoices"], groups=STAFF)
    roadmap_health_risks = fields.Integer(default=WEIGHTS["risks"], groups=STAFF)
    roadmap_health_forms = fields.Integer(default=WEIGHTS["forms"], groups=STAFF)
    roadmap_health_ratings = fields.Integer(default=WEIGHTS["ratings"], groups=STAFF)
    roadmap_health_findings = fields.Integer(default=WEIGHTS["findings"], groups=STAFF)
    roadmap_health_drop = fields.Integer(
        "Alert on a Drop of", default=15, groups=STAFF,
        help="Points of health lost since the last peak; 0: never.",
    )  # fmt: skip

    _roadmap_health_positive = models.Constraint(
        "CHECK (LEAST(roadmap_health_meetings, roadmap_health_invoices, roadmap_health_risks,"
        " roadmap_health_forms, roadmap_health_ratings, roadmap_health_findings,"
        " roadmap_health_drop) >= 0)",
        "The weights of a client's health and the drop that alerts cannot be negative. Use 0 to"
        " switch one off.",
    )

    def _roadmap_health_weights(self):
        """{part: weight}"""
        self.ensure_one()
        return {key: self[f"roadmap_health_{key}"] for key in WEIGHTS}
