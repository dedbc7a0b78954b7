from odoo import fields, models
from odoo.exceptions import UserError

from ...rules.asking import is_signed_refusal, worst_risk
from ..plan.roadmap_proposal_decide import TOO_LATE


class RoadmapMeetingTopic(models.Model):
    """A risk that the client accepts in a meeting is a decision, signed where it is a great one."""

    _inherit = "roadmap.meeting.topic"

    def _prepare_risk_values(self):
        """`risk` or False, `risk_text` as it is shown, `signed`: whether accepting it is signed."""
        self.ensure_one()
        topic = self.sudo()
        item, company = topic.item_id, topic.company_id
        risk = worst_risk(topic.finding_id.risk, not item.covered and item.risk)
        signed = is_signed_refusal(risk, company.roadmap_refusal_risk)
        lang = topic.roadmap_id.partner_id.lang or self.env.lang
        return {
            "risk": risk,
            "risk_text": company.with_context(lang=lang).roadmap_refusal_text if signed else "",
            "signed": signed,
        }

    def _accept_risk(self, partner, reason, until, signature=None, signed_by=None):
        """Store that a contact of the client lives with the risk until a day, and what follows.

        The decision is about the topic's item, else its finding, else the topic itself. On the day
        the topic is back on the agenda; a finding counts as accepted until then.

        :param partner: a decision maker or signer; a great risk takes a signer
        :param until: a date in the future
        :param signature: base64 image; needed for a great risk, together with `signed_by`
        :raises UserError: in words for the room; nothing is stored then
        :return: the `roadmap.decision`
        """
        self.ensure_one()
        topic, shown = self.sudo(), self._prepare_risk_values()
        topic._check_acceptance(partner, reason, until, shown["signed"] and signature, shown)
        subject = topic.item_id or topic.finding_id or topic
        names = {"roadmap.item": "item_id", "roadmap.finding": "finding_id"}
        decision = topic.env["roadmap.decision"].create(
            {
                "roadmap_id": topic.roadmap_id.id,
                names.get(subject._name, "topic_id"): subject.id,
                "decision": "declined",
                "partner_id": partner.id,
                "user_id": self.env.uid,
                "reason": reason,
                "until": until,
                "risk_text": shown["risk_text"] or topic.situation,
                "amount_one_off": topic.item_id.amount_one_off,
                "amount_recurring": topic.item_id.amount_recurring,
                "signature": shown["signed"] and signature,
                "signed_by": shown["signed"] and signed_by,
            }
        )
        topic._follow_acceptance(decision)
        return decision

    def _check_acceptance(self, partner, reason, until, signature, shown):
        """Refuse what would be no valid decision, before anything is stored."""
        if not reason or not until or until <= fields.Date.context_today(self):
            raise UserError(
                self.env._("Say why the risk is accepted, and until which day in the future.")
            )
        if self.item_id.state in TOO_LATE:
            raise UserError(
                self.env._(
                    "%s is ordered or closed already: there is no risk to accept.", self.name
                )
            )
        roles = self.roadmap_id._roles_of(partner)
        if not roles & {"decision_maker", "signer"} or (shown["signed"] and "signer" not in roles):
            raise UserError(
                self.env._(
                    "Choose who accepts it: %s. If nobody of them is here, put the topic off and"
                    " send the proposal; it is signed on the client's page.",
                    ", ".join(self.roadmap_id._meeting_contacts(("signer",)).mapped("name"))
                    or self.env._("nobody signs for this client yet"),
                )
            )
        if shown["signed"] and not signature:
            raise UserError(
                self.env._("%s carries a great risk: it is accepted by a signature.", self.name)
            )

    def _follow_acceptance(self, decision):
        """Sealed if signed; the findings are accepted until the day, and the topic is deferred."""
        findings = self.finding_id | self.item_id.finding_ids
        findings.filtered(lambda row: row.state in ("open", "planned")).write(
            {
                "state": "accepted",
                "accepted_until": decision.until,
                "accept_reason": decision.reason,
                "proposed": False,
            }
        )
        thread = self.item_id or self.finding_id or self.roadmap_id
        thread._message_log(body=decision._summary_text(), author_id=decision.partner_id.id or None)
        if decision.signature:
            decision._seal()
        self.roadmap_id._refresh_revenue()
