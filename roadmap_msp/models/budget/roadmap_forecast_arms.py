from odoo import fields, models
from odoo.tools import SQL

# The plan: what is not yet decided against and stands on no order.
PLANNED = ("idea", "proposed", "approved", "quoted")


class RoadmapForecast(models.Model):
    """The contracts and the items of the plan as sources of the forecast."""

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
              LEFT JOIN LATERAL generate_series(g.first, g.last) AS m(month) ON g.gap IS NULL
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
                recurring_ordered=SQL(
                    "CASE WHEN g.gap IS NOT NULL THEN 0"
                    " WHEN m.month < g.increase THEN g.monthly"
                    " ELSE (c.seats * %s / %s)::numeric END",
                    self._sql_contract_price(),
                    self._sql_per_month(SQL("c.period")),
                ),
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

    def _sql_contract_price(self):
        """`Recurring.price_at` of a contract (c, g) in a month (m)."""
        years = SQL("GREATEST(0, (m.month - g.increase + 12) / 12)")
        return SQL(
            "(c.price * POWER(1 + COALESCE(c.increase_percent, 0) / 100.0, %(years)s)"
            " + COALESCE(c.increase_amount, 0) * %(years)s)",
            years=years,
        )

    def _forecast_items(self, only=None):
        """One-off lines of items, estimated or quoted, in the month in which they are due."""
        return SQL(
            """
            %(select)s
              %(lines)s
             WHERE l.kind = 'one_off' AND %(open)s
            """,
            select=self._forecast_select(
                1,
                "item",
                SQL("l.id"),
                self._sql_month(self._sql_due_date()),
                name=SQL("i.name"),
                category_id=SQL("i.category_id"),
                item_id=SQL("i.id"),
                item_line_id=SQL("l.id"),
                one_off_planned=SQL("CASE WHEN q.amount IS NULL THEN e.amount ELSE 0 END"),
                one_off_quoted=SQL("COALESCE(q.amount, 0)"),
                one_off_less=SQL("CASE WHEN q.amount IS NULL THEN e.less ELSE 0 END"),
                one_off_more=SQL("CASE WHEN q.amount IS NULL THEN e.more ELSE 0 END"),
            ),
            lines=self._sql_item_lines(),
            open=self._sql_open_line(only),
        )

    def _forecast_items_recurring(self):
        """Recurring lines of items from their month on, until a contract takes their place."""
        first, last = self._forecast_window()
        start = self._sql_month(self._sql_due_date())
        divisor = self._sql_per_month(SQL("l.period"))

        def estimated(amount):
            return SQL(
                "(CASE WHEN q.amount IS NULL THEN %s ELSE 0 END) / %s",
                SQL.identifier("e", amount),
                divisor,
            )

        return SQL(
            """
            %(select)s
              %(lines)s
              LEFT JOIN LATERAL generate_series(GREATEST(%(start)s, %(first)s), %(last)s)
                        AS m(month) ON %(start)s IS NOT NULL
             WHERE l.kind = 'recurring' AND %(open)s
               AND (m.month IS NOT NULL OR %(start)s IS NULL)
               AND NOT EXISTS (SELECT FROM roadmap_contract c
                                WHERE c.item_line_id = l.id AND c.active)
            """,
            select=self._forecast_select(
                2,
                "item_recurring",
                SQL("l.id"),
                SQL("m.month"),
                name=SQL("i.name"),
                category_id=SQL("i.category_id"),
                item_id=SQL("i.id"),
                item_line_id=SQL("l.id"),
                recurring_planned=estimated("amount"),
                recurring_quoted=SQL("COALESCE(q.amount, 0) / %s", divisor),
                recurring_less=estimated("less"),
                recurring_more=estimated("more"),
            ),
            lines=self._sql_item_lines(),
            open=self._sql_open_line(),
            start=start,
            first=first,
            last=last,
        )

    def _forecast_items_without_amount(self):
        """Open items that the agreement covers, or that nobody has priced yet."""
        return SQL(
            """
            %(select)s
              FROM roadmap_item i
              JOIN roadmap_roadmap r ON r.id = i.roadmap_id
             WHERE %(open)s
               AND (COALESCE(i.covered, FALSE) OR NOT EXISTS (
                   SELECT FROM roadmap_item_line l
                     LEFT JOIN sale_order_line s ON s.roadmap_item_line_id = l.id
                    WHERE l.item_id = i.id AND (l.amount <> 0 OR s.price_subtotal <> 0)))
            """,
            select=self._forecast_select(
                3,
                "item_open",
                SQL("i.id"),
                self._sql_month(self._sql_due_date(SQL("NULL::date"))),
                name=SQL("i.name"),
                category_id=SQL("i.category_id"),
                item_id=SQL("i.id"),
                gap=SQL("(CASE WHEN i.covered THEN 'covered' ELSE 'no_price' END)::varchar"),
            ),
            open=self._sql_open_item(),
        )

    # === Fragments ===

    def _sql_due_date(self, own=None):
        """When the money of a line (l) of an item (i) is due; a hook of scenarios."""
        return SQL("COALESCE(%s, i.target_date)", own or SQL("l.date"))

    def _sql_open_item(self, only=None):
        """Which items (i) of the roadmaps (r) are still to be paid for; a hook of scenarios."""
        return SQL("i.active AND i.state IN %s AND %s", PLANNED, self._forecast_where(only))

    def _sql_open_line(self, only=None):
        return SQL(
            "NOT COALESCE(i.covered, FALSE) AND (e.amount <> 0 OR q.amount <> 0) AND %s",
            self._sql_open_item(only),
        )

    def _sql_item_lines(self):
        """Lines of items (l, i, r) with their estimate (e) and what is quoted for them (q).

        Of lines that exclude each other the first one is the estimate; `q` is NULL where no
        quotation is open, or where it is in a currency that has no rate.
        """
        return SQL(
            """
              FROM roadmap_item_line l
              JOIN roadmap_item i ON i.id = l.item_id
              JOIN roadmap_roadmap r ON r.id = l.roadmap_id
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN COALESCE(l.option_group, '') <> '' AND EXISTS (
                                    SELECT FROM roadmap_item_line n
                                     WHERE n.item_id = l.item_id
                                       AND n.option_group = l.option_group
                                       AND (n.sequence, n.id) < (l.sequence, l.id))
                               THEN 0
                               ELSE 1 END AS taken
                   ) x
             CROSS JOIN LATERAL (
                   SELECT (x.taken * l.amount)::numeric AS amount,
                          (x.taken * (COALESCE(l.amount_low, l.amount) - l.amount))::numeric
                              AS less,
                          (x.taken * (COALESCE(l.amount_high, l.amount) - l.amount))::numeric
                              AS more
                   ) e
             CROSS JOIN LATERAL (
                   SELECT SUM(%(amount)s)::numeric AS amount
                     FROM sale_order_line s
                     JOIN sale_order o ON o.id = s.order_id
                    WHERE s.roadmap_item_line_id = l.id AND o.state IN ('draft', 'sent')
                   ) q
            """,
            amount=self._sql_in_roadmap_currency(SQL("s.price_subtotal")),
        )
