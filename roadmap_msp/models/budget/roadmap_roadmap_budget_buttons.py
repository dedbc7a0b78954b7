from odoo import fields, models

from ..plan.roadmap_proposal import DECIDING_ROLES


class RoadmapRoadmap(models.Model):
    """A client's budgets: the button on its form, and the entry on its To do page."""

    _inherit = "roadmap.roadmap"

    budget_ids = fields.One2many(
        "roadmap.budget", "roadmap_id", groups="roadmap_msp.group_roadmap_user"
    )

    def action_open_budgets(self):
        """The client's budgets; the first one is made where there is none."""
        self.ensure_one()
        budgets = self.env["roadmap.budget"].search([("roadmap_id", "=", self.id)])
        if not budgets:
            return self.action_create_budget()
        action = self._open_children("roadmap.budget", self.env._("Budgets"))
        if len(budgets) == 1:
            action.update(res_id=budgets.id, views=[(False, "form")])
        return action

    def action_create_budget(self):
        """A draft from today's forecast for the fiscal year that runs; opens it."""
        self.ensure_one()
        self.check_access("write")
        budget = self.env["roadmap.budget"]._make(self)
        return budget._get_records_action(name=budget.name)

    def action_open_books(self):
        """The books that were made for the client."""
        return self._open_children("roadmap.book", self.env._("Roadmap Books"))

    def _current_budget(self):
        """The newest revision that the client was shown and that still stands (sudo), or none."""
        self.ensure_one()
        return (
            self.env["roadmap.budget"]
            .sudo()
            .search(
                [("roadmap_id", "=", self.id), ("state", "in", ("proposed", "approved"))], limit=1
            )
        )

    def _portal_todo_budget(self, partner, roles):
        """The entry of the To do page: a budget that waits for a signature."""
        self.ensure_one()
        if not roles & set(DECIDING_ROLES):
            return []
        budgets = self.env["roadmap.budget"].sudo()
        waiting = budgets.search([("roadmap_id", "=", self.id), ("state", "=", "proposed")])
        return [
            {
                "sequence": 22,
                "icon": "fa-line-chart",
                "url": f"/my/roadmap/budget/{budget.id}",
                "done": False,
                "title": self.env._("The budget of FY%s", budget.fiscal_year),
                "detail": budget._sign_problem(partner) or self.env._("read it and sign it"),
            }
            for budget in waiting
        ]
