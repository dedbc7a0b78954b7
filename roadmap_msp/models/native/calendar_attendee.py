from odoo import models

#: The mails of Odoo that name the time; every other one reminds of it.
NAMES_THE_TIME = (
    "calendar.calendar_template_meeting_invitation",
    "calendar.calendar_template_meeting_changedate",
)


class CalendarAttendee(models.Model):
    """Clients hear of a roadmap meeting through the outbox only, whatever makes Odoo write."""

    _inherit = "calendar.attendee"

    def _notify_attendees(self, mail_template, notify_author=False, force_send=False):
        colleagues = self
        if self.event_id.sudo().roadmap_meeting_id:
            clients = self._roadmap_clients()
            colleagues = (self - clients).filtered(lambda row: not row._roadmap_has_left())
            if not self.env.context.get("no_mail_to_attendees"):
                clients._roadmap_prepare_mails(mail_template)
        return super(CalendarAttendee, colleagues)._notify_attendees(
            mail_template, notify_author=notify_author, force_send=force_send
        )

    def _roadmap_clients(self):
        """Those who attend a roadmap meeting and are no colleagues of ours."""
        ours = self.filtered(lambda row: row.event_id.sudo().roadmap_meeting_id)
        clients = self.env["roadmap.meeting"]._client_contacts(ours.sudo().partner_id)
        return ours.filtered(lambda row: row.sudo().partner_id in clients)

    def _roadmap_has_left(self):
        """Whether a colleague who attends a roadmap meeting does not work here any more."""
        self.ensure_one()
        row = self.sudo()
        users = row.with_context(active_test=False).partner_id.user_ids
        ours = users.filtered(lambda user: user._is_internal())
        return bool(row.event_id.roadmap_meeting_id and ours and not any(ours.mapped("active")))

    def _roadmap_prepare_mails(self, mail_template):
        """What Odoo was about to send, in our words and waiting for its release.

        To whom something about the meeting waits to be sent already, nothing is added.
        """
        data = self.env["ir.model.data"]
        names = {data._xmlid_to_res_id(name, raise_if_not_found=False) for name in NAMES_THE_TIME}
        reminder = bool(mail_template) and mail_template.id not in names
        for event, attendees in self.sudo().grouped("event_id").items():
            meeting = event.roadmap_meeting_id
            if meeting.state == "booked" and meeting.event_id == event:
                waiting = meeting._waiting_mails(("meeting",)).partner_id
                meeting._invite(attendees.partner_id - waiting, reminder=reminder)
