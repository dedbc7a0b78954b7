from odoo import models


class SaleOrder(models.Model):
    """An order that nobody made from the plan, linked to it line by line."""

    _inherit = "sale.order"

    def action_link_to_plan(self):
        """Choose the item to which lines of this order belong.

        :raises UserError: the client has no roadmap
        """
        self.ensure_one()
        return self.env["roadmap.item.link"]._open_for(self, default_order_id=self.id)

    def _roadmap_leave(self):
        """No line belongs to an item any more: the order is none of the roadmap's."""
        if self.opportunity_id.roadmap_id != self.roadmap_id:
            self.roadmap_id = False
