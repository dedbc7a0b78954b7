from datetime import date
from functools import lru_cache

from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import copy_text, due_dates
from .roadmap_asset_due import MANUAL

MAKER_SOURCE = "maker"
DATE = ("asset_id", "kind", "source", "date")
REF = ("asset_id", "source", "external_id")


def _by_kind(dates):
    """{kind: values of the rules} of (kind, source, date)."""
    rows = {"purchase": [], "warranty_end": []}
    for kind, name, day in dates:
        rows[kind].append(due_dates.SourceDate(name, day))
    return rows


@lru_cache(maxsize=4096)
def _effective(dates):
    """(purchase, warranty end); devices of one delivery say the same."""
    rows = _by_kind(dates)
    return (
        due_dates.effective_purchase(rows["purchase"]),
        due_dates.effective_warranty_end(rows["warranty_end"]),
    )


@lru_cache(maxsize=4096)
def _disagree(dates):
    return any(map(due_dates.in_conflict, _by_kind(dates).values()))


@lru_cache(maxsize=4096)
def _named(source, purchase, warranty_end, maker_end):
    """(kind, source, date) of every date that is there; the maker's own word goes last."""
    days = {
        ("purchase", source): purchase,
        ("warranty_end", source): warranty_end,
    }
    if maker_end:
        days["warranty_end", MAKER_SOURCE] = maker_end
    return tuple((*key, fields.Date.to_date(day)) for key, day in days.items() if day)


class RoadmapAsset(models.Model):
    """Store what a source says, its dates and its ids, in a few statements for any number."""

    _inherit = "roadmap.asset"

    @api.model
    def _said_dates(self, said):
        """(kind, source, date) of every date that a source gave."""
        return _named(
            said.get("import_source") or MANUAL,
            *map(said.get, ("purchase_date", "warranty_end", "maker_warranty_end")),
        )

    @api.model
    def _effective_dates(self, said):
        """What the dates of one source come to, so that creating needs no second pass."""
        purchase, warranty_end = _effective(said.get("dates", ()))
        return {"purchase_date": purchase, "warranty_end": warranty_end}

    def _store_said(self, said_list, fresh=False):
        """Store ids and dates under their source, for all these assets in one batch.

        :param said_list: per asset what :meth:`_pop_said` took out
        :param fresh: the assets were created now, so nothing stands yet
        """
        dates, refs = [], []
        for asset_id, said in zip(self._ids, said_list, strict=True):
            dates += [(asset_id, *named) for named in said.get("dates", ())]
            if said.get("import_ref"):
                source = said.get("import_source") or MANUAL
                refs.append((asset_id, source, said["import_ref"]))
        if fresh:
            self._insert_said(dates, refs)
            self.browse(
                asset_id
                for asset_id, said in zip(self._ids, said_list, strict=True)
                if len(said.get("dates", ())) > 1 and _disagree(said["dates"])
            ).date_conflict = True
            return
        dates, refs = self._update_said(dates, refs)
        self.env["roadmap.asset.date"].create([dict(zip(DATE, row, strict=True)) for row in dates])
        self.env["roadmap.asset.ref"].create([dict(zip(REF, row, strict=True)) for row in refs])

    def _update_said(self, dates, refs):
        """Change the rows that stand already; return what is left to create."""
        rows = {(row.asset_id.id, row.kind, row.source): row for row in self.date_ids}
        for *key, day in dates:
            row = rows.get(tuple(key))
            # What a person locked stays, whatever the source says later.
            if row and not row.locked and row.date != day:
                row.date = day
        known = {(ref.asset_id.id, ref.source, ref.external_id) for ref in self.ref_ids}
        return [row for row in dates if row[:3] not in rows], [r for r in refs if r not in known]

    def _insert_said(self, dates, refs):
        """Store the rows of assets that were created a moment ago, in one statement a table.

        The effective dates are on the assets already, so nothing has to be recomputed.
        """
        if dates:
            self.env["roadmap.asset.date"].check_access("create")
            self._import_copy(
                "roadmap_asset_date",
                (*DATE, "lifetime", "create_uid", "create_date", "write_date"),
                self._date_columns(dates),
            )
        if refs:
            self.env["roadmap.asset.ref"].check_access("create")
            self._insert_rows(self.env["roadmap.asset.ref"], REF, refs)
        if dates or refs:
            self.invalidate_recordset(["date_ids", "ref_ids"], flush=False)

    def _date_columns(self, dates):
        """For COPY: the assets, and all else, which devices of one delivery have in common.

        Who brought them is kept; who changed them last is nobody yet, and each reference is looked
        up for each of ten thousand rows.
        """
        stamp = (self.env.uid, self.env.cr.now(), self.env.cr.now())
        forever = date(due_dates.LIFETIME_YEAR, 1, 1)
        same, column = {}, []
        for _asset_id, *said in dates:
            kind, _source, day = key = tuple(said)
            if key not in same:
                lifetime = kind == "warranty_end" and day >= forever
                same[key] = copy_text.line((*key, "t" if lifetime else "f", *stamp))
            column.append(same[key])
        return copy_text.column(row[0] for row in dates), column

    def _insert_rows(self, model, columns, rows, conflict=None):
        """Rows of this model, one statement for all; ``conflict``: what to do with known ones."""
        columns = dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True))
        types = {"asset_id": "int", "date": "date"}
        names = SQL(", ").join(map(SQL.identifier, columns))
        arrays = SQL(", ").join(
            SQL("%s::%s[]", values, SQL(types.get(name, "varchar")))
            for name, values in columns.items()
        )
        if model._name == "roadmap.asset.date":
            extra, values, join = (
                SQL("lifetime"),
                SQL(
                    "said.kind = 'warranty_end' AND said.date >= %s",
                    date(due_dates.LIFETIME_YEAR, 1, 1),
                ),
                SQL(),
            )
        else:
            extra, values = SQL("roadmap_id"), SQL("asset.roadmap_id")
            join = SQL("JOIN roadmap_asset asset ON asset.id = said.asset_id")
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(table)s (create_uid, write_uid, create_date, write_date, %(extra)s,
                                       %(names)s)
                SELECT %(uid)s, %(uid)s, %(now)s, %(now)s, %(values)s, %(said)s
                  FROM unnest(%(arrays)s) AS said (%(names)s) %(join)s
                %(conflict)s
                """,
                table=SQL.identifier(model._table),
                names=names,
                extra=extra,
                uid=self.env.uid,
                now=self.env.cr.now(),
                said=SQL(", ").join(SQL.identifier("said", name) for name in columns),
                values=values,
                arrays=arrays,
                join=join,
                conflict=conflict or SQL(),
            )
        )
