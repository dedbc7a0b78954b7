from odoo import fields, models
from odoo.tools import SQL


class RoadmapForecast(models.Model):
    """Contracts as sources of the forecast."""

    _inherit = "roadmap.forecast"

    def _forecast_contracts(self):
        """A contract counts in each month unless it ends before the month's last day.

        One without a price, or covered by the agreement, is a single row without a month.
        """
        return SQL(
            """
            %(select)s
              FROM roadmap_contract c
              JOIN roadmap_roadmap r ON r.id = c.roadmap_id
             CROSS JOIN LATERAL (%(facts)s) g
              LEFT JOIN LATERAL %(months)s AS m(month, until) ON TRUE
             WHERE c.active AND c.seats <> 0 AND %(where)s
               AND (m.month IS NOT NULL OR g.gap IS NOT NULL
                    AND (c.renews OR c.date_end IS NULL OR c.date_end >= %(today)s))
            """,
            select=self._forecast_select(
                0,
                "contract",
                SQL("c.id"),
                SQL("m.month"),
                name=SQL("c.name"),
                category_id=SQL("c.category_id"),
                item_line_id=SQL("c.item_line_id"),
                contract_id=SQL("c.id"),
                gap=SQL("g.gap::varchar"),
                recurring_ordered=self._sql_contract_amount(),
            ),
            # Not as a condition of the join: PostgreSQL would expect next to no rows.
            months=self._sql_months(
                SQL("(CASE WHEN g.gap IS NULL THEN g.first END)"), SQL("g.last")
            ),
            facts=self._sql_contract_facts(),
            today=fields.Date.context_today(self),
            where=self._forecast_where(),
        )

    def _sql_contract_facts(self):
        """What holds for all months of a contract (c), worked out once for each contract.

        `first` and `last` month in the window, `gap`, `monthly` amount before any increase and
        the month of the first `increase` (infinitely late without one).
        """
        first, last = self._forecast_window()
        start = self._sql_month(SQL("c.date_start"))
        return SQL(
            """
            SELECT CASE WHEN c.covered THEN 'covered'
                        WHEN COALESCE(c.price, 0) = 0 AND COALESCE(c.increase_amount, 0) = 0
                        THEN 'no_price' END AS gap,
                   GREATEST(%(start)s, %(first)s) AS first,
                   CASE WHEN c.renews OR c.date_end IS NULL THEN %(last)s
                        -- The month of the day after the end has begun when the end is a last day.
                        ELSE LEAST(%(last)s, %(after)s - 1) END AS last,
                   (c.seats * c.price / %(divisor)s)::numeric AS monthly,
                   CASE WHEN COALESCE(c.increase_percent, 0) = 0
                         AND COALESCE(c.increase_amount, 0) = 0 THEN 2147483647
                        ELSE COALESCE(%(increase)s, %(start)s + 12) END AS increase
            OFFSET 0
            """,
            start=start,
            first=first,
            last=last,
            after=self._sql_month(SQL("(c.date_end + 1)")),
            divisor=self._sql_per_month(SQL("c.period")),
            increase=self._sql_month(SQL("c.increase_from")),
        )

    def _sql_contract_amount(self):
        """`Recurring.in_months` of a contract (c, g) in the months of a row (m).

        In no twelve months does the price rise more than once.
        """
        years = SQL("((m.until - g.increase + 12) / 12)")
        before = SQL("GREATEST(0, g.increase + 12 * (%s - 1) - m.month)", years)
        amount = SQL("(m.until - m.month + 1 - %s) * %s", before, self._sql_contract_price(years))
        if self._forecast_grain_months() == 1:
            amount = self._sql_contract_price(years)
        else:
            earlier = self._sql_contract_price(SQL("(%s - 1)", years))
            amount = SQL(
                "(%s + CASE WHEN %s > 0 THEN %s * %s ELSE 0 END)", amount, before, before, earlier
            )
        return SQL(
            "CASE WHEN g.gap IS NOT NULL THEN 0"
            " WHEN m.until < g.increase THEN (m.until - m.month + 1) * g.monthly"
            " ELSE (c.seats * %s / %s)::numeric END",
            amount,
            self._sql_per_month(SQL("c.period")),
        )

    @staticmethod
    def _sql_contract_price(years):
        """`Recurring.price_at` of a contract (c) after so many increases."""
        return SQL(
            "(c.price * POWER(1 + COALESCE(c.increase_percent, 0) / 100.0, %(years)s)"
            " + COALESCE(c.increase_amount, 0) * %(years)s)",
            years=years,
        )
