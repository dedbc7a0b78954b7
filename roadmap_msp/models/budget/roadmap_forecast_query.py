from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.fiscal import month_index
from .roadmap_forecast import UNKNOWN

# Months of recurring money: from two years back to seven years ahead of this January.
MONTHS_BACK, MONTHS_AHEAD = 24, 96
# An id is (source id, month, arm): 128 months and 16 arms fit, and it survives any sort or filter.
MONTH_SLOTS, ARM_SLOTS = 128, 16

MEASURES = tuple(
    f"{kind}_{stage}"
    for kind in ("one_off", "recurring")
    for stage in ("planned", "quoted", "ordered", "invoiced", "paid")
)
# The expected, the low and the high figure of a row, each the sum of what an arm names.
TOTALS = tuple(
    f"{kind}_{figure}" for kind in ("one_off", "recurring") for figure in ("total", "low", "high")
)
# How far the low and the high figure of a row lie from the expected one.
SPREADS = ("one_off_less", "one_off_more", "recurring_less", "recurring_more")
LINKS = (
    "item_id",
    "item_line_id",
    "contract_id",
    "sale_line_id",
    "asset_id",
    "asset_type_id",
)


class RoadmapForecast(models.Model):
    """The query of the forecast: one arm per kind of source."""

    _inherit = "roadmap.forecast"

    @property
    def _table_query(self):
        arms = SQL(" UNION ALL ").join(self._forecast_arms())
        return SQL(
            """
            SELECT f.source_id::bigint * %(slots)s
                   + (CASE WHEN f.month IS NULL THEN 0 ELSE f.month %% %(months)s END) * %(arms)s
                   + f.arm_no AS id,
                   f.name, f.arm, f.roadmap_id, f.company_id, f.currency_id, f.category_id,
                   %(date)s AS date, %(year)s AS fiscal_year, %(quarter)s AS fiscal_quarter,
                   CASE WHEN f.gap IS NOT NULL THEN f.gap
                        WHEN f.arm IN ('invoice', 'payment') THEN f.arm
                        WHEN f.one_off_ordered <> 0 OR f.recurring_ordered <> 0 THEN 'ordered'
                        WHEN f.one_off_quoted <> 0 OR f.recurring_quoted <> 0 THEN 'quoted'
                        ELSE 'planned' END AS stage,
                   CASE WHEN f.gap IN %(unknown)s THEN 1 ELSE 0 END AS unknown_count,
                   CASE WHEN f.gap = 'covered' THEN 1 ELSE 0 END AS covered_count,
                   %(links)s,
                   %(measures)s
              FROM (%(union)s) f
              LEFT JOIN (%(calendar)s) k ON k.month = f.month AND k.start_month = f.start_month
             WHERE %(in_months)s
            """,
            slots=MONTH_SLOTS * ARM_SLOTS,
            months=MONTH_SLOTS,
            arms=ARM_SLOTS,
            **self._sql_of_month(),
            calendar=self._sql_calendar(),
            unknown=tuple(UNKNOWN),
            links=SQL(", ").join(SQL("f.%s", SQL.identifier(name)) for name in LINKS),
            measures=SQL(", ").join(
                SQL("f.%s", SQL.identifier(name)) for name in (*TOTALS, *MEASURES)
            ),
            union=arms,
        )

    def _sql_of_month(self):
        """{"date", "year", "quarter", "in_months"} of a row (f) and its month (k)."""
        months = self.env.context.get("forecast_months")
        values = {name: SQL.identifier("k", name) for name in ("date", "year", "quarter")}
        if months:
            # Not a plain NULL test: PostgreSQL would make it an inner join, expect next to no
            # rows and sort all of them.
            inside = SQL("COALESCE(k.month, -1) <> -1")
            if months[2]:
                inside = SQL("(k.month IS NOT NULL OR f.month IS NULL)")
            return {**values, "in_months": inside}
        beyond = self._sql_fiscal(SQL("f.month"), SQL("f.start_month"))
        return {
            "in_months": SQL("TRUE"),
            **{
                name: SQL("COALESCE(%s, %s)", value, beyond[name]) for name, value in values.items()
            },
        }

    def _forecast_arms(self):
        """One SELECT per kind of source, all with the same columns; a hook for further arms."""
        return [
            self._forecast_contracts(),
            self._forecast_items(),
            self._forecast_items_recurring(),
            self._forecast_items_without_amount(),
            self._forecast_replacements(),
            self._forecast_contingency(),
            self._forecast_orders(),
            self._forecast_invoices(),
            self._forecast_payments(),
            *self._forecast_direct_invoices(),
        ]

    @staticmethod
    def _sql_totals(columns):
        """Expected, low and high of one-off and recurring money, of the amounts an arm names.

        Summed in the arm, where most are zero and left out, and not for every row of the union.
        """

        def added(names):
            return SQL(" + ").join(
                [columns[n] for n in names if n in columns] or [SQL("0::numeric")]
            )

        totals = {}
        for kind in ("one_off", "recurring"):
            stages = [f"{kind}_{stage}" for stage in ("planned", "quoted", "ordered")]
            totals[f"{kind}_total"] = added(stages)
            totals[f"{kind}_low"] = added([*stages, f"{kind}_less"])
            totals[f"{kind}_high"] = added([*stages, f"{kind}_more"])
        return totals

    @api.model
    def _window_of_years(self, years):
        """Context that narrows the recurring money to these fiscal years (`_five_years`)."""
        first, last = fields.Date.to_date(years[0]["from"]), fields.Date.to_date(years[-1]["to"])
        return {"forecast_window": (month_index(first), month_index(last))}

    def _forecast_window(self):
        """(first, last) month index of recurring money; a page asks for less by its context."""
        if window := self.env.context.get("forecast_window"):
            first, last = (int(month) for month in window)
            # The context is the caller's: more months than ids tell apart are never worked out.
            return first, min(last, first + MONTH_SLOTS - 1)
        january = fields.Date.context_today(self).replace(month=1, day=1)
        return month_index(january) - MONTHS_BACK, month_index(january) + MONTHS_AHEAD

    def _forecast_grain_months(self):
        """How many months of recurring money one row stands for (`_forecast_grain`)."""
        grain = self.env.context.get("forecast_grain")
        return grain if grain in (3, 12) else 1

    def _forecast_where(self, only=None):
        """Narrow a source (alias r is the roadmap) to the roadmaps asked for."""
        ids = self.env.context.get("forecast_only_ids")
        where = SQL("r.active AND r.state <> 'ended'")
        if only:
            where = SQL("%s AND %s", where, only)
        if ids is None:
            return where
        return SQL("%s AND r.id IN %s", where, tuple(ids) or (0,))

    def _forecast_select(self, arm_no, arm, source, month, **columns):
        """The columns of an arm; what it does not name is NULL, an amount 0.

        `gap` says why a row has no amount: covered by the agreement, or what is not known.
        """
        values = {name: SQL("NULL::integer") for name in LINKS}
        values |= {name: SQL("0::numeric") for name in (*MEASURES, *SPREADS)}
        values |= {"name": SQL("NULL::varchar"), "category_id": SQL("NULL::integer")}
        values |= {"gap": SQL("NULL::varchar")}
        unknown = set(columns) - set(values)
        assert not unknown, unknown
        values |= columns | self._sql_totals(columns)
        return SQL(
            "SELECT %s AS arm_no, %s AS arm, %s AS source_id, %s AS month,"
            " r.id AS roadmap_id, r.company_id, r.currency_id,"
            " r.fiscal_year_start::integer AS start_month, %s",
            arm_no,
            arm,
            source,
            month,
            SQL(", ").join(
                SQL("%s AS %s", value, SQL.identifier(name)) for name, value in values.items()
            ),
        )
