from odoo import fields, models


class RoadmapAssetDate(models.Model):
    """A purchase or warranty date of an asset, as one source gave it."""

    _name = "roadmap.asset.date"
    _description = "Asset Date"
    _order = "asset_id, kind, date, id"

    asset_id = fields.Many2one("roadmap.asset", required=True, index=True, ondelete="cascade")
    roadmap_id = fields.Many2one(
        related="asset_id.roadmap_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("purchase", "Purchase"), ("warranty_end", "Warranty end")], required=True
    )
    source = fields.Char(required=True)
    date = fields.Date(required=True)
    locked = fields.Boolean(help="This date wins over all others of its kind.")

    _source_uniq = models.UniqueIndex(
        "(asset_id, kind, source)", "A source gives one date of each kind for an asset."
    )
    _lock_uniq = models.UniqueIndex(
        "(asset_id, kind) WHERE locked", "Only one date of each kind can be locked."
    )
