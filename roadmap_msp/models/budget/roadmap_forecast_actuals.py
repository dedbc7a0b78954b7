from odoo import models
from odoo.tools import SQL


class RoadmapForecast(models.Model):
    """What really happened: order lines, invoice lines and payments, never typed amounts.

    All untaxed, per line of the plan, in the roadmap's currency at the date of the order or of
    the invoice. Deposits carry no line of the plan and are not spread before the final invoice.
    """

    _inherit = "roadmap.forecast"

    def _forecast_orders(self):
        """One-off lines that were ordered, in the month of the order."""
        amount = self._sql_in_roadmap_currency(SQL("s.price_subtotal"))
        return SQL(
            """
            %(select)s
              %(lines)s
             CROSS JOIN LATERAL (SELECT %(amount)s AS amount) n
             WHERE o.state = 'sale' AND l.kind = 'one_off' AND s.product_uom_qty <> 0
               AND %(where)s
            """,
            select=self._select_actual(
                6,
                "order",
                self._sql_month(SQL("o.date_order")),
                gap=SQL("(CASE WHEN n.amount IS NULL THEN 'no_rate' END)::varchar"),
                one_off_ordered=SQL("COALESCE(n.amount, 0)"),
            ),
            lines=self._sql_order_lines(),
            amount=amount,
            where=self._forecast_where(),
        )

    def _forecast_invoices(self):
        """Posted invoice lines less credit notes, in the month of the invoice.

        An invoice counts also where its order was cancelled afterwards: the books say so.
        """
        return self._actual_of_invoices(
            7,
            "invoice",
            "invoiced",
            SQL(
                """
                SELECT %(month)s AS month, SUM(%(amount)s)::numeric AS amount,
                       BOOL_OR(%(amount)s IS NULL) AS no_rate
                  %(moves)s
                 GROUP BY 1
                """,
                month=self._sql_month(SQL("mv.invoice_date")),
                amount=self._sql_invoiced(),
                moves=self._sql_moves(),
            ),
        )

    def _forecast_payments(self):
        """The paid share of each invoice line, in the month in which it was reconciled."""
        return self._actual_of_invoices(
            8,
            "payment",
            "paid",
            SQL(
                """
                SELECT %(month)s AS month, SUM(%(amount)s * p.share)::numeric AS amount,
                       FALSE AS no_rate
                  %(moves)s
                 GROUP BY 1
                """,
                month=self._sql_month(SQL("p.day")),
                amount=self._sql_invoiced(),
                moves=self._sql_moves(self._sql_paid_shares()),
            ),
        )

    def _actual_of_invoices(self, arm_no, arm, measure, amounts):
        amount = SQL("COALESCE(n.amount, 0)")
        return SQL(
            """
            %(select)s
              %(lines)s
             CROSS JOIN LATERAL (%(amounts)s) n
             WHERE %(where)s
            """,
            select=self._select_actual(
                arm_no,
                arm,
                SQL("n.month"),
                gap=SQL("(CASE WHEN n.no_rate THEN 'no_rate' END)::varchar"),
                **{
                    f"{kind}_{measure}": SQL(
                        "CASE WHEN l.kind = %s THEN %s ELSE 0 END", kind, amount
                    )
                    for kind in ("one_off", "recurring")
                },
            ),
            lines=self._sql_order_lines(),
            amounts=amounts,
            where=self._forecast_where(),
        )

    # === Fragments ===

    def _select_actual(self, arm_no, arm, month, **columns):
        return self._forecast_select(
            arm_no,
            arm,
            SQL("s.id"),
            month,
            name=SQL("i.name"),
            category_id=SQL("i.category_id"),
            item_id=SQL("i.id"),
            item_line_id=SQL("l.id"),
            sale_line_id=SQL("s.id"),
            **columns,
        )

    @staticmethod
    def _sql_order_lines():
        return SQL(
            """
              FROM sale_order_line s
              JOIN sale_order o ON o.id = s.order_id
              JOIN roadmap_item_line l ON l.id = s.roadmap_item_line_id
              JOIN roadmap_item i ON i.id = l.item_id
              JOIN roadmap_roadmap r ON r.id = l.roadmap_id
            """
        )

    def _sql_invoiced(self):
        """The untaxed amount of an invoice line (ml of mv), negative on a credit note."""
        return SQL(
            "(CASE mv.move_type WHEN 'out_refund' THEN -1 ELSE 1 END * ml.price_subtotal * %s)",
            self._sql_rate(SQL("mv.currency_id"), SQL("mv.invoice_date")),
        )

    @staticmethod
    def _sql_moves(shares=None):
        """Invoice lines (ml, mv) of an order line (s), each with the shares paid (p) if asked."""
        return SQL(
            """
              FROM sale_order_line_invoice_rel rel
              JOIN account_move_line ml ON ml.id = rel.invoice_line_id
              JOIN account_move mv ON mv.id = ml.move_id
              %(shares)s
             WHERE rel.order_line_id = s.id AND mv.state = 'posted'
               AND mv.move_type IN ('out_invoice', 'out_refund')
            """,
            shares=shares or SQL(),
        )

    @staticmethod
    def _sql_paid_shares():
        """Which part of an invoice (mv) was settled on which day (p); together 1 - residual/total.

        A credit note settles its part of an invoice, and the invoice that of the credit note:
        the two cancel out. Exchange differences have no amount in the invoice's own currency.
        """
        return SQL(
            """
             CROSS JOIN LATERAL (
                   SELECT pr.max_date AS day,
                          (pr.debit_amount_currency / NULLIF(ABS(mv.amount_total), 0)) AS share
                     FROM account_move_line t
                     JOIN account_partial_reconcile pr ON pr.debit_move_id = t.id
                    WHERE t.move_id = mv.id AND t.display_type = 'payment_term'
                    UNION ALL
                   SELECT pr.max_date,
                          (pr.credit_amount_currency / NULLIF(ABS(mv.amount_total), 0))
                     FROM account_move_line t
                     JOIN account_partial_reconcile pr ON pr.credit_move_id = t.id
                    WHERE t.move_id = mv.id AND t.display_type = 'payment_term'
                    UNION ALL
                   SELECT mv.invoice_date, 1 WHERE mv.amount_total = 0
                   ) p
            """
        )
