from odoo import api, fields, models
from odoo.tools import format_date

from ...rules import due_dates

# Sources that are a maker's own word: the look-ups, and the maker's column of an import.
MAKER_SOURCES = ("maker", "dell", "hp", "lenovo")


class RoadmapAsset(models.Model):
    """Where sources disagree: which date is the likely one, and locking it with one click."""

    _inherit = "roadmap.asset"

    suggestion = fields.Char(
        compute="_compute_suggestion",
        help="The date that most likely is right: the maker's own word first, else the earliest "
        "purchase and the latest warranty end.",
    )

    @api.depends("date_conflict", "date_ids.date", "date_ids.source", "date_ids.locked")
    def _compute_suggestion(self):
        kinds = dict(
            self.env["roadmap.asset.date"]._fields["kind"]._description_selection(self.env)
        )
        for asset in self:
            asset.suggestion = "; ".join(
                self.env._(
                    "%(kind)s: %(date)s says %(tool)s",
                    kind=kinds[row.kind],
                    date=format_date(self.env, row.date, date_format="d MMM y"),
                    tool=row.source,
                )
                for row in asset._suggested_dates()
            )

    def _suggested_dates(self):
        """The rows to lock, one for each kind on which the sources disagree."""
        self.ensure_one()
        found = self.env["roadmap.asset.date"]
        for kind in ("purchase", "warranty_end"):
            rows = self.date_ids.filtered(lambda row, kind=kind: row.kind == kind)
            values = rows._source_dates(kind)
            if due_dates.in_conflict(values):
                makers = MAKER_SOURCES if kind == "warranty_end" else ()
                winner = due_dates.suggested(values, makers)
                found |= rows.filtered(
                    lambda row, winner=winner: (row.source, row.date)
                    == (winner.source, winner.date)
                )[:1]
        return found

    def action_lock_suggested(self):
        """Lock the suggested date wherever the sources of these assets disagree."""
        self.env["roadmap.asset.date"].union(*[a._suggested_dates() for a in self]).locked = True
