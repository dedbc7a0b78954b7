from odoo import models


class RoadmapItem(models.Model):
    """What an opportunity of its own brought an item."""

    _inherit = "roadmap.item"

    def _note_won(self, lead):
        """The client said yes in the pipeline: approved, and in the queue for the quotation."""
        undecided = self.filtered(lambda item: item.state in ("idea", "proposed", "deferred"))
        self._record_outcome(
            undecided, "approved", self.env._("Opportunity won: %s", lead.name), lead
        )
        self.filtered(lambda item: item.state == "approved")._request_quote("staff")

    def _note_lost(self, lead):
        """Back in the plan with the reason, and counted in the opportunity of the year again."""
        reason = lead._roadmap_lost_reason().name or self.env._("no reason given")
        text = self.env._("Opportunity lost: %(name)s (%(reason)s)", name=lead.name, reason=reason)
        self._record_outcome(self, "talk", text, lead)
        self.opportunity_id = False
        self.roadmap_id._refresh_revenue()

    def _record_outcome(self, items, decision, reason, lead):
        self.env["roadmap.decision"].sudo().create(
            [
                {
                    "roadmap_id": item.roadmap_id.id,
                    "item_id": item.id,
                    "decision": decision,
                    "partner_id": lead.partner_id.id,
                    "user_id": self.env.uid,
                    "reason": reason,
                }
                for item in items
            ]
        )
        for item in items:
            item._message_log(body=reason)
