from odoo import models

from .roadmap_forecast_arms import PLANNED


class RoadmapRoadmap(models.Model):
    """What no forecast can say yet, counted: shown beside a budget instead of a zero in it."""

    _inherit = "roadmap.roadmap"

    def _budget_unknown(self):
        """One sentence per kind of gap, in words for the client; none without a gap."""
        self.ensure_one()
        counts = [
            (self._count_assets_without_date(), self.env._("%s devices without a known age")),
            (
                self._count_assets_without_price(),
                self.env._("%s devices to replace whose price is not known"),
            ),
            (self._count_items_without_price(), self.env._("%s points without a price")),
            (
                self.env["roadmap.contract"].search_count(
                    [("roadmap_id", "=", self.id), ("price", "=", 0), ("seats", "!=", 0)]
                ),
                self.env._("%s contracts without a price"),
            ),
        ]
        return [words % count for count, words in counts if count]

    def _count_assets_without_date(self):
        return self.env["roadmap.asset"].search_count(
            [
                ("roadmap_id", "=", self.id),
                ("state", "=", "in_use"),
                ("replacement_due", "=", False),
                ("replacement_line_id", "=", False),
            ]
        )

    def _count_assets_without_price(self):
        return self.env["roadmap.asset"].search_count(
            [
                ("roadmap_id", "=", self.id),
                ("state", "=", "in_use"),
                ("replacement_due", "!=", False),
                ("replacement_line_id", "=", False),
                "|",
                ("type_id", "=", False),
                "&",
                ("type_id.price_low", "=", 0),
                ("type_id.price_high", "=", 0),
            ]
        )

    def _count_items_without_price(self):
        return self.env["roadmap.item"].search_count(
            [
                ("roadmap_id", "=", self.id),
                ("state", "in", PLANNED),
                ("client_visible", "=", True),
                ("covered", "=", False),
                ("amount_one_off", "=", 0),
                ("amount_recurring", "=", 0),
            ]
        )
