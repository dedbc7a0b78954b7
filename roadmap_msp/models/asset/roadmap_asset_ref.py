from odoo import fields, models


class RoadmapAssetRef(models.Model):
    """The id under which one source knows an asset."""

    _name = "roadmap.asset.ref"
    _description = "Asset Reference"
    _inherit = "roadmap.tied"
    _order = "asset_id, source, id"
    _rec_name = "external_id"

    asset_id = fields.Many2one("roadmap.asset", required=True, index=True, ondelete="cascade")
    # Found by the index that keeps sources unique.
    roadmap_id = fields.Many2one(related="asset_id.roadmap_id", store=True, precompute=True)
    company_id = fields.Many2one(related="asset_id.company_id")
    source = fields.Char(required=True)
    external_id = fields.Char("Source's Id", required=True)

    _source_uniq = models.UniqueIndex(
        "(roadmap_id, source, external_id)",
        "This source already uses that id for another asset of the client.",
    )
