from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ...rules import text_workbook
from ...rules.import_match import BAD

SHOWN = 60
"""Rows that the preview shows; the counts open all of them."""
WRITE_BATCH = 1_000


class RoadmapImport(models.Model):
    """What one does with the result: see the assets, correct what was refused."""

    _inherit = "roadmap.import"

    shown_line_ids = fields.Many2many("roadmap.import.line", compute="_compute_shown_line_ids")

    def _compute_shown_line_ids(self):
        """What needs an eye first: rows that are not imported, then what changes, then the new."""
        Line = self.env["roadmap.import.line"]
        for run in self:
            lines = Line.browse()
            for verdicts in (BAD, ("changed",), ("new",), ("unchanged",)):
                if len(lines) < SHOWN:
                    domain = [("import_id", "in", run.ids), ("verdict", "in", verdicts)]
                    lines |= Line.search(domain, limit=SHOWN - len(lines))
            run.shown_line_ids = lines

    def action_download_refused(self):
        """The rows that are not imported, as they came, with the reason in the last column."""
        self.ensure_one()
        self.check_access("write")
        domain = [("import_id", "=", self.id), ("verdict", "in", BAD)]
        lines = self.env["roadmap.import.line"].search(domain)
        if not lines:
            raise UserError(self.env._("No row was refused."))
        stem = (self.filename or "assets").rpartition(".")[0] or "assets"
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{stem} - {self.env._('refused')}.xlsx",
                "raw": self._refused_bytes(lines),
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }

    def _refused_bytes(self, lines):
        """An XLSX whose cells are all text: nothing in it can be run."""
        titles = self.column_ids.mapped("title")
        rows = self._refused_rows(lines, len(titles))
        return text_workbook.write([*titles, self.env._("Why It Was Refused")], rows, 80)

    def _refused_rows(self, lines, width):
        """Their cells and reasons; a batch of lines is in memory at a time."""
        for ids in split_every(WRITE_BATCH, lines.ids):
            batch = lines.browse(ids)
            batch.fetch(["cells", "reason"])
            for line in batch:
                yield [*(line.cells + [""] * width)[:width], line.reason or ""]
            batch.invalidate_recordset(flush=False)

    def action_open_lines(self):
        """All rows with their result, to filter and search."""
        self.ensure_one()
        show = self.env.context.get("show")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Rows of %s", self.name),
            "res_model": "roadmap.import.line",
            "view_mode": "list",
            "domain": [("import_id", "=", self.id)],
            "context": {f"search_default_{show}": 1} if show else {},
        }

    def action_open_assets(self):
        """The assets that this import created or changed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_asset_action")
        stored = [("import_id", "=", self.id), ("stored", "=", True), ("asset_id", "!=", False)]
        [(ids,)] = self.env["roadmap.import.line"]._read_group(
            stored, [], ["asset_id:array_agg_distinct"]
        )
        return {**action, "domain": [("id", "in", ids or [])], "context": {}}
