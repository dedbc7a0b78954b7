from collections import namedtuple

from odoo import fields, models

from .roadmap_forecast_devices import UNPLANNED

# The plan of a device can still change: nothing was quoted.
MOVABLE = ("idea", "proposed", "approved")
# Shown as unknown, like a device without a price.
UNKNOWN_PRICE = (0.0, 0.0, 0.0)
Devices = namedtuple("Devices", "types items ids months low amount high")


class RoadmapScenario(models.Model):
    """What a scenario's rules for kinds of devices mean for each device."""

    _inherit = "roadmap.scenario"

    def _device_rows(self):
        """The replacements of the kinds of device that have a rule here.

        `types` and the one-off money of `items` leave the plan's own arms; `ids`, `months`, `low`,
        `amount` and `high` (in the client's currency) take their place. A device that an item plans
        keeps the item's price; one that is quoted, ordered, covered or without a price stays.
        """
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.rule != "item")
        if not lines:
            return Devices((), (), (), (), (), (), ())
        assets = self.env["roadmap.asset"].search_fetch(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("type_id", "in", lines.type_id.ids),
                ("state", "=", "in_use"),
            ],
            ["type_id", "purchase_date", "replacement_due", "replacement_line_id"],
        )
        dated = assets.filtered(lambda a: a.purchase_date or a.replacement_due)
        movable = assets.filtered(lambda a: self._may_move(a.replacement_line_id.item_id, dated))
        items = movable.replacement_line_id.item_id.filtered(lambda item: item.state in MOVABLE)
        prices = {item: self._price_of_item(item) for item in items}
        known = self._prices(lines.type_id)
        today = fields.Date.context_today(self)
        rows = []
        for line in lines:
            own = movable.filtered(lambda a, line=line: a.type_id == line.type_id)
            guide = known.get(line.type_id.id, UNKNOWN_PRICE)
            for asset_id, months in line._months(own, today).items():
                asset = own.browse(asset_id)
                price = prices.get(asset.replacement_line_id.item_id, guide)
                rows += [(asset_id, month, *price) for month in months]
        columns = zip(*rows, strict=True) if rows else ((), (), (), (), ())
        return Devices(tuple(lines.type_id.ids), tuple(items.ids), *columns)

    def _may_move(self, item, devices):
        """Whether devices that this item plans (or none) follow the rule of a scenario.

        An item moves as a whole: it stays where it also plans others than these devices.
        """
        if item.state in MOVABLE:
            return item.amount_one_off_high > 0 and item.asset_ids <= devices
        return not item or item.state in UNPLANNED

    def _price_of_item(self, item):
        """(low, expected, high) of one device of an item that replaces several."""
        count = len(item.asset_ids) or 1
        figures = item.amount_one_off_low, item.amount_one_off, item.amount_one_off_high
        return tuple(figure / count for figure in figures)

    def _prices(self, types):
        """{type id: (low, expected, high)} of one device, in the client's currency.

        None where the guide price is in a currency without a rate.
        """
        roadmap = self.roadmap_id
        rows = self.env["roadmap.forecast"]._replacement_prices(roadmap, types)
        return {
            type_id: (low, None if high is None else (low + high) / 2, high)
            for type_id, low, high in rows
        }
