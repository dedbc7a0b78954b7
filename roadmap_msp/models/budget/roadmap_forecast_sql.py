from odoo import models
from odoo.tools import SQL

from ..client.fiscal_sql import sql_fiscal_quarter, sql_fiscal_year, sql_month

# A calendar of more months than this costs more than it saves.
MOST_MONTHS = 600


class RoadmapForecast(models.Model):
    """Fragments of SQL that repeat rules/, held together with them by a property test."""

    _inherit = "roadmap.forecast"

    # === Months ===

    @staticmethod
    def _sql_fiscal(month, start_month):
        """{"date", "year", "quarter"} of a month index (`fiscal.fiscal_quarter`)."""
        year = SQL("%s::varchar", sql_fiscal_year(month, start_month))
        quarter = sql_fiscal_quarter(month, start_month)
        return {
            "date": SQL("make_date(%(month)s / 12, %(month)s %% 12 + 1, 1)", month=month),
            "year": year,
            "quarter": SQL("(%s || ' Q' || %s)::varchar", year, quarter),
        }

    def _sql_calendar(self):
        """The months of the window, worked out once for each start of a fiscal year.

        Joined instead of computed: text and dates would be made anew for each of a million rows,
        and a filter on a computed date leads PostgreSQL to expect next to no rows.
        """
        first, last, *_undated = self.env.context.get("forecast_months") or self._forecast_window()
        # The context is the caller's: a calendar without end is never made.
        last = min(int(last), int(first) + MOST_MONTHS - 1)
        return SQL(
            """
            SELECT m.month, s.start_month, %(date)s AS date, %(year)s AS year,
                   %(quarter)s AS quarter
              FROM generate_series(%(first)s::integer, %(last)s::integer) AS m(month)
             CROSS JOIN generate_series(1, 12) AS s(start_month)
            OFFSET 0
            """,
            first=int(first),
            last=last,
            **self._sql_fiscal(SQL("m.month"), SQL("s.start_month")),
        )

    def _sql_months(self, first, last):
        """The months `first` to `last` of a source of a roadmap (r), as rows (month, until).

        As many months in one row as the grain says, never over the end of a fiscal period.
        """
        grain = self._forecast_grain_months()
        if grain == 1:
            return SQL("(SELECT n, n FROM generate_series(%s, %s) n)", first, last)
        return SQL(
            """
            (SELECT GREATEST(n, %(first)s), LEAST(n + %(grain)s - 1, %(last)s)
               FROM generate_series(
                    %(first)s - (%(first)s + 1 - r.fiscal_year_start::integer) %% %(grain)s,
                    CASE WHEN %(first)s <= %(last)s THEN %(last)s END, %(grain)s) n)
            """,
            first=first,
            last=last,
            grain=grain,
        )

    _sql_month = staticmethod(sql_month)

    @staticmethod
    def _sql_per_month(period):
        """The divisor that spreads one billing period over its months (`recurrence.per_month`)."""
        return SQL("(CASE %s WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 ELSE 12 END)", period)

    # === Currencies ===

    def _sql_in_roadmap_currency(self, amount):
        """An amount of an order (o) in the roadmap's currency (r), at the order's own date."""
        rate = self._sql_rate(SQL("o.currency_id"), SQL("o.date_order::date"))
        return SQL("(%s * %s)::numeric", amount, rate)

    @staticmethod
    def _sql_rate(currency, date):
        """What one unit of a currency is worth in the roadmap's; 1 without a look-up if equal.

        NULL where a currency has no rate at all: Odoo would take it 1:1, we say "unknown".
        """

        def rate(of):
            return SQL(
                """COALESCE((SELECT x.rate FROM res_currency_rate x
                              WHERE x.currency_id = %s AND x.name <= %s
                                AND (x.company_id IS NULL OR x.company_id = %s)
                              ORDER BY x.company_id, x.name DESC LIMIT 1),
                            (SELECT x.rate FROM res_currency_rate x
                              WHERE x.currency_id = %s
                                AND (x.company_id IS NULL OR x.company_id = %s)
                              ORDER BY x.company_id, x.name LIMIT 1),
                            (SELECT 1 FROM res_company x
                              WHERE x.id = %s AND x.currency_id = %s))""",
                of,
                date,
                company,
                of,
                company,
                company,
                of,
            )

        company = SQL(
            "(SELECT SPLIT_PART(y.parent_path, '/', 1)::integer FROM res_company y"
            " WHERE y.id = r.company_id)"
        )
        return SQL(
            "(CASE WHEN %s = r.currency_id THEN 1 ELSE %s / %s END)",
            currency,
            rate(SQL("r.currency_id")),
            rate(currency),
        )
