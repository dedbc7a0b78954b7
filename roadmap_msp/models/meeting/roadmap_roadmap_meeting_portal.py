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
        """Fresh minutes to read, for those who may read them."""
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
        return [
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
