from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

QUARTERS = 12


class RoadmapItemSchedule(models.TransientModel):
    """Plan many items at once: all for one quarter, or spread evenly over several."""

    _name = "roadmap.item.schedule"
    _description = "Schedule Items"

    item_ids = fields.Many2many("roadmap.item")
    quarter = fields.Selection(
        "_quarters", required=True, default=lambda self: self._quarters()[1][0]
    )
    quarter_count = fields.Integer("Over", default=1, help="Quarters; 1 puts all in the first.")
    preview = fields.Html(compute="_compute_preview")

    _some_quarters = models.Constraint(
        "CHECK (quarter_count BETWEEN 1 AND 12)", "Spread the items over 1 to 12 quarters."
    )

    @api.model
    def _quarters(self):
        periods = self.env["roadmap.item"]._periods_ahead(self._start_month(), QUARTERS)
        return [(period, period) for period in periods]

    @api.model
    def _start_month(self):
        items = self.env["roadmap.item"].browse(self.env.context.get("active_ids"))
        months = set(items.exists().roadmap_id.mapped("fiscal_year_start"))
        return months.pop() if len(months) == 1 else items._board_start_month()

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "roadmap.item":
            values.setdefault("item_ids", [Command.set(self.env.context.get("active_ids") or [])])
        return values

    def _plan(self):
        """[(quarter, items)]: the most urgent first, each quarter with as many as the others."""
        self.ensure_one()
        quarters = [key for key, _label in self._quarters()]
        first = quarters.index(self.quarter)
        count = max(1, min(self.quarter_count, QUARTERS))
        chosen = self.env["roadmap.item"]._periods_ahead(self._start_month(), QUARTERS + count)
        chosen = chosen[first : first + count]
        plan = {quarter: self.env["roadmap.item"] for quarter in chosen}
        # Of each client by itself: spreading is about what one client can bear.
        for items in self.item_ids.grouped("roadmap_id").values():
            ordered = items.sorted(
                lambda item: (-item.priority_score, item.sequence, item._origin.id)
            )
            for place, item in enumerate(ordered):
                plan[chosen[place * count // len(ordered)]] |= item
        return list(plan.items())

    @api.depends("item_ids", "quarter", "quarter_count")
    def _compute_preview(self):
        for wizard in self:
            rows = wizard._plan() if wizard.quarter else []
            wizard.preview = Markup("").join(
                Markup("<p class='mb-1'><strong>{}</strong> {}</p>").format(
                    quarter, ", ".join(items.mapped("name")) or "–"
                )
                for quarter, items in rows
            )

    def action_apply(self):
        """Write the dates, the last day of each quarter of each client's own fiscal year.

        :raises UserError: no item is selected
        """
        self.ensure_one()
        if not self.item_ids:
            raise UserError(self.env._("Select the items that you want to schedule first."))
        self.item_ids.check_access("write")
        for quarter, items in self._plan():
            items.fiscal_period = quarter
        return {"type": "ir.actions.client", "tag": "soft_reload"}
