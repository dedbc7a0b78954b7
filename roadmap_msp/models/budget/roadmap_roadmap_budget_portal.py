from odoo import models


class RoadmapRoadmap(models.Model):
    """The client's second door leads on to the budget."""

    _inherit = "roadmap.roadmap"

    def _prepare_plan_values(self, partner, roles):
        """The page "Our plan" leads to the budget and to the books that were given."""
        values = super()._prepare_plan_values(partner, roles)
        budget = self._current_budget()
        values["budget"] = (
            {
                "url": f"/my/roadmap/budget/{budget.id}",
                "name": budget.name,
                "waiting": budget.state == "proposed",
                "chart": budget._figures()["chart"],
            }
            if budget
            else None
        )
        books = self.env["roadmap.book"].sudo()._given_to(self, partner, roles)
        values["books"] = [
            {"name": book.name, "url": f"/my/roadmap/{self.id}/book/{book.id}"}
            for book in books[:5]
        ]
        return values
