from odoo import api, fields, models
from odoo.exceptions import ValidationError

NEEDS = [("must", "Must"), ("should", "Should"), ("wish", "Wish")]
INCLUDES = [
    ("must", "What must be done"),
    ("should", "What must and should be done"),
    ("wish", "Everything"),
]


class RoadmapScenario(models.Model):
    """A "what if" of one client: named overrides on the forecast, never a copy of the plan."""

    _name = "roadmap.scenario"
    _description = "Scenario"
    _inherit = "roadmap.tied"
    _order = "roadmap_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, help="For example: a quarter of the PCs each year.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, precompute=True
    )
    include = fields.Selection(
        INCLUDES, "Counts", default="wish", required=True, help="Which items of the plan count."
    )
    rest_years = fields.Integer(
        "The Rest Later by",
        help="Years by which the other items move; 0 leaves them out altogether.",
    )
    note = fields.Text("What It Is For")
    line_ids = fields.One2many("roadmap.scenario.line", "scenario_id", "Overrides", copy=True)

    _rest_positive = models.Constraint(
        "CHECK (COALESCE(rest_years, 0) BETWEEN 0 AND 10)",
        "Items can move by up to ten years, and not into the past.",
    )

    def _left_out_needs(self):
        """The needs that this scenario leaves out or moves."""
        self.ensure_one()
        order = [need for need, _name in NEEDS]
        return tuple(order[order.index(self.include or "wish") + 1 :])

    def action_open_page(self):
        """The client's five-year page, where scenarios stand side by side."""
        self.ensure_one()
        return self.roadmap_id.action_open_five_years()

    @api.constrains("line_ids")
    def _check_one_rule_a_type(self):
        for scenario in self:
            types = scenario.line_ids.type_id
            if len(types) < len(scenario.line_ids.filtered("type_id")):
                raise ValidationError(
                    self.env._("Give each kind of device one rule only in %s.", scenario.name)
                )
