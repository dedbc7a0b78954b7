from odoo import api, fields, models


class RoadmapRoadmap(models.Model):
    """The money of a client: forecast and quotations."""

    _inherit = "roadmap.roadmap"

    contingency_percent = fields.Float(
        "Contingency (%)",
        groups="roadmap_msp.group_roadmap_user",
        help="A reserve in the forecast: this share of what is planned, visible to the client and"
        " not yet quoted.",
    )

    def _budget_currency(self):
        """The currency of what is budgeted from now on."""
        return self.currency_id or self.company_id.currency_id

    _contingency_range = models.Constraint(
        "CHECK (COALESCE(contingency_percent, 0) BETWEEN 0 AND 100)",
        "The contingency is a share of the plan: between 0 and 100 %.",
    )

    @api.onchange("fiscal_year_start")
    def _onchange_fiscal_year_start(self):
        """Say what another month does: to the calendar, and to budgets that were made."""
        before = self._origin.fiscal_year_start
        if not before or before == self.fiscal_year_start:
            return None
        message = self.env._("No date moves: forecast and plan name years and quarters anew.")
        if self._origin.budget_ids:
            budgets = self.env._(
                "Budgets that were made keep the calendar they were made with, and say so; make a"
                " new revision to compare."
            )
            message = f"{message} {budgets}"
        title = self.env._("The fiscal year begins in another month")
        return {"warning": {"type": "notification", "title": title, "message": message}}

    def action_open_forecast(self):
        """The forecast of these clients, read for them alone."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_forecast_action"
        )
        return {
            **action,
            "domain": [("roadmap_id", "in", self.ids)],
            "context": {"forecast_roadmap_ids": self.ids, "search_default_filter_ahead": 1},
        }

    def action_open_orders(self):
        """The client's quotations: a single one opens in Sales only for those who may edit it."""
        orders = self.env["sale.order"].search([("roadmap_id", "in", self.ids)])
        return self.item_ids._action_open_orders(orders)
