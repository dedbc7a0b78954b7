import json
from collections import Counter

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, split_every

from ...rules import copy_text, import_match
from .roadmap_asset_import import BATCH

IDENTITY = {"name", "serial", "import_ref", "own_ref"}


class RoadmapImport(models.Model):
    """Step three: judge every row, and keep what was made of each."""

    _inherit = "roadmap.import"

    def action_preview(self):
        """Say of every row what would happen to it; nothing is stored.

        :raises UserError: columns or date order that cannot be right
        """
        self.ensure_one()
        self.check_access("write")
        self._check_columns()
        table = self._read_table()
        Asset = self.env["roadmap.asset"]
        run = self._engine_run()
        places = self._places()
        self.env.cr.execute(SQL("DELETE FROM roadmap_import_line WHERE import_id = %s", self.id))
        self._bring(run, table, places)
        counts, parts = Counter(), []
        for batch in split_every(BATCH, table.rows, list):
            judged = Asset._import_judge(
                run, [(number, self._cells(places, cells)) for number, cells in batch]
            )
            parts += Asset._import_parts(run, judged)
            counts.update(one.verdict.kind for one in judged)
            self._keep_lines(run, judged, [cells for _number, cells in batch])
        self._refuse_parts(run, parts, counts)
        self.invalidate_recordset(["line_ids", "shown_line_ids"], flush=False)
        self.write(
            {
                "state": "preview",
                "row_count": len(table.rows),
                "stored_count": 0,
                **{f"{kind}_count": counts.get(kind, 0) for kind in import_match.VERDICTS},
            }
        )
        return True

    def _check_columns(self):
        if self.state not in ("columns", "preview"):
            raise UserError(self.env._("Read the file first."))
        used = Counter(column.field for column in self.column_ids if column.field)
        labels = dict(self.column_ids._fields["field"]._description_selection(self.env))
        twice = [labels[field] for field, number in used.items() if number > 1]
        if twice:
            raise UserError(
                self.env._("Two columns go to %s. Leave one of them out.", ", ".join(twice))
            )
        if not IDENTITY & used.keys():
            raise UserError(
                self.env._(
                    "No column goes to Name, Serial Number or Source's Id, so nothing says which "
                    "device a row is about. Say so for one column. If all columns stand in one, go "
                    "back and choose the separator."
                )
            )
        if not self.roadmap_id and "roadmap_id" not in used:
            raise UserError(
                self.env._(
                    "Choose the client, or say which column names it: nothing tells yet whose "
                    "assets these are."
                )
            )
        dates = used.keys() & import_match.DATES.keys()
        if dates and self.dates_open and not self.date_order:
            raise UserError(
                self.env._("Say how dates are written: some could be read in two ways.")
            )

    def _places(self):
        """{place in the row: field}"""
        return {column.sequence - 1: column.field for column in self.column_ids if column.field}

    def _cells(self, places, cells):
        return {
            field: cells[place] if place < len(cells) else "" for place, field in places.items()
        }

    def _engine_run(self):
        titles = {column.field: column.title for column in self.column_ids if column.field}
        options = {
            "mode": self.mode,
            "date_order": self.date_order,
            "clear": self.clear,
            "any_type": self.any_type,
            "titles": titles,
        }
        return self.env["roadmap.asset"]._import_start(self.roadmap_id, self.source, options)

    def _keep_lines(self, run, judged, rows):
        """Keep the rows of a batch with what was made of them, by COPY."""
        Asset = self.env["roadmap.asset"]
        Asset._import_read_shown(judged)
        stamp = (self.env.uid, self.env.cr.now(), self.env.uid, self.env.cr.now())
        lines = []
        for one, cells in zip(judged, rows, strict=True):
            values, verdict = one.row.values, one.verdict
            device = verdict.device
            lines.append(
                (
                    *(self.id, one.row.number, verdict.kind),
                    values.get("name") or (device.name if device and one.asset_id else None),
                    values.get("serial"),
                    run.clients.get(values.get("roadmap_id")),
                    Asset._import_reason(run, one).replace("\0", "?") or None,
                    Asset._import_change_text(one) or None,
                    one.asset_id,
                    "f",
                    one.row.part_of and one.row.part_of[0],
                    json.dumps([cell.replace("\0", "\ufffd") for cell in cells]),
                    *stamp,
                )
            )
        columns = (
            *("import_id", "number", "verdict", "name", "serial", "client", "reason", "changes"),
            *("asset_id", "stored", "parent_number", "cells"),
            *("create_uid", "create_date", "write_uid", "write_date"),
        )
        cells = map(copy_text.column, zip(*lines, strict=True))
        Asset._import_copy("roadmap_import_line", columns, cells)
