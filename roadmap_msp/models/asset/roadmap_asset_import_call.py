from collections import Counter

from odoo import api, models
from odoo.exceptions import UserError

from ...rules import import_columns, import_match

OPTIONS = {"mode", "date_order", "clear", "any_type", "dry_run"}


class RoadmapAsset(models.Model):
    """The documented call for agents and scripts that push assets over RPC."""

    _inherit = "roadmap.asset"

    @api.model
    def import_rows(self, rows, source, roadmap_id=None, key=None, options=None):
        """Import assets that a tool pushes; the same engine and rules as the import screen.

        :param list rows: dicts of {column: value}; a column is a field's name (``serial``,
            ``warranty_end``) or any heading the screen knows ("Serial Number", "Client")
        :param str source: the tool's name, under which its dates and ids are kept
        :param int roadmap_id: the client of all rows; None where every row names its client
        :param str key: any text of the caller's; the same key again imports nothing and returns
            the first answer, so that a call may be repeated safely after a lost connection
        :param dict options: ``mode`` "good" (default) or "all", ``date_order`` "dmy" or "mdy" for
            dates in figures, ``clear``, ``any_type``, ``dry_run``
        :return: {"import_id", "repeated", "stored", "counts": {verdict: rows}, "assets": {row:
            asset id}, "problems": [{"row", "verdict", "reason"}]}; rows are counted from 1
        :raises UserError: a request that is wrong as a whole; then nothing is stored
        """
        self.check_access("write")
        roadmap = self.env["roadmap.roadmap"].browse(roadmap_id or ())
        rows, options = self._import_checked_call(rows, source, roadmap, options)
        Import = self.env["roadmap.import"]
        digest = Import._digest(rows, source, roadmap.id, options)
        if key:
            before = Import._of_key(key, digest)
            if before:
                return {**before.answer, "repeated": True}
        run = self._import_start(roadmap, source, options)
        answer = self._import_answer(run, self._import_all(run, rows))
        if not options.get("dry_run"):
            answer = Import._keep_call(roadmap, source, key, digest, answer)
        return {**answer, "repeated": False}

    @api.model
    def _import_checked_call(self, rows, source, roadmap, options):
        """The rows with fields for columns.

        :raises UserError: what the caller got wrong
        """
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise UserError(self.env._("The rows must be a list of objects {column: value}."))
        if not isinstance(source, str) or not source.strip():
            raise UserError(self.env._("Name the source: the tool that the rows come from."))
        options = options or {}
        unknown = options.keys() - OPTIONS
        if unknown:
            raise UserError(self.env._("Unknown options: %s", ", ".join(sorted(unknown))))
        if options.get("mode") not in (None, "good", "all"):
            raise UserError(self.env._('The mode is "good" or "all".'))
        if options.get("date_order") not in (None, False, "", "dmy", "mdy", "ymd"):
            raise UserError(self.env._('The date order is "dmy", "mdy" or "ymd".'))
        if roadmap:
            roadmap.check_access("read")
        columns = self._import_call_columns({title for row in rows for title in row})
        return [
            {
                columns[title]: "" if value in (None, False) else str(value)
                for title, value in row.items()
            }
            for row in rows
        ], options

    @api.model
    def _import_call_columns(self, titles):
        columns = {}
        for title in titles:
            name = title if title in import_columns.BY_FIELD else None
            name = name or import_columns.guess([str(title)])[0]
            if not name:
                raise UserError(self.env._('Nothing is known of a column "%s".', title))
            columns[title] = name
        return columns

    @api.model
    def _import_answer(self, run, judged):
        """Counts, ids and reasons, as plain values that JSON can carry."""
        counts = Counter(one.verdict.kind for one in judged)
        bad = [one for one in judged if one.verdict.kind in import_match.BAD]
        dry, mode = run.options.get("dry_run"), run.options.get("mode")
        return {
            "import_id": False,
            "stored": not dry and not (bad and mode == "all"),
            "counts": {kind: counts.get(kind, 0) for kind in import_match.VERDICTS},
            "assets": {str(one.row.number): one.asset_id for one in judged if one.asset_id},
            "problems": [
                {
                    "row": one.row.number,
                    "verdict": one.verdict.kind,
                    "reason": self._import_reason(run, one),
                }
                for one in bad
            ],
        }
