from collections import namedtuple

from odoo import fields, models

from .roadmap_forecast_devices import UNPLANNED

# The plan of a device can still change: nothing was quoted.
MOVABLE = ("idea", "proposed", "approved")
Devices = namedtuple("Devices", "types items ids months low high")


class RoadmapScenario(models.Model):
    """What a scenario's rules for kinds of devices mean for each device."""

    _inherit = "roadmap.scenario"

    def _device_rows(self):
        """The replacements of the kinds of device that have a rule here.

        `types` and `items` leave the plan's own arms; `ids`, `months`, `low` and `high` (in the
        client's currency) take their place. A device that an item plans keeps the item's price;
        one that is quoted or ordered stays as it is.
        """
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.rule != "item")
        if not lines:
            return Devices((), (), (), (), (), ())
        assets = self.env["roadmap.asset"].search_fetch(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("type_id", "in", lines.type_id.ids),
                ("state", "=", "in_use"),
            ],
            ["type_id", "purchase_date", "replacement_due", "replacement_line_id"],
        )
        movable = assets.filtered(
            lambda a: a.replacement_line_id.item_id.state in (False, *UNPLANNED, *MOVABLE)
        )
        items = movable.replacement_line_id.item_id.filtered(lambda item: item.state in MOVABLE)
        prices = {item: self._price_of_item(item) for item in items}
        today = fields.Date.context_today(self)
        rows = []
        for line in lines:
            own = movable.filtered(lambda a, line=line: a.type_id == line.type_id)
            guide = self._guide_price(line.type_id)
            for asset_id, months in line._months(own, today).items():
                asset = own.browse(asset_id)
                low, high = prices.get(asset.replacement_line_id.item_id, guide)
                rows += [(asset_id, month, low, high) for month in months]
        columns = zip(*rows, strict=True) if rows else ((), (), (), ())
        return Devices(tuple(lines.type_id.ids), tuple(items.ids), *columns)

    def _price_of_item(self, item):
        """(low, high) of one device of an item that replaces several."""
        lines = item.line_ids.filtered(lambda line: line.kind == "one_off")
        count = len(item.asset_ids) or 1
        return sum(lines.mapped("amount_low")) / count, sum(lines.mapped("amount_high")) / count

    def _guide_price(self, asset_type):
        """(low, high) of a kind of device in the client's currency."""
        today = fields.Date.context_today(self)
        roadmap = self.roadmap_id
        return tuple(
            asset_type.currency_id._convert(
                price or 0.0, roadmap.currency_id, roadmap.company_id, today
            )
            for price in (
                asset_type.price_low,
                asset_type.price_high or asset_type.price_low,
            )
        )
