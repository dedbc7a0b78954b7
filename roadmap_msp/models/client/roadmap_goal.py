from odoo import api, fields, models
from odoo.tools import format_date

HORIZONS = [("1", "Within a year"), ("3", "In three years"), ("5", "In five years")]


class RoadmapGoal(models.Model):
    """A business goal of a client, in its own words, which items of the plan serve."""

    _name = "roadmap.goal"
    _description = "Business Goal"
    _inherit = "roadmap.tied"
    _order = "roadmap_id, horizon, sequence, id"

    name = fields.Char("Goal", required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    horizon = fields.Selection(HORIZONS, required=True, default="1")
    measure = fields.Char("How We Will Know", help="Such as: two sites, 40 people, no paper.")
    note = fields.Text("Internal Note", help="Only we read this.")
    owner_only = fields.Boolean(
        help="Told in confidence by the owner, such as a sale of the firm: it never stands on a"
        " proposal or a page that others of the client read."
    )
    reached_on = fields.Date()
    reviewed_on = fields.Date(
        "Last Reviewed", copy=False, help="Goals are looked at with the client once a year."
    )
    item_ids = fields.One2many("roadmap.item", "goal_id", "Served By")
    item_count = fields.Integer("Items", compute="_compute_item_count")

    @api.depends("item_ids")
    def _compute_item_count(self):
        counts = dict(
            self.env["roadmap.item"]._read_group(
                [("goal_id", "in", self.ids)], ["goal_id"], ["__count"]
            )
        )
        for goal in self:
            goal.item_count = counts.get(goal._origin, 0)

    @api.depends("name", "reached_on")
    def _compute_display_name(self):
        for goal in self:
            goal.display_name = goal.name or ""
            if goal.reached_on:
                day = format_date(self.env, goal.reached_on, date_format="MMM y")
                goal.display_name = self.env._(
                    "%(goal)s (reached %(day)s)", goal=goal.name, day=day
                )

    def _shown_name(self):
        """The goal as everybody of the client who reads the plan may know it; else nothing."""
        return self.name if self and not self.owner_only else False

    def action_reviewed(self):
        """The client was asked and it still holds."""
        self.check_access("write")
        self.reviewed_on = fields.Date.context_today(self)
        return True

    def action_open_items(self):
        """The items of the plan that serve this goal."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("roadmap_msp.roadmap_item_action")
        action["domain"] = [("goal_id", "=", self.id)]
        action["context"] = {
            "default_roadmap_id": self.roadmap_id.id,
            "default_goal_id": self.id,
        }
        return action
