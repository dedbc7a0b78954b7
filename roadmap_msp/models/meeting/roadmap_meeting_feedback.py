from odoo import fields, models
from odoo.tools import plaintext2html

#: Of Odoo's 1, 3 and 5: from here down somebody calls the client the same day.
POOR = 3


class RoadmapMeeting(models.Model):
    """Feedback after a meeting: Odoo's own rating, asked for through the outbox.

    Odoo's page takes a vote by a sent form only, so the scanner of a mail server that opens each
    address votes for nothing; a second vote of the same person replaces the first.
    """

    _inherit = "roadmap.meeting"

    def action_close(self):
        """And ask those who were there how it was."""
        self.check_access("write")
        res = super().action_close()
        for meeting in self:
            meeting._prepare_feedback_mails()
        return res

    def _prepare_feedback_mails(self):
        """One request for each contact who was there; who was asked already is not asked again."""
        self.ensure_one()
        meeting = self.sudo()
        contacts = meeting._client_contacts(meeting.attendee_ids).filtered("email_normalized")
        asked = meeting.rating_ids.partner_id
        mails = []
        for contact in contacts - asked:
            local = meeting.with_context(lang=contact.lang or self.env.lang)
            token = meeting._rating_get_access_token(contact)
            body = local.env["ir.qweb"]._render(
                "roadmap_msp.meeting_feedback_mail",
                {
                    "contact": contact,
                    "name": meeting.name,
                    "host": meeting.user_id.name or "",
                    "url": f"{meeting.get_base_url()}/rate/{token}",
                },
            )
            mails.append(
                {
                    "roadmap": meeting.roadmap_id,
                    "partner": contact,
                    "kind": "feedback",
                    "subject": local.env._("How was our meeting?"),
                    "body": body,
                    "record": meeting,
                    "user": meeting.user_id,
                }
            )
        return self.env["roadmap.outbox"].sudo()._prepare_batch(mails)

    def rating_apply(
        self,
        rate,
        token=None,
        rating=None,
        feedback=None,
        subtype_xmlid=None,
        notify_delay_send=False,
    ):
        """A poor rating is a call for the service manager today, with the client's words."""
        self.check_access("write")
        rating = super().rating_apply(
            rate,
            token=token,
            rating=rating,
            feedback=feedback,
            subtype_xmlid=subtype_xmlid,
            notify_delay_send=notify_delay_send,
        )
        self._answer_poor_rating(rating)
        return rating

    def _answer_poor_rating(self, rating):
        """One open activity for each person who rated; taken back when the rating got better."""
        self.ensure_one()
        meeting = self.sudo()
        roadmap = meeting.roadmap_id
        who = rating.partner_id.name or ""
        summary = self.env._("Poor rating: call %s", who)
        kind = self.env.ref("roadmap_msp.activity_type_poor_rating")
        known = meeting.activity_ids.filtered(
            lambda row: row.activity_type_id == kind and row.summary == summary
        )
        if rating.rating > POOR:
            known.unlink()
            return
        note = plaintext2html(rating.feedback or self.env._("No words were left."))
        if known:
            known.note = note
            return
        team = roadmap.service_manager_id, roadmap.account_manager_id, meeting.user_id
        user = next((user for user in team if user.active), self.env.ref("base.user_admin"))
        meeting.activity_schedule(
            activity_type_id=kind.id,
            date_deadline=fields.Date.context_today(self),
            summary=summary,
            note=note,
            user_id=user.id,
        )
