from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.recurrence import per_month

AMOUNTS = ("actual_one_off", "actual_recurring", "actual_delivered")
INVOICED = ("actual_invoiced", "actual_paid")
PAID = ("paid", "in_payment", "reversed")


class RoadmapItem(models.Model):
    """What became of an item: its order lines and their invoices are the truth."""

    _inherit = "roadmap.item"

    order_line_ids = fields.Many2many(
        "sale.order.line", string="Order Lines", compute="_compute_order_line_ids"
    )
    actual_one_off = fields.Monetary(
        "Ordered, One-off", compute="_compute_actuals", help="Without tax."
    )
    actual_recurring = fields.Monetary(
        "Ordered, per Month", compute="_compute_actuals", help="Without tax."
    )
    actual_delivered = fields.Monetary(
        "Delivered, One-off", compute="_compute_actuals", help="Without tax, at the ordered price."
    )
    actual_invoiced = fields.Monetary(
        "Invoiced",
        compute="_compute_actuals",
        help="Without tax, less credit notes: one-off lines and every period that was invoiced.",
    )
    actual_paid = fields.Monetary(
        "Paid", compute="_compute_actuals", help="The paid share of what was invoiced."
    )
    actual_unrated = fields.Char("Not Counted", compute="_compute_actuals")
    paid_on = fields.Datetime(
        compute="_compute_paid_on",
        store=True,
        copy=False,
        help="Everything was invoiced and every invoice is paid.",
    )

    @api.depends("line_ids.sale_line_ids")
    def _compute_order_line_ids(self):
        for item in self:
            item.order_line_ids = item.line_ids.sale_line_ids.filtered(lambda x: not x.display_type)

    @api.depends(
        "line_ids.sale_line_ids.price_subtotal",
        "line_ids.sale_line_ids.qty_delivered",
        "line_ids.sale_line_ids.state",
        "line_ids.sale_line_ids.untaxed_amount_invoiced",
        "line_ids.invoice_line_ids.parent_state",
    )
    def _compute_actuals(self):
        self.env.flush_all()
        sums = {
            item_id: dict.fromkeys(AMOUNTS + INVOICED, 0.0) | {"unrated": set()}
            for item_id in self._origin.ids
        }
        if sums:
            self._add_ordered(sums)
            self._add_invoiced(sums)
        for item in self:
            total = sums.get(item._origin.id, {})
            for name in AMOUNTS + INVOICED:
                item[name] = total.get(name, 0.0)
            item.actual_unrated = self._unrated_text(total.get("unrated"))

    @api.model
    def _unrated_text(self, currency_ids):
        """Which amounts a sum leaves out; False for none."""
        if not currency_ids:
            return False
        names = self.env["res.currency"].browse(sorted(currency_ids)).mapped("name")
        return self.env._("Amounts in %s: there is no exchange rate.", ", ".join(names))

    def _add_ordered(self, sums):
        """Confirmed order lines, converted at the date of their order."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.item_id, o.currency_id, o.date_order::date, l.period,
                       SUM(s.price_subtotal),
                       SUM(CASE WHEN s.product_uom_qty <> 0
                                THEN s.price_subtotal * s.qty_delivered / s.product_uom_qty END)
                  FROM roadmap_item_line l
                  JOIN sale_order_line s ON s.roadmap_item_line_id = l.id
                  JOIN sale_order o ON o.id = s.order_id
                 WHERE l.item_id IN %s AND o.state = 'sale' AND s.display_type IS NULL
                 GROUP BY 1, 2, 3, 4
                """,
                tuple(sums),
            )
        )
        for item_id, currency_id, date, period, ordered, delivered in rows:
            item, total = self.browse(item_id), sums[item_id]
            # Amounts that cancel out convert without a rate; their shares do not.
            amounts = [item._converted(one, currency_id, date) for one in (ordered, delivered)]
            if None in amounts:
                total["unrated"].add(currency_id)
                continue
            ordered, delivered = amounts
            if period:
                total["actual_recurring"] += per_month(ordered, period)
                continue
            total["actual_one_off"] += ordered
            total["actual_delivered"] += delivered

    def _add_invoiced(self, sums):
        """Posted invoices less credit notes, and the share of each that is paid.

        What was invoiced without an order counts as ordered as well.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.item_id, m.currency_id, m.invoice_date, l.direct,
                       SUM(f.sign * a.price_subtotal),
                       SUM(f.sign * a.price_subtotal
                           * CASE WHEN m.amount_total = 0 THEN 1
                                  ELSE 1 - m.amount_residual / m.amount_total END)
                  FROM (%s) l
                  JOIN account_move_line a ON a.id = l.invoice_line_id
                  JOIN account_move m ON m.id = a.move_id
                 CROSS JOIN LATERAL (
                       SELECT CASE m.move_type WHEN 'out_refund' THEN -1 ELSE 1 END AS sign) f
                 WHERE m.state = 'posted' AND m.move_type IN ('out_invoice', 'out_refund')
                 GROUP BY 1, 2, 3, 4
                """,
                self._sql_invoice_lines(tuple(sums)),
            )
        )
        for item_id, currency_id, date, direct, invoiced, paid in rows:
            item, total = self.browse(item_id), sums[item_id]
            amounts = [item._converted(one, currency_id, date) for one in (invoiced, paid)]
            if None in amounts:
                total["unrated"].add(currency_id)
                continue
            invoiced, paid = amounts
            total["actual_invoiced"] += invoiced
            total["actual_paid"] += paid
            if direct:
                total["actual_one_off"] += invoiced
                total["actual_delivered"] += invoiced

    @staticmethod
    def _sql_invoice_lines(item_ids):
        """Invoice lines of items; `direct`: one-off and without an order. None comes twice."""
        return SQL(
            """
            SELECT l.item_id, x.invoice_line_id, FALSE AS direct
              FROM roadmap_item_line l
              JOIN sale_order_line s ON s.roadmap_item_line_id = l.id
              JOIN sale_order_line_invoice_rel x ON x.order_line_id = s.id
             WHERE l.item_id IN %(ids)s
             UNION ALL
            SELECT l.item_id, d.id, l.kind = 'one_off'
              FROM roadmap_item_line l
              JOIN account_move_line d ON d.roadmap_item_line_id = l.id
             WHERE l.item_id IN %(ids)s
               AND NOT EXISTS (SELECT FROM sale_order_line_invoice_rel y
                                WHERE y.invoice_line_id = d.id)
            """,
            ids=item_ids,
        )

    def _converted(self, amount, currency_id, date):
        """An amount of a document in the item's currency, at the document's own date.

        None where there is no exchange rate.
        """
        currency = self.env["res.currency"].browse(currency_id)
        date = date or fields.Date.context_today(self)
        return currency._roadmap_convert(
            float(amount or 0), self.currency_id, self.company_id, date
        )

    @api.depends()
    def _compute_paid_on(self):
        """Asked again whenever an invoice is paid (`_note_paid`); once set, it never moves."""
        now = fields.Datetime.now()
        for item in self:
            if item.paid_on or not item.invoiced_on:
                item.paid_on = item.paid_on
                continue
            lines = item.sudo().line_ids
            moves = (lines.sale_line_ids.invoice_lines | lines.invoice_line_ids).move_id.filtered(
                lambda move: move.state == "posted"
            )
            paid = moves and all(move.payment_state in PAID for move in moves)
            item.paid_on = now if paid else False

    def _note_paid(self):
        """An invoice of these items was paid just now."""
        self.env.add_to_compute(self._fields["paid_on"], self.filtered(lambda i: not i.paid_on))
