from odoo import fields, models
from odoo.tools import SQL

USERS = "roadmap_msp.group_roadmap_user"
MONTHS = 12


class RoadmapRoadmap(models.Model):
    """What the free time costs, what it brought, and what the client says of it."""

    _inherit = "roadmap.roadmap"

    cost_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of Costs", groups=USERS
    )
    won_margin = fields.Monetary(
        "Margin Won", compute="_compute_return", currency_field="cost_currency_id", groups=USERS,
        help="Of one-off order lines that came from items in the last twelve months; lines whose"
             " product has no cost are left out.",
    )  # fmt: skip
    hours_spent = fields.Float(
        compute="_compute_return", groups=USERS,
        help="Preparing and holding meetings in the last twelve months; not billed.",
    )  # fmt: skip
    time_cost = fields.Monetary(
        "Cost of the Time", compute="_compute_return", currency_field="cost_currency_id",
        groups=USERS, help="The hours at the cost of an hour of the settings.",
    )  # fmt: skip
    rating_average = fields.Float(
        "Rating of Meetings", compute="_compute_voice", digits=(2, 1), groups=USERS,
        help="Average of the last twelve months, 1 to 5.",
    )  # fmt: skip
    rating_number = fields.Integer("Number of Ratings", compute="_compute_voice", groups=USERS)
    loyalty_figure = fields.Char(
        "Would Recommend Us", compute="_compute_voice", groups=USERS,
        help="The last answer to the yearly question, 0 to 10.",
    )  # fmt: skip

    def _compute_return(self):
        today = fields.Date.context_today(self)
        since = fields.Date.subtract(today, months=MONTHS)
        margins = self._sum_by_roadmap(self._sql_margins(), since, today)
        hours = self._sum_by_roadmap(self._sql_hours(), since, today)
        for roadmap in self:
            key = roadmap._origin.id
            roadmap.won_margin = margins.get(key, 0.0)
            roadmap.hours_spent = hours.get(key, 0.0)
            cost = roadmap.company_id.sudo().roadmap_hour_cost
            roadmap.time_cost = roadmap.hours_spent * cost

    def _sum_by_roadmap(self, rows, since, today):
        """{roadmap id: sum} of rows (roadmap id, day, figure) in (since, today]."""
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(
                "SELECT roadmap_id, SUM(figure) FROM (%s) x WHERE roadmap_id IN %s"
                " AND day > %s AND day <= %s GROUP BY roadmap_id",
                rows,
                tuple(self._origin.ids) or (0,),
                since,
                today,
            )
        )
        return dict(found)

    def _sql_margins(self):
        """Rows (roadmap id, day, figure): margins of ordered one-off lines that came from items.

        In the company's currency, at the rate of the order; the cost is the product's own of that
        company, in its own unit. A product without a cost tells nothing about the margin.
        """
        return SQL(
            """
            SELECT i.roadmap_id, o.date_order::date AS day,
                   l.price_subtotal / COALESCE(NULLIF(o.currency_rate, 0), 1)
                   - l.product_uom_qty * cost.price * COALESCE(u.factor / NULLIF(v.factor, 0), 1)
                   AS figure
              FROM sale_order_line l
              JOIN sale_order o ON o.id = l.order_id AND o.state = 'sale'
              JOIN roadmap_item_line i ON i.id = l.roadmap_item_line_id AND i.kind = 'one_off'
              JOIN product_product p ON p.id = l.product_id
              JOIN product_template t ON t.id = p.product_tmpl_id
              LEFT JOIN uom_uom u ON u.id = l.product_uom_id
              LEFT JOIN uom_uom v ON v.id = t.uom_id
             CROSS JOIN LATERAL (
                   SELECT (p.standard_price ->> o.company_id::text)::numeric AS price) cost
             WHERE cost.price > 0
            """
        )

    def _sql_hours(self):
        """Rows (roadmap id, day, figure): hours of preparing and holding meetings."""
        return SQL(
            """
            SELECT roadmap_id, COALESCE(held_on, start::date, due_date) AS day,
                   COALESCE(hours_preparing, 0) + COALESCE(hours_meeting, 0) AS figure
              FROM roadmap_meeting
             WHERE state <> 'cancelled'
               AND COALESCE(hours_preparing, 0) + COALESCE(hours_meeting, 0) > 0
            """
        )

    def _compute_voice(self):
        ratings = self._voice_ratings()
        figures = self._voice_figures()
        for roadmap in self:
            average, number = ratings.get(roadmap._origin.id, (0.0, 0))
            figure = figures.get(roadmap._origin.id)
            roadmap.rating_average, roadmap.rating_number = average, number
            roadmap.loyalty_figure = "" if figure is None else str(round(figure))

    def _voice_ratings(self):
        """{roadmap id: (average, number)} of the ratings of meetings in the last twelve months."""
        self.env["rating.rating"].flush_model()
        self.env["roadmap.meeting"].flush_model(["roadmap_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.roadmap_id, AVG(x.rating), COUNT(*)
                  FROM rating_rating x
                  JOIN roadmap_meeting m ON m.id = x.res_id
                 WHERE x.res_model = 'roadmap.meeting' AND x.consumed AND x.rating >= 1
                   AND x.write_date >= %s AND m.roadmap_id IN %s
                 GROUP BY m.roadmap_id
                """,
                fields.Date.subtract(fields.Date.context_today(self), months=MONTHS),
                tuple(self._origin.ids) or (0,),
            )
        )
        return {roadmap_id: (average, count) for roadmap_id, average, count in rows}

    def _voice_figures(self):
        """{roadmap id: the last figure from 0 to 10}"""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT ON (roadmap_id) roadmap_id, figure FROM (%s) x"
                " WHERE roadmap_id IN %s ORDER BY roadmap_id, day DESC",
                self._sql_loyalty(),
                tuple(self._origin.ids) or (0,),
            )
        )
        return dict(rows)

    def action_view_ratings(self):
        """What the client said of meetings, in its words."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.meeting_rating_action")
        meetings = self.meeting_ids.ids
        return {
            **action,
            "views": [(False, "list"), (False, "form")],
            "domain": [
                ("res_model", "=", "roadmap.meeting"),
                ("consumed", "=", True),
                ("res_id", "in", meetings),
            ],
        }
