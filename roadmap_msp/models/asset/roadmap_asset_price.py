from odoo import api, fields, models
from odoo.fields import Command


class RoadmapAsset(models.Model):
    """What replacing assets costs: the asset's own price, else the client's, else the type's."""

    _inherit = "roadmap.asset"

    def _prepare_replacement_lines(self, roadmap, asset_type):
        """The lines of an item that replaces these assets: the device and its labour."""
        lines = [self._prepare_replacement_line(roadmap, asset_type)]
        labour = asset_type.labour_product_id
        if labour:
            price = self._product_price(roadmap, labour, len(self))
            lines.append(
                {
                    "sequence": 20,
                    "name": labour.display_name,
                    "product_id": labour.id,
                    "per_asset": True,
                    "quantity": len(self),
                    "price_unit": price,
                    "price_low": price,
                    "price_high": price,
                }
            )
        return [Command.create(line) for line in lines]

    def _prepare_replacement_line(self, roadmap, asset_type):
        product, low, high = self._replacement_price(roadmap, asset_type)
        return {
            "sequence": 10,
            "name": product.display_name or asset_type.name,
            "product_id": product.id,
            "per_asset": True,
            "quantity": len(self),
            "price_unit": low if low == high else roadmap.currency_id.round((low + high) / 2),
            "price_low": low,
            "price_high": high,
        }

    def _replacement_price(self, roadmap, asset_type):
        """(product, lowest, highest price of one) in the roadmap's currency, without tax.

        0 where nobody knows it: no price, or no exchange rate for the guide price.
        """
        policy = roadmap.sudo().policy_ids.filtered(lambda row: row.type_id == asset_type)
        product = policy.product_id or asset_type.product_id
        agreed = self[:1].own_price or policy.price
        if agreed:
            return product, agreed, agreed
        if product:
            price = self._product_price(roadmap, product, len(self))
            return product, price, price
        today = fields.Date.context_today(self)
        low, high = (
            asset_type.currency_id._roadmap_convert(
                amount, roadmap.currency_id, roadmap.company_id, today
            )
            or 0.0
            for amount in (asset_type.price_low, asset_type.price_high)
        )
        return product, low, high

    @api.model
    def _product_price(self, roadmap, product, quantity):
        """The client's price, without tax, in the roadmap's currency; 0 where a rate is missing."""
        return roadmap._product_prices(product, quantity)[product.id] or 0.0
