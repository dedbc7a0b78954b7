from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import import_match
from .roadmap_asset_due import MANUAL
from .roadmap_asset_said import DATE, MAKER_SOURCE, REF


class RoadmapAsset(models.Model):
    """Write what the rows of an import change on known assets, in a few statements for all."""

    _inherit = "roadmap.asset"

    @api.model
    def _import_update(self, run, changed):
        """Write what differs on known assets, then let the ORM derive what depends on it."""
        columns = self._import_columns(run)
        by_field = {}
        for one in changed:
            for name in one.verdict.changes:
                by_field.setdefault(name, []).append(one.asset_id)
        touched = [name for name in columns if name in by_field]
        assets = self.with_context(active_test=False).browse([one.asset_id for one in changed])
        assets.check_access("write")
        # The import keeps what it changed, row by row: no message for each.
        assets._track_discard()
        if touched:
            self._import_update_columns(touched, changed)
        assets.invalidate_recordset(flush=False)
        for name in touched:
            self.browse(by_field[name]).modified([name])
        self._import_update_said(changed)
        gone = [
            one.asset_id
            for one in changed
            if one.verdict.changes.get("state", (None, None))[1] == "retired"
        ]
        if gone:
            reason = self.env._("Import of %s", run.source)
            self.browse(gone)._retire(reason, fields.Date.context_today(self))
        assets._validate_fields(touched)

    @api.model
    def _import_update_columns(self, touched, changed):
        """One UPDATE for all: a cell per column, and a mark where it is meant."""
        marks = [f"set_{name}" for name in touched]
        types = [(name, self._fields[name].column_type[1]) for name in touched]
        rows = (
            (
                one.asset_id,
                *(one.verdict.changes.get(name, (None, None))[1] for name in touched),
                *("t" if name in one.verdict.changes else "f" for name in touched),
            )
            for one in changed
        )
        spec = (("id", "int"), *types, *((mark, "bool") for mark in marks))
        self._import_table("roadmap_import_change", spec, rows)
        sets = SQL(", ").join(
            SQL(
                "%(name)s = CASE WHEN said.%(mark)s THEN said.%(name)s ELSE asset.%(name)s END",
                name=SQL.identifier(name),
                mark=SQL.identifier(mark),
            )
            for name, mark in zip(touched, marks, strict=True)
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE roadmap_asset asset
                   SET %s, write_uid = %s, write_date = %s
                  FROM roadmap_import_change said WHERE said.id = asset.id
                """,
                sets,
                self.env.uid,
                self.env.cr.now(),
            )
        )

    @api.model
    def _import_update_said(self, changed):
        """The sources' ids and dates of known assets, and what follows from the dates."""
        dates, refs, gone = [], [], []
        for one in changed:
            for name, (_old, new) in one.verdict.changes.items():
                if name == "import_ref":
                    refs.append((one.asset_id, one.source, new))
                elif name in import_match.DATES:
                    source = MAKER_SOURCE if name == "maker_warranty_end" else one.source
                    key = (one.asset_id, import_match.DATES[name], source)
                    if new:
                        dates.append((*key, new))
                    else:
                        gone.append(key)
        Date, Ref = self.env["roadmap.asset.date"], self.env["roadmap.asset.ref"]
        if refs:
            Ref.check_access("create")
            self._insert_rows(Ref, REF, refs)
        if not dates and not gone:
            return
        Date.check_access("write")
        Date.check_access("create")
        self._import_update_dates(dates, gone)
        assets = self.browse({row[0] for row in dates + gone})
        assets.invalidate_recordset(["date_ids", "ref_ids"])
        self.env["roadmap.asset.date"].invalidate_model(flush=False)
        derived = ("purchase_date", "warranty_end", "date_conflict")
        for fname in derived:
            self.env.add_to_compute(self._fields[fname], assets)
        # Also what depends on these: a compute that is asked for directly tells nobody.
        assets.modified(derived)

    @api.model
    def _import_update_dates(self, dates, gone):
        """What a person typed into a list wins, as on the form: it is locked beside others."""
        if gone:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM roadmap_asset_date WHERE (asset_id, kind, source) IN %s",
                    tuple(gone),
                )
            )
        typed = tuple(row[:2] for row in dates if row[2] == MANUAL)
        if typed:
            self.env.cr.execute(
                SQL(
                    "UPDATE roadmap_asset_date SET locked = false"
                    " WHERE locked AND source <> %s AND (asset_id, kind) IN %s",
                    MANUAL,
                    typed,
                )
            )
        if dates:
            self._insert_rows(
                self.env["roadmap.asset.date"],
                DATE,
                dates,
                SQL(
                    "ON CONFLICT (asset_id, kind, source) DO UPDATE SET date = EXCLUDED.date,"
                    " lifetime = EXCLUDED.lifetime, write_uid = EXCLUDED.write_uid,"
                    " write_date = EXCLUDED.write_date"
                    # What a person locked stays, whatever the source says later.
                    " WHERE roadmap_asset_date.locked IS NOT TRUE OR EXCLUDED.source = %s",
                    MANUAL,
                ),
            )
        if typed:
            self.env.cr.execute(
                SQL(
                    "UPDATE roadmap_asset_date mine SET locked = true"
                    " WHERE source = %s AND (asset_id, kind) IN %s AND EXISTS (SELECT FROM"
                    " roadmap_asset_date other WHERE other.asset_id = mine.asset_id"
                    " AND other.kind = mine.kind AND other.source <> mine.source)",
                    MANUAL,
                    typed,
                )
            )
