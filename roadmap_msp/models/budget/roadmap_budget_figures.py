from markupsafe import Markup

from odoo import fields, models

from ...rules.bar_chart import bar_series, stacked_bars
from ...rules.budget import YEARS


class RoadmapBudget(models.Model):
    """The figures of a revision as tables and as a picture; one grouped read serves all."""

    _inherit = "roadmap.budget"

    overview = fields.Html(
        compute="_compute_overview",
        sanitize=False,
        groups="base.group_user",
        help="Five years by area, as the client reads them.",
    )

    def _compute_overview(self):
        for budget in self:
            if not budget.id:
                budget.overview = False
                continue
            values = budget._figures()
            budget.overview = self.env["ir.qweb"]._render("roadmap_msp.budget_overview", values)

    def _sums(self):
        """{(fiscal year, quarter, kind, area): amount} of all lines."""
        self.ensure_one()
        groups = self.env["roadmap.budget.line"]._read_group(
            [("budget_id", "=", self.id)],
            ["fiscal_year", "quarter", "kind", "area_name"],
            ["amount:sum"],
        )
        return {
            (year, quarter, kind, area or self.env._("Other")): amount
            for year, quarter, kind, area, amount in groups
        }

    def _figures(self):
        """Values for the tables and the chart, formatted and safe for the client's eyes."""
        sums = self._sums()
        years, areas = self._by_area(sums)
        money = self.roadmap_id._money
        labels = [f"FY{year % 100:02d}" for year in years]
        series, folded = bar_series(areas)
        more = self.env._("Other areas")
        series = [(name or more, *rest) for name, *rest in series]
        title = self.env._("Five years by area; solid: one-off, striped: recurring, without tax")
        return {
            "years": [self._year_values(sums, year, money) for year in years],
            "areas": [
                {
                    "name": name,
                    "one_off": [money(value) if value else "" for value in once],
                    "recurring": [money(value) if value else "" for value in recurring],
                    "has_one_off": any(once),
                    "has_recurring": any(recurring),
                }
                for name, (once, recurring) in sorted(
                    areas.items(), key=lambda row: -sum(map(sum, row[1]))
                )
            ],
            "chart": Markup(stacked_bars(labels, series, title)) if areas else "",  # noqa: S704
            "legend": [(name, colour) for name, colour, hatched, _values in series if not hatched],
            "folded": ", ".join(folded),
            "unscheduled": self._unscheduled(sums, money),
            "unknown": (self.unknown or "").splitlines(),
            "covered": (self.covered or "").splitlines(),
            "is_empty": not areas,
        }

    def _by_area(self, sums):
        """(years, {area: ([one-off per year], [recurring per year])})."""
        years = self._years()
        areas = {}
        for (year, _quarter, kind, area), amount in sums.items():
            if year in years:
                values = areas.setdefault(area, ([0.0] * YEARS, [0.0] * YEARS))
                values[kind == "recurring"][year - years[0]] += amount
        return years, areas

    def _year_values(self, sums, year, money):
        totals, quarters, areas = {}, {}, {}
        for (when, quarter, kind, area), amount in sums.items():
            if when == year:
                totals[kind] = totals.get(kind, 0.0) + amount
                quarters.setdefault(quarter, {}).setdefault(kind, 0.0)
                quarters[quarter][kind] += amount
                areas.setdefault(area, {}).setdefault(kind, 0.0)
                areas[area][kind] += amount
        return {
            "year": year,
            "label": f"FY{year}",
            "one_off": money(totals.get("one_off", 0.0)),
            "recurring": money(totals.get("recurring", 0.0)),
            "quarters": [
                {
                    "label": f"Q{number}",
                    "one_off": money(quarters.get(number, {}).get("one_off", 0.0)),
                    "recurring": money(quarters.get(number, {}).get("recurring", 0.0)),
                }
                for number in range(1, 5)
            ],
            "areas": [
                {
                    "name": area,
                    "one_off": money(values["one_off"]) if values.get("one_off") else "",
                    "recurring": money(values["recurring"]) if values.get("recurring") else "",
                }
                for area, values in sorted(areas.items(), key=lambda row: -sum(row[1].values()))
            ],
        }

    def _unscheduled(self, sums, money):
        """What has a price but no date yet, in words; empty if there is none."""
        once = sum(v for (year, _q, kind, _a), v in sums.items() if not year and kind == "one_off")
        monthly = sum(
            v for (year, _q, kind, _a), v in sums.items() if not year and kind == "recurring"
        )
        parts = [self.env._("%s one-off", money(once))] if once else []
        parts += [self.env._("%s per month", money(monthly))] if monthly else []
        return self.env._(" and ").join(parts)

    def _grouped_lines(self, years):
        """[{year, quarter, name, kind, amount, based_on}] of these years, one a name.

        Several of one name say what each of them costs where that is the same.
        """
        groups = self.env["roadmap.budget.line"]._read_group(
            [("budget_id", "=", self.id), ("fiscal_year", "in", years)],
            ["fiscal_year", "quarter", "kind", "name", "area_name"],
            ["amount:sum", "__count", "based_on:max", "amount:min", "amount:max"],
        )
        money = self.roadmap_id._money

        def reason(count, based_on, least, most):
            if count == 1:
                return based_on
            return f"{count} × {money(most)}" if least == most else ""

        return [
            {
                "year": year,
                "quarter": quarter,
                "kind": kind,
                "name": f"{name} ({count})" if count > 1 else name,
                "area": area or "",
                "amount": money(amount),
                "value": amount,
                "based_on": reason(count, *rest),
            }
            for year, quarter, kind, name, area, amount, count, *rest in groups
        ]
