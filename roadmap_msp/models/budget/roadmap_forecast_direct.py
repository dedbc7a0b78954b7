from odoo import models
from odoo.tools import SQL


class RoadmapForecast(models.Model):
    """Invoices that no order made and that somebody linked to an item."""

    _inherit = "roadmap.forecast"

    def _forecast_direct_invoices(self):
        """Ordered, invoiced and paid, in the months in which that happened.

        A line that also hangs on an order line is counted by that one alone. Recurring lines are
        ordered by their contract.
        """
        month, amount = self._sql_month(SQL("mv.invoice_date")), self._sql_invoiced()
        return [
            self._direct_arm(10, "order", "ordered", month, amount, only=SQL("l.kind = 'one_off'")),
            self._direct_arm(11, "invoice", "invoiced", month, amount),
            self._direct_arm(
                12,
                "payment",
                "paid",
                self._sql_month(SQL("p.day")),
                SQL("%s * p.share", amount),
                joins=self._sql_paid_shares(),
            ),
        ]

    def _direct_arm(self, arm_no, arm, measure, month, amount, only=None, joins=None):
        known = SQL("COALESCE(SUM(%s), 0)::numeric", amount)
        columns = {
            f"{kind}_{measure}": SQL("CASE WHEN l.kind = %s THEN %s ELSE 0 END", kind, known)
            for kind in ("one_off", "recurring")
        }
        return SQL(
            """
            %(select)s
              FROM account_move_line ml
              JOIN account_move mv ON mv.id = ml.move_id
              JOIN roadmap_item_line l ON l.id = ml.roadmap_item_line_id
              JOIN roadmap_item i ON i.id = l.item_id
              JOIN roadmap_roadmap r ON r.id = l.roadmap_id
              %(joins)s
             WHERE mv.state = 'posted' AND mv.move_type IN ('out_invoice', 'out_refund')
               AND NOT EXISTS (SELECT FROM sale_order_line_invoice_rel rel
                                WHERE rel.invoice_line_id = ml.id)
               AND %(where)s
             GROUP BY ml.id, l.id, i.id, r.id, %(month)s
            """,
            select=self._forecast_select(
                arm_no,
                arm,
                SQL("ml.id"),
                month,
                name=SQL("i.name"),
                category_id=SQL("i.category_id"),
                item_id=SQL("i.id"),
                item_line_id=SQL("l.id"),
                gap=SQL("(CASE WHEN BOOL_OR(%s IS NULL) THEN 'no_rate' END)::varchar", amount),
                **columns,
            ),
            joins=joins or SQL(),
            where=self._forecast_where(only),
            month=month,
        )
