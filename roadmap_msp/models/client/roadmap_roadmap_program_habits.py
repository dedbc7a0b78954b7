from odoo import models
from odoo.tools import SQL

from ...rules.program import share

#: A topic should be decided so many days after it was opened.
DECIDED_DAYS = 90
#: The clients longest without a meeting, who stand behind the figure.
WORST = 10


class RoadmapRoadmap(models.Model):
    """The owner's page: the rhythm of meetings and what is decided in them."""

    _inherit = "roadmap.roadmap"

    def _program_habits(self, held):
        return [
            self._program_moves(held),
            self._program_days_since(),
            self._program_second(),
            self._program_minutes(held),
            self._program_decided(),
            self._program_past_review(),
        ]

    def _program_moves(self, held):
        rows = self._program_by_month(
            SQL(
                """
                SELECT date_trunc('month', create_date)::date, COUNT(*)
                  FROM roadmap_meeting_move WHERE roadmap_id IN %s GROUP BY 1
                """,
                self._program_everyone(),
            )
        )
        trend = [
            moves / row[1] if row[1] else None for (moves,), row in zip(rows, held, strict=True)
        ]
        return self._program_figure(
            "moves",
            self.env._("Moves per meeting held"),
            self.env._("Moves / meetings held, over twelve months"),
            self.env._("Shows whether the rhythm suits the client."),
            trend,
            unit="number",
            target=0.5,
            better="less",
            action=self._program_action(
                self.env._("Moves"),
                "roadmap.meeting.move",
                self._program_of_clients(("create_date", ">=", self._program_since())),
                ("list",),
            ),
        )

    def _program_days_since(self):
        """Days since the last meeting that counted, else since the start: the median client."""
        rows = self._program_by_day(
            SQL(
                """
                SELECT d.day, percentile_cont(0.5) WITHIN GROUP (
                           ORDER BY d.day - COALESCE(
                               (SELECT MAX(m.held_on) FROM roadmap_meeting m
                                 WHERE m.roadmap_id = r.id AND m.counts AND m.held_on <= d.day),
                               r.started_on))
                  FROM %s
                  JOIN roadmap_roadmap r ON r.id IN %s AND r.started_on <= d.day
                 GROUP BY d.day
                """,
                self._program_sql_days(),
                self._program_clients(("entitlement", "=", "entitled")),
            )
        )
        worst = self._program_longest_unmet()
        return self._program_figure(
            "days_since",
            self.env._("Days since the last meeting"),
            self.env._("Median over entitled clients; before the first meeting, since the start"),
            self.env._("An early warning; the ten who wait longest stand behind it."),
            [days for (days,) in rows],
            unit="days",
            target=45,
            better="less",
            note=self.env._("the longest: %(client)s, %(days)s days",
                            client=worst[0][1], days=worst[0][2]) if worst else "",
            action=self._program_action(
                self.env._("Longest without a meeting"),
                "roadmap.roadmap",
                [("id", "in", [row[0] for row in worst])],
                ("list", "form"),
            ),
        )  # fmt: skip

    def _program_longest_unmet(self):
        """(id, name, days) of the ten entitled clients who wait longest, the worst first."""
        return self.env.execute_query(
            SQL(
                """
                SELECT r.id, r.name, %(today)s - COALESCE(MAX(m.held_on), r.started_on) AS days
                  FROM roadmap_roadmap r
                  LEFT JOIN roadmap_meeting m ON m.roadmap_id = r.id AND m.counts
                                             AND m.held_on <= %(today)s
                 WHERE r.id IN %(clients)s AND r.started_on <= %(today)s
                 GROUP BY r.id
                 ORDER BY days DESC, r.id
                 LIMIT %(worst)s
                """,
                today=self._program_today(),
                clients=self._program_clients(("entitlement", "=", "entitled")),
                worst=WORST,
            )
        )

    def _program_second(self):
        rows = self._program_by_day(
            SQL(
                """
                SELECT day, COUNT(*) FILTER (WHERE meetings > 1), COUNT(*),
                       ARRAY_AGG(roadmap_id) FILTER (WHERE meetings = 1 AND day = %(today)s)
                  FROM (SELECT d.day, m.roadmap_id, COUNT(*) AS meetings
                          FROM %(days)s
                          JOIN roadmap_meeting m ON m.counts AND m.held_on <= d.day
                         WHERE m.roadmap_id IN %(clients)s
                         GROUP BY d.day, m.roadmap_id) client
                 GROUP BY day
                """,
                today=self._program_today(),
                days=self._program_sql_days(),
                clients=self._program_clients(),
            ),
            width=3,
        )
        return self._program_figure(
            "second",
            self.env._("Second meeting rate"),
            self.env._("Clients met twice or more / clients met at all"),
            self.env._("The habit starts at the second meeting."),
            [share(*row[:2]) for row in rows],
            target=85,
            action=self._program_action(
                self.env._("Met once so far"),
                "roadmap.roadmap",
                [("id", "in", rows[-1][2] or [])],
            ),
        )

    def _program_minutes(self, held):
        return self._program_figure(
            "minutes",
            self.env._("Minutes within a day"),
            self.env._("Minutes sent by the day after the meeting / held, over twelve months"),
            self.env._("Memory fades."),
            [share(row[3], row[1]) for row in held],
            target=95,
            action=self._program_meeting_action(
                self.env._("Held, minutes not sent"),
                ("state", "in", ["held", "closed"]),
                ("held_on", ">=", self._program_since()),
                ("minutes_sent_on", "=", False),
            ),
        )

    def _program_decided(self):
        """Topics opened in the last twelve months that a decision followed in time.

        One that was deferred and came back is the same topic.
        """
        rows = self._program_by_month(
            SQL(
                """
                WITH RECURSIVE chain AS (
                    SELECT id AS root, id, create_date::date AS opened, decided_on
                      FROM roadmap_meeting_topic
                     WHERE roadmap_id IN %s AND previous_id IS NULL
                     UNION ALL
                    SELECT c.root, t.id, c.opened, t.decided_on
                      FROM chain c
                      JOIN roadmap_meeting_topic t ON t.previous_id = c.id)
                SELECT date_trunc('month', opened)::date, COUNT(DISTINCT root),
                       COUNT(DISTINCT root) FILTER (WHERE decided_on <= opened + %s)
                  FROM chain
                 GROUP BY 1
                """,
                self._program_everyone(),
                DECIDED_DAYS,
            ),
            width=2,
        )
        return self._program_figure(
            "decided",
            self.env._("Decision rate"),
            self.env._("Topics decided within 90 days / topics opened, over twelve months"),
            self.env._("Deferral must end."),
            [share(row[1], row[0]) for row in rows],
            target=60,
            action=self._program_action(
                self.env._("Topics not decided"),
                "roadmap.meeting.topic",
                self._program_of_clients(
                    ("state", "in", ["open", "deferred"]),
                    ("create_date", ">=", self._program_since()),
                    ("next_ids", "=", False),
                ),
            ),
        )

    def _program_past_review(self):
        domain = self._program_of_clients(
            ("state", "=", "deferred"),
            ("review_on", "<", self._program_today()),
            ("next_ids", "=", False),
        )
        rows = self._program_by_day(
            SQL(
                """
                SELECT d.day, COUNT(*)
                  FROM %s
                  JOIN roadmap_meeting_topic t ON t.state = 'deferred' AND t.review_on < d.day
                 WHERE t.roadmap_id IN %s AND NOT EXISTS (
                       SELECT 1 FROM roadmap_meeting_topic n
                        WHERE n.previous_id = t.id AND n.create_date < d.day + 1)
                 GROUP BY d.day
                """,
                self._program_sql_days(),
                self._program_everyone(),
            )
        )
        return self._program_figure(
            "past_review",
            self.env._("Deferred past their date"),
            self.env._("Deferred topics whose date passed without coming back onto an agenda"),
            self.env._("Nothing is forgotten."),
            [count for (count,) in rows],
            unit="count",
            target=0,
            better="less",
            action=self._program_action(
                self.env._("Deferred past their date"), "roadmap.meeting.topic", domain
            ),
        )
