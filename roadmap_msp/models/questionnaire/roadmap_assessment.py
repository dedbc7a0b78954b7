from odoo import fields, models

from .roadmap_question import LENGTHS

STATES = [
    ("draft", "Draft"),
    ("sent", "Sent"),
    ("in_progress", "In progress"),
    ("submitted", "Submitted"),
    ("in_review", "In review"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]


class RoadmapAssessment(models.Model):
    """One dated run of a questionnaire with one client."""

    _name = "roadmap.assessment"
    _description = "Questionnaire of a Client"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True)
    roadmap_id = fields.Many2one("roadmap.roadmap", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    questionnaire_id = fields.Many2one(
        "roadmap.questionnaire", required=True, index=True, ondelete="restrict"
    )
    length = fields.Selection(LENGTHS, required=True, default="start")
    previous_id = fields.Many2one(
        "roadmap.assessment", index="btree_not_null", ondelete="set null", copy=False
    )
    state = fields.Selection(STATES, default="draft", required=True, tracking=True, copy=False)
    user_id = fields.Many2one("res.users", "Responsible", default=lambda self: self.env.user)
    deadline = fields.Date()
    sent_on = fields.Datetime(readonly=True, copy=False)
    submitted_on = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one(
        "res.partner", readonly=True, copy=False, ondelete="restrict", index="btree_not_null"
    )
    closed_on = fields.Datetime(readonly=True, copy=False)
    score = fields.Float(readonly=True, copy=False, aggregator="avg")
    is_scored = fields.Boolean(readonly=True, copy=False)
    section_ids = fields.One2many("roadmap.assessment.section", "assessment_id")
    answer_ids = fields.One2many("roadmap.answer", "assessment_id")
    finding_ids = fields.One2many("roadmap.finding", "assessment_id")
