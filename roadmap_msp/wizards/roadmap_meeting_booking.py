from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import format_datetime

from ..rules import cadence as rule


class RoadmapMeetingBooking(models.TransientModel):
    """The small window in which an appointment is made or moved."""

    _name = "roadmap.meeting.booking"
    _description = "Book a Roadmap Meeting"
    _inherit = "roadmap.meeting.window"

    client = fields.Char(related="meeting_id.roadmap_id.name", related_sudo=False)
    due_date = fields.Date(related="meeting_id.due_date", related_sudo=False)
    slip_count = fields.Integer(related="meeting_id.slip_count", related_sudo=False)
    old_start = fields.Datetime(related="meeting_id.start", string="So Far", related_sudo=False)
    start = fields.Datetime(
        "When",
        required=True,
        compute="_compute_defaults",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    duration = fields.Float(
        "Length",
        required=True,
        compute="_compute_defaults",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Invite",
        compute="_compute_defaults",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        help="The client's contacts. You prepare the invitation; it leaves from the outbox.",
    )
    location = fields.Char("Place")
    reason = fields.Char("Why Moved", help="Who asked for it and why; stays in the history.")
    busy = fields.Char("Already Taken", compute="_compute_busy")
    free_times = fields.Json(compute="_compute_free_times", help="In the week of the chosen day.")

    @api.depends("meeting_id")
    def _compute_defaults(self):
        for wizard in self:
            meeting = wizard.meeting_id
            wizard.duration = meeting.duration or 1.0
            event = meeting.event_id
            invited = event and meeting._client_contacts(event.partner_ids)
            wizard.partner_ids = invited or meeting._invited_contacts()
            wizard.start = meeting.start or wizard._propose_start()

    def _propose_start(self):
        """Ten in the morning, host's time, on the due date or the next working day from today."""
        self.ensure_one()
        meeting = self.meeting_id
        is_working = self.env["roadmap.roadmap"]._working_days(meeting.company_id)
        tomorrow = fields.Date.context_today(self) + timedelta(days=1)
        day = rule.working_day(max(meeting.due_date or tomorrow, tomorrow), is_working)
        zone = pytz.timezone(meeting._timezone())
        local = zone.localize(datetime.combine(day, time(10)))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    @api.depends("start", "duration", "meeting_id")
    def _compute_busy(self):
        """Say what our people have in the calendar at that time; a hint, nobody is stopped."""
        for wizard in self:
            wizard.busy = False
            people = wizard.meeting_id._our_people()
            if not (wizard.start and wizard.duration and people):
                continue
            stop = wizard.start + timedelta(hours=wizard.duration)
            taken = self.env["calendar.event"].search(
                [
                    ("partner_ids", "in", people.partner_id.ids),
                    ("start", "<", stop),
                    ("stop", ">", wizard.start),
                    ("show_as", "=", "busy"),
                    ("id", "!=", wizard.meeting_id.event_id.id),
                ],
                limit=3,
            )
            wizard.busy = ", ".join(
                f"{format_datetime(self.env, event.start, dt_format='HH:mm')} {event.display_name}"
                for event in taken
            )

    @api.depends("start", "duration", "meeting_id")
    def _compute_free_times(self):
        """When all of us who have to be there are free, in the week of the chosen day."""
        local = pytz.timezone(self.env.user.tz or "UTC")
        now = fields.Datetime.now()
        for wizard in self:
            meeting = wizard.meeting_id
            chosen = max(wizard.start or now, now)
            day = pytz.utc.localize(chosen).astimezone(local).date()
            begin, end = meeting._week_span(local, day - timedelta(days=day.weekday()))
            starts = meeting._free_times(max(begin, now), end, wizard.duration)
            wizard.free_times = meeting._slots_by_day(local, starts)

    def action_confirm(self):
        """Make the appointment."""
        self.ensure_one()
        meeting = self.meeting_id
        meeting.check_access("write")
        meeting._book(
            self.start,
            self.start + timedelta(hours=self.duration),
            self.env.user,
            reason=self.reason,
            partners=self.partner_ids,
            location=self.location or (None if meeting.event_id else False),
        )
        return {"type": "ir.actions.act_window_close"}

    def action_open_calendar(self):
        """Choose the time in the calendar instead; the event made there becomes the appointment."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("calendar.action_calendar_event")
        action["context"] = self.meeting_id._calendar_context()
        return action

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "location" in fields and values.get("meeting_id"):
            meeting = self.env["roadmap.meeting"].browse(values["meeting_id"])
            values["location"] = meeting.event_id.location
        return values
