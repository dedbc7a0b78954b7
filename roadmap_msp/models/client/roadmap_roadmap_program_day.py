from odoo import models
from odoo.tools import SQL

from ...rules.program import share

#: Days within which a poor rating is answered by a call.
ANSWER_DAYS = 7


class RoadmapRoadmap(models.Model):
    """The owner's page: is the day worked off in its order, and is feedback answered.

    Of the team as a whole: no figure here names a person.
    """

    _inherit = "roadmap.roadmap"

    def _program_day(self):
        kinds = [
            self.env.ref(f"roadmap_msp.activity_type_{name}").id
            for name in ("poor_rating", "poor_year")
        ]
        late, poor = self._program_waiting(kinds)
        return [
            self._program_calls(late),
            self._program_order(),
            self._program_answered_feedback(kinds, poor),
        ]

    def _program_waiting(self, kinds):
        """Ids of the calls that are late, and of the open activities of some kinds."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, activity_type_id IN %s FROM (%s) x WHERE roadmap_id IN %s ORDER BY id
                """,
                tuple(kinds),
                self._sql_activities(
                    SQL("a.active"),
                    SQL(
                        "((k.category = 'phonecall' AND a.date_deadline < %s)"
                        " OR a.activity_type_id IN %s)",
                        self._program_today(),
                        tuple(kinds),
                    ),
                ),
                self._program_everyone(),
            )
        )
        return [[id_ for id_, is_poor in rows if is_poor == wanted] for wanted in (False, True)]

    def _sql_activities(self, *conditions):
        """Rows of activities (a) with the client that they are about (roadmap_id)."""
        return SQL(
            """
            SELECT a.*, COALESCE(l.roadmap_id, m.roadmap_id, i.roadmap_id,
                   CASE WHEN a.res_model = 'roadmap.roadmap' THEN a.res_id END) AS roadmap_id
              FROM mail_activity a
              JOIN mail_activity_type k ON k.id = a.activity_type_id
              LEFT JOIN crm_lead l ON a.res_model = 'crm.lead' AND l.id = a.res_id
              LEFT JOIN roadmap_meeting m ON a.res_model = 'roadmap.meeting' AND m.id = a.res_id
              LEFT JOIN roadmap_item i ON a.res_model = 'roadmap.item' AND i.id = a.res_id
             WHERE a.res_model IN ('crm.lead', 'roadmap.meeting', 'roadmap.item', 'roadmap.roadmap')
               AND %s
            """,
            SQL(" AND ").join(conditions),
        )

    def _program_calls(self, late):
        """Calls by the month in which they were due."""
        rows = self._program_by_month(
            SQL(
                """
                SELECT date_trunc('month', date_deadline)::date,
                       COUNT(*) FILTER (WHERE NOT active OR date_deadline < %s),
                       COUNT(*) FILTER (WHERE NOT active AND date_done <= date_deadline)
                  FROM (%s) x WHERE roadmap_id IN %s
                 GROUP BY 1
                """,
                self._program_today(),
                self._sql_activities(
                    SQL("k.category = 'phonecall'"),
                    SQL("a.date_deadline <= %s", self._program_today()),
                ),
                self._program_everyone(),
            ),
            width=2,
        )
        return self._program_figure(
            "calls",
            self.env._("Calls made in time"),
            self.env._("Calls made by their day / calls that were due, over twelve months; a call"
                       " that was put off counts by its new day"),
            self.env._("The first task of the day."),
            [share(row[1], row[0]) for row in rows],
            target=95,
            action=self._program_action(
                self.env._("Calls that are late"),
                "mail.activity",
                [("id", "in", late)],
                ("list", "form"),
            ),
        )  # fmt: skip

    def _program_order(self):
        """Days of a person on which calls were made and quotations sent, by month."""
        rows = self._program_by_month(
            SQL(
                """
                SELECT date_trunc('month', c.day)::date, COUNT(*),
                       COUNT(*) FILTER (WHERE c.last_call <= q.first_quote)
                  FROM (SELECT user_id, write_date::date AS day, MAX(write_date) AS last_call
                          FROM (%(calls)s) x WHERE roadmap_id IN %(clients)s
                         GROUP BY 1, 2) c
                  JOIN (SELECT COALESCE(i.quote_user_id, r.account_manager_id) AS user_id,
                               i.sent_on::date AS day, MIN(i.sent_on) AS first_quote
                          FROM roadmap_item i
                          JOIN roadmap_roadmap r ON r.id = i.roadmap_id
                         WHERE i.sent_on IS NOT NULL AND i.roadmap_id IN %(clients)s
                         GROUP BY 1, 2) q
                    ON q.user_id = c.user_id AND q.day = c.day
                 GROUP BY 1
                """,
                calls=self._sql_activities(
                    SQL("k.category = 'phonecall'"),
                    SQL("NOT a.active AND a.date_done = a.write_date::date"),
                ),
                clients=self._program_everyone(),
            ),
            width=2,
        )
        return self._program_figure(
            "order",
            self.env._("Calls before quotations"),
            self.env._("Days on which the last call was made before the first quotation left / days"
                       " with both, over twelve months"),
            self.env._("The order of the day keeps clients waiting least."),
            [share(row[1], row[0]) for row in rows],
            target=90,
            note=self.env._("%s days with both", rows[-1][0]),
            action=self._program_action(
                self.env._("Quotations sent"),
                "roadmap.item",
                self._program_of_clients(("sent_on", ">=", self._program_since())),
            ),
        )  # fmt: skip

    def _program_answered_feedback(self, kinds, poor):
        """Calls after a poor rating or figure, by the month in which they were opened."""
        rows = self._program_by_month(
            SQL(
                """
                SELECT date_trunc('month', create_date)::date, COUNT(*),
                       COUNT(*) FILTER (WHERE NOT active AND date_done <= create_date::date + %s)
                  FROM (%s) x WHERE roadmap_id IN %s
                 GROUP BY 1
                """,
                ANSWER_DAYS,
                self._sql_activities(SQL("a.activity_type_id IN %s", tuple(kinds))),
                self._program_everyone(),
            ),
            width=2,
        )
        return self._program_figure(
            "answered_feedback",
            self.env._("Poor feedback answered"),
            self.env._("Calls after a poor rating made within 7 days / opened, over twelve months"),
            self.env._("Feedback without an answer stops coming."),
            [share(row[1], row[0]) for row in rows],
            target=90,
            action=self._program_action(
                self.env._("Open calls after poor feedback"),
                "mail.activity",
                [("id", "in", poor)],
                ("list", "form"),
            ),
        )
