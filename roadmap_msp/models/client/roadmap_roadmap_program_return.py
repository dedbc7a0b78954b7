from odoo import models
from odoo.tools import SQL

from ...rules.program import ratio, share
from ...rules.recurrence import MONTHS_PER_PERIOD

PROMOTER, DETRACTOR = 9, 6


class RoadmapRoadmap(models.Model):
    """The owner's page: does the free time pay, and would clients recommend us."""

    _inherit = "roadmap.roadmap"

    def _program_return(self):
        margins = self._program_sums(self._sql_margins())
        hours = self._program_sums(self._sql_hours())
        rate = self.env.company.sudo().roadmap_hour_cost
        costs = [figure * rate for figure in hours]
        return [
            self._program_margin(margins),
            self._program_cost(costs, hours[-1], rate),
            self._program_paid_back(margins, costs),
            self._program_loyalty(),
        ]

    def _program_sums(self, rows):
        """The sums of rows (roadmap id, day, figure) over the twelve months before each day."""
        months = self._program_by_month(
            SQL(
                """
                SELECT date_trunc('month', day)::date, SUM(figure)
                  FROM (%s) x WHERE roadmap_id IN %s AND day <= %s
                 GROUP BY 1
                """,
                rows,
                self._program_everyone(),
                self._program_today(),
            )
        )
        return [float(figure) for (figure,) in months]

    def _program_margin(self, margins):
        return self._program_figure(
            "margin",
            self.env._("Margin from roadmaps"),
            self.env._("Price less cost of the one-off order lines that came from items, over"
                       " twelve months; lines whose product has no cost are left out"),
            self.env._("Pays for the free time."),
            margins,
            unit="money",
            action=self._program_action(
                self.env._("Orders from roadmaps"),
                "sale.order",
                self._program_of_clients(*self._program_orders()),
            ),
        )  # fmt: skip

    def _program_cost(self, costs, hours, rate):
        """Target: a twentieth of what the contracts bring in a year."""
        revenue = 12 * self._program_monthly_revenue() if rate else 0
        percent = share(costs[-1], revenue)
        note = self.env._("%s hours", round(hours))
        if percent is not None:
            note = self.env._("%(hours)s, %(share)s %% of the contracts", hours=note,
                              share=f"{percent:.1f}")  # fmt: skip
        return self._program_figure(
            "time_cost",
            self.env._("Cost of the free time"),
            self.env._("Hours of preparing and holding meetings x the cost of an hour of the"
                       " settings, over twelve months; aim: 5 % of what our contracts bring"),
            self.env._("Shows what the program takes."),
            costs if rate else [None] * len(costs),
            unit="money",
            target=revenue * 0.05 or None,
            better="less",
            note=note if rate else self.env._("Set the cost of an hour in the settings."),
            action=self._program_meeting_action(
                self.env._("Meetings with time spent"),
                "|",
                ("hours_preparing", ">", 0),
                ("hours_meeting", ">", 0),
                ("due_date", ">=", self._program_since()),
            ),
        )  # fmt: skip

    def _program_monthly_revenue(self):
        """A month of the running contracts that are ours, at their present price."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.currency_id, SUM(c.seats * c.price / p.months)
                  FROM roadmap_contract c
                  JOIN (VALUES %(months)s) p(period, months) ON p.period = c.period
                 WHERE c.roadmap_id IN %(clients)s AND c.active
                   AND c.third_party IS NOT TRUE AND c.date_start <= %(today)s
                   AND (c.date_end IS NULL OR c.renews OR c.date_end >= %(today)s)
                 GROUP BY c.currency_id
                """,
                months=SQL(", ").join(SQL("%s", row) for row in MONTHS_PER_PERIOD.items()),
                clients=self._program_clients(),
                today=self._program_today(),
            )
        )
        currencies = self.env["res.currency"]
        return sum(
            self._program_convert(float(amount or 0), currencies.browse(currency_id))
            for currency_id, amount in rows
        )

    def _program_paid_back(self, margins, costs):
        return self._program_figure(
            "return",
            self.env._("Return"),
            self.env._("Margin from roadmaps / cost of the free time, over twelve months"),
            self.env._("Keeps the program alive."),
            [ratio(*pair) for pair in zip(margins, costs, strict=True)],
            unit="number",
            target=3,
            action=self._program_action(
                self.env._("Orders from roadmaps"),
                "sale.order",
                self._program_of_clients(*self._program_orders()),
            ),
        )

    def _program_loyalty(self):
        """Promoters less detractors among the answers of the twelve months before each day."""
        rows = self._program_by_day(
            SQL(
                """
                SELECT d.day, COUNT(*) FILTER (WHERE x.figure >= %s),
                       COUNT(*) FILTER (WHERE x.figure <= %s), COUNT(*)
                  FROM %s
                  JOIN (%s) x ON x.day <= d.day AND x.day > d.day - interval '12 months'
                 WHERE x.roadmap_id IN %s
                 GROUP BY d.day
                """,
                PROMOTER,
                DETRACTOR,
                self._program_sql_days(),
                self._sql_loyalty(),
                self._program_everyone(),
            ),
            width=3,
        )
        return self._program_figure(
            "loyalty",
            self.env._("Would recommend us"),
            self.env._("Of the answers from 0 to 10 in twelve months: the share of 9 and 10 less"
                       " the share of 6 and below, -100 to 100"),
            self.env._("What clients say when asked once a year."),
            [share(row[0] - row[1], row[2]) for row in rows],
            unit="count",
            target=50,
            note=self.env._("%s answers", rows[-1][2]),
            action=self._program_action(
                self.env._("Answers to the question"),
                "roadmap.answer",
                self._program_of_clients(
                    ("question_id.code", "in", self._loyalty_codes()),
                    ("state", "!=", "unanswered"),
                    ("assessment_id.submitted_on", ">=", self._program_since()),
                ),
                ("list", "form"),
            ),
        )  # fmt: skip
