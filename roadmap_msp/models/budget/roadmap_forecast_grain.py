from odoo import models
from odoo.fields import Date, Domain
from odoo.tools.date_utils import parse_date

from ...rules.fiscal import month_index
from .roadmap_forecast_query import LINKS, MEASURES, TOTALS
from .roadmap_forecast_sql import MOST_MONTHS

# Whatever is asked by nothing finer than these is the same for all months of a quarter.
OF_A_QUARTER = {
    "arm",
    "stage",
    "name",
    "roadmap_id",
    "company_id",
    "currency_id",
    "category_id",
    "fiscal_year",
    "fiscal_quarter",
    *LINKS,
}
ADDABLE = {
    *(f"{measure}:sum" for measure in (*MEASURES, *TOTALS, "unknown_count", "covered_count")),
    *(f"{link}:count_distinct" for link in LINKS),
}


class RoadmapForecast(models.Model):
    """Grouped reads work out no month that nobody asked for.

    Dates between which the caller asks narrow the sources before they are spread over months, and
    recurring money that is grouped by fiscal quarter or year is spread over these and not over
    single months. The figures are the same: a test compares both.
    """

    _inherit = "roadmap.forecast"

    def _read_group(
        self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None
    ):
        narrow, rest = self._forecast_narrowed(domain, [*groupby], aggregates, having or order)
        rows = super(RoadmapForecast, narrow)._read_group(
            rest, groupby, aggregates, having, offset, limit, order
        )
        return [self._in_own_context(row) for row in rows]

    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        specs = [spec for groupby in grouping_sets for spec in groupby]
        narrow, rest = self._forecast_narrowed(domain, specs, aggregates, order)
        groups = super(RoadmapForecast, narrow)._read_grouping_sets(
            rest, grouping_sets, aggregates, order
        )
        return [[self._in_own_context(row) for row in rows] for rows in groups]

    def _in_own_context(self, row):
        """What the query was narrowed by does not go on with the records of a group."""
        return tuple(
            value.with_env(self.env) if isinstance(value, models.BaseModel) else value
            for value in row
        )

    def _forecast_narrowed(self, domain, groupby, aggregates, finer):
        """(self with the months and the grain that suffice, what is left of the domain)."""
        grain = 1 if finer else self._forecast_grain(domain, groupby, aggregates)
        months, rest = self._split_months(domain)
        context = {"forecast_grain": grain, "forecast_months": months}
        if months:
            window = self._forecast_window()
            first, last, _undated = months
            context["forecast_window"] = (max(first, window[0]), min(last, window[1]))
        elif any(c.field_expr == "date" for c in Domain(domain).iter_conditions()):
            context["forecast_grain"] = 1
        return self.with_context(**context), rest

    def _forecast_grain(self, domain, groupby, aggregates):
        """How many months of recurring money can stand in one row: 1, 3 or 12."""
        asked = {spec.split(":")[0].split(".")[0] for spec in groupby}
        used = {c.field_expr.split(".")[0] for c in Domain(domain).iter_conditions()} | asked
        if not used <= OF_A_QUARTER | {"date"} or "date" in asked:
            return 1
        if not set(aggregates) <= ADDABLE:
            return 1
        return 3 if "fiscal_quarter" in used else 12

    def _split_months(self, domain):
        """((first, last month index, with what has no date) or None, the domain without dates).

        Understood is `date >= x and date <= y`, alone or as "no date, or in between"; any other
        condition on dates is left to the query.
        """
        whole = Domain(domain)
        parts = self._joined_by("&", whole) or [whole]
        dated = [part for part in parts if self._asks_date(part)]
        rest = Domain.AND([part for part in parts if part not in dated])
        undated = False
        either = self._joined_by("|", dated[0]) if len(dated) == 1 else []
        if len(either) == 2 and (empty := Domain("date", "=", False)) in either:
            between = either[1 - either.index(empty)]
            undated, dated = True, self._joined_by("&", between)
        limits = {}
        for part in dated:
            if getattr(part, "field_expr", "") != "date" or part.operator not in (">=", "<="):
                return None, whole
            if part.operator in limits or not part.value:
                return None, whole
            value = part.value
            # Filters count from today: "today =1m =1d".
            value = parse_date(value, self.env) if isinstance(value, str) else value
            limits[part.operator] = Date.to_date(value)
        if len(limits) != 2:
            return None, whole
        first, last = month_index(limits[">="]), month_index(limits["<="])
        # A month stands under its first day.
        first += limits[">="].day > 1
        if not 0 <= last - first < MOST_MONTHS:
            return None, whole
        return (first, last, undated), rest

    @staticmethod
    def _joined_by(operator, domain):
        """The conditions that a domain joins by "&" or "|", none where it is something else."""
        return list(domain.children) if getattr(domain, "OPERATOR", "") == operator else []

    @staticmethod
    def _asks_date(domain):
        return any(c.field_expr.split(".")[0] == "date" for c in domain.iter_conditions())
