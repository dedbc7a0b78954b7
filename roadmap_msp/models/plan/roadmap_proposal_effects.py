from odoo import models


class RoadmapProposal(models.Model):
    """What one answer of the client sets in motion."""

    _inherit = "roadmap.proposal"

    def _after_decision(self, line, record):
        """Queue, agenda, activity, chatter and document."""
        item = line.item_id
        if record.decision == "approved":
            item._request_quote("approval", record.partner_id)
            self._take_off_agenda(item, record)
        elif record.decision == "endorsed":
            self._ask_second_signer(line, record)
        elif record.decision == "talk":
            item._ask_for_talk(record)
        elif record.until:
            self._bring_back(item, record)
        self.with_context(mail_post_autofollow_author_skip=True).message_post(
            body=record._summary_text(),
            author_id=record.partner_id.id,
            email_from=record.partner_id.email_formatted or self.company_id.email_formatted,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )
        if record.signature:
            record._seal()
        self.roadmap_id._refresh_revenue()

    def _bring_back(self, item, record):
        """Refused or postponed with a date: it returns to the agenda by itself on that date."""
        self.env["roadmap.meeting.topic"]._defer(item, record.until, record.reason)
        if record.decision == "declined":
            findings = item.finding_ids.filtered(lambda row: row.state in ("open", "planned"))
            findings._mark_accepted(record.reason, record.until)

    def _take_off_agenda(self, item, record):
        """Approved after all: nothing about it returns on its old date, no risk is accepted."""
        waiting = self.env["roadmap.meeting.topic"].search(
            [
                ("item_id", "=", item.id),
                ("state", "=", "deferred"),
                ("next_ids", "=", False),
            ]
        )
        waiting.write({"state": "decided", "outcome": record._summary_text(), "review_on": False})
        item.finding_ids.filtered(lambda row: row.state == "accepted").write(
            {"state": "planned", "accepted_until": False}
        )
