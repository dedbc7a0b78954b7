from datetime import timedelta

from odoo import fields, models
from odoo.tools import format_date

from ..client.roadmap_stakeholder import PLAN_ROLES

#: So long minutes stand on the To do page.
FRESH_DAYS = 21


class RoadmapRoadmap(models.Model):
    """What meetings put onto the client's To do page."""

    _inherit = "roadmap.roadmap"

    def _portal_todo_meeting(self, partner, roles):
        """A time to choose and fresh minutes to read, for those who may."""
        self.ensure_one()
        if not PLAN_ROLES & set(roles):
            return []
        meetings = (
            self.env["roadmap.meeting"]
            .sudo()
            .search(
                [
                    ("roadmap_id", "=", self.id),
                    (
                        "minutes_sent_on",
                        ">=",
                        fields.Datetime.now() - timedelta(days=FRESH_DAYS),
                    ),
                ],
                order="held_on desc",
            )
        )
        return self._portal_todo_times() + [
            {
                "sequence": 50,
                "icon": "fa-file-text-o",
                "title": self.env._(
                    "Minutes of %(day)s",
                    day=format_date(self.env, meeting.held_on, date_format="d MMM y"),
                ),
                "detail": meeting.name,
                "url": meeting.access_url,
                "done": False,
            }
            for meeting in meetings
        ]

    def _portal_todo_times(self):
        """Meetings whose time is to be found by now, for the client to choose it."""
        today = fields.Date.context_today(self)
        meetings = (
            self.env["roadmap.meeting"]
            .sudo()
            .search(
                [
                    ("roadmap_id", "=", self.id),
                    ("state", "=", "to_book"),
                    "|",
                    ("book_on", "=", False),
                    ("book_on", "<=", today),
                ],
                order="due_date, id",
            )
        )
        return [
            {
                "sequence": 15,
                "icon": "fa-calendar-plus-o",
                "title": self.env._("Choose a time"),
                "detail": meeting.name,
                "url": f"{meeting.access_url}/times",
                "done": False,
            }
            for meeting in meetings
            if meeting._may_choose()
        ]
