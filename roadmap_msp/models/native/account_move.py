from odoo import models


class AccountMove(models.Model):
    """A paid invoice is the last stage of the items behind it."""

    _inherit = "account.move"

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        lines = self.sudo().line_ids.sale_line_ids.filtered("roadmap_item_line_id")
        if lines:
            lines.roadmap_item_line_id.item_id._note_paid()
        return result
