from odoo import api, models


class RoadmapItemLine(models.Model):
    """Where the price of a line comes from: the client's price list, a guide price, or a person."""

    _inherit = "roadmap.item.line"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("price_source"):
                continue
            if vals.get("product_id"):
                vals["price_source"] = "pricelist"
            elif vals.get("price_low", 0) != vals.get("price_high", 0):
                vals["price_source"] = "guide"
        unpriced = [bool(vals.get("product_id")) and "price_unit" not in vals for vals in vals_list]
        lines = super().create(vals_list)
        waiting = lines.browse(
            line.id for line, wanted in zip(lines, unpriced, strict=True) if wanted
        )
        waiting._set_list_price()
        return lines

    @api.onchange("product_id")
    def _onchange_product_id(self):
        if self.product_id and self.roadmap_id:
            self.name = self.name or self.product_id.display_name
            self._set_list_price()

    @api.onchange("price_unit")
    def _onchange_price_unit(self):
        """A price typed by a person is our estimate, and its own range."""
        known = {self.price_high, (self.price_low + self.price_high) / 2}
        if self.price_unit not in known:
            self.price_source = "manual"
            self.price_low = self.price_high = self.price_unit

    def _set_list_price(self):
        """Take the price from the client's price list."""
        prices = self._list_prices()
        for line in self.filtered("product_id"):
            price = prices[line] or 0.0
            line.update(
                {
                    "price_unit": price,
                    "price_low": price,
                    "price_high": price,
                    "price_source": "pricelist",
                }
            )

    def _unrated_lines(self, quoted=False):
        """The lines without a price of which the client's price list needs a missing rate."""
        unpriced = self.filtered(
            lambda line: (
                line.product_id
                and not line.price_unit
                and (line.item_id.roadmap_id or line.roadmap_id)
            )
        )
        prices = unpriced._list_prices(quoted)
        return unpriced.filtered(lambda line: prices[line] is None)

    def _list_prices(self, quoted=False):
        """{line with a product: price of one unit without tax in the roadmap's currency}.

        None where the client's price list needs an exchange rate that nobody entered.

        :param quoted: see `roadmap.roadmap._product_prices`
        """
        prices = {}
        lines = self.filtered("product_id")
        for (roadmap, quantity), group in lines.grouped(
            lambda line: (line.item_id.roadmap_id or line.roadmap_id, line.quantity)
        ).items():
            found = roadmap._product_prices(group.product_id, quantity, quoted)
            prices.update({line: found[line.product_id.id] for line in group})
        return prices
