from odoo import models
from odoo.tools import SQL

from ...rules.program import share
from .fiscal_sql import sql_fiscal_year, sql_month

#: A score is good from here on; until then it should rise so much in a quarter.
GOOD_SCORE, STEP, MONTHS_A_QUARTER = 80, 5, 3


class RoadmapRoadmap(models.Model):
    """The owner's page: what is known of clients, and what was agreed with them."""

    _inherit = "roadmap.roadmap"

    def _program_advice(self):
        return [
            self._program_answered(),
            self._program_form_days(),
            self._program_score(),
            self._program_critical(),
            self._program_budgets(),
            self._program_accuracy(),
        ]

    def _program_answered(self):
        groups = self.env["roadmap.answer"]._read_group(
            self._program_of_clients(
                ("hidden", "=", False),
                ("assessment_id.state", "not in", ["draft", "cancelled"]),
            ),
            ["state"],
            ["__count"],
        )
        asked = sum(count for _state, count in groups)
        answered = sum(count for state, count in groups if state in ("answered", "verified"))
        return self._program_figure(
            "answered",
            self.env._("Questionnaires filled in"),
            self.env._("Answers given / questions asked, in all questionnaires sent"),
            self.env._("The basis of the plan."),
            self._program_past_ratio(
                "answered_count", "asked_count", share(answered, asked), share
            ),
            target=85,
            action=self._program_action(
                self.env._("Questionnaires at the client"),
                "roadmap.assessment",
                self._program_of_clients(("state", "in", ["sent", "in_progress"])),
            ),
        )

    def _program_form_days(self):
        rows = self._program_by_day(
            SQL(
                """
                SELECT d.day, percentile_cont(0.5) WITHIN GROUP (
                           ORDER BY EXTRACT(EPOCH FROM a.submitted_on - a.sent_on) / 86400)
                  FROM %s
                  JOIN roadmap_assessment a ON a.submitted_on < d.day + 1
                                           AND a.submitted_on >= d.day - interval '12 months'
                 WHERE a.roadmap_id IN %s AND a.sent_on <= a.submitted_on
                 GROUP BY d.day
                """,
                self._program_sql_days(),
                self._program_everyone(),
            )
        )
        return self._program_figure(
            "form_days",
            self.env._("Days to fill in a questionnaire"),
            self.env._("Median from sent to submitted, over twelve months"),
            self.env._("Stalls show here."),
            [days or None for (days,) in rows],
            unit="days",
            target=21,
            better="less",
            action=self._program_action(
                self.env._("Questionnaires submitted"),
                "roadmap.assessment",
                self._program_of_clients(("submitted_on", ">=", self._program_since())),
            ),
        )

    def _program_score(self):
        """The average of each client's newest score, at each day of the trend."""
        rows = self._program_by_day(
            SQL(
                """
                SELECT day, AVG(score)
                  FROM (SELECT DISTINCT ON (d.day, a.roadmap_id) d.day, a.score
                          FROM %s
                          JOIN roadmap_assessment a ON a.is_scored AND a.submitted_on < d.day + 1
                         WHERE a.roadmap_id IN %s
                         ORDER BY d.day, a.roadmap_id, a.submitted_on DESC) newest
                 GROUP BY day
                """,
                self._program_sql_days(),
                self._program_clients(),
            )
        )
        trend = [float(score) if score else None for (score,) in rows]
        now, before = trend[-1], trend[-1 - MONTHS_A_QUARTER]
        change = now - before if now is not None and before is not None else None
        return self._program_figure(
            "score",
            self.env._("Average score"),
            self.env._("Average of each client's newest questionnaire, 0 to 100; the change: less"
                       " the average of three months ago"),
            self.env._("Progress becomes visible."),
            trend,
            unit="count",
            target=self.env._("at least %(score)s, or %(points)s points more each quarter",
                              score=GOOD_SCORE, points=STEP),
            met=None if now is None else now >= GOOD_SCORE or (change or 0) >= STEP,
            note="" if change is None else self.env._("%s points in a quarter", f"{change:+.0f}"),
            action=self._program_action(
                self.env._("Clients by score"),
                "roadmap.roadmap",
                self._program_clients_domain(),
                ("list", "form"),
            ),
        )  # fmt: skip

    def _program_critical(self):
        domain = self._program_of_clients(
            ("risk", "=", "critical"), ("state", "=", "open"), ("kind", "!=", "check")
        )
        findings = self.env["roadmap.finding"]
        ((count, oldest),) = findings._read_group(domain, [], ["__count", "create_date:min"])
        days = (self._program_today() - oldest.date()).days if oldest else 0
        return self._program_figure(
            "critical",
            self.env._("Open critical findings"),
            self.env._("Findings of critical risk that nobody planned, accepted or dismissed"),
            self.env._("Our duty of care."),
            self._program_past("critical_count", count),
            unit="count",
            target=0,
            better="less",
            note=self.env._("the oldest is %s days old", days) if count else "",
            action=self._program_action(
                self.env._("Open critical findings"), "roadmap.finding", domain
            ),
        )

    def _program_budgets(self):
        """Entitled clients whose budget of the running fiscal year is signed."""
        entitled = ("entitlement", "=", "entitled")
        rows = self._program_by_day(
            SQL(
                """
                SELECT d.day, COUNT(DISTINCT b.roadmap_id), COUNT(DISTINCT r.id),
                       ARRAY_AGG(b.id) FILTER (WHERE b.state = 'approved')
                  FROM %(days)s
                  JOIN roadmap_roadmap r ON r.id IN %(clients)s
                  LEFT JOIN roadmap_budget b ON b.roadmap_id = r.id AND b.fiscal_year = %(year)s
                   AND COALESCE(b.approved_on, b.create_date) < d.day + 1
                   AND (b.state = 'approved'
                        OR (b.state = 'superseded' AND b.approved_on IS NOT NULL
                            AND d.day < %(today)s))
                 GROUP BY d.day
                """,
                days=self._program_sql_days(),
                year=sql_fiscal_year(sql_month(SQL("d.day")), SQL("r.fiscal_year_start::integer")),
                clients=self._program_clients(entitled),
                today=self._program_today(),
            ),
            width=3,
        )
        signed, count, budget_ids = rows[-1]
        return self._program_figure(
            "budgets",
            self.env._("Clients with a signed budget"),
            self.env._("Entitled clients with an approved budget of this fiscal year / entitled"),
            self.env._("Our core promise."),
            [share(*row[:2]) for row in rows],
            target=70,
            note=self.env._("%(signed)s of %(all)s clients", signed=signed, all=count),
            action=self._program_action(
                self.env._("Approved budgets"),
                "roadmap.budget",
                self._program_of_clients(("id", "in", budget_ids or [])),
            ),
        )

    def _program_accuracy(self):
        """The average of budgets closed in the twelve months before each day."""
        rows = self._program_by_day(
            SQL(
                """
                SELECT d.day, AVG(GREATEST(0, 1 - ABS(b.actual - b.plan) / b.plan)), COUNT(*)
                  FROM %s
                  JOIN (SELECT b.closed_on, SUM(l.amount) AS plan,
                               SUM(l.amount + l.variance) AS actual
                          FROM roadmap_budget b
                          JOIN roadmap_budget_line l ON l.budget_id = b.id
                           AND l.fiscal_year = b.fiscal_year
                         WHERE b.closed_on IS NOT NULL AND b.roadmap_id IN %s
                         GROUP BY b.id, b.closed_on
                        HAVING SUM(l.amount) > 0) b
                    ON b.closed_on <= d.day AND b.closed_on > d.day - interval '12 months'
                 GROUP BY d.day
                """,
                self._program_sql_days(),
                self._program_everyone(),
            ),
            width=2,
        )
        return self._program_figure(
            "accuracy",
            self.env._("Budget accuracy"),
            self.env._("1 less the difference of actual and plan / plan, averaged over the"
                       " budgets closed in twelve months; one-off and recurring money of the year"
                       " together"),
            self.env._("Builds trust."),
            [100.0 * float(row[0]) if row[1] else None for row in rows],
            target=85,
            note=self.env._("%s budgets closed", rows[-1][1]),
            action=self._program_action(
                self.env._("Closed budgets"),
                "roadmap.budget",
                self._program_of_clients(("closed_on", ">=", self._program_since())),
            ),
        )  # fmt: skip
