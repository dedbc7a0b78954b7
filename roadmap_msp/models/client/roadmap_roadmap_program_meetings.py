from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ...rules.program import share

COVERED_DAYS = 90
ENTITLED = ("entitlement", "=", "entitled")


class RoadmapRoadmap(models.Model):
    """The owner's page: whether clients are met, and whether it is the right people."""

    _inherit = "roadmap.roadmap"

    def _program_meetings(self, held):
        return [
            self._program_coverage(),
            self._program_untapped(),
            self._program_held_rate(held),
            self._program_present(held),
        ]

    def _program_coverage(self):
        """Entitled clients met in the last ninety days, at each day of the trend."""
        entitled = self.search_count(self._program_clients_domain(ENTITLED))
        rows = self._program_by_day(
            SQL(
                """
                SELECT d.day, COUNT(DISTINCT m.roadmap_id)
                  FROM %s
                  JOIN roadmap_meeting m ON m.counts AND m.held_on <= d.day
                                        AND m.held_on > d.day - %s
                 WHERE m.roadmap_id IN %s
                 GROUP BY d.day
                """,
                self._program_sql_days(),
                COVERED_DAYS,
                self._program_clients(ENTITLED),
            )
        )
        since = self._program_today() - timedelta(days=COVERED_DAYS)
        missing = [("counts", "=", True), ("held_on", ">", since)]
        return self._program_figure(
            "coverage",
            self.env._("Coverage"),
            self.env._("Entitled clients met in the last 90 days / entitled clients"),
            self.env._("A client who is not met is not planned."),
            [share(count, entitled) for (count,) in rows],
            target=80,
            note=self.env._("%(met)s of %(all)s clients", met=rows[-1][0], all=entitled),
            action=self._program_action(
                self.env._("Not met in 90 days"),
                "roadmap.roadmap",
                [
                    *self._program_clients_domain(ENTITLED),
                    "!",
                    ("meeting_ids", "any", missing),
                ],
                ("list", "kanban", "form"),
            ),
            main=True,
        )

    def _program_untapped(self):
        """Entitled clients whom nobody met for the time of the settings (by today's clients)."""
        rows = self._program_by_day(
            SQL(
                """
                SELECT d.day, COUNT(*) FILTER (
                           WHERE r.started_on <= d.day - c.roadmap_untapped_days
                             AND NOT EXISTS (
                                 SELECT 1 FROM roadmap_meeting m
                                  WHERE m.roadmap_id = r.id AND m.counts AND m.held_on <= d.day
                                    AND m.held_on > d.day - c.roadmap_untapped_days)),
                       COUNT(*)
                  FROM %s
                  JOIN roadmap_roadmap r ON r.id IN %s AND r.started_on <= d.day
                  JOIN res_company c ON c.id = r.company_id
                 GROUP BY d.day
                """,
                self._program_sql_days(),
                self._program_clients(ENTITLED),
            ),
            width=2,
        )
        return self._program_figure(
            "untapped",
            self.env._("Untapped clients"),
            self.env._("Entitled clients without a meeting that counts, for as long as the"
                       " settings say / entitled clients"),
            self.env._("This is where work waits that nobody talks about."),
            [share(*row) for row in rows],
            target=10,
            better="less",
            note=self.env._("%(untapped)s of %(all)s clients",
                            untapped=rows[-1][0], all=rows[-1][1]),
            action=self._program_action(
                self.env._("Untapped clients"),
                "roadmap.roadmap",
                [*self._program_clients_domain(ENTITLED), ("is_untapped", "=", True)],
                ("list", "kanban", "form"),
            ),
            main=True,
        )  # fmt: skip

    def _program_held(self):
        """Trailing twelve months: (over, held, decision maker present, minutes within a day)."""
        return self._program_by_month(
            SQL(
                """
                SELECT date_trunc('month', COALESCE(held_on, start, due_date))::date,
                       COUNT(*),
                       COUNT(*) FILTER (WHERE state IN ('held', 'closed')),
                       COUNT(*) FILTER (WHERE counts),
                       COUNT(*) FILTER (WHERE minutes_sent_on::date <= held_on + 1)
                  FROM roadmap_meeting
                 WHERE roadmap_id IN %s
                   AND state IN ('held', 'closed', 'no_show', 'cancelled')
                   AND (start IS NOT NULL OR held_on IS NOT NULL)
                 GROUP BY 1
                """,
                self._program_everyone(),
            ),
            width=4,
        )

    def _program_held_rate(self, held):
        over, count = held[-1][:2]
        return self._program_figure(
            "held_rate",
            self.env._("Held rate"),
            self.env._("Held / booked, over twelve months; missed and called off count as booked"),
            self.env._("Moved dates are where meetings get lost."),
            [share(row[1], row[0]) for row in held],
            target=75,
            note=self.env._("%(held)s of %(all)s meetings", held=count, all=over),
            action=self._program_meeting_action(
                self.env._("Missed or called off"),
                ("state", "in", ["no_show", "cancelled"]),
                ("start", ">=", self._program_since()),
            ),
            main=True,
        )

    def _program_present(self, held):
        count, present = held[-1][1:3]
        return self._program_figure(
            "present",
            self.env._("Decision maker present"),
            self.env._("Meetings held with a decision maker / held, over twelve months"),
            self.env._("Without one, nothing is decided."),
            [share(row[2], row[1]) for row in held],
            target=90,
            note=self.env._("%(present)s of %(held)s meetings", present=present, held=count),
            action=self._program_meeting_action(
                self.env._("Held without a decision maker"),
                ("state", "in", ["held", "closed"]),
                ("counts", "=", False),
                ("held_on", ">=", self._program_since()),
            ),
            main=True,
        )

    def _program_meeting_action(self, name, *leaves):
        return self._program_action(name, "roadmap.meeting", self._program_of_clients(*leaves))
