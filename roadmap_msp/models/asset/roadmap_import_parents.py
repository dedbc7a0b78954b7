from odoo import models
from odoo.tools import SQL

from ...rules import import_match, import_rows


class RoadmapImport(models.Model):
    """Rows of a file that are part of what other rows of it bring.

    They are stored batch by batch, so the rows remember the number of the one that they wait for.
    """

    _inherit = "roadmap.import"

    def _bring(self, run, table, places):
        """Before the preview: which rows bring the parents that others name."""
        wanted = {"name", "parent_id", "roadmap_id"}
        places = {place: field for place, field in places.items() if field in wanted}
        if "parent_id" in places.values():
            rows = [(number, self._cells(places, cells)) for number, cells in table.rows]
            self.env["roadmap.asset"]._import_bring(run, rows)

    def _refuse_parts(self, run, parts, counts):
        """After the preview: refuse rows that cannot be part of what they name; keep the counts."""
        Asset = self.env["roadmap.asset"]
        found = Asset._import_refused_parts(parts)
        if not found:
            return
        words = [
            Asset._import_verdict(import_match.Verdict("refused", None, reason, str(other or "")))
            for reason, other in found.values()
        ]
        before = self.env.execute_query(
            SQL(
                """
                UPDATE roadmap_import_line line
                   SET verdict = 'refused', reason = said.reason, changes = NULL
                  FROM unnest(%s, %s) AS said (number, reason),
                       (SELECT id, verdict FROM roadmap_import_line WHERE import_id = %s) old
                 WHERE line.import_id = %s AND line.number = said.number AND old.id = line.id
                RETURNING old.verdict
                """,
                list(found),
                words,
                self.id,
                self.id,
            )
        )
        for (verdict,) in before:
            counts[verdict] -= 1
            counts["refused"] += 1

    def _bring_lines(self, run):
        """Before a batch: the rows that bring parents, of those which are imported."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT number, name, client FROM roadmap_import_line
                 WHERE import_id = %s AND verdict IN %s AND number IN (
                    SELECT parent_number FROM roadmap_import_line WHERE import_id = %s)
                """,
                self.id,
                import_match.STORED,
                self.id,
            )
        )
        for number, name, client in rows:
            for roadmap_id in run.known.clients.get(import_rows.client_key(client or ""), ()):
                key = (roadmap_id, import_rows.client_key(name or ""))
                run.known.brought.setdefault(key, []).append(number)

    def _link_lines(self):
        """After a batch: make assets part of what other rows brought, where both are stored."""
        Asset = self.env["roadmap.asset"]
        Asset.flush_model(["parent_id"])
        found = self.env.execute_query(
            SQL(
                """
                UPDATE roadmap_asset child SET parent_id = parent.asset_id
                  FROM roadmap_import_line line
                  JOIN roadmap_import_line parent ON parent.import_id = line.import_id
                       AND parent.number = line.parent_number
                 WHERE line.import_id = %s AND line.stored AND parent.stored
                   AND line.asset_id = child.id AND parent.asset_id IS NOT NULL
                   AND child.parent_id IS DISTINCT FROM parent.asset_id
                RETURNING child.id
                """,
                self.id,
            )
        )
        Asset._import_linked([row[0] for row in found])
