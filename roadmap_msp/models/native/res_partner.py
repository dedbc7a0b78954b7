from odoo import fields, models


class ResPartner(models.Model):
    """A client or one of its contacts."""

    _inherit = "res.partner"

    roadmap_ids = fields.One2many("roadmap.roadmap", "partner_id", "Roadmaps")
