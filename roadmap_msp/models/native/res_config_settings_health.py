from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Weights of a client's health."""

    _inherit = "res.config.settings"

    roadmap_health_meetings = fields.Integer(
        related="company_id.roadmap_health_meetings", readonly=False
    )
    roadmap_health_invoices = fields.Integer(
        related="company_id.roadmap_health_invoices", readonly=False
    )
    roadmap_health_risks = fields.Integer(related="company_id.roadmap_health_risks", readonly=False)
    roadmap_health_forms = fields.Integer(related="company_id.roadmap_health_forms", readonly=False)
    roadmap_health_ratings = fields.Integer(
        related="company_id.roadmap_health_ratings", readonly=False
    )
    roadmap_health_findings = fields.Integer(
        related="company_id.roadmap_health_findings", readonly=False
    )
    roadmap_health_drop = fields.Integer(related="company_id.roadmap_health_drop", readonly=False)
