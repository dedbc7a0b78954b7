from datetime import date
from functools import lru_cache

from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import due_dates
from .roadmap_asset_due import MANUAL

MAKER_SOURCE = "maker"


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


class RoadmapAsset(models.Model):
    """Store what a source says, its dates and its ids, in a few statements for any number."""

    _inherit = "roadmap.asset"

    @api.model
    def _said_dates(self, said):
        """(kind, source, date) of every date that a source gave."""
        source = said.get("import_source") or MANUAL
        named = (
            ("purchase", source, "purchase_date"),
            ("warranty_end", source, "warranty_end"),
            ("warranty_end", MAKER_SOURCE, "maker_warranty_end"),
        )
        days = {
            (kind, name): fields.Date.to_date(said[fname])
            for kind, name, fname in named
            if said.get(fname)
        }
        return [(kind, name, day) for (kind, name), day in days.items()]

    @api.model
    def _effective_dates(self, said):
        """What the dates of one source come to, so that creating needs no second pass."""
        purchase, warranty_end = _effective(tuple(said.get("dates", ())))
        return {"purchase_date": purchase, "warranty_end": warranty_end}

    @api.model
    def _source_dates(self, said):
        """{kind: values of the rules}"""
        return _by_kind(said.get("dates", ()))

    def _store_said(self, said_list, fresh=False):
        """Store ids and dates under their source, for all these assets in one batch.

        :param said_list: per asset what :meth:`_pop_said` took out
        :param fresh: the assets were created now, so nothing stands yet
        """
        dates, refs = [], []
        for asset_id, said in zip(self._ids, said_list, strict=True):
            dates += [
                {"asset_id": asset_id, "kind": kind, "source": name, "date": day}
                for kind, name, day in said.get("dates", ())
            ]
            if said.get("import_ref"):
                source = said.get("import_source") or MANUAL
                refs.append(
                    {"asset_id": asset_id, "source": source, "external_id": said["import_ref"]}
                )
        if not fresh:
            dates, refs = self._update_said(dates, refs)
            self.env["roadmap.asset.date"].create(dates)
            self.env["roadmap.asset.ref"].create(refs)
        elif dates or refs:
            self._insert_said(dates, refs)
            self.browse(
                asset_id
                for asset_id, said in zip(self._ids, said_list, strict=True)
                if len(said.get("dates", ())) > 1
                and any(map(due_dates.in_conflict, self._source_dates(said).values()))
            ).date_conflict = True

    def _update_said(self, dates, refs):
        """Change the rows that stand already; return what is left to create."""
        rows = {(row.asset_id.id, row.kind, row.source): row for row in self.date_ids}
        for vals in dates:
            row = rows.get((vals["asset_id"], vals["kind"], vals["source"]))
            # What a person locked stays, whatever the source says later.
            if row and not row.locked and row.date != fields.Date.to_date(vals["date"]):
                row.date = vals["date"]
        known = {(ref.asset_id.id, ref.source, ref.external_id) for ref in self.ref_ids}
        return (
            [v for v in dates if (v["asset_id"], v["kind"], v["source"]) not in rows],
            [v for v in refs if (v["asset_id"], v["source"], v["external_id"]) not in known],
        )

    def _insert_said(self, dates, refs):
        """Insert the rows of assets that were created a moment ago, in one statement a table.

        The effective dates are on the assets already, so nothing has to be recomputed.
        """
        Date, Ref = self.env["roadmap.asset.date"], self.env["roadmap.asset.ref"]
        for model, rows in ((Date, dates), (Ref, refs)):
            if rows:
                model.check_access("create")
                self._insert_rows(model, rows)
        self.invalidate_recordset(["date_ids", "ref_ids"])

    def _insert_rows(self, model, rows, conflict=None):
        columns = {name: [vals[name] for vals in rows] for name in rows[0] if name != "asset_id"}
        types = {"date": "date"}
        names = SQL(", ").join(map(SQL.identifier, columns))
        arrays = SQL(", ").join(
            SQL("%s::%s[]", values, SQL(types.get(name, "varchar")))
            for name, values in columns.items()
        )
        extra = values = SQL()
        if model._name == "roadmap.asset.date":
            extra, values = (
                SQL(", lifetime"),
                SQL(
                    ", said.kind = 'warranty_end' AND said.date >= %s",
                    date(due_dates.LIFETIME_YEAR, 1, 1),
                ),
            )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(table)s (asset_id, roadmap_id, company_id, create_uid, write_uid,
                                       create_date, write_date, %(names)s%(extra)s)
                SELECT asset.id, asset.roadmap_id, asset.company_id, %(uid)s, %(uid)s,
                       %(now)s, %(now)s, %(said)s%(values)s
                  FROM unnest(%(ids)s::int[], %(arrays)s) AS said (asset_id, %(names)s)
                  JOIN roadmap_asset asset ON asset.id = said.asset_id
                %(conflict)s
                """,
                conflict=conflict or SQL(),
                table=SQL.identifier(model._table),
                names=names,
                extra=extra,
                uid=self.env.uid,
                now=self.env.cr.now(),
                said=SQL(", ").join(SQL.identifier("said", name) for name in columns),
                values=values,
                ids=[vals["asset_id"] for vals in rows],
                arrays=arrays,
            )
        )
