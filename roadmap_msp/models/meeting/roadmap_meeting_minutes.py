from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime

from ..client.roadmap_stakeholder import PLAN_ROLES
from .roadmap_meeting import OPEN_STATES


def _day(env, day):
    """A day as people write it, in the language of `env`."""
    return format_date(env, day, date_format="d MMM y")


class RoadmapMeeting(models.Model):
    """Minutes: written from what was captured, safe for the client's eyes."""

    _inherit = "roadmap.meeting"

    def action_draft_minutes(self):
        """Write (or write anew) the minutes from agenda, attendance, topics and decisions."""
        self.check_access("write")
        self._check_state(("held",), self.env._("minutes are written once it was held"))
        for meeting in self:
            lang = meeting.partner_id.lang or self.env.lang
            local = meeting.with_context(lang=lang)
            meeting.minutes = (
                local.env["ir.qweb"]
                .sudo()
                ._render("roadmap_msp.meeting_minutes_body", local._prepare_minutes_values())
            )
        self.minutes_drafted_on = fields.Datetime.now()
        return True

    def _prepare_minutes_values(self):
        """What the client may read about the meeting, as plain values.

        Internal notes, owner-only findings and items that are not the client's stay out.
        """
        self.ensure_one()
        meeting = self.sudo()
        ours = meeting.attendee_ids - meeting._client_contacts(meeting.attendee_ids)
        return {
            "name": meeting.name,
            "client": meeting.roadmap_id.name,
            "when": meeting._when(),
            "place": meeting._place(),
            "host": meeting.user_id.name or "",
            "theirs": (meeting.attendee_ids - ours).mapped("name"),
            "ours": ours.mapped("name"),
            "decision_maker_present": meeting.decision_maker_present,
            "agenda": meeting.agenda_id._prepare_portal_values() if meeting.agenda_id else [],
            "topics": meeting._client_topics()._prepare_portal_values(),
            "decisions": meeting._prepare_decision_values(),
            "since": meeting._prepare_since_values()["actions"],
            "actions": meeting.action_ids._prepare_portal_values(),
            "leave_behind": meeting.leave_behind or "",
            "next_meeting": meeting._prepare_next_values(),
            "format_date": lambda day: _day(self.env, day) if day else "",
        }

    def _place(self):
        """Where we meet, in words: the long address of a call stands behind a link only."""
        event = self.event_id
        return event.location or (event.videocall_location and self.env._("video call")) or ""

    def _when(self, zone=None):
        """The day and time in words, in `zone` or the meeting's own; the day if never booked."""
        self.ensure_one()
        if self.start:
            zone = zone or self._timezone()
            return format_datetime(self.env, self.start, tz=zone, dt_format="EEEE d MMMM y, HH:mm")
        day = self.held_on or self.due_date
        return format_date(self.env, day, date_format="EEEE d MMMM y")

    def _prepare_next_values(self):
        """When the next meeting is, in words; empty where none is known."""
        self.ensure_one()
        following = self.search(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("state", "in", OPEN_STATES),
                ("id", "!=", self.id),
            ],
        ).sorted(lambda m: (m.state != "booked", m.start or m.due_date))[:1]
        due = following.due_date or self.roadmap_id._next_due_date()
        if not due:
            return ""
        if following.start:
            return following._when()
        return self.env._("around %(day)s, to be agreed", day=_day(self.env, due))

    def _prepare_minutes_mails(self):
        """One mail with the minutes for each client who was there and each decision maker.

        What was signed names amounts: it goes to those only who may read the plan.
        """
        self.ensure_one()
        meeting = self.sudo()
        meeting._cancel_mails(("minutes",))
        contacts = meeting._client_contacts(meeting.attendee_ids)
        contacts |= meeting.roadmap_id._meeting_contacts(("decision_maker",))
        mails = []
        for contact in contacts.filtered("email"):
            env = meeting.with_context(lang=contact.lang or self.env.lang).env
            subject = env._(
                "Minutes: %(meeting)s, %(day)s",
                meeting=meeting.name,
                day=_day(env, meeting.held_on),
            )
            mails.append(
                {
                    "roadmap": meeting.roadmap_id,
                    "partner": contact,
                    "kind": "minutes",
                    "subject": subject,
                    "body": meeting.minutes + meeting._minutes_question(env, contact),
                    "record": meeting,
                    "user": meeting.user_id,
                    "link": meeting._acknowledge_ask(contact),
                }
            )
        mails = meeting.env["roadmap.link"]._linked("acknowledge", mails)
        rows = self.env["roadmap.outbox"].sudo()._prepare_batch(mails)
        if rows:
            pdf = meeting._create_minutes_pdf(rows[0])
            readers = meeting.roadmap_id._meeting_contacts(PLAN_ROLES)
            for_readers = rows.filtered(lambda row: row.partner_id in readers)
            for_readers.attachment_ids = pdf | meeting._decisions().document_id
            (rows - for_readers).attachment_ids = pdf
        return rows

    def _minutes_question(self, env, contact):
        """What the button below the minutes is for; nothing for a contact without a link."""
        if not contact.email_normalized:
            return Markup()
        return Markup("<p>%s</p>") % env._("Is everything right? Please confirm it on our page:")

    def _create_minutes_pdf(self, row):
        """The minutes as a PDF that belongs to a row of the outbox, not to the client's page."""
        report = self.env["ir.actions.report"].sudo()
        content, kind = report._render_qweb_pdf("roadmap_msp.action_report_minutes", self.ids)
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{self.env._('Minutes')} {self.held_on}.{kind}",
                    "raw": content,
                    "res_model": row._name,
                    "res_id": row.id,
                }
            )
        )

    def action_print_minutes(self):
        """The minutes as PDF."""
        self.ensure_one()
        if not self.minutes:
            raise UserError(
                self.env._(
                    "The meeting '%(meeting)s' has no minutes yet. Press 'Draft Minutes' first.",
                    meeting=self.name,
                )
            )
        return self.env.ref("roadmap_msp.action_report_minutes").report_action(self)

    def _prepare_portal_values(self, partner=None):
        """The meeting's page for the client: time, place, agenda; minutes once they were sent.

        Times are told in the time zone of `partner`, the contact who looks, else in the host's.
        """
        self.ensure_one()
        meeting = self.sudo()
        zone = (partner and partner.tz) or meeting._timezone()
        states = dict(self._fields["state"]._description_selection(self.env))
        sent = bool(meeting.minutes_sent_on)
        return {
            "id": meeting.id,
            "name": meeting.name,
            "client": meeting.roadmap_id.name,
            "state": meeting.state,
            "state_label": states[meeting.state],
            "when": meeting._when(zone) if meeting.state != "to_book" else "",
            "zone": zone,
            "start": meeting.start,
            "stop": meeting.stop,
            "minutes_long": round(meeting.duration * 60),
            "place": meeting.event_id.location or "",
            "video": meeting.event_id.videocall_location or "",
            "host": meeting.user_id.name or "",
            "host_phone": meeting.user_id.partner_id.phone or "",
            "agenda": meeting.agenda_id._prepare_portal_values() if meeting.agenda_id else [],
            "topics": [
                {"name": topic["name"], "situation": topic["situation"]}
                for topic in meeting._client_topics()._prepare_portal_values()
            ]
            if meeting.state in OPEN_STATES
            else [],
            "minutes": meeting.minutes if sent else "",
            "minutes_sent_on": meeting.minutes_sent_on if sent else False,
        }

    def _client_topics(self):
        """Topics that the client may read: not those of owner-only findings or hidden items."""
        return self.sudo().topic_ids.filtered(lambda topic: not topic._is_ours())
