from odoo import fields, models
from odoo.tools import format_date


class RoadmapRoadmap(models.Model):
    """Promises on the client: the list, and what waits on the client's To do page."""

    _inherit = "roadmap.roadmap"

    action_ids = fields.One2many(
        "roadmap.action", "roadmap_id", "Promises", groups="roadmap_msp.group_roadmap_user"
    )

    def _portal_todo_meeting(self, partner, roles):
        """And the contact's own promises, each with its date."""
        entries = super()._portal_todo_meeting(partner, roles)
        today = fields.Date.context_today(self)
        actions = (
            self.env["roadmap.action"]
            .sudo()
            .search(
                [
                    ("roadmap_id", "=", self.id),
                    ("side", "=", "client"),
                    ("partner_id", "=", partner.id),
                    ("state", "=", "open"),
                ]
            )
        )
        for action in actions:
            day = format_date(self.env, action.due_date, date_format="d MMM y")
            late = action.due_date < today
            entries.append(
                {
                    "sequence": 30,
                    "icon": "fa-check-square-o",
                    "title": action.name,
                    "detail": self.env._("late: you promised it for %s", day)
                    if late
                    else self.env._("you promised it for %s", day),
                    "url": f"/my/roadmap/{self.id}/actions",
                    "done": False,
                }
            )
        return entries

    def _prepare_actions_values(self, partner, roles):
        """The page of promises for one contact."""
        self.ensure_one()
        Action = self.env["roadmap.action"]
        actions = Action.sudo().search(Action._portal_domain(self, partner, roles), limit=200)
        may_all = len(Action._portal_domain(self, partner, roles)) == 1
        rows = actions._prepare_portal_values(partner, may_all=may_all)
        closed = [row for row in rows if row["state"] != "open"]
        closed.sort(key=lambda row: row["done_on"] or row["due_date"], reverse=True)
        return {
            "mine": [row for row in rows if row["state"] == "open" and not row["ours"]],
            "ours": [row for row in rows if row["state"] == "open" and row["ours"]],
            "closed": closed[:20],
            "roadmap_title": self._portal_title(),
        }
