from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...rules.asking import worst_risk
from ..plan.roadmap_proposal_decide import TOO_LATE


class RoadmapMeetingTopic(models.Model):
    """A risk that the client accepts in a meeting is a decision, signed where it is a great one."""

    _inherit = "roadmap.meeting.topic"

    def _risk(self):
        """The greatest risk of what the topic is about, or False."""
        topic = self.sudo()
        return worst_risk(topic.finding_id.risk, not topic.item_id.covered and topic.item_id.risk)

    def _prepare_risk_values(self):
        """`risk` or False, `risk_text` as it is shown, `signed`: whether accepting it is signed."""
        self.ensure_one()
        decisions, risk = self.env["roadmap.decision"], self._risk()
        return {
            "risk": risk,
            "risk_text": decisions._shown_risk_text(self.sudo().roadmap_id, risk),
            "signed": decisions._is_signed_risk(self.sudo().roadmap_id, risk),
        }

    def _accept_risk(self, partner, reason, until, signature=None, signed_by=None):
        """Store that a contact of the client lives with the risk until a day, and what follows.

        The decision is about the topic's item, else its finding, else the topic itself. A finding
        counts as accepted until the day. Said twice (a double click, a retry) it is stored once.

        :param partner: a decision maker or signer; a great risk takes a signer
        :param until: a date in the future
        :param signature: base64 image; needed for a great risk
        :raises UserError: in words for the room; nothing is stored then
        :return: the `roadmap.decision`
        """
        self.ensure_one()
        topic, risk = self.sudo(), self._risk()
        decisions = self.env["roadmap.decision"]
        topic._lock()
        subject = topic.item_id or topic.finding_id or topic
        known = decisions._same_acceptance(subject, partner, reason, until)
        if known:
            return known
        if topic.item_id.state in TOO_LATE:
            raise UserError(
                self.env._("%s is ordered or closed already: no risk to accept.", topic.name)
            )
        decisions._check_acceptance(
            topic.roadmap_id, topic.name, risk, partner, reason, until, signature
        )
        decision = decisions._store_acceptance(
            subject,
            topic.roadmap_id,
            risk,
            partner,
            signature,
            signed_by,
            meeting_id=topic.meeting_id.id,
            reason=reason,
            until=until,
            risk_text=topic.situation,
            amount_one_off=topic.item_id.amount_one_off,
            amount_recurring=topic.item_id.amount_recurring,
        )
        findings = topic.finding_id | topic.item_id.finding_ids
        findings = findings.filtered(lambda row: row.state in ("open", "planned"))
        findings._mark_accepted(reason, until)
        thread = topic.item_id or topic.finding_id or topic.roadmap_id
        thread._message_log(body=decision._summary_text(), author_id=partner.id)
        topic.roadmap_id._refresh_revenue()
        return decision

    def _lock(self):
        """Wait for whoever accepts this risk now.

        The loser of the race fails on the row that the winner wrote; the request is then run again.
        """
        self.ensure_one()
        self.flush_recordset()
        self.env.execute_query(
            SQL("SELECT id FROM roadmap_meeting_topic WHERE id = %s FOR UPDATE", self.id)
        )
