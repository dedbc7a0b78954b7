from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.fiscal import (
    first_of_month,
    fiscal_quarter,
    fiscal_year,
    month_index,
    year_bounds,
)
from ...rules.item_state import OVER

YEARS = 5
ROWS = ("category_id", "roadmap_id")
# More items than that are shown as counts: nobody reads a thousand chips.
MOST_CHIPS = 300


class RoadmapItem(models.Model):
    """The plan over five fiscal years: one grouped read, whoever looks."""

    _inherit = "roadmap.item"

    @api.model
    def get_timeline(self, roadmap_id=False, by="category_id"):
        """Rows by technology area or client, columns by fiscal quarter, cells with their items.

        What is planned before the five years, after them or not at all has columns of its own.
        """
        if by not in ROWS:
            raise UserError(self.env._("A timeline has rows by area or by client."))
        items = self.with_context(default_roadmap_id=roadmap_id)
        years = items._timeline_years()
        domain = [("state", "not in", OVER)]
        if roadmap_id:
            domain.append(("roadmap_id", "=", int(roadmap_id)))
        measures = ["__count", "amount_one_off:sum", "amount_recurring:sum"]
        measures += ["currency_id:array_agg_distinct", "id:array_agg"]
        groups = items._read_group(domain, [by, "fiscal_period"], measures, order=by)
        known = [quarter["key"] for year in years for quarter in year["quarters"]]
        rows = self._timeline_rows(groups, known)
        count = sum(group[2] for group in groups)
        return {
            "by": by,
            "years": years,
            "rows": rows,
            "count": count,
            "items": self._timeline_items(groups) if count <= MOST_CHIPS else False,
        }

    @api.model
    def _timeline_years(self):
        start = self._board_start_month()
        first = fiscal_year(fields.Date.context_today(self), start)
        years = []
        for year in range(first, first + YEARS):
            begin = month_index(year_bounds(year, start)[0])
            days = [first_of_month(begin + 3 * number) for number in range(4)]
            years.append(
                {
                    "key": f"FY{year}",
                    "quarters": [
                        {
                            "key": self._period_of(day, start),
                            "label": f"Q{fiscal_quarter(day, start)}",
                        }
                        for day in days
                    ],
                }
            )
        return years

    @api.model
    def _timeline_rows(self, groups, known):
        """[{id, name, cells: {column: {count, one_off, recurring, currency, ids}}}]."""
        rows = {}
        for record, period, count, one_off, recurring, currencies, ids in groups:
            row = rows.setdefault(
                record.id,
                {
                    "id": record.id,
                    "name": record.display_name or self.env._("Without an area"),
                    "cells": {},
                },
            )
            column = self._timeline_column(period, known)
            cell = row["cells"].setdefault(
                column, {"count": 0, "one_off": 0, "recurring": 0, "currencies": [], "ids": []}
            )
            cell["count"] += count
            cell["one_off"] += one_off or 0
            cell["recurring"] += recurring or 0
            cell["currencies"] = sorted({*cell["currencies"], *currencies})
            cell["ids"] += ids
        return list(rows.values())

    @api.model
    def _timeline_column(self, period, known):
        if not period:
            return "none"
        if period in known:
            return period
        return "earlier" if period < known[0] else "later"

    @api.model
    def _timeline_items(self, groups):
        """{item id: what its chip shows}."""
        items = self.browse([item_id for group in groups for item_id in group[-1]])
        names = ["name", "risk", "state", "covered", "planned_too_early"]
        if not self.env.user.has_group("roadmap_msp.group_roadmap_advanced"):
            names.remove("planned_too_early")
        return {row["id"]: row for row in items.read(names)}


class RoadmapRoadmap(models.Model):
    _inherit = "roadmap.roadmap"

    def action_open_timeline(self):
        """The client's plan over five fiscal years."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id(
            "roadmap_msp.roadmap_item_timeline_action"
        )
        return {
            **action,
            "name": self.env._("%s: Timeline", self.name),
            "params": {"roadmap_id": self.id},
        }
