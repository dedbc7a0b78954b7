from odoo import models


class ProductPricelistItem(models.Model):
    """Which currencies the price of a rule comes through."""

    _inherit = "product.pricelist.item"

    def _roadmap_is_rated(self, product, quantity, currency, company, day):
        """Whether what this rule starts from can be converted to the price list's currency.

        Without a rule that is the product's own price.
        """
        if self.compute_price == "fixed":
            return True
        source = product.currency_id
        if self.base == "standard_price":
            source = product.cost_currency_id
        elif self.base == "pricelist" and self.base_pricelist_id:
            base = self.base_pricelist_id
            source = base.currency_id
            known = base._roadmap_prices(product, quantity, source, company, day)
            if known[product.id] is None:
                return False
        return source._roadmap_convert(1.0, currency, company, day) is not None
