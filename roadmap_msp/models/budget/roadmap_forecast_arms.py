from odoo import models
from odoo.tools import SQL

# The plan: what is not yet decided against and stands on no order.
PLANNED = ("idea", "proposed", "approved", "quoted")


class RoadmapForecast(models.Model):
    """The items of the plan as sources of the forecast."""

    _inherit = "roadmap.forecast"

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
        # What has no date yet is told as one month of it.
        share = SQL("COALESCE(m.until - m.month + 1, 1) / %s", divisor)

        def estimated(amount):
            return SQL(
                "(CASE WHEN q.amount IS NULL THEN %s ELSE 0 END) * %s",
                SQL.identifier("e", amount),
                share,
            )

        return SQL(
            """
            %(select)s
              %(lines)s
              LEFT JOIN LATERAL %(months)s AS m(month, until) ON %(start)s IS NOT NULL
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
                recurring_quoted=SQL("COALESCE(q.amount, 0) * %s", share),
                recurring_less=estimated("less"),
                recurring_more=estimated("more"),
            ),
            lines=self._sql_item_lines(),
            open=self._sql_open_line(),
            start=start,
            months=self._sql_months(
                SQL("GREATEST(%s, %s)", start, first), SQL("%s::integer", last)
            ),
        )

    def _forecast_items_without_amount(self):
        """Open items that the agreement covers, or of which something has no price yet."""
        return SQL(
            """
            %(select)s
              FROM roadmap_item i
              JOIN roadmap_roadmap r ON r.id = i.roadmap_id
             WHERE %(open)s
               AND (COALESCE(i.covered, FALSE) OR %(unpriced)s)
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
            unpriced=self._sql_unpriced(),
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

    @staticmethod
    def _sql_taken():
        """Whether a line (l) is in the estimate of its item: `roadmap.item._counted_lines`."""
        return SQL(
            """
            (COALESCE(l.option_group, '') = '' OR NOT EXISTS (
                    SELECT FROM roadmap_item_line n
                     WHERE n.item_id = l.item_id AND n.option_group = l.option_group
                       AND (n.option_chosen IS NOT TRUE, n.sequence, n.id)
                         < (l.option_chosen IS NOT TRUE, l.sequence, l.id)))
            """
        )

    @staticmethod
    def _sql_settled():
        """Whether a line (l) is an option of whose group another one stands on an order."""
        return SQL(
            """
            (COALESCE(l.option_group, '') <> '' AND EXISTS (
                    SELECT FROM roadmap_item_line n
                      JOIN sale_order_line ns ON ns.roadmap_item_line_id = n.id
                      JOIN sale_order no ON no.id = ns.order_id
                     WHERE n.item_id = l.item_id AND n.option_group = l.option_group
                       AND n.id <> l.id AND no.state = 'sale' AND ns.product_uom_qty <> 0))
            """
        )

    def _sql_unpriced(self):
        """Whether an item (i) has nothing with a price, or a line without one that counts.

        A line of no quantity costs nothing, whatever its price; one on an order has its price.
        """
        priced = SQL(
            "SELECT FROM sale_order_line s WHERE s.roadmap_item_line_id = l.id"
            " AND s.price_subtotal <> 0"
        )
        return SQL(
            """
            (NOT EXISTS (SELECT FROM roadmap_item_line l
                          WHERE l.item_id = i.id AND (l.amount <> 0 OR EXISTS (%(priced)s)))
             OR EXISTS (SELECT FROM roadmap_item_line l
                         WHERE l.item_id = i.id AND l.amount = 0 AND l.quantity <> 0
                           AND %(taken)s AND NOT %(settled)s AND NOT EXISTS (%(priced)s)))
            """,
            priced=priced,
            taken=self._sql_taken(),
            settled=self._sql_settled(),
        )

    def _sql_item_lines(self):
        """Lines of items (l, i, r) with their estimate (e) and what is quoted for them (q).

        Of lines that exclude each other one is the estimate, none once one was ordered; what stands
        on an order or an invoice already is not estimated again. `q.amount` is NULL where no
        quotation is open, or where it is in a currency that has no rate.
        """
        return SQL(
            """
              FROM roadmap_item_line l
              JOIN roadmap_item i ON i.id = l.item_id
              JOIN roadmap_roadmap r ON r.id = l.roadmap_id
              LEFT JOIN (%(documents)s) q ON q.id = l.id
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN q.bought OR NOT %(taken)s OR %(settled)s THEN 0 ELSE 1
                          END AS taken
                   ) x
             CROSS JOIN LATERAL (
                   SELECT (x.taken * l.amount)::numeric AS amount,
                          (x.taken * (COALESCE(l.amount_low, l.amount) - l.amount))::numeric
                              AS less,
                          (x.taken * (COALESCE(l.amount_high, l.amount) - l.amount))::numeric
                              AS more
                   ) e
            """,
            documents=self._sql_documents(),
            taken=self._sql_taken(),
            settled=self._sql_settled(),
        )

    def _sql_documents(self):
        """What documents say of a line of an item (id): the `amount` quoted, whether `bought`."""
        return SQL(
            """
            SELECT d.id, SUM(d.amount)::numeric AS amount, BOOL_OR(d.bought) AS bought
              FROM (SELECT l.id, o.state = 'sale' AS bought,
                           CASE WHEN o.state <> 'sale' THEN %(amount)s END AS amount
                      FROM sale_order_line s
                      JOIN sale_order o ON o.id = s.order_id
                      JOIN roadmap_item_line l ON l.id = s.roadmap_item_line_id
                      JOIN roadmap_roadmap r ON r.id = l.roadmap_id
                     WHERE (o.state IN ('draft', 'sent')
                            OR o.state = 'sale' AND s.product_uom_qty <> 0) AND %(where)s
                     UNION ALL
                    SELECT l.id, TRUE, NULL
                      FROM account_move_line ml
                      JOIN account_move mv ON mv.id = ml.move_id
                      JOIN roadmap_item_line l ON l.id = ml.roadmap_item_line_id
                      JOIN roadmap_roadmap r ON r.id = l.roadmap_id
                     WHERE mv.state = 'posted' AND mv.move_type = 'out_invoice' AND %(where)s
                       AND mv.payment_state IS DISTINCT FROM 'reversed'
                       AND NOT EXISTS (SELECT FROM sale_order_line_invoice_rel rel
                                        WHERE rel.invoice_line_id = ml.id)
                   ) d
             GROUP BY d.id
            """,
            where=self._forecast_where(),
            amount=self._sql_in_roadmap_currency(SQL("s.price_subtotal")),
        )
