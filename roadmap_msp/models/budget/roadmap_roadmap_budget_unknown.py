from odoo import models


class RoadmapRoadmap(models.Model):
    """What stands in a forecast without an amount: shown beside a budget, not as a zero in it."""

    _inherit = "roadmap.roadmap"

    def _budget_unknown(self):
        """One sentence per kind of gap, in words for the client; none without a gap.

        Counts what the forecast counts, except items that the client does not see.
        """
        self.ensure_one()
        counts = self._budget_gaps()
        words = [
            ("replacement", "no_date", self.env._("%s devices without a known age")),
            (
                "replacement",
                "no_price",
                self.env._("%s devices to replace whose price is not known"),
            ),
            ("item_open", "no_price", self.env._("%s points without a price, in whole or in part")),
            ("contract", "no_price", self.env._("%s contracts without a price")),
        ]
        known = {(arm, gap) for arm, gap, _text in words}
        lines = [text % counts[arm, gap] for arm, gap, text in words if counts.get((arm, gap))]
        rest = sum(count for key, count in counts.items() if key not in known)
        if rest:
            lines.append(self.env._("%s amounts without an exchange rate", rest))
        return lines

    def _budget_covered(self):
        """The names of what the agreement covers, so that it costs the client nothing extra."""
        self.ensure_one()
        return [name for (name,) in self._budget_without_amount("covered_count", ["name"])]

    def _budget_gaps(self):
        """{(kind of source, gap): number of sources} of the forecast."""
        groups = self._budget_without_amount(
            "unknown_count", ["arm", "stage"], ["unknown_count:sum"]
        )
        return {(arm, stage): count for arm, stage, count in groups}

    def _budget_without_amount(self, count, groupby, aggregates=()):
        """Groups of the forecast that have no amount, except of items hidden from the client."""
        return (
            self.env["roadmap.forecast"]
            .with_context(forecast_roadmap_ids=self.ids)
            ._read_group(
                [
                    ("roadmap_id", "=", self.id),
                    (count, ">", 0),
                    "|",
                    ("item_id", "=", False),
                    ("item_id.client_visible", "=", True),
                ],
                groupby,
                aggregates,
            )
        )
