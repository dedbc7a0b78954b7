from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .roadmap_meeting import midnight

ROW_FIELDS = [
    "book_on",
    "booking_activity_id",
    "due_date",
    "held_on",
    "name",
    "roadmap_id",
    "slip_count",
    "start",
    "state",
    "stop",
]
ORDER = {"today": 0, "to_hold": 1, "to_close": 2, "prepare": 3, "to_book": 4}


class RoadmapRoadmap(models.Model):
    """The third section of the manager's day."""

    _inherit = "roadmap.roadmap"

    def _my_day_meetings(self, today, called, person):
        """Meetings of today, to mark as held, to close, to prepare, and to book.

        `called`: meetings whose booking call stands in the first section already. One whose call
        was put off comes back with it.
        """
        evening = self._my_day_end(today)
        own = Domain("roadmap_id.account_manager_id", "=", person.id)
        mine = own | Domain("user_id", "=", person.id)
        preparing = self._my_day_preparing(today, person)
        meetings = self.env["roadmap.meeting"].search_fetch(
            (own & self._my_day_to_book(today))
            | (mine & self._my_day_to_hold(evening))
            | (Domain("id", "in", list(preparing)) & Domain("state", "in", ("to_book", "booked"))),
            ROW_FIELDS,
            order="id",
        )
        others = meetings.filtered(lambda meeting: meeting.id not in preparing)
        meetings -= self._my_day_put_off(others, today)
        now = fields.Datetime.now()
        rows = [
            self._my_day_meeting_row(meeting, today, now, evening, preparing.get(meeting.id))
            for meeting in meetings
            if meeting.id not in called
        ]
        rows.sort(key=lambda row: (ORDER[row["kind"]], -row["late"], row["id"]))
        return rows

    @api.model
    def _my_day_to_book(self, today):
        """Meetings that the account manager has to book."""
        return Domain("state", "=", "to_book") & Domain("book_on", "<=", today)

    @api.model
    def _my_day_put_off(self, meetings, today):
        """Of meetings to book those whose call waits for a later day."""
        to_book = meetings.sudo().filtered(lambda meeting: meeting.state == "to_book")
        return to_book.filtered(
            lambda meeting: meeting.booking_activity_id.active
            and meeting.booking_activity_id.date_deadline > today
        )

    @api.model
    def _my_day_to_hold(self, evening):
        """Meetings that host and account manager hold, mark as held or close."""
        booked = Domain("state", "=", "booked") & Domain("start", "<", evening)
        return booked | Domain("state", "=", "held")

    def _my_day_meeting_row(self, meeting, today, now, evening, task):
        local = fields.Datetime.context_timestamp(self, meeting.start) if meeting.start else None
        day = local.date() if local else meeting.due_date
        kind = meeting.state
        if kind == "held":
            kind, day = "to_close", meeting.held_on or day
        elif kind == "booked" and meeting.start >= evening:
            kind = "prepare"
        elif kind == "booked":
            kind = "to_hold" if meeting.stop <= now or day < today else "today"
        elif task and meeting.book_on and meeting.book_on > today:
            kind = "prepare"
        return {
            "id": meeting.id,
            "roadmap_id": meeting.roadmap_id.id,
            "client": meeting.roadmap_id.name,
            "name": meeting.name,
            "kind": kind,
            "time": local.strftime("%H:%M") if local and kind == "today" else "",
            "task": task or "",
            "late": (today - day).days,
            "slips": meeting.slip_count,
        }

    def _my_day_preparing(self, today, person):
        """By meeting id the person's next due task of its checklist (calls stand above)."""
        return {
            task.res_id: task.summary or task.activity_type_id.name
            for task in self._my_day_tasks(today, person)
        }

    @api.model
    def _my_day_tasks(self, today, persons):
        """Due activities of meetings that are no calls, the next one last."""
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("user_id", "in", persons.ids),
                    ("date_deadline", "<=", today),
                    ("res_model", "=", "roadmap.meeting"),
                    ("activity_type_id.category", "!=", "phonecall"),
                ],
                order="date_deadline desc, id desc",
            )
        )

    def _my_day_end(self, today):
        """The end of the user's day as naive UTC."""
        return midnight(self.env.user.tz or "UTC", today + timedelta(days=1))

    def _my_day_upcoming(self, roadmaps):
        """By roadmap id the start (user's time zone) of the next booked meeting."""
        groups = self.env["roadmap.meeting"]._read_group(
            [
                ("roadmap_id", "in", roadmaps.ids),
                ("state", "=", "booked"),
                ("start", ">=", fields.Datetime.now()),
            ],
            ["roadmap_id"],
            ["start:min"],
        )
        return {
            roadmap.id: fields.Datetime.context_timestamp(self, start) for roadmap, start in groups
        }
