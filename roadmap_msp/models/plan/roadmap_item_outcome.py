from odoo import models


class RoadmapItem(models.Model):
    """What opportunities of their own brought items."""

    _inherit = "roadmap.item"

    def _note_won(self):
        """The client said yes in the pipeline: approved, and in the queue for the quotation."""
        undecided = self.filtered(lambda item: item.state in ("idea", "proposed", "deferred"))
        undecided._record_outcome(
            "approved",
            {
                lead: self.env._("Opportunity won: %s", lead.name)
                for lead in undecided.opportunity_id
            },
        )
        self.filtered(lambda item: item.state == "approved")._request_quote("staff")

    def _note_lost(self):
        """Back in the plan with the reason, and counted in the opportunity of the year again."""
        none = self.env._("no reason given")
        self._record_outcome(
            "talk",
            {
                lead: self.env._(
                    "Opportunity lost: %(name)s (%(reason)s)",
                    name=lead.name,
                    reason=lead._roadmap_lost_reason().name or none,
                )
                for lead in self.opportunity_id
            },
        )
        self.opportunity_id = False
        self.roadmap_id._refresh_revenue()

    def _record_outcome(self, decision, reasons):
        """:param reasons: {opportunity: what became of it, in words}"""
        self.env["roadmap.decision"].sudo().create(
            [
                {
                    "roadmap_id": item.roadmap_id.id,
                    "item_id": item.id,
                    "decision": decision,
                    "partner_id": item.opportunity_id.partner_id.id,
                    "user_id": self.env.uid,
                    "reason": reasons[item.opportunity_id],
                    "internal_reason": True,
                }
                for item in self
            ]
        )
        self._message_log_batch(bodies={item.id: reasons[item.opportunity_id] for item in self})
