from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..questionnaire.roadmap_question_choice import RISKS


class RoadmapItem(models.Model):
    """A roadmap item: something the client should do, from the idea to the paid invoice."""

    _name = "roadmap.item"
    _description = "Roadmap Item"
    _inherit = ["roadmap.tied", "mail.thread", "mail.activity.mixin"]
    _order = "target_date, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    roadmap_id = fields.Many2one("roadmap.roadmap", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="roadmap_id.currency_id", store=True)
    partner_id = fields.Many2one(related="roadmap_id.partner_id", store=True, index=True)
    summary = fields.Text(help="The why, in the client's words.")
    internal_note = fields.Html()
    category_id = fields.Many2one("roadmap.category", index="btree_not_null", ondelete="restrict")
    template_id = fields.Many2one(
        "roadmap.item.template", index="btree_not_null", ondelete="restrict"
    )
    goal_id = fields.Many2one(
        "roadmap.goal",
        "Goal Served",
        index="btree_not_null",
        ondelete="set null",
        domain="[('roadmap_id', '=', roadmap_id)]",
    )
    risk = fields.Selection(RISKS, default="medium", required=True)
    user_id = fields.Many2one("res.users", "Owner", index=True)
    target_date = fields.Date(tracking=True)
    covered = fields.Boolean("Covered by the Agreement")
    client_visible = fields.Boolean(default=True)
    finding_ids = fields.Many2many(
        "roadmap.finding", "roadmap_finding_item_rel", domain="[('roadmap_id', '=', roadmap_id)]"
    )
    asset_ids = fields.Many2many(
        "roadmap.asset", "roadmap_item_asset_rel", domain="[('roadmap_id', '=', roadmap_id)]"
    )
    # After the devices, in which order `create` stores them: lines count those of their item.
    line_ids = fields.One2many("roadmap.item.line", "item_id", copy=True)
    proposal_line_ids = fields.One2many("roadmap.proposal.line", "item_id")
    decision_ids = fields.One2many("roadmap.decision", "item_id")
    opportunity_id = fields.Many2one(
        "crm.lead", "Own Opportunity", index="btree_not_null", ondelete="set null", copy=False
    )
    closing_reason = fields.Selection(
        [
            ("done", "Done"),
            ("bought_elsewhere", "Bought elsewhere"),
            ("superseded", "Superseded"),
        ],
        copy=False,
        tracking=True,
    )
    origin_id = fields.Many2one(
        "roadmap.item", "Duplicated From", index="btree_not_null", ondelete="set null", copy=False
    )
    superseded_by_id = fields.Many2one(
        "roadmap.item", index="btree_not_null", ondelete="set null", copy=False
    )

    @api.constrains("roadmap_id", "finding_ids", "asset_ids", "goal_id")
    def _check_same_roadmap(self):
        """Everything an item treats belongs to its own client."""
        for item in self:
            named = item.asset_ids.roadmap_id | item.finding_ids.roadmap_id
            strangers = (named | item.goal_id.roadmap_id) - item.roadmap_id
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(item)s belongs to %(client)s, but names a device, a finding or a goal of"
                        " %(other)s. Remove it from the item.",
                        item=item.name,
                        client=item.roadmap_id.name,
                        other=", ".join(strangers.mapped("name")),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self.env["roadmap.decision"]._check_undecided("item_id", self)
