from odoo import fields, models

from .roadmap_question_choice import RISKS

STATES = [
    ("open", "Open"),
    ("planned", "Planned"),
    ("accepted", "Risk accepted"),
    ("resolved", "Resolved"),
    ("dismissed", "Dismissed"),
]
SOURCES = [
    ("answer", "Answer"),
    ("asset", "Asset"),
    ("lifecycle", "End of support"),
    ("contradiction", "Contradiction"),
    ("topic", "Meeting topic"),
    ("manual", "By hand"),
]


class RoadmapFinding(models.Model):
    """A gap that the client should close, or a check that we owe."""

    _name = "roadmap.finding"
    _description = "Finding"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "urgency desc, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    description = fields.Text()
    roadmap_id = fields.Many2one("roadmap.roadmap", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("risk", "Gap"), ("check", "To check by us"), ("contradiction", "Contradiction")],
        default="risk",
        required=True,
    )
    source = fields.Selection(SOURCES, required=True, default="manual")
    state = fields.Selection(STATES, required=True, default="open", tracking=True, copy=False)
    risk = fields.Selection(RISKS, default="medium", required=True)
    urgency = fields.Float(help="Risk times weight times business dependence.")
    proposed = fields.Boolean(help="Among the lines proposed for the year; else in the backlog.")
    owner_only = fields.Boolean(help="Comes from a question that only the decision maker reads.")
    category_id = fields.Many2one("roadmap.category", index="btree_not_null", ondelete="restrict")
    assessment_id = fields.Many2one(
        "roadmap.assessment", index="btree_not_null", ondelete="set null"
    )
    answer_id = fields.Many2one("roadmap.answer", index="btree_not_null", ondelete="set null")
    asset_id = fields.Many2one("roadmap.asset", index="btree_not_null", ondelete="set null")
    lifecycle_id = fields.Many2one("roadmap.lifecycle", index="btree_not_null", ondelete="set null")
    source_key = fields.Char(
        readonly=True, copy=False, help="What raised it, so that nothing is raised twice."
    )
    template_ids = fields.Many2many("roadmap.item.template", string="Suggested Items")
    item_ids = fields.Many2many("roadmap.item", "roadmap_finding_item_rel", string="Items")
    user_id = fields.Many2one("res.users", "Responsible")
    accepted_until = fields.Date()
    dismiss_reason = fields.Char()
    closed_on = fields.Datetime(readonly=True, copy=False)

    _source_key_uniq = models.UniqueIndex("(roadmap_id, source_key) WHERE source_key IS NOT NULL")
