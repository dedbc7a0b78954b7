from odoo import api, models

from ..client.roadmap_tied import with_defaults
from .sale_order_line import LINKS

MONEY = {"product_uom_qty", "price_unit", "discount"}
# In the context while an order writes several lines, which it follows once all are written.
LATER = "roadmap_lines_later"


class SaleOrderLine(models.Model):
    """What happens to a confirmed order reaches the item, its contract and the opportunity."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """A line added to a confirmed order belongs to the item in whose section it stands."""
        self._roadmap_check_access(with_defaults(self, vals_list, LINKS))
        lines = super().create(vals_list)
        orders = lines.order_id.filtered(lambda order: order.state == "sale" and order.roadmap_id)
        if orders and not self.env.context.get(LATER):
            orders.sudo()._roadmap_after_change()
        return lines

    def write(self, vals):
        """A changed quantity or price of a confirmed line changes its contract."""
        self._roadmap_check_access([vals])
        result = super().write(vals)
        if MONEY & set(vals) and not self.env.context.get(LATER):
            lines = self.sudo().filtered("roadmap_item_line_id")
            if lines:
                lines.filtered(lambda line: line.state == "sale").order_id._roadmap_after_change()
                lines.order_id.opportunity_id._roadmap_update_revenue()
        return result

    # === First period: invoiced with the order, or by whatever bills the contract ===

    def _roadmap_billed_elsewhere(self):
        """Recurring lines that no invoice of the order shall hold, as the settings say."""
        ours = self.sudo().filtered(
            lambda line: line.roadmap_item_line_id
            and line.state == "sale"
            and not line.qty_invoiced
        )
        return ours.filtered(
            lambda line: (
                not line.company_id.roadmap_invoice_first_period and line._roadmap_is_recurring()
            )
        ).with_env(self.env)

    @api.depends("roadmap_item_line_id")
    def _compute_qty_to_invoice(self):
        result = super()._compute_qty_to_invoice()
        self._roadmap_billed_elsewhere().qty_to_invoice = 0.0
        return result

    @api.depends("roadmap_item_line_id")
    def _compute_invoice_status(self):
        result = super()._compute_invoice_status()
        self._roadmap_billed_elsewhere().invoice_status = "invoiced"
        return result
