from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_datetime

from .roadmap_meeting import OPEN_STATES

#: The host's calendar keeps still: clients hear from us through the outbox only.
SILENT = {
    "dont_notify": True,
    "no_mail_to_attendees": True,
    "skip_attendee_notification": True,
    "skip_contact_description": True,
}


class RoadmapMeeting(models.Model):
    """Booking: the appointment as a calendar event, the invitation in the outbox."""

    _inherit = "roadmap.meeting"

    def action_book(self):
        """Open the small window in which the appointment is made or moved."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in OPEN_STATES:
            raise UserError(
                self.env._(
                    "The meeting '%(meeting)s' of %(client)s is over. Plan a new one instead.",
                    meeting=self.name,
                    client=self.roadmap_id.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move the Meeting") if self.event_id else self.env._("Book"),
            "res_model": "roadmap.meeting.booking",
            "view_mode": "form",
            "target": "new",
            "context": {"default_meeting_id": self.id},
        }

    def _calendar_context(self):
        """Defaults with which the calendar makes the event of this meeting."""
        self.ensure_one()
        partners = self.user_id.partner_id | self._invited_contacts()
        return {
            "default_roadmap_meeting_id": self.id,
            "default_name": self._event_name(),
            "default_user_id": self.user_id.id,
            "default_partner_ids": partners.ids,
            "default_duration": self.duration,
            "initial_date": fields.Date.to_string(
                max(self.due_date, fields.Date.context_today(self))
            ),
            "default_mode": "week",
        }

    def _invited_contacts(self):
        """Whom we invite: the client's decision makers, else its signers."""
        self.ensure_one()
        roadmap = self.roadmap_id
        deciders = roadmap._meeting_contacts(("decision_maker",))
        return deciders or roadmap._meeting_contacts(("signer",))

    def _event_name(self):
        self.ensure_one()
        return f"{self.name}: {self.sudo().roadmap_id.name}"

    def _event_description(self):
        """The agenda as the client may read it: native mails carry this text."""
        self.ensure_one()
        rows = (self.agenda_id._prepare_portal_values() if self.agenda_id else []) or []
        points = Markup().join(Markup("<li>%s</li>") % row["name"] for row in rows)
        return Markup("<ul>%s</ul>") % points if points else False

    def _prepare_event_values(self, start, stop, partners=None, location=None):
        """Values of the calendar event; nothing internal stands in it."""
        self.ensure_one()
        invited = partners if partners is not None else self._invited_contacts()
        return {
            "name": self._event_name(),
            "start": start,
            "stop": stop,
            "user_id": self.user_id.id or self.env.uid,
            "partner_ids": [Command.set((self.user_id.partner_id | invited).ids)],
            "opportunity_id": self.opportunity_id.id,
            "roadmap_meeting_id": self.id,
            "location": location or False,
            "description": self._event_description(),
        }

    def _book(self, start, stop, by, reason=None, partners=None, location=None):
        """Make or move the appointment; core of the window and of the client's own choice.

        `start` and `stop` are naive UTC, `by` is the user or the contact who chose. Raises
        UserError for a time that is over or empty, or a meeting that was held already.
        """
        self.ensure_one()
        meeting = self.sudo()
        meeting._check_time(start, stop)
        meeting._lock_people()
        by_user = by if by._name == "res.users" else self.env["res.users"]
        by_partner = by if by._name == "res.partner" else self.env["res.partner"]
        quiet = meeting.with_context(
            **SILENT,
            roadmap_move_reason=reason,
            roadmap_move_user_id=by_user.id or self.env.uid,
            roadmap_move_partner_id=by_partner.id,
        )
        if meeting.event_id.active:
            changes = {"start": start, "stop": stop}
            if partners is not None:
                invited = meeting.user_id.partner_id | partners
                changes["partner_ids"] = [Command.set(invited.ids)]
            if location is not None:
                changes["location"] = location
            quiet.event_id.write(changes)
        else:
            meeting._assign_opportunity()
            values = meeting._prepare_event_values(start, stop, partners, location)
            quiet.env["calendar.event"].create(values)
        return meeting.event_id

    def _check_time(self, start, stop):
        names = {"meeting": self.name, "client": self.roadmap_id.name}
        if self.state not in OPEN_STATES:
            raise UserError(self.env._("The meeting '%(meeting)s' of %(client)s is over.", **names))
        if stop <= start:
            raise UserError(
                self.env._(
                    "The meeting '%(meeting)s' of %(client)s has to end after it begins: choose a"
                    " later end.",
                    **names,
                )
            )
        if start < fields.Datetime.now():
            raise UserError(
                self.env._(
                    "The meeting '%(meeting)s' of %(client)s cannot be booked into the past."
                    " Choose a later time, or press 'Held' if you have met already.",
                    **names,
                )
            )

    # -- mails -------------------------------------------------------------------------------------

    def _cancel_mails(self, kinds):
        """Withdraw what waits in the outbox about this meeting."""
        self.env["roadmap.outbox"].sudo().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("kind", "in", kinds),
                ("state", "in", ("prepared", "released", "failed")),
            ]
        ).action_cancel()

    def _prepare_invitations(self, moved=False):
        """Put an invitation for each contact into the outbox, instead of one that waits there."""
        self.ensure_one()
        self._cancel_mails(("meeting",))
        contacts = self._client_contacts(self.event_id.partner_ids)
        outbox = self.env["roadmap.outbox"].sudo()
        return outbox._prepare_batch(
            [self._prepare_invitation_mail(contact, moved) for contact in contacts]
        )

    def _client_contacts(self, partners):
        """Those of the partners who are no colleagues of ours."""
        return partners.filtered(lambda p: not any(u._is_internal() for u in p.user_ids))

    def _prepare_invitation_mail(self, contact, moved):
        """One invitation in the contact's language and time zone; see `roadmap.outbox._prepare`."""
        self.ensure_one()
        meeting = self.with_context(lang=contact.lang or self.env.lang)
        zone = contact.tz or self._timezone()
        when = format_datetime(meeting.env, self.start, tz=zone, dt_format="EEEE d MMMM y, HH:mm")
        subject = (
            meeting.env._("New time: %(meeting)s", meeting=meeting.name)
            if moved
            else meeting.env._("Invitation: %(meeting)s", meeting=meeting.name)
        )
        body = (
            meeting.env["ir.qweb"]
            .sudo()
            ._render(
                "roadmap_msp.meeting_invitation_mail",
                {
                    "contact": contact,
                    "moved": moved,
                    "when": when,
                    "zone": zone.replace("_", " "),
                    "length": round((self.stop - self.start) / timedelta(minutes=1)),
                    "place": self.event_id.location,
                    "video": self.event_id.videocall_location,
                    "host": self.user_id,
                    "agenda": meeting.agenda_id._prepare_portal_values(),
                },
            )
        )
        return {
            "roadmap": self.roadmap_id,
            "partner": contact,
            "kind": "meeting",
            "subject": subject,
            "body": body,
            "record": self,
            "user": self.user_id,
        }
