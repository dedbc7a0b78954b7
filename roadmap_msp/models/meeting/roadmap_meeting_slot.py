from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...rules import slots as rule
from .roadmap_meeting import OPEN_STATES, midnight

#: Clients neither take nor give up a time nearer than this: we would not notice any more.
NOTICE = timedelta(hours=24)
#: So far after the due date (or today) the calendar is open to the client.
WINDOW_DAYS = 42


class RoadmapMeeting(models.Model):
    """Times at which the host and everybody who must be there are free; the client takes one."""

    _inherit = "roadmap.meeting"

    required_user_ids = fields.Many2many(
        "res.users",
        "roadmap_meeting_required_rel",
        string="Must Be There",
        groups="base.group_user",
        help="Besides the host: only times at which they are free too are offered to the client.",
    )

    def _slot_window(self):
        """`(first, last)`: the naive UTC moments between which a client may choose."""
        self.ensure_one()
        now = fields.Datetime.now()
        due = datetime.combine(self.due_date, time.min)
        return now + NOTICE, max(now, due) + timedelta(days=WINDOW_DAYS)

    def _free_slots(self, begin, end):
        """Beginnings of the free times between two naive UTC moments, within the window."""
        self.ensure_one()
        first, last = self.sudo()._slot_window()
        return self._free_times(max(begin, first), min(end, last))

    def _free_times(self, begin, end, hours=None):
        """Beginnings of the times between two naive UTC moments at which all of us are free.

        :param hours: the length; the meeting's own without one
        """
        self.ensure_one()
        meeting = self.sudo()
        people = meeting._our_people()
        if not people or begin >= end:
            return []
        # A meeting that begins in the span may end after it.
        until = end + timedelta(days=1)
        free = [(begin, until)]
        for user in people:
            free = rule.common(free, meeting._work_spans(user, begin, until))
        free = rule.without(free, meeting._busy_spans(people, begin, until))
        length = timedelta(hours=hours or meeting.duration or 1.0)
        return rule.slots(free, length, begin, end)

    def _work_spans(self, user, begin, end):
        """The working hours of a user, days off cut out, as naive UTC spans."""
        company = self.company_id
        user = user.with_company(company)
        resource = user.resource_ids.filtered(lambda row: row.company_id == company)[:1]
        hours = resource.calendar_id or company.resource_calendar_id
        if not hours:
            return [(begin, end)]
        span = [pytz.utc.localize(moment) for moment in (begin, end)]
        zone = None if resource else pytz.timezone(user.tz or hours.tz or "UTC")
        found = hours._work_intervals_batch(*span, resources=resource or None, tz=zone)
        return [
            tuple(moment.astimezone(pytz.utc).replace(tzinfo=None) for moment in row[:2])
            for row in found[resource.id]
        ]

    def _busy_spans(self, people, begin, end):
        """What the calendars of the people hold, this meeting's own event left out."""
        events = self.env["calendar.event"].search_fetch(
            [
                ("attendee_ids", "any", self._domain_attending(people)),
                ("start", "<", end + timedelta(days=1)),
                ("stop", ">", begin - timedelta(days=1)),
                ("show_as", "=", "busy"),
                ("id", "!=", self.event_id.id),
            ],
            ["start", "stop", "allday", "start_date", "stop_date"],
        )
        return [self._span_of(event) for event in events]

    def _domain_attending(self, people):
        return [("partner_id", "in", people.partner_id.ids), ("state", "!=", "declined")]

    def _span_of(self, event):
        """The event's time; a whole day, which Odoo keeps as a date, is that of the host's zone."""
        if not event.allday:
            return event.start, event.stop
        zone = self._timezone()
        return (
            midnight(zone, event.start_date),
            midnight(zone, event.stop_date + timedelta(days=1)),
        )

    def _lock_people(self):
        """Let two bookings with one colleague follow each other.

        A written row, not only a locked one: the second booking waits and is then told by the
        database to start over, so that it sees the first one's event.
        """
        ids = tuple(sorted(self.sudo()._our_people().ids))
        if ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE res_users SET write_date = write_date WHERE id IN"
                    " (SELECT id FROM res_users WHERE id IN %s ORDER BY id FOR NO KEY UPDATE)",
                    ids,
                )
            )

    def _may_choose(self):
        """Whether the client may take or change the time of this meeting by itself."""
        self.ensure_one()
        meeting = self.sudo()
        if meeting.state not in OPEN_STATES or not meeting._our_people():
            return False
        return not meeting.start or meeting.start >= fields.Datetime.now() + NOTICE

    def _choose_slot(self, start, partner, reason=None):
        """Book the time that a contact of the client chose, if it is still free.

        :param start: naive UTC, one of `_free_slots`
        :param reason: why a meeting that was booked moves; required then
        :raise UserError: taken meanwhile, too late, or no reason given
        """
        self.ensure_one()
        meeting = self.sudo()
        meeting._lock_people()
        meeting._check_choice(start, reason)
        before = meeting.start
        length = timedelta(hours=meeting.duration or 1.0)
        invited = meeting._client_contacts(meeting.event_id.partner_ids) or (
            meeting._invited_contacts() | partner
        )
        meeting._set_time(start, start + length, partner, reason, invited | partner)
        meeting._tell_choice(before, partner, reason)

    def _check_choice(self, start, reason):
        if not self._may_choose():
            raise UserError(
                self.env._("This time can no longer be changed here. Please call or write to us.")
            )
        if self.start and not (reason or "").strip():
            raise UserError(
                self.env._("Please say in a few words why the meeting moves: we plan around it.")
            )
        if start not in self._free_slots(start, start + timedelta(minutes=1)):
            raise UserError(
                self.env._("Somebody has just taken that time. Please choose another one.")
            )

    def _tell_choice(self, before, partner, reason):
        """Leave a note on the client: whoever looks after it did not make this appointment."""
        moments = {
            name: moment and self._local(moment).strftime("%Y-%m-%d %H:%M")
            for name, moment in (("old", before), ("new", self.start))
        }
        text = (
            self.env._(
                "%(contact)s moved '%(meeting)s' from %(old)s to %(new)s: %(reason)s",
                contact=partner.name,
                meeting=self.name,
                reason=reason,
                **moments,
            )
            if before
            else self.env._(
                "%(contact)s chose %(new)s for '%(meeting)s'",
                contact=partner.name,
                meeting=self.name,
                new=moments["new"],
            )
        )
        self.roadmap_id._message_log(body=text, author_id=partner.id)
