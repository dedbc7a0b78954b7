from odoo import models

OPEN = ("idea", "proposed", "approved", "quoted", "deferred")


class CrmLead(models.Model):
    """What becomes of an opportunity flows back to the items that were pushed to it."""

    _inherit = "crm.lead"

    def write(self, vals):
        """Won and lost may be reached by a stage, a probability or archiving alike."""
        if not {"stage_id", "probability", "active", "lost_reason_id"} & set(vals):
            return super().write(vals)
        before = {
            lead: lead.won_status
            for lead in self.sudo()
            if lead.roadmap_id and not lead.roadmap_fiscal_year
        }
        result = super().write(vals)
        if before:
            leads = self.sudo().browse().union(*before)
            leads.filtered(lambda lead: lead.won_status != before[lead])._roadmap_outcome()
        return result

    def action_set_lost(self, **additional_values):
        """Odoo archives the lead before it writes why; the items are told the reason at once."""
        reason_id = additional_values.get("lost_reason_id")
        leads = self.with_context(roadmap_lost_reason_id=reason_id)
        return super(CrmLead, leads).action_set_lost(**additional_values)

    def _roadmap_lost_reason(self):
        self.ensure_one()
        reason_id = self.env.context.get("roadmap_lost_reason_id")
        return self.lost_reason_id or self.lost_reason_id.browse(reason_id)

    def _roadmap_outcome(self):
        """Won is the client's yes to what stands on no quotation; lost gives the items back."""
        items = self.env["roadmap.item"].sudo().search([("opportunity_id", "in", self.ids)])
        items = items.filtered(lambda item: item.state in OPEN)
        if won := items.filtered(lambda item: item.opportunity_id.won_status == "won"):
            won._note_won()
        if lost := items.filtered(lambda item: item.opportunity_id.won_status == "lost"):
            lost._note_lost()
