from odoo import models


class ProductPricelist(models.Model):
    """Prices of a price list that say when an exchange rate is missing; Odoo takes 1 to 1."""

    _inherit = "product.pricelist"

    def _roadmap_prices(self, products, quantity, currency, company, day):
        """{product id: price of one unit, without tax, in `currency`}.

        None where an exchange rate is missing. Asked for in the list's own currency, in which its
        fixed prices and surcharges are meant; without a list, the prices of the products.
        """
        own = self.currency_id or company.currency_id
        found = self.with_company(company)._compute_price_rule(
            products.with_company(company), quantity, currency=own, date=day
        )
        prices = {}
        for product in products.with_company(company):
            price, rule_id = found[product.id]
            rule = self.env["product.pricelist.item"].browse(rule_id)
            if not rule._roadmap_is_rated(product, quantity, own, company, day):
                price = None
            else:
                price = product._roadmap_without_tax(price, own, company)
                if own != currency:
                    price = own._roadmap_convert(price, currency, company, day)
            prices[product.id] = price
        return prices
