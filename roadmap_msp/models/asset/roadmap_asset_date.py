from odoo import api, fields, models

from ...rules import due_dates

KINDS = [("purchase", "Purchase"), ("warranty_end", "Warranty end")]


class RoadmapAssetDate(models.Model):
    """A purchase or warranty date of an asset, as one source gave it."""

    _name = "roadmap.asset.date"
    _description = "Asset Date"
    _inherit = "roadmap.tied"
    _order = "asset_id, kind, date, id"
    _rec_name = "source"

    asset_id = fields.Many2one("roadmap.asset", required=True, index=True, ondelete="cascade")
    # Not stored: rows come by the ten thousand, and each stored reference is checked for each row.
    roadmap_id = fields.Many2one(related="asset_id.roadmap_id")
    company_id = fields.Many2one(related="asset_id.company_id")
    kind = fields.Selection(KINDS, required=True, default="warranty_end")
    source = fields.Char(required=True, default="manual", help="The tool or person it comes from.")
    date = fields.Date(required=True)
    locked = fields.Boolean(help="This date wins over all others of its kind.")
    lifetime = fields.Boolean(
        compute="_compute_lifetime",
        store=True,
        readonly=False,
        precompute=True,
        help="A promise for life is not cover: it does not count as a warranty end.",
    )
    write_date = fields.Datetime("Last Told On", readonly=True)

    _source_uniq = models.UniqueIndex(
        "(asset_id, kind, source)",
        "A source gives one date of each kind for an asset: change the line that is there.",
    )
    _lock_uniq = models.UniqueIndex(
        "(asset_id, kind) WHERE locked",
        "Only one date of each kind can be locked: unlock the other one first.",
    )

    @api.depends("kind", "date")
    def _compute_lifetime(self):
        for row in self:
            row.lifetime = row.kind == "warranty_end" and bool(
                row.date and row.date.year >= due_dates.LIFETIME_YEAR
            )

    def _source_dates(self, kind):
        """These rows of one kind as values of the rules."""
        return [
            due_dates.SourceDate(row.source, row.date, row.locked, row.lifetime)
            for row in self
            if row.kind == kind and row.date
        ]
