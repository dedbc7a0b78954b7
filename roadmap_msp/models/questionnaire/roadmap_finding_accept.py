from odoo import models


class RoadmapFinding(models.Model):
    """A finding is accepted by a decision of the client, never by us alone."""

    _inherit = "roadmap.finding"

    def _accept_risk(self, partner, reason, until, signature=None, signed_by=None):
        """Each of these findings counts as accepted until the day, by a decision of the contact.

        Said twice (a double click, a retry) it is stored once.

        :raises UserError: for anything that makes no valid decision; nothing is stored then
        """
        decisions = self.env["roadmap.decision"]
        for finding in self:
            decisions._check_acceptance(
                finding.roadmap_id, finding.name, finding.risk, partner, reason, until, signature
            )
        for finding in self:
            known = decisions._same_acceptance(finding, partner, reason, until)
            if known:
                decisions |= known
                continue
            decision = decisions._store_acceptance(
                finding,
                finding.roadmap_id,
                finding.risk,
                partner,
                signature,
                signed_by,
                reason=reason,
                until=until,
                risk_text=finding.description,
            )
            finding._message_log(body=decision._summary_text(), author_id=partner.id)
            decisions |= decision
        self._with_folded().sudo()._mark_accepted(reason, until)
        return decisions

    def _mark_accepted(self, reason, until):
        """The state of findings whose risk somebody accepted; the decision is stored beside it."""
        self.write({"state": "accepted", "accepted_until": until, "accept_reason": reason})
        self._fold(self.roadmap_id)
