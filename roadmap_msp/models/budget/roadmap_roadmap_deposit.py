from odoo import models
from odoo.tools import SQL


class RoadmapRoadmap(models.Model):
    """Deposits: invoiced for an order as a whole, and so in no month and no technology area."""

    _inherit = "roadmap.roadmap"

    def _five_year_deposits(self):
        """[{"order_id", "name", "amount"}] of deposits that no final invoice has settled yet.

        In the client's currency, without tax, each at the date of its invoice. One whose currency
        has no rate has the amount False.
        """
        Forecast = self.env["roadmap.forecast"]
        self.env["sale.order"].flush_model(["roadmap_id", "name"])
        self.env["sale.order.line"].flush_model(["order_id", "is_downpayment"])
        self.env["account.move.line"].flush_model(["price_subtotal", "move_id"])
        self.env["account.move"].flush_model(["state", "invoice_date", "currency_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT o.id, o.name, SUM(n.amount), BOOL_OR(n.amount IS NULL)
                  FROM sale_order o
                  JOIN roadmap_roadmap r ON r.id = o.roadmap_id
                  JOIN sale_order_line s ON s.order_id = o.id AND s.is_downpayment
                 CROSS JOIN LATERAL (SELECT %(amount)s AS amount %(moves)s) n
                 WHERE o.roadmap_id = %(roadmap)s
                 GROUP BY o.id
                HAVING BOOL_OR(n.amount IS NULL) OR ABS(SUM(n.amount)) >= 0.005
                 ORDER BY o.id
                """,
                amount=Forecast._sql_invoiced(),
                moves=Forecast._sql_moves(),
                roadmap=self.id,
            )
        )
        return [
            {"order_id": order_id, "name": name, "amount": False if no_rate else float(amount)}
            for order_id, name, amount, no_rate in rows
        ]
