from odoo import models


class AccountMove(models.Model):
    """A paid invoice is the last stage of the items behind it."""

    _inherit = "account.move"

    def action_link_to_plan(self):
        """Choose the item to which lines of this invoice belong.

        :raises UserError: the client has no roadmap
        """
        self.ensure_one()
        return self.env["roadmap.item.link"]._open_for(self)

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        lines = self.sudo().line_ids
        paid = lines.sale_line_ids.roadmap_item_line_id | lines.roadmap_item_line_id
        if paid:
            paid.item_id._note_paid()
        return result
