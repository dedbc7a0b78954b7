from uuid import uuid4

from odoo import api, fields, models
from odoo.fields import Command

#: A note on the screen half an hour before, and a mail the day before: the client's by the outbox.
REMINDERS = ("calendar.alarm_notif_2", "roadmap_msp.alarm_day_before")
#: What tells that an appointment was made, moved or lost, or with whom it is.
WATCHED = frozenset(
    (
        "active",
        "allday",
        "duration",
        "partner_ids",
        "recurrence_update",
        "roadmap_meeting_id",
        "start",
        "start_date",
        "stop",
        "stop_date",
    )
)
#: Changes of one event that Odoo makes to its whole series, or to the rest of it.
WHOLE_SERIES = ("all_events", "future_events")


class CalendarEvent(models.Model):
    """The time of a roadmap meeting.

    Events without a meeting pay nothing: the link is looked for in the values and in what Odoo
    reads of an event anyway.
    """

    _inherit = "calendar.event"

    roadmap_meeting_id = fields.Many2one(
        "roadmap.meeting",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        groups="base.group_user",
    )

    @api.model
    def _get_public_fields(self):
        # Another's private event hides its content; that it belongs to a meeting must stay known,
        # or moving it would lose the meeting.
        return super()._get_public_fields() | {"roadmap_meeting_id"}

    def _roadmap_sync(self, meetings):
        """Tell these meetings what became of their events, unless a change around this one does.

        Odoo changes a series by removing events and making new ones: on the way a meeting has no
        event, which is no loss of its time.
        """
        if meetings and not self.env.context.get("roadmap_sync_later"):
            meetings._sync_with_event()

    @api.model_create_multi
    def create(self, vals_list):
        default = self.env.context.get("default_roadmap_meeting_id")
        ids = {vals.get("roadmap_meeting_id", default) for vals in vals_list} - {None, False}
        if not ids:
            return super().create(vals_list)
        self._roadmap_check_meetings(ids)
        # The default moves into the values: the further events of a recurrence have no meeting.
        vals_list = [{"roadmap_meeting_id": default, **vals} for vals in vals_list]
        vals_list = [
            {**self._roadmap_defaults(vals), **vals} if vals["roadmap_meeting_id"] else vals
            for vals in vals_list
        ]
        quiet = self.with_context(default_roadmap_meeting_id=False, no_mail_to_attendees=True)
        events = super(CalendarEvent, quiet).create(vals_list).with_env(self.env)
        events._roadmap_sync(events.roadmap_meeting_id)
        return events

    def write(self, vals):
        if not WATCHED.intersection(vals):
            return super().write(vals)
        if vals.get("roadmap_meeting_id"):
            self._roadmap_check_meetings({vals["roadmap_meeting_id"]})
        before = self.roadmap_meeting_id
        if vals.get("recurrence_update") in WHOLE_SERIES:
            before |= self.recurrence_id.calendar_event_ids.roadmap_meeting_id
        events, people = self, {}
        if before:
            events = self.with_context(no_mail_to_attendees=True, roadmap_sync_later=True)
            people = {event: event.partner_ids for event in self if event.roadmap_meeting_id}
        result = super(CalendarEvent, events).write(vals)
        for event in self.browse(event.id for event in people).exists():
            event.roadmap_meeting_id._change_people(event, people[event])
        if before or vals.get("roadmap_meeting_id"):
            self._roadmap_sync(before | self.exists().roadmap_meeting_id)
        return result

    def unlink(self):
        meetings = self.roadmap_meeting_id
        result = super().unlink()
        self._roadmap_sync(meetings)
        return result

    @api.model
    def _roadmap_defaults(self, vals):
        """What each appointment has: reminders, and a video call where no place was named."""
        data = self.env["ir.model.data"]
        alarms = [data._xmlid_to_res_id(name, raise_if_not_found=False) for name in REMINDERS]
        values = {"alarm_ids": [Command.set(list(filter(None, alarms)))]}
        if not any(vals.get(name) for name in ("location", "recurrency")):
            token = uuid4().hex
            call = f"{self.get_base_url()}/{self.DISCUSS_ROUTE}/{token}"
            values.update(access_token=token, videocall_location=call)
        return values

    @api.model
    def _roadmap_check_meetings(self, ids):
        """Only who may change a meeting may give it a time."""
        self.env["roadmap.meeting"].browse(ids).check_access("write")

    def action_open_roadmap_meeting(self):
        """Open the roadmap meeting whose time this is."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "roadmap.meeting",
            "res_id": self.roadmap_meeting_id.id,
            "view_mode": "form",
        }
