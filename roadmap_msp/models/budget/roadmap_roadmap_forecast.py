from odoo import fields, models

from ...rules.fiscal import fiscal_year, year_bounds
from .roadmap_forecast import UNKNOWN

YEARS = 5
KINDS = ("one_off", "recurring")
STAGED = ("planned", "quoted", "ordered", "invoiced", "paid")
FIGURES = ("total", "low", "high", *STAGED)


class RoadmapRoadmap(models.Model):
    """The five-year page: one call, a fixed number of grouped reads."""

    _inherit = "roadmap.roadmap"

    def action_open_five_years(self):
        """The client's money for five fiscal years, on one page."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("roadmap_msp.roadmap_five_years_action")
        return {
            **action,
            "name": self.env._("Five Years: %s", self.name),
            "params": {"roadmap_id": self.id},
            "context": {"active_id": self.id, "active_model": self._name},
        }

    def get_five_years(self, scenario_ids=()):
        """All that the five-year page of one client shows.

        Amounts are in the client's currency and without tax; one-off and recurring money stay
        apart. A figure is a list of five years, each a list of four quarters.

        :param scenario_ids: scenarios of this client to set beside the plan
        """
        self.ensure_one()
        self.check_access("read")
        years = self._five_years()
        rows, unscheduled, gaps = self._five_year_rows(years)
        return {
            "id": self.id,
            "name": self.name,
            "currency_id": self.currency_id.id,
            "years": years,
            "rows": rows,
            "unscheduled": unscheduled,
            "gaps": gaps,
            "guide": self._guide_values(rows),
            "advice": self._forecast_advice(),
            "deposits": self._five_year_deposits(),
            **self._five_year_scenarios(years, scenario_ids),
        }

    def _five_years(self, count=YEARS):
        """The fiscal years from this one on, with their first and last day."""
        start = self.fiscal_year_start
        first = fiscal_year(fields.Date.context_today(self), start)
        years = []
        for year in range(first, first + count):
            begin, end = year_bounds(year, start)
            years.append({"year": str(year), "from": str(begin), "to": str(end)})
        return years

    def _five_year_rows(self, years, **context):
        """(one row per kind and technology area, what has no date, what has no amount)."""
        Forecast = self.env["roadmap.forecast"]
        Forecast = Forecast.with_context(
            forecast_roadmap_ids=self.ids, **Forecast._window_of_years(years), **context
        )
        dated = [("date", ">=", years[0]["from"]), ("date", "<=", years[-1]["to"])]
        names = [f"{kind}_{figure}" for kind in KINDS for figure in FIGURES]
        counts = ["unknown_count", "covered_count"]
        groups = Forecast._read_group(
            [("roadmap_id", "=", self.id), "|", ("date", "=", False), *["&", *dated]],
            ["category_id", "fiscal_quarter", "stage"],
            [f"{name}:sum" for name in (*names, *counts)],
        )
        numbers = {year["year"]: number for number, year in enumerate(years)}
        rows, unscheduled, gaps = {}, dict.fromkeys(KINDS, 0.0), {}
        for category, quarter, stage, *amounts in groups:
            figures = dict(zip((*names, *counts), amounts, strict=True))
            count = figures["unknown_count"] + figures["covered_count"]
            if count:
                gaps[stage] = gaps.get(stage, 0) + count
            for kind in KINDS:
                if not quarter:
                    unscheduled[kind] += figures[f"{kind}_total"]
                    continue
                if not any(figures[f"{kind}_{figure}"] for figure in FIGURES):
                    continue
                row = rows.setdefault((kind, category.id), self._five_year_row(kind, category))
                year, number = quarter.split(" Q")
                for figure in FIGURES:
                    row[figure][numbers[year]][int(number) - 1] += figures[f"{kind}_{figure}"]
        known = dict(Forecast._fields["stage"]._description_selection(self.env))
        words = self._gap_words()
        order = list(UNKNOWN)
        return (
            sorted(rows.values(), key=lambda row: (row["kind"], row["sequence"], row["name"])),
            unscheduled,
            [
                {
                    "stage": stage,
                    "name": known[stage],
                    "count": gaps[stage],
                    "help": words[stage],
                }
                for stage in sorted(gaps, key=lambda s: order.index(s) if s in order else -1)
            ],
        )

    def _gap_words(self):
        """Why something stands without an amount, and what to do about it."""
        return {
            "covered": self.env._("The agreement pays for it: nothing extra for the client."),
            "no_price": self.env._(
                "In no figure. Give a price to the item's lines, the contract or the device type."
            ),
            "no_date": self.env._(
                "In no figure. Give the devices a purchase date, a warranty end or a type."
            ),
            "no_rate": self.env._(
                "In no figure, never taken 1:1. Enter an exchange rate for the currency."
            ),
        }

    def _five_year_row(self, kind, category):
        return {
            "kind": kind,
            "category_id": category.id,
            "name": category.name or self.env._("No technology area"),
            "sequence": category.sequence if category else 999,
            "color": category.color,
            **{figure: [[0.0] * 4 for _year in range(YEARS)] for figure in FIGURES},
        }

    def _forecast_advice(self):
        """Lines of text about what makes the figures less sure than they look."""
        return []

    def _guide_values(self, rows):
        """What the trade usually sees beside these figures; a list of lines."""
        return []

    def _five_year_scenarios(self, years, scenario_ids):
        """The scenarios that can be chosen, and the totals of the chosen ones."""
        return {"scenarios": [], "compared": []}
