from odoo import fields, models
from odoo.fields import Command


class RoadmapAsset(models.Model):
    """A roadmap item that renews warranties."""

    _inherit = "roadmap.asset"

    def _prepare_renewal_item(self, roadmap, asset_type):
        """Values of the item that renews the warranties of these assets, of one client and type."""
        product = asset_type.renewal_product_id
        if product:
            price = self._product_price(roadmap, product, len(self))
        else:
            # Without an exchange rate it is unknown.
            price = (
                asset_type.currency_id._roadmap_convert(
                    asset_type.renewal_price,
                    roadmap.currency_id,
                    roadmap.company_id,
                    fields.Date.context_today(self),
                )
                or 0.0
            )
        name = self.env._("Warranty renewal: %s", asset_type.name)
        today = fields.Date.context_today(self)
        return {
            "name": self.env._(
                "Renew the warranty of %(count)s × %(type)s", count=len(self), type=asset_type.name
            ),
            "roadmap_id": roadmap.id,
            "summary": self.env._("Their warranty ends; a repair would have to be paid for."),
            "category_id": asset_type.category_id.id,
            "risk": "medium",
            "target_date": max(min(self.mapped("warranty_end")), today),
            "user_id": roadmap.account_manager_id.id or self.env.uid,
            "asset_ids": [Command.set(self.ids)],
            "line_ids": [
                Command.create(
                    {
                        "name": product.display_name or name,
                        "product_id": product.id,
                        "per_asset": True,
                        "quantity": len(self),
                        "price_unit": price,
                        "price_source": "pricelist" if product else "guide",
                    }
                )
            ],
        }
