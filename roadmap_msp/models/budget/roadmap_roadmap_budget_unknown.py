from odoo import models


class RoadmapRoadmap(models.Model):
    """What no forecast can say yet, counted: shown beside a budget instead of a zero in it."""

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

    def _budget_gaps(self):
        """{(kind of source, gap): number of sources} of the forecast."""
        groups = (
            self.env["roadmap.forecast"]
            .with_context(forecast_roadmap_ids=self.ids)
            ._read_group(
                [
                    ("roadmap_id", "=", self.id),
                    ("unknown_count", ">", 0),
                    "|",
                    ("item_id", "=", False),
                    ("item_id.client_visible", "=", True),
                ],
                ["arm", "stage"],
                ["unknown_count:sum"],
            )
        )
        return {(arm, stage): count for arm, stage, count in groups}
