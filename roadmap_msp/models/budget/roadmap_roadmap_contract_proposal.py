from odoo import fields, models
from odoo.tools import SQL

from ...rules.fiscal import month_index
from ...rules.rhythm import TIMES_AT_LEAST, rhythm
from ..client.fiscal_sql import sql_month

MONTHS_BACK = 12


class RoadmapRoadmap(models.Model):
    """Contracts of these clients that their invoices give away."""

    _inherit = "roadmap.roadmap"

    def _contract_proposals(self):
        """Values of a contract for each product that was invoiced again and again.

        Posted invoices less credit notes of the last twelve months, at least three regular periods,
        not stopped, and no running contract for the product. Quantity and price are those of the
        newest invoice, in the roadmap's currency at today's rate. One query for all clients.

        :returns: [values of `roadmap.contract`], with "times" and "last" beside them
        """
        if not self:
            return []
        today = fields.Date.context_today(self)
        roadmaps = {roadmap.id: roadmap for roadmap in self}
        proposals = []
        rows = self.env.execute_query(
            self._sql_invoiced_again(fields.Date.subtract(today, months=MONTHS_BACK))
        )
        # Read together: each would else be read alone.
        products = self.env["product.product"].sudo().browse({row[1] for row in rows})
        products = {product.id: product for product in products}
        currencies = self.env["res.currency"].browse({row[2] for row in rows})
        currencies = {currency.id: currency for currency in currencies}
        for roadmap_id, product_id, currency_id, months, *newest in rows:
            period = rhythm(months, month_index(today))
            if not period:
                continue
            roadmap = roadmaps[roadmap_id]
            first, last, quantity, amount = newest
            # Without an exchange rate it is unknown: the proposal then has no price.
            price = currencies[currency_id]._roadmap_convert(
                float(amount) / float(quantity), roadmap.currency_id, roadmap.company_id, today
            )
            proposals.append(
                {
                    "roadmap_id": roadmap_id,
                    "product_id": product_id,
                    "name": products[product_id].name,
                    "seats": float(quantity),
                    "price": price or 0.0,
                    "period": period,
                    "date_start": first,
                    "times": len(months),
                    "last": last,
                }
            )
        return sorted(proposals, key=lambda row: (roadmaps[row["roadmap_id"]].name, row["name"]))

    def _sql_invoiced_again(self, since):
        """One row per client, product and currency: its months, and its newest one in detail."""
        self.env["account.move"].flush_model()
        self.env["account.move.line"].flush_model()
        self.env["roadmap.contract"].flush_model()
        self.env["roadmap.roadmap"].flush_model(["partner_id", "company_id"])
        return SQL(
            """
            WITH monthly AS (
                SELECT r.id AS roadmap_id, l.product_id, m.currency_id,
                       DATE_TRUNC('month', m.invoice_date) AS month,
                       MIN(m.invoice_date) AS first, MAX(m.invoice_date) AS last,
                       SUM(f.sign * l.quantity) AS quantity,
                       SUM(f.sign * l.price_subtotal) AS amount
                  FROM roadmap_roadmap r
                  JOIN account_move m ON m.commercial_partner_id = r.partner_id
                                     AND m.company_id = r.company_id
                  JOIN account_move_line l ON l.move_id = m.id
                 CROSS JOIN LATERAL (
                       SELECT CASE m.move_type WHEN 'out_refund' THEN -1 ELSE 1 END AS sign) f
                 WHERE r.id IN %(roadmaps)s AND m.state = 'posted'
                   AND m.move_type IN ('out_invoice', 'out_refund')
                   AND m.invoice_date >= %(since)s
                   AND l.display_type = 'product' AND l.product_id IS NOT NULL
                   AND NOT EXISTS (
                       SELECT FROM roadmap_contract c
                        WHERE c.roadmap_id = r.id AND c.product_id = l.product_id AND c.active)
                 GROUP BY 1, 2, 3, 4
                HAVING SUM(f.sign * l.quantity) > 0 AND SUM(f.sign * l.price_subtotal) > 0)
            SELECT roadmap_id, product_id, currency_id,
                   ARRAY_AGG(%(month)s),
                   MIN(first), MAX(last),
                   (ARRAY_AGG(quantity ORDER BY month DESC))[1],
                   (ARRAY_AGG(amount ORDER BY month DESC))[1]
              FROM monthly
             GROUP BY 1, 2, 3
            HAVING COUNT(*) >= %(times)s
            """,
            month=sql_month(SQL("month")),
            roadmaps=tuple(self.ids),
            since=since,
            times=TIMES_AT_LEAST,
        )
