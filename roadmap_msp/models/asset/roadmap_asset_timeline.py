from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ...rules import fiscal, smooth

YEARS = 3
ROWS = ("roadmap_id", "type_id")
DATES = ("replacement_due", "warranty_end", "support_end")
MOST_ROWS = 200


class RoadmapAsset(models.Model):
    """The timeline of due dates: a row per client or type, a column per fiscal quarter."""

    _inherit = "roadmap.asset"

    @api.model
    def get_due_timeline(self, roadmap_id=False, by="roadmap_id", kind="replacement_due"):
        """How many assets are due when; counts only, in one grouped read.

        :param roadmap_id: one client; its fiscal year then counts, else the one most clients have
        :param by: "roadmap_id" or "type_id"; ``kind``: one of DATES
        :return: {columns: [{key, label, year, from, to}], rows: [{id, name, cells: {key: count}}],
            domain: what a cell's list is searched with beside row and days, hidden: rows left out}
        """
        if by not in ROWS or kind not in DATES:
            raise UserError(self.env._("This timeline has no such rows or dates."))
        domain = self._due_timeline_domain(roadmap_id, kind)
        columns = self._due_timeline_columns(roadmap_id)
        places = {first: column["key"] for column in columns for first in column.pop("months", ())}
        rows = {}
        for record, month, count in self._read_group(domain, [by, f"{kind}:month"], ["__count"]):
            key = self._due_timeline_key(month, columns, places)
            row = rows.setdefault(
                record.id,
                {"id": record.id, "name": record.display_name or self.env._("Other"), "cells": {}},
            )
            row["cells"][key] = row["cells"].get(key, 0) + count
        # What is urgent must not hide below what is far.
        order = [column["key"] for column in columns if column["key"] != "none"]
        shown = sorted(
            rows.values(),
            key=lambda row: [-row["cells"].get(key, 0) for key in order] + [row["name"]],
        )[:MOST_ROWS]
        used = {key for row in rows.values() for key in row["cells"]}
        return {
            "columns": [c for c in columns if c["year"] or c["key"] in used],
            "rows": shown,
            "hidden": len(rows) - len(shown),
            "domain": list(domain),
        }

    @api.model
    def _due_timeline_domain(self, roadmap_id, kind):
        domain = Domain("state", "!=", "retired")
        if kind == "warranty_end":
            domain &= Domain("warranty_required", "=", True)
        if roadmap_id:
            domain &= Domain("roadmap_id", "=", int(roadmap_id))
        return domain

    @api.model
    def _due_timeline_columns(self, roadmap_id):
        """The quarters of the next years, and what lies before, after and beside them."""
        items = self.env["roadmap.item"].with_context(default_roadmap_id=roadmap_id)
        start = items._board_start_month()
        now = smooth.quarter_number(self._as_of(), start)
        end = now + 4 * YEARS
        before = smooth.quarter_days(now - 1, start)[1]
        after = smooth.quarter_days(end, start)[0]
        quarters = []
        for number in range(now, end):
            first, last = smooth.quarter_days(number, start)
            quarters.append(
                {
                    "key": str(number),
                    "label": format_date(self.env, first, date_format="MMM")
                    + format_date(self.env, last, date_format=" – MMM"),
                    "year": f"FY{fiscal.fiscal_year(first, start)}",
                    "from": first.isoformat(),
                    "to": last.isoformat(),
                    "months": [
                        fiscal.first_of_month(fiscal.month_index(first) + n) for n in range(3)
                    ],
                }
            )

        def beside(key, label, first=False, last=False):
            return {"key": key, "label": label, "year": "", "from": first, "to": last}

        return [
            beside("earlier", self.env._("Earlier"), last=before.isoformat()),
            *quarters,
            beside("later", self.env._("Later"), first=after.isoformat()),
            beside("none", self.env._("No date")),
        ]

    @api.model
    def _due_timeline_key(self, month, columns, places):
        if not month:
            return "none"
        return places.get(month) or (
            "earlier" if month.isoformat() < columns[1]["from"] else "later"
        )


class RoadmapRoadmap(models.Model):
    _inherit = "roadmap.roadmap"

    def action_open_due_timeline(self):
        """When this client's devices are due, by type."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id(
            "roadmap_msp.roadmap_asset_timeline_action"
        )
        return {
            **action,
            "name": self.env._("%s: Due Dates", self.name),
            "params": {"roadmap_id": self.id},
        }
