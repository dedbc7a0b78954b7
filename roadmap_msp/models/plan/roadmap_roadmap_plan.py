from odoo import fields, models
from odoo.tools.misc import formatLang

# Which types of devices a unit of the library counts.
DEVICE_TYPES = {
    "device": ("desktop_pc", "laptop", "mac", "workstation_cad", "thin_client"),
    "server": ("server", "virtual_machine"),
    "ap": ("access_point",),
    "room": ("meeting_room_set",),
    "door": ("door_controller",),
    "line": ("phone_handset",),
}


class RoadmapRoadmap(models.Model):
    """The plan of a client: what it counts, what it costs, what waits for an answer."""

    _inherit = "roadmap.roadmap"

    def _unit_quantity(self, unit):
        """How many units of the library the client has; None where nobody counted.

        :param unit: a key of `roadmap.item.template.line.unit`
        """
        self.ensure_one()
        if unit in ("seat", "user"):
            return float(self.seat_count) or None
        if unit == "site":
            return float(self.site_count) or None
        if unit in ("firm", "test"):
            return 1.0
        if unit not in DEVICE_TYPES:
            return None
        count = self._device_counts().get(unit)
        if not count and unit == "device":
            count = self.seat_count
        return float(count) if count else None

    def _device_counts(self):
        """{unit: devices in use}; cached devices let many templates cost one read."""
        self.ensure_one()
        in_use = self.asset_ids.filtered(lambda asset: asset.state == "in_use")
        codes = in_use.mapped(lambda asset: asset.type_id.code)
        return {
            unit: sum(code in counted for code in codes) for unit, counted in DEVICE_TYPES.items()
        }

    def _product_prices(self, products, quantity=1.0, quoted=False):
        """{product id: the client's price of one unit, without tax, in the roadmap's currency}.

        None where the price list, or what it starts from, is in a currency without a rate.

        :param quoted: in the currency of the client's price list instead, as on a quotation
        """
        self.ensure_one()
        company = self.company_id
        pricelist = self.partner_id.with_company(company).property_product_pricelist
        currency = pricelist.currency_id or company.currency_id if quoted else self.currency_id
        today = fields.Date.context_today(self)
        return pricelist._roadmap_prices(products, quantity or 1.0, currency, company, today)

    def _money(self, amount):
        """An amount as people say it: whole, unless it is small and has cents."""
        self.ensure_one()
        currency = self.currency_id or self.company_id.currency_id
        whole = abs(amount) >= 100 or currency.is_zero(amount - round(amount))
        text = formatLang(self.env, amount, digits=0 if whole else currency.decimal_places)
        if currency.position == "before":
            return f"{currency.symbol}{text}"
        return f"{text}\N{NO-BREAK SPACE}{currency.symbol}"
