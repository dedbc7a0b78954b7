from odoo import models
from odoo.tools import SQL

from ...rules.program import share

#: From here down a rating of 1 to 5 is poor: somebody called the client that day.
POOR = 3
#: The question that asks for the day of the last proven restore, and how old a proof may be.
RESTORE, RESTORE_DAYS = "BCK-4", 90


class RoadmapRoadmap(models.Model):
    """The owner's page: what clients say by host, and whether their backup is proven."""

    _inherit = "roadmap.roadmap"

    def _program_hosts(self):
        """Ratings of the last twelve months by who held the meeting; for managers only."""
        if not self.env.user.has_group("roadmap_msp.group_roadmap_manager"):
            return []
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.user_id, AVG(x.rating), COUNT(*), COUNT(*) FILTER (WHERE x.rating <= %s),
                       ARRAY_AGG(x.id)
                  FROM rating_rating x
                  JOIN roadmap_meeting m ON m.id = x.res_id
                 WHERE x.res_model = 'roadmap.meeting' AND x.consumed AND x.rating >= 1
                   AND x.write_date >= %s::date - interval '12 months'
                   AND m.user_id IS NOT NULL AND m.roadmap_id IN %s
                 GROUP BY m.user_id
                """,
                POOR,
                self._program_today(),
                self._program_everyone(),
            )
        )
        names = {user.id: user.name for user in self.env["res.users"].browse(r[0] for r in rows)}
        hosts = [
            {
                "id": user_id,
                "name": names[user_id],
                "average": f"{average:.1f}",
                "count": count,
                "poor": poor,
                "action": self._program_action(
                    self.env._("Feedback on %s", names[user_id]),
                    "rating.rating",
                    [("id", "in", ids)],
                ),
            }
            for user_id, average, count, poor, ids in rows
        ]
        return sorted(hosts, key=lambda host: host["name"].lower())

    def _program_restore(self):
        """At each day: of the clients who told when, how many proved a restore in 90 days."""
        rows = self._program_by_day(
            SQL(
                """
                SELECT day, COUNT(*) FILTER (WHERE proven > day - %s), COUNT(*)
                  FROM (SELECT DISTINCT ON (d.day, a.roadmap_id) d.day, a.value_date AS proven
                          FROM %s
                          JOIN roadmap_answer a ON a.value_date IS NOT NULL
                           AND a.answered_on < d.day + 1 AND a.roadmap_id IN %s
                          JOIN roadmap_question q ON q.id = a.question_id AND q.code = %s
                         ORDER BY d.day, a.roadmap_id, a.answered_on DESC) newest
                 GROUP BY day
                """,
                RESTORE_DAYS,
                self._program_sql_days(),
                self._program_clients(),
                RESTORE,
            ),
            width=2,
        )
        return self._program_figure(
            "restore",
            self.env._("Restore proven"),
            self.env._("Clients whose newest answer to “When was a restore last proven?” lies"
                       " within 90 days / clients with an answer"),
            self.env._("Ties the plan to fact."),
            [share(*row) for row in rows],
            target=95,
            note=self.env._("%(proven)s of %(all)s clients", proven=rows[-1][0], all=rows[-1][1]),
            action=self._program_action(
                self.env._("When a restore was proven"),
                "roadmap.answer",
                self._program_of_clients(
                    ("question_id.code", "=", RESTORE), ("value_date", "!=", False)
                ),
                ("list", "form"),
            ),
        )  # fmt: skip
