from odoo import models


class ProductProduct(models.Model):
    """Prices as clients read them: without tax."""

    _inherit = "product.product"

    def _roadmap_without_tax(self, price, currency, company):
        """The price less the taxes of this company that it includes."""
        taxes = self.sudo().taxes_id.filtered(lambda tax: tax.company_id == company)
        if not any(taxes.mapped("price_include")):
            return price
        return taxes.compute_all(price, currency=currency)["total_excluded"]
