from odoo import fields, models
from odoo.tools import format_date


class RoadmapAsset(models.Model):
    """What the replacement of a device that nobody planned yet says of itself in a budget."""

    _inherit = "roadmap.asset"

    def _budget_reason(self):
        """When the device falls due and where its price comes from, in words for the client."""
        self.ensure_one()
        day = self.replacement_due
        words = {
            "device": self.name,
            "when": format_date(self.env, day, date_format="MMM y") if day else "",
            "price": self._budget_price_source(),
        }
        if day and day < fields.Date.context_today(self):
            return self.env._("%(device)s, due since %(when)s, %(price)s", **words)
        return self.env._("%(device)s, due %(when)s, %(price)s", **words)

    def _budget_price_source(self):
        """The source that the forecast takes the price from (`_sql_device_prices`)."""
        policy = self.roadmap_id.policy_ids.filtered(lambda row: row.type_id == self.type_id)
        if self.own_price or policy.price:
            return self.env._("agreed price")
        if policy.product_id or self.type_id.product_id:
            return self.env._("your price list")
        return self.env._("guide price")
