from odoo import fields, models


class CrmLead(models.Model):
    """The opportunity of the year of a roadmap."""

    _inherit = "crm.lead"

    roadmap_id = fields.Many2one("roadmap.roadmap", index="btree_not_null", ondelete="set null")
    roadmap_fiscal_year = fields.Integer(
        help="Set on the one opportunity that carries a roadmap's fiscal year.",
        export_string_translation=False,
    )

    _roadmap_year_uniq = models.UniqueIndex(
        "(roadmap_id, roadmap_fiscal_year)"
        " WHERE roadmap_id IS NOT NULL AND roadmap_fiscal_year > 0"
        " AND active IS TRUE AND won_status = 'pending'",
        "This roadmap already has an open opportunity for that fiscal year.",
    )
