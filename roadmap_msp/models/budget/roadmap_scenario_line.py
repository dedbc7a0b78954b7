from odoo import api, fields, models

from ...rules import scenario as rules

RULES = [
    ("share", "Replace a share each year"),
    ("life", "Replace after years"),
    ("item", "Move an item"),
]


class RoadmapScenarioLine(models.Model):
    """One override: another rule for a kind of device, or another year for an item."""

    _name = "roadmap.scenario.line"
    _description = "Scenario Override"
    _inherit = "roadmap.tied"
    _order = "scenario_id, sequence, id"
    _check_company_auto = True

    scenario_id = fields.Many2one("roadmap.scenario", required=True, index=True, ondelete="cascade")
    roadmap_id = fields.Many2one(
        related="scenario_id.roadmap_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    rule = fields.Selection(RULES, "What Changes", required=True, default="share")
    type_id = fields.Many2one("roadmap.asset.type", "Kind of Device", ondelete="cascade")
    share_percent = fields.Float("Share (%)", default=25.0, help="Of all in use, each year.")
    life_years = fields.Float("Years of Life", default=5.0)
    item_id = fields.Many2one(
        "roadmap.item",
        ondelete="cascade",
        index="btree_not_null",
        domain="[('roadmap_id', '=', roadmap_id)]",
        check_company=True,
    )
    shift_years = fields.Integer("Later by (Years)", default=1)

    _complete = models.Constraint(
        "CHECK ((rule = 'item' AND item_id IS NOT NULL)"
        " OR (rule <> 'item' AND type_id IS NOT NULL))",
        "Say which item moves, or which kind of device follows the rule.",
    )
    _share_range = models.Constraint(
        "CHECK (share_percent > 0 AND share_percent <= 100)",
        "The share of devices replaced each year lies between 0 and 100 %.",
    )
    _life_range = models.Constraint(
        "CHECK (life_years > 0 AND life_years <= 20)",
        "A device lives between 1 and 20 years.",
    )
    _shift_range = models.Constraint(
        "CHECK (shift_years BETWEEN -10 AND 10)", "An item can move by up to ten years."
    )

    @api.depends("rule", "type_id", "share_percent", "life_years", "item_id", "shift_years")
    def _compute_display_name(self):
        for line in self:
            if line.rule == "item":
                names = {"item": line.item_id.name, "years": abs(line.shift_years)}
                name = (
                    self.env._("%(item)s %(years)s years earlier", **names)
                    if line.shift_years < 0
                    else self.env._("%(item)s %(years)s years later", **names)
                )
            elif line.rule == "life":
                name = self.env._(
                    "%(type)s after %(years)g years",
                    type=line.type_id.name,
                    years=line.life_years,
                )
            else:
                name = self.env._(
                    "%(percent)g %% of %(type)s each year",
                    percent=line.share_percent,
                    type=line.type_id.name,
                )
            line.display_name = name

    def _months(self, assets, today):
        """{asset id: [month index]} by the rule of this line."""
        devices = [
            rules.Device(asset.id, asset.purchase_date or None, asset.replacement_due or None)
            for asset in assets
        ]
        if self.rule == "life":
            return rules.by_life(devices, self.life_years, today)
        start = self.roadmap_id.fiscal_year_start
        return rules.by_share(devices, self.share_percent, today, start)
