from operator import add

from odoo import models
from odoo.tools import SQL

from ...rules.program import share, trailing


class RoadmapRoadmap(models.Model):
    """The owner's page: how far what we proposed gets."""

    _inherit = "roadmap.roadmap"

    def _program_stages(self):
        """Trailing twelve months, items by the month in which they were proposed:

        (proposed, approved, sent, ordered, bought elsewhere, money proposed, money approved)
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT currency_id, date_trunc('month', proposed_on)::date, COUNT(*),
                       COUNT(approved_on), COUNT(sent_on), COUNT(ordered_on),
                       COUNT(*) FILTER (WHERE state = 'bought_elsewhere'),
                       COALESCE(SUM(amount_one_off), 0),
                       COALESCE(SUM(amount_one_off) FILTER (WHERE approved_on IS NOT NULL), 0)
                  FROM roadmap_item
                 WHERE roadmap_id IN %s AND proposed_on IS NOT NULL
                 GROUP BY 1, 2
                """,
                self._program_everyone(),
            )
        )
        months = {}
        for currency_id, month, *counts, proposed, approved in rows:
            currency = self.env["res.currency"].browse(currency_id)
            money = (self._program_convert(float(sum_), currency) for sum_ in (proposed, approved))
            old = months.get(month, (0,) * 7)
            months[month] = tuple(map(add, old, (*counts, *money)))
        return trailing(months, self.env.context["roadmap_program_days"], 7)

    def _program_proposed(self, *leaves):
        """Items proposed in the twelve months."""
        return self._program_of_clients(("proposed_on", ">=", self._program_since()), *leaves)

    def _program_win_rate(self, stages):
        return self._program_figure(
            "win_rate",
            self.env._("Win rate"),
            self.env._("Items ordered / items with a quotation sent, of those proposed in twelve"
                       " months"),
            self.env._("Pricing, and fit."),
            [share(row[3], row[2]) for row in stages],
            target=60,
            action=self._program_action(
                self.env._("Quoted items"),
                "roadmap.item",
                self._program_proposed(("sent_on", "!=", False)),
            ),
            main=True,
        )  # fmt: skip

    def _program_acceptance(self, stages):
        by_value = share(stages[-1][6], stages[-1][5])
        return self._program_figure(
            "acceptance",
            self.env._("Acceptance"),
            self.env._(
                "Items approved / items proposed, over twelve months; by value: of their"
                " one-off amounts"
            ),
            self.env._("The quality of our advice."),
            [share(row[1], row[0]) for row in stages],
            target=50,
            note=self.env._("by value %s", self._program_format(by_value, "percent")),
            action=self._program_action(
                self.env._("Proposed items"),
                "roadmap.item",
                self._program_proposed(),
            ),
        )

    def _program_elsewhere(self, stages):
        return self._program_figure(
            "elsewhere",
            self.env._("Bought elsewhere"),
            self.env._("Items closed so / items approved, over twelve months"),
            self.env._("Learn about price and speed."),
            [share(row[4], row[1]) for row in stages],
            target=15,
            better="less",
            action=self._program_action(
                self.env._("Bought elsewhere"),
                "roadmap.item",
                self._program_proposed(("state", "=", "bought_elsewhere")),
            ),
        )
