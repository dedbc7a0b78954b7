from odoo import models
from odoo.exceptions import UserError

from ..client.roadmap_link_batch import Ask
from .roadmap_meeting import OPEN_STATES

#: Days for which the link to choose a time is good.
LINK_DAYS = 60


class RoadmapMeeting(models.Model):
    """The mail with which a contact chooses the time."""

    _inherit = "roadmap.meeting"

    def action_offer_slots(self):
        """Button: put a mail with a personal link to our free times into the outbox.

        Each contact whom we would invite gets one; one that still waits is replaced.
        """
        self.check_access("write")
        for meeting in self:
            meeting._check_offer()
            meeting._cancel_mails(("meeting",))
        mails = [
            meeting._prepare_offer(contact)
            for meeting in self
            for contact in meeting._offered_contacts()
        ]
        mails = self.env["roadmap.link"]._linked("slot", mails)
        rows = self.env["roadmap.outbox"].sudo()._prepare_batch(mails)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mails to Release"),
            "res_model": "roadmap.outbox",
            "view_mode": "list,form",
            "domain": [("id", "in", rows.ids)],
        }

    def _offered_contacts(self):
        self.ensure_one()
        known = self._client_contacts(self.sudo().event_id.partner_ids)
        return (known or self._invited_contacts()).filtered("email_normalized")

    def _check_offer(self):
        names = {"meeting": self.name, "client": self.roadmap_id.name}
        if self.state not in OPEN_STATES:
            raise UserError(self.env._("The meeting '%(meeting)s' of %(client)s is over.", **names))
        if not self._our_people():
            raise UserError(
                self.env._("Choose a host for '%(meeting)s' of %(client)s first.", **names)
            )
        if not self._offered_contacts():
            raise UserError(
                self.env._(
                    "%(client)s has no decision maker or signer with a mail address: add one on"
                    " the client's People tab.",
                    **names,
                )
            )

    def _prepare_offer(self, contact):
        """One mail with the contact's own link, in its language; see `roadmap.outbox._prepare`."""
        self.ensure_one()
        meeting = self.with_context(lang=contact.lang or self.env.lang)
        host = self._host()
        values = {
            "contact": contact,
            "meeting": meeting.name,
            "minutes": round(60 * (self.duration or 1.0)),
            "host": host.name,
            "booked": bool(self.start),
        }
        body = meeting.env["ir.qweb"].sudo()._render("roadmap_msp.meeting_slot_mail", values)
        return {
            "roadmap": self.roadmap_id,
            "partner": contact,
            "kind": "meeting",
            "subject": meeting.env._("Choose a time: %(meeting)s", meeting=meeting.name),
            "body": body,
            "record": self,
            "link": Ask(contact, self, host.partner_id, days=LINK_DAYS),
            "user": host,
        }
