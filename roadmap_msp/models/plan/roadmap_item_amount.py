from odoo import api, fields, models

from ...rules.scoring import urgency

# Of a question in the middle, for items that no question asked for.
DEFAULT_WEIGHT = 3


class RoadmapItem(models.Model):
    """What an item costs, and how much it matters."""

    _inherit = "roadmap.item"

    amount_one_off = fields.Monetary(
        "One-off", compute="_compute_amounts", store=True, help="Expected, without tax."
    )
    amount_recurring = fields.Monetary(
        "Per Month", compute="_compute_amounts", store=True, help="Expected, without tax."
    )
    amount_one_off_low = fields.Monetary(compute="_compute_amounts", store=True, aggregator=None)
    amount_one_off_high = fields.Monetary(compute="_compute_amounts", store=True, aggregator=None)
    amount_recurring_low = fields.Monetary(compute="_compute_amounts", store=True, aggregator=None)
    amount_recurring_high = fields.Monetary(compute="_compute_amounts", store=True, aggregator=None)
    amount_range = fields.Char("Range", compute="_compute_amount_range")
    based_on = fields.Char(compute="_compute_based_on")
    price_unknown = fields.Boolean(
        compute="_compute_price_unknown",
        help="Nobody has priced it yet: never shown as zero, and counted as unknown in budgets.",
    )
    margin = fields.Monetary(compute="_compute_margin", groups="base.group_user")
    priority_score = fields.Float(
        "Priority",
        compute="_compute_priority_score",
        store=True,
        aggregator="max",
        help="Risk times weight of the question times how much the firm depends on technology.",
    )

    @api.depends(
        "covered",
        "line_ids.amount",
        "line_ids.amount_low",
        "line_ids.amount_high",
        "line_ids.amount_month",
        "line_ids.kind",
        "line_ids.period",
        "line_ids.option_group",
        "line_ids.option_chosen",
        "line_ids.sequence",
    )
    def _compute_amounts(self):
        for item in self:
            lines = item._counted_lines()
            once = lines.filtered(lambda line: line.kind == "one_off")
            monthly = lines - once
            item.amount_one_off = sum(once.mapped("amount"))
            item.amount_one_off_low = sum(once.mapped("amount_low"))
            item.amount_one_off_high = sum(once.mapped("amount_high"))
            item.amount_recurring = sum(monthly.mapped("amount_month"))
            item.amount_recurring_low = sum(line._per_month(line.amount_low) for line in monthly)
            item.amount_recurring_high = sum(line._per_month(line.amount_high) for line in monthly)

    @api.depends("covered", "amount_one_off", "amount_recurring")
    def _compute_price_unknown(self):
        for item in self:
            item.price_unknown = not (item.covered or item.amount_one_off or item.amount_recurring)

    def _counted_lines(self):
        """The lines that make up the estimate: none if covered, one of each group of options.

        What the client chose counts, else the first of the group.
        """
        self.ensure_one()
        lines = self.line_ids.browse()
        if self.covered:
            return lines
        groups = set()
        for line in self.line_ids.sorted(
            lambda line: (not line.option_chosen, line.sequence, line._origin.id or 0)
        ):
            if line.option_group and line.option_group in groups:
                continue
            groups.add(line.option_group)
            lines |= line
        return lines

    @api.depends(
        "covered",
        "amount_one_off_low",
        "amount_one_off_high",
        "amount_recurring_low",
        "amount_recurring_high",
    )
    def _compute_amount_range(self):
        """From what is stored alone: cards of a board read no lines for it."""
        for item in self:
            item.amount_range = item._range_text()

    @api.depends(
        "covered",
        "line_ids.based_on",
        "line_ids.option_group",
        "line_ids.option_chosen",
        "line_ids.sequence",
    )
    def _compute_based_on(self):
        for item in self:
            reasons = dict.fromkeys(filter(None, item._counted_lines().mapped("based_on")))
            item.based_on = "; ".join(reasons)

    def _range_text(self):
        self.ensure_one()
        if self.covered:
            return self.env._("Covered by the agreement")
        parts = []
        if self.amount_one_off_low != self.amount_one_off_high:
            parts.append(
                self.env._(
                    "%(low)s to %(high)s",
                    low=self._format(self.amount_one_off_low),
                    high=self._format(self.amount_one_off_high),
                )
            )
        if self.amount_recurring_low != self.amount_recurring_high:
            parts.append(
                self.env._(
                    "%(low)s to %(high)s per month",
                    low=self._format(self.amount_recurring_low),
                    high=self._format(self.amount_recurring_high),
                )
            )
        return self.env._(" and ").join(parts)

    def _format(self, amount):
        return self.roadmap_id._money(amount)

    @api.depends("line_ids.margin", "covered")
    def _compute_margin(self):
        for item in self:
            item.margin = sum(item._counted_lines().mapped("margin"))

    @api.depends("risk", "finding_ids.urgency")
    def _compute_priority_score(self):
        dependence = self.roadmap_id._origin._business_dependences()
        for item in self:
            own = urgency(
                item.risk, DEFAULT_WEIGHT, dependence.get(item.roadmap_id._origin.id, 1.0)
            )
            item.priority_score = max([own, *item.finding_ids.mapped("urgency")])
