from odoo import api, models
from odoo.tools import SQL

from ...rules import import_match, import_parents, import_rows


class RoadmapAsset(models.Model):
    """Parent devices that the same import brings: hosts with their virtual machines.

    Rows may stand in any order, so a parent is known by its row until all rows are stored.
    """

    _inherit = "roadmap.asset"

    @api.model
    def _import_bring(self, run, numbered):
        """Remember which of these rows bring the parents that others name."""
        names = {
            import_rows.client_key(name)
            for name in self._import_said_names(numbered, "parent_id")
        }  # fmt: skip
        if not names:
            return
        for number, cells in numbered:
            key = import_rows.client_key(cells.get("name") or "")
            if key not in names:
                continue
            owner = import_rows.client_key(cells.get("roadmap_id") or "")
            mine = [run.known.roadmap_id] if run.known.roadmap_id else None
            for roadmap_id in mine or run.known.clients.get(owner, ()):
                run.known.brought.setdefault((roadmap_id, key), []).append(number)

    @api.model
    def _import_parts(self, run, judged):
        """What ``rules/import_parents.py`` judges of each row; nothing where none has a parent."""
        if not run.known.brought and not any(one.row.values.get("parent_id") for one in judged):
            return []
        return [
            import_parents.Part(
                one.row.number,
                one.verdict.device.id if one.verdict.device else -one.row.number,
                one.row.values.get("parent_id"),
                one.row.part_of and one.row.part_of[0],
                one.verdict.kind in import_match.BAD,
            )
            for one in judged
        ]

    @api.model
    def _import_refused_parts(self, parts):
        """{row number: (reason, other row)} of rows that cannot be part of what they name."""
        known = [part.parent for part in parts if part.parent and not part.bad]
        if not known and not any(part.row for part in parts):
            return {}
        return import_parents.refused(parts, self._import_above(known))

    @api.model
    def _import_above(self, ids):
        """{asset id: its parent's id} of these assets and all above them."""
        if not ids:
            return {}
        self.flush_model(["parent_id"])
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    WITH RECURSIVE up (id, parent_id) AS (
                        SELECT id, parent_id FROM roadmap_asset
                         WHERE id IN %s AND parent_id IS NOT NULL
                        UNION
                        SELECT asset.id, asset.parent_id
                          FROM roadmap_asset asset JOIN up ON asset.id = up.parent_id
                         WHERE asset.parent_id IS NOT NULL
                    ) SELECT id, parent_id FROM up
                    """,
                    tuple(set(ids)),
                )
            )
        )

    @api.model
    def _import_settle(self, run, judged):
        """Refuse rows that cannot be part of what they name."""
        found = self._import_refused_parts(self._import_parts(run, judged))
        for one in judged if found else ():
            if one.row.number in found:
                reason, other = found[one.row.number]
                device = one.verdict.device
                one.verdict = import_match.Verdict("refused", device, reason, str(other or ""))

    @api.model
    def _import_link(self, judged):
        """Make the stored rows part of what other rows brought."""
        ids = {one.row.number: one.asset_id for one in judged}
        pairs = [
            (one.asset_id, ids[one.row.part_of[0]])
            for one in judged
            if one.row.part_of and one.verdict.kind in import_match.STORED
        ]
        if not pairs:
            return
        self.flush_model(["parent_id"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE roadmap_asset child SET parent_id = pair.parent_id
                  FROM unnest(%s, %s) AS pair (id, parent_id) WHERE child.id = pair.id
                """,
                *map(list, zip(*pairs, strict=True)),
            )
        )
        self._import_linked([child for child, _parent in pairs])

    @api.model
    def _import_linked(self, ids):
        children = self.browse(ids)
        children.invalidate_recordset(["parent_id"], flush=False)
        children.modified(["parent_id"])
