from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_datetime

from .roadmap_meeting import OPEN_STATES
from .roadmap_meeting_move import MOVE_NOTE, MoveNote

#: Odoo's own mails keep still: clients hear from us through the outbox only.
SILENT = {
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
        partners = self._our_people().partner_id | self._invited_contacts()
        return {
            "default_roadmap_meeting_id": self.id,
            "default_name": self._event_name(),
            "default_user_id": self._host().id,
            "default_partner_ids": partners.ids,
            "default_duration": self.duration,
            "initial_date": fields.Date.to_string(
                max(self.due_date, fields.Date.context_today(self))
            ),
            "default_mode": "week",
        }

    def _host(self):
        """Who holds it; for a host who left, whoever of the client's team is still here."""
        self.ensure_one()
        return self.user_id if self.user_id.active else self.roadmap_id._meeting_host()

    def _our_people(self):
        """Who of us has to be there: the host and the required colleagues who still work here."""
        self.ensure_one()
        return self._host() | self.required_user_ids.filtered("active")

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
            "user_id": self._host().id or self.env.uid,
            "partner_ids": [Command.set((self._our_people().partner_id | invited).ids)],
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
        self.sudo()._lock_people()
        return self._set_time(start, stop, by, reason, partners, location)

    def _set_time(self, start, stop, by, reason=None, partners=None, location=None):
        """`_book` for whoever has locked the people already."""
        meeting = self.sudo()
        meeting._check_time(start, stop)
        by_user = by if by._name == "res.users" else self.env["res.users"]
        by_partner = by if by._name == "res.partner" else self.env["res.partner"]
        note = MoveNote(reason, by_user.id, by_partner.id)
        quiet = meeting.with_context(**SILENT, **{MOVE_NOTE: note})
        if meeting.event_id.active:
            changes = {"start": start, "stop": stop}
            if partners is not None:
                invited = meeting._our_people().partner_id | partners
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

    def _cancel_mails(self, kinds, partners=None):
        """Withdraw what waits in the outbox about this meeting, for all or for these contacts."""
        self._waiting_mails(kinds, partners).action_cancel()

    def _waiting_mails(self, kinds, partners=None):
        domain = [
            ("res_model", "=", self._name),
            ("res_id", "in", self.ids),
            ("kind", "in", kinds),
            ("state", "in", ("prepared", "released", "failed")),
        ]
        if partners is not None:
            domain.append(("partner_id", "in", partners.ids))
        return self.env["roadmap.outbox"].sudo().search(domain)

    def _prepare_invitations(self, moved=False):
        """Put an invitation for each contact into the outbox, instead of one that waits there."""
        self.ensure_one()
        self._cancel_mails(("meeting",))
        return self._invite(self._client_contacts(self.event_id.partner_ids), moved)

    def _invite(self, contacts, moved=False, reminder=False):
        """One invitation, or reminder, for each of the contacts; none to what is over."""
        if self.start <= fields.Datetime.now():
            return self.env["roadmap.outbox"]
        mails = [self._prepare_invitation_mail(row, moved, reminder) for row in contacts]
        return self.env["roadmap.outbox"].sudo()._prepare_batch(mails)

    def _change_people(self, event, before):
        """Who was added to the appointment is invited; nothing more goes to who was taken off."""
        meeting = self.sudo()
        added, gone = event.partner_ids - before, before - event.partner_ids
        if not (added or gone) or meeting.event_id != event or meeting.state != "booked":
            return
        meeting.attendee_ids = (meeting.attendee_ids - gone) | added
        meeting._cancel_mails(("meeting",), gone)
        meeting._invite(meeting._client_contacts(added))

    def _client_contacts(self, partners):
        """Those of the partners who are no colleagues of ours, nor were one before they left."""
        everybody = partners.with_context(active_test=False)
        ours = everybody.filtered(lambda p: any(u._is_internal() for u in p.user_ids))
        return partners - ours

    def _prepare_invitation_mail(self, contact, moved=False, reminder=False):
        """One invitation in the contact's language and time zone; see `roadmap.outbox._prepare`."""
        self.ensure_one()
        meeting = self.with_context(lang=contact.lang or self.env.lang)
        zone = contact.tz or self._timezone()
        when = format_datetime(meeting.env, self.start, tz=zone, dt_format="EEEE d MMMM y, HH:mm")
        if reminder:
            subject = meeting.env._("Reminder: %(meeting)s", meeting=meeting.name)
        elif moved:
            subject = meeting.env._("New time: %(meeting)s", meeting=meeting.name)
        else:
            subject = meeting.env._("Invitation: %(meeting)s", meeting=meeting.name)
        body = (
            meeting.env["ir.qweb"]
            .sudo()
            ._render(
                "roadmap_msp.meeting_invitation_mail",
                {
                    "contact": contact,
                    "moved": moved,
                    "reminder": reminder,
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
