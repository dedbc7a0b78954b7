from odoo import api, models
from odoo.fields import Command
from odoo.tools import SQL, format_datetime

from ...rules import cadence as rule
from .roadmap_meeting import OPEN_STATES
from .roadmap_meeting_move import MoveNote


class RoadmapMeeting(models.Model):
    """The calendar event is the truth about the time; its every change comes here."""

    _inherit = "roadmap.meeting"

    def _sync_with_event(self):
        """Take over what became of the calendar event; repeating it changes nothing.

        The newest active event that points here is the appointment. A meeting that was held keeps
        its state. A time in the past is accepted, since calendars on phones sync late: the meeting
        then waits to be marked as held.
        """
        for meeting in self.sudo().exists():
            event = meeting._newest_event()
            if meeting.state not in OPEN_STATES:
                continue
            if event:
                meeting._take_time(event)
            elif meeting.state == "booked":
                meeting._lose_time()

    def _newest_event(self):
        self.ensure_one()
        return (
            self.env["calendar.event"]
            .sudo()
            .search(
                [("roadmap_meeting_id", "=", self.id), ("active", "=", True)],
                order="id desc",
                limit=1,
            )
        )

    def _take_time(self, event):
        self.ensure_one()
        before, same_event = self.start, self.event_id == event
        same_time = (self.start, self.stop) == (event.start, event.stop)
        if same_event and same_time and self.state == "booked":
            return
        self.write(
            {
                "state": "booked",
                "event_id": event.id,
                "start": event.start,
                "stop": event.stop,
                "duration": event.duration or self.duration,
                "user_id": event.user_id.id or self.user_id.id,
                "attendee_ids": [Command.set(event.partner_ids.ids)],
            }
        )
        if not event.opportunity_id:
            # Set afterwards: as a default it would make a second activity on the opportunity.
            self._assign_opportunity()
            event.opportunity_id = self.opportunity_id
        others = self.env["calendar.event"].search(
            [("roadmap_meeting_id", "=", self.id), ("id", "!=", event.id)]
        )
        others.roadmap_meeting_id = False
        when = format_datetime(self.env, event.start, tz=self._timezone(), dt_format="medium")
        self._close_booking(self.env._("Booked for %(when)s", when=when))
        if before and not same_time:
            self._log_move(before, event.start, self.env._("Moved in the calendar"))
        self._collect_topics()
        self._prepare_invitations(moved=bool(before) and not same_time)

    def _lose_time(self):
        """The event is gone: back to "to book", with the old time in the history."""
        self.ensure_one()
        before = self.start
        self.write({"state": "to_book", "event_id": False, "start": False, "stop": False})
        self._log_move(before, False, self.env._("Calendar event deleted or archived"))
        self._cancel_mails(("meeting",))
        self._schedule_booking(soon=True)

    def _log_move(self, old, new, reason):
        """Keep the old time, who moved it and why; count it if it moved to another day."""
        self.ensure_one()
        note = MoveNote.of(self.env)
        self.env["roadmap.meeting.move"].sudo().create(
            {
                "meeting_id": self.id,
                "date_from": old,
                "date_to": new,
                # A contact who moves it by a link is logged in as nobody.
                "user_id": note.user_id or (not note.partner_id and self.env.uid),
                "partner_id": note.partner_id,
                "reason": note.reason or reason,
            }
        )
        days = [moment.date() if moment else None for moment in map(self._local, (old, new))]
        if rule.is_slip(*days):
            self.slip_count += 1
            self._alert_slipping()

    @api.model
    def _reconcile_events(self):
        """Find booked meetings whose event was changed by SQL and take over what is left of it."""
        self.env["calendar.event"].flush_model(["active", "start", "stop", "roadmap_meeting_id"])
        self.flush_model(["state", "event_id", "start", "stop"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.id
                  FROM roadmap_meeting m
             LEFT JOIN calendar_event e
                    ON e.id = m.event_id AND e.active AND e.roadmap_meeting_id = m.id
                 WHERE m.state = 'booked'
                   AND (e.id IS NULL OR e.start IS DISTINCT FROM m.start
                        OR e.stop IS DISTINCT FROM m.stop)
                 ORDER BY m.id
                """
            )
        )
        self.browse(row[0] for row in rows)._sync_with_event()
