from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.asking import is_signed_refusal
from ..client.picture import is_picture

SUBJECTS = {
    "roadmap.item": "item_id",
    "roadmap.finding": "finding_id",
    "roadmap.meeting.topic": "topic_id",
}
# While the subject is in it, the acceptance holds.
ACCEPTED = {
    "roadmap.item": "declined",
    "roadmap.finding": "accepted",
    "roadmap.meeting.topic": "deferred",
}


class RoadmapDecision(models.Model):
    """A risk that a contact of the client accepts in our presence: in the room or on a call."""

    _inherit = "roadmap.decision"

    @api.model
    def _is_signed_risk(self, roadmap, risk):
        """Whether accepting a risk of this degree takes a signature, by the settings."""
        return is_signed_refusal(risk, roadmap.company_id.sudo().roadmap_refusal_risk)

    @api.model
    def _shown_risk_text(self, roadmap, risk):
        """What the client is shown of a risk that is signed, in its language; else nothing."""
        if not self._is_signed_risk(roadmap, risk):
            return ""
        lang = roadmap.sudo().partner_id.lang or self.env.lang
        return roadmap.company_id.with_context(lang=lang).sudo().roadmap_refusal_text or ""

    @api.model
    def _check_acceptance(self, roadmap, name, risk, partner, reason, until, signature):
        """Refuse what would be no valid decision, before anything is stored.

        :raises UserError: in words for the room
        """
        if not reason or not until or until <= fields.Date.context_today(self):
            raise UserError(
                self.env._("Say why the risk is accepted, and until which day in the future.")
            )
        signed = self._is_signed_risk(roadmap, risk)
        roles = roadmap.sudo()._roles_of(partner)
        if not roles & {"decision_maker", "signer"} or (signed and "signer" not in roles):
            raise UserError(
                self.env._(
                    "Choose who accepts it: %s. If nobody of them is here, put it off and send the"
                    " proposal; it is signed on the client's page.",
                    ", ".join(roadmap._meeting_contacts(("signer",)).mapped("name"))
                    or self.env._("nobody signs for this client yet"),
                )
            )
        if signed and not signature:
            raise UserError(
                self.env._("%s carries a great risk: it is accepted by a signature.", name)
            )
        if signed and not is_picture(signature):
            raise UserError(self.env._("This signature cannot be read. Please draw it again."))

    @api.model
    def _same_acceptance(self, subject, partner, reason, until):
        """The newest decision about the subject if it holds and says the same, else none."""
        decisions = self.sudo()
        if subject.sudo().state != ACCEPTED[subject._name]:
            return decisions.browse()
        newest = decisions.search([(SUBJECTS[subject._name], "=", subject.id)], limit=1)
        same = (newest.decision, newest.partner_id, newest.reason, newest.until)
        return newest if same == ("declined", partner, reason, until) else decisions.browse()

    @api.model
    def _store_acceptance(self, subject, roadmap, risk, partner, signature, signed_by, **values):
        """Store and seal the decision about an item, a finding or a topic; checked before."""
        signed = self._is_signed_risk(roadmap, risk)
        shown = self._shown_risk_text(roadmap, risk)
        decision = self.sudo().create(
            {
                "roadmap_id": roadmap.id,
                SUBJECTS[subject._name]: subject.id,
                "decision": "declined",
                "partner_id": partner.id,
                "user_id": self.env.uid,
                "signature": signed and signature,
                "signed_by": signed and (signed_by or partner.name),
                **values,
                "risk_text": shown or values.get("risk_text"),
            }
        )
        if decision.signature:
            decision._seal()
        return decision
