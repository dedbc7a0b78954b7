from odoo import models


class RoadmapProposalLine(models.Model):
    """A point whose quotation was sent leads to it."""

    _inherit = "roadmap.proposal.line"

    def _portal_card(self, partner, may_sign):
        card = super()._portal_card(partner, may_sign)
        card["quotation_url"] = ""
        if card["state"] == "quoted":
            orders = self.item_id.line_ids.sale_line_ids.order_id
            sent = orders.filtered(lambda order: order.state == "sent")[-1:]
            if sent:
                card["status"] = self.env._("The quotation is ready for you")
            if sent and may_sign and self.env.user.partner_id == partner:
                card["quotation_url"] = f"/my/orders/{sent.id}"
        return card
