from odoo import fields, models

from ..questionnaire.roadmap_question_choice import RISKS

STATES = [
    ("idea", "Idea"),
    ("proposed", "Proposed"),
    ("approved", "Approved"),
    ("quoted", "Quoted"),
    ("ordered", "Ordered"),
    ("done", "Done"),
    ("deferred", "Deferred"),
    ("declined", "Declined"),
    ("bought_elsewhere", "Bought elsewhere"),
    ("superseded", "Superseded"),
]


class RoadmapItem(models.Model):
    """A roadmap item: something the client should do, from the idea to the paid invoice."""

    _name = "roadmap.item"
    _description = "Roadmap Item"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "target_date, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
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
    risk = fields.Selection(RISKS, default="medium", required=True)
    user_id = fields.Many2one("res.users", "Owner", index=True)
    target_date = fields.Date()
    covered = fields.Boolean("Covered by the Agreement")
    client_visible = fields.Boolean(default=True)
    line_ids = fields.One2many("roadmap.item.line", "item_id", copy=True)
    finding_ids = fields.Many2many("roadmap.finding", "roadmap_finding_item_rel")
    asset_ids = fields.Many2many("roadmap.asset", "roadmap_item_asset_rel")
    proposal_line_ids = fields.One2many("roadmap.proposal.line", "item_id")
    decision_ids = fields.One2many("roadmap.decision", "item_id")
    opportunity_id = fields.Many2one(
        "crm.lead", "Own Opportunity", index="btree_not_null", ondelete="set null", copy=False
    )
    state = fields.Selection(STATES, default="idea", required=True, readonly=True, copy=False)
    closing_reason = fields.Selection(
        [
            ("done", "Done"),
            ("bought_elsewhere", "Bought elsewhere"),
            ("superseded", "Superseded"),
        ],
        copy=False,
        tracking=True,
    )
    superseded_by_id = fields.Many2one(
        "roadmap.item", index="btree_not_null", ondelete="set null", copy=False
    )
    found_on = fields.Datetime(readonly=True, copy=False)
    proposed_on = fields.Datetime(readonly=True, copy=False)
    approved_on = fields.Datetime(readonly=True, copy=False)
    quoted_on = fields.Datetime(readonly=True, copy=False)
    sent_on = fields.Datetime(readonly=True, copy=False)
    ordered_on = fields.Datetime(readonly=True, copy=False)
    invoiced_on = fields.Datetime(readonly=True, copy=False)
    quote_requested_on = fields.Datetime(copy=False)
    quote_requested_by_id = fields.Many2one("res.partner", copy=False, ondelete="restrict")
    quote_source = fields.Selection(
        [
            ("approval", "Approval"),
            ("portal", "Portal"),
            ("mail", "Mail"),
            ("topic", "Meeting topic"),
            ("staff", "Our staff"),
        ],
        copy=False,
    )
    quote_user_id = fields.Many2one("res.users", "Quotation By", copy=False)
    quote_due_on = fields.Date(copy=False)
