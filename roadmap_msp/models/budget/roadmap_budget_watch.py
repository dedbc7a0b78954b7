from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

BATCH = 200


class RoadmapBudget(models.Model):
    """Every night: which signed budgets moved beyond the limit."""

    _inherit = "roadmap.budget"

    @api.model
    def _cron_check_budgets(self):
        """An activity, once, where a signed first year moved beyond the limit."""
        domain = [
            ("state", "=", "approved"),
            ("change_alert_on", "=", False),
            ("closed_on", "=", False),
            ("roadmap_id.state", "in", ("onboarding", "running")),
        ]
        budgets = self.sudo().search(domain)
        cron, left = self.env["ir.cron"], len(budgets)
        cron._commit_progress(remaining=left)
        for ids in split_every(BATCH, budgets.ids):
            self.sudo().browse(ids)._alert_changes()
            left -= len(ids)
            if not cron._commit_progress(len(ids), remaining=left):
                break

    def _alert_changes(self):
        """Compare many revisions with the forecast in one query, and ask where it matters."""
        now = self._first_years_today()
        for budget in self:
            words = budget._not_comparable()
            if not words:
                planned = {
                    ("", "", kind, budget.fiscal_year): budget[f"amount_{kind}"]
                    for kind in ("one_off", "recurring")
                }
                words = budget._moved_too_far(planned, now[budget.id])
            if words:
                budget.change_alert_on = fields.Date.context_today(self)
                budget.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("Budget: make a new revision"),
                    note=words,
                    user_id=(budget.user_id or self.env.user).id,
                )

    def _first_years_today(self):
        """{budget id: totals as `_moved_too_far` reads them}, by one read of the forecast."""
        forecast = self.env["roadmap.forecast"].with_context(
            forecast_roadmap_ids=tuple(self.roadmap_id.ids)
        )
        visible = Domain("item_id", "=", False) | Domain("item_id.client_visible", "=", True)
        sums = ["one_off_total:sum", "recurring_total:sum", "one_off_ordered:sum"]
        rows = forecast._read_group(
            Domain("roadmap_id", "in", self.roadmap_id.ids) & visible,
            ["roadmap_id", "fiscal_year"],
            sums,
        )
        hand = self.env["roadmap.budget.line"]._read_group(
            [("budget_id", "in", self.ids), ("source", "=", "manual")],
            ["budget_id", "fiscal_year", "kind"],
            ["amount:sum"],
        )
        totals = {budget.id: {} for budget in self}
        for budget in self:
            first = budget.fiscal_year
            once = recurring = 0.0
            for roadmap, year, one_off, monthly, ordered in rows:
                if roadmap != budget.roadmap_id or not year or int(year) > first:
                    continue
                once += one_off if int(year) == first else one_off - ordered
                recurring += monthly if int(year) == first else 0.0
            totals[budget.id] = {
                ("", "", "one_off", first): once,
                ("", "", "recurring", first): recurring,
            }
        for budget, year, kind, amount in hand:
            if year == budget.fiscal_year:
                totals[budget.id]["", "", kind, year] += amount
        return totals
