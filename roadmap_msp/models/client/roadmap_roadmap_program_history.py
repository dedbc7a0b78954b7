from datetime import timedelta

from odoo import models
from odoo.tools import SQL

#: Measures of the snapshots that are money, in the client's currency.
MONEY = ("queue_one_off",)
MEASURES = (
    "answered_count",
    "asked_count",
    "computer_count",
    "computer_years",
    "covered_count",
    "critical_count",
    "duty_count",
    "health",
    "unsupported_count",
    *MONEY,
)
AT_RISK = 50


class RoadmapRoadmap(models.Model):
    """The owner's page: what only the snapshots still know of the months before."""

    _inherit = "roadmap.roadmap"

    def _program_snapshots(self):
        """`{measure: {month: sum}}` of the months of the trend; `at_risk`: a count of clients."""
        days = self.env.context["roadmap_program_days"]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT s.measure, s.month,
                       CASE WHEN s.measure IN %(money)s THEN r.currency_id END,
                       SUM(s.value), COUNT(*) FILTER (WHERE s.value < %(risk)s)
                  FROM roadmap_snapshot s
                  JOIN roadmap_roadmap r ON r.id = s.roadmap_id
                 WHERE s.measure IN %(measures)s AND s.month >= %(first)s AND s.month < %(now)s
                   AND s.roadmap_id IN %(clients)s
                 GROUP BY 1, 2, 3
                """,
                money=MONEY,
                measures=MEASURES,
                risk=AT_RISK,
                first=days[0].replace(day=1),
                now=days[-1].replace(day=1),
                clients=self._program_everyone(),
            )
        )
        found = {}
        for measure, month, currency_id, total, low in rows:
            if measure == "health":
                found.setdefault("at_risk", {})[month] = low
                continue
            currency = self.env["res.currency"].browse(currency_id)
            months = found.setdefault(measure, {})
            months[month] = months.get(month, 0) + self._program_convert(total, currency)
        return found

    def _program_past(self, measure, value=None):
        """A trend that ends with today's value; None for months that nobody kept."""
        months = self.env.context["roadmap_program_snapshots"].get(measure, {})
        days = self.env.context["roadmap_program_days"][:-1]
        return [*(months.get(day.replace(day=1)) for day in days), value]

    def _program_past_ratio(self, part, base, value, of=None):
        """The same of a share (or what `of` makes of part and base) of two measures."""
        pairs = zip(self._program_past(part)[:-1], self._program_past(base)[:-1], strict=True)
        return [*(of(*pair) if None not in pair else None for pair in pairs), value]

    def _program_since(self):
        """The first day of the twelve months that are summed up."""
        return self.env.context["roadmap_program_days"][0] + timedelta(days=1)
