from odoo import api, models

from ...rules.fiscal import year_bounds

SOURCE = ("arm", "name", "category_id", "item_id", "contract_id", "asset_type_id")
STAGED = ("planned", "quoted", "ordered", "invoiced", "paid", "total", "low", "high")


class RoadmapForecast(models.Model):
    """One client's fiscal year, source by source: what a budget freezes and compares with."""

    _inherit = "roadmap.forecast"

    @api.model
    def _year_lines(self, roadmap, fiscal_year, unscheduled=False):
        """What each source costs in one fiscal year of one client.

        One dict per source and kind of money, in the client's currency, without tax: `arm`,
        `name`, `category_id`, `item_id`, `contract_id`, `asset_type_id` (ids or False), `kind`
        ("one_off" or "recurring"), `quarters` (the expected amount of Q1 to Q4), `total`, `low`,
        `high`, `planned`, `quoted`, `ordered`, `invoiced`, `paid`, `unknown` and `covered`
        (numbers of sources without an amount, with kind "one_off"), `count` (of devices).
        `invoiced` and `paid` are merged into the lines of their items and contracts.

        :param int fiscal_year: named after the calendar year in which it ends
        :param unscheduled: also count what has no date yet, in no quarter
        """
        roadmap.ensure_one()
        first, last = year_bounds(int(fiscal_year), roadmap.fiscal_year_start)
        dates = [("date", ">=", first), ("date", "<=", last)]
        if unscheduled:
            dates = ["|", ("date", "=", False), "&", *dates]
        measures = [f"{kind}_{stage}:sum" for kind in ("one_off", "recurring") for stage in STAGED]
        window = self._window_of_years([{"from": first, "to": last}])
        rows = self.with_context(forecast_roadmap_ids=roadmap.ids, **window)._read_group(
            [("roadmap_id", "=", roadmap.id), *dates],
            [*SOURCE, "fiscal_quarter"],
            [*measures, "unknown_count:sum", "covered_count:sum", "asset_id:count_distinct"],
        )
        lines = {}
        for row in rows:
            self._add_year_row(lines, row)
        return list(lines.values())

    @api.model
    def _add_year_row(self, lines, row):
        """Add one source in one quarter to the lines of the year."""
        source = dict(zip(SOURCE, row, strict=False))
        quarter, amounts = row[len(SOURCE)], row[len(SOURCE) + 1 :]
        unknown, covered, devices = amounts[-3:]
        for number, kind in enumerate(("one_off", "recurring")):
            values = dict(zip(STAGED, amounts[number * len(STAGED) :], strict=False))
            empty = kind == "recurring" or not (unknown or covered)
            if empty and not any(values.values()):
                continue
            line = lines.setdefault(self._year_line_key(source, kind), self._new_line(source, kind))
            for stage, amount in values.items():
                line[stage] += amount or 0.0
            if quarter:
                line["quarters"][int(quarter[-1]) - 1] += values["total"] or 0.0
            if kind == "one_off":
                line["unknown"] += unknown
                line["covered"] += covered
                line["count"] += devices

    @api.model
    def _year_line_key(self, source, kind):
        """Planned, ordered, invoiced and paid money of one item is one line of the year."""
        item, contract, kind_of_device = (
            source["item_id"],
            source["contract_id"],
            source["asset_type_id"],
        )
        if item or contract or kind_of_device:
            return (item, contract, kind_of_device, kind)
        return (source["arm"], source["name"], source["category_id"], kind)

    @api.model
    def _new_line(self, source, kind):
        ids = ("category_id", "item_id", "contract_id", "asset_type_id")
        name = source["name"]
        if source["asset_type_id"]:
            name = source["asset_type_id"].sudo().name
        return {
            "arm": source["arm"],
            "name": name,
            **{field: source[field].id for field in ids},
            "kind": kind,
            "quarters": [0.0] * 4,
            **dict.fromkeys(STAGED, 0.0),
            "unknown": 0,
            "covered": 0,
            "count": 0,
        }
