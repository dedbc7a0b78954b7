from odoo import fields, models
from odoo.tools import SQL

# The plan: what is not yet decided against and stands on no order.
PLANNED = ("idea", "proposed", "approved", "quoted")


class RoadmapForecast(models.Model):
    """The sources of the forecast."""

    _inherit = "roadmap.forecast"

    def _forecast_contracts(self):
        """A contract counts in each month unless it ends before the month's last day."""
        first, last = self._forecast_window()
        start = self._sql_month(SQL("c.date_start"))
        years = SQL("((m.month - %s) / 12)", start)
        price = SQL(
            "(c.price * POWER(1 + COALESCE(c.increase_percent, 0) / 100.0, %(years)s)"
            " + COALESCE(c.increase_amount, 0) * %(years)s)",
            years=years,
        )
        ends = SQL(
            "CASE WHEN c.renews OR c.date_end IS NULL THEN %s"
            # The month of the day after the end has begun when the end is a last day.
            " ELSE LEAST(%s, %s - 1) END",
            last,
            last,
            self._sql_month(SQL("(c.date_end + 1)")),
        )
        return SQL(
            """
            %(select)s
              FROM roadmap_contract c
              JOIN roadmap_roadmap r ON r.id = c.roadmap_id
             CROSS JOIN LATERAL generate_series(GREATEST(%(start)s, %(first)s), %(ends)s)
                        AS m(month)
             WHERE c.active AND c.seats <> 0 AND %(where)s
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
                recurring_ordered=SQL(
                    "(c.seats * %s / %s)::numeric", price, self._sql_per_month(SQL("c.period"))
                ),
            ),
            start=start,
            first=first,
            ends=ends,
            where=self._forecast_where(),
        )

    def _forecast_items(self):
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
                self._sql_month(SQL("COALESCE(l.date, i.target_date)")),
                name=SQL("i.name"),
                category_id=SQL("i.category_id"),
                item_id=SQL("i.id"),
                item_line_id=SQL("l.id"),
                one_off_planned=SQL("CASE WHEN q.amount IS NULL THEN e.amount ELSE 0 END"),
                one_off_quoted=SQL("COALESCE(q.amount, 0)"),
            ),
            lines=self._sql_item_lines(),
            open=self._sql_open_line(),
        )

    def _forecast_items_recurring(self):
        """Recurring lines of items from their month on, until a contract takes their place."""
        first, last = self._forecast_window()
        start = self._sql_month(SQL("COALESCE(l.date, i.target_date)"))
        divisor = self._sql_per_month(SQL("l.period"))
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
                recurring_planned=SQL(
                    "(CASE WHEN q.amount IS NULL THEN e.amount ELSE 0 END) / %s", divisor
                ),
                recurring_quoted=SQL("COALESCE(q.amount, 0) / %s", divisor),
            ),
            lines=self._sql_item_lines(),
            open=self._sql_open_line(),
            start=start,
            first=first,
            last=last,
        )

    def _forecast_orders(self):
        """One-off lines that were ordered, in the month of the order."""
        amount = self._sql_in_roadmap_currency(SQL("s.price_subtotal"))
        invoiced = self._sql_in_roadmap_currency(SQL("COALESCE(s.untaxed_amount_invoiced, 0)"))
        return SQL(
            """
            %(select)s
              FROM sale_order_line s
              JOIN sale_order o ON o.id = s.order_id
              JOIN roadmap_item_line l ON l.id = s.roadmap_item_line_id
              JOIN roadmap_item i ON i.id = l.item_id
              JOIN roadmap_roadmap r ON r.id = l.roadmap_id
             WHERE o.state = 'sale' AND l.kind = 'one_off' AND s.product_uom_qty <> 0
               AND %(where)s
            """,
            select=self._forecast_select(
                3,
                "order",
                SQL("s.id"),
                self._sql_month(SQL("o.date_order")),
                name=SQL("i.name"),
                category_id=SQL("i.category_id"),
                item_id=SQL("i.id"),
                item_line_id=SQL("l.id"),
                sale_line_id=SQL("s.id"),
                one_off_ordered=amount,
                one_off_invoiced=invoiced,
            ),
            where=self._forecast_where(),
        )

    def _forecast_replacements(self):
        """Devices whose replacement falls due and that no item takes care of, at guide price."""
        today = fields.Date.context_today(self)
        price = SQL(
            "((COALESCE(t.price_low, 0) + COALESCE(NULLIF(t.price_high, 0), t.price_low, 0)) / 2)"
        )
        return SQL(
            """
            %(select)s
              FROM roadmap_asset a
              JOIN roadmap_asset_type t ON t.id = a.type_id
              JOIN roadmap_roadmap r ON r.id = a.roadmap_id
             WHERE a.active AND a.state = 'in_use' AND a.replacement_due IS NOT NULL
               AND a.replacement_line_id IS NULL AND %(where)s
            """,
            select=self._forecast_select(
                4,
                "replacement",
                SQL("a.id"),
                # What is overdue costs money now, not in a month that is gone.
                self._sql_month(SQL("GREATEST(a.replacement_due, %s::date)", today)),
                name=SQL("a.name"),
                category_id=SQL("t.category_id"),
                asset_id=SQL("a.id"),
                one_off_planned=SQL(
                    "(%s * %s)::numeric",
                    price,
                    self._sql_rate(SQL("t.currency_id"), SQL("CURRENT_DATE")),
                ),
            ),
            where=self._forecast_where(),
        )

    # === Fragments ===

    def _sql_item_lines(self):
        """Lines of items (l, i, r) with their estimate (e) and what is quoted for them (q).

        Of lines that exclude each other the first one is the estimate; `q` is NULL where no
        quotation is open.
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
                               ELSE l.amount END::numeric AS amount
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

    def _sql_open_line(self):
        return SQL(
            "i.active AND NOT COALESCE(i.covered, FALSE) AND i.state IN %s"
            " AND (e.amount <> 0 OR q.amount <> 0) AND %s",
            PLANNED,
            self._forecast_where(),
        )
