from odoo import api, fields, models
from odoo.fields import Domain

from ...rules import import_columns


class RoadmapImportMapping(models.Model):
    """The columns of a source's files, as they were chosen the last time, by client."""

    _name = "roadmap.import.mapping"
    _description = "Columns of a Source"
    _inherit = "roadmap.tied"
    _order = "write_date desc, id desc"
    _rec_name = "source"

    roadmap_id = fields.Many2one(
        "roadmap.roadmap",
        "Client",
        index=True,
        ondelete="cascade",
        help="Empty: files with several clients.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    source = fields.Char(required=True)
    columns = fields.Json(help="{heading: field}, an empty field is a column left out.")
    headings = fields.Char("Headings Together", help="To know the same export again.")
    date_order = fields.Char()

    _source_uniq = models.UniqueIndex(
        "(company_id, COALESCE(roadmap_id, 0), source)",
        "The columns of this source are kept for this client already.",
    )

    @api.model
    def _headings(self, titles):
        return "|".join(map(import_columns.heading_key, titles))

    @api.model
    def _of(self, run, titles):
        """What was chosen for this client and source; else for this source; else for a file
        with the same headings. Empty where nothing is known."""
        domain = Domain("company_id", "=", run.company_id.id)
        here = Domain("roadmap_id", "=", run.roadmap_id.id)
        source = Domain("source", "=", run.source)
        same = Domain("headings", "=", self._headings(titles))
        choices = (here & source, source, here & same, same) if run.source else (here & same, same)
        known = self.search(domain & Domain.OR(choices))
        for choice in choices:
            found = known.filtered_domain(choice)[:1]
            if found:
                return found
        return known.browse()

    @api.model
    def _last_source(self, roadmap):
        """The source of the client's last file."""
        return self.search([("roadmap_id", "=", roadmap.id)], limit=1).source

    @api.model
    def _remember(self, run):
        """Keep the choices of an import for the next file of the same client and source."""
        if not run.source:
            return
        titles = run.column_ids.mapped("title")
        vals = {
            "columns": {
                import_columns.heading_key(column.title): column.field or None
                for column in run.column_ids
            },
            "headings": self._headings(titles),
            "date_order": run.date_order,
        }
        known = self.search(
            [
                ("company_id", "=", run.company_id.id),
                ("roadmap_id", "=", run.roadmap_id.id),
                ("source", "=", run.source),
            ],
            limit=1,
        )
        if known:
            known.write(vals)
        else:
            self.create(
                {
                    "roadmap_id": run.roadmap_id.id,
                    "company_id": run.company_id.id,
                    "source": run.source,
                    **vals,
                }
            )
