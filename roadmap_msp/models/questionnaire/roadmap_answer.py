from odoo import fields, models

from .roadmap_question_choice import RISKS, SPECIALS

STATES = [
    ("unanswered", "Unanswered"),
    ("answered", "Answered"),
    ("clarify", "Returned"),
    ("verified", "Verified"),
]
SOURCES = [
    ("client", "Client"),
    ("staff", "Our staff"),
    ("carried", "As last time"),
    ("prefilled", "Filled from what we know"),
]


class RoadmapAnswer(models.Model):
    """The answer to one question of one run; the row exists from the moment the run is sent."""

    _name = "roadmap.answer"
    _description = "Answer"
    _inherit = ["mail.thread"]
    _order = "assessment_id, assessment_section_id, sequence, id"
    _rec_name = "question_id"

    assessment_id = fields.Many2one(
        "roadmap.assessment", required=True, index=True, ondelete="cascade"
    )
    assessment_section_id = fields.Many2one(
        "roadmap.assessment.section", required=True, index=True, ondelete="cascade"
    )
    question_id = fields.Many2one(
        "roadmap.question", required=True, index=True, ondelete="restrict"
    )
    roadmap_id = fields.Many2one(
        related="assessment_id.roadmap_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    sequence = fields.Integer(related="question_id.sequence", store=True)
    audience = fields.Selection(related="question_id.audience", store=True, index=True)
    state = fields.Selection(STATES, default="unanswered", required=True)
    source = fields.Selection(SOURCES)
    version = fields.Integer(default=0, required=True)
    choice_id = fields.Many2one(
        "roadmap.question.choice", index="btree_not_null", ondelete="restrict"
    )
    choice_ids = fields.Many2many("roadmap.question.choice", string="Choices")
    value_number = fields.Float()
    value_date = fields.Date()
    value_text = fields.Text()
    attachment_ids = fields.Many2many("ir.attachment")
    special = fields.Selection(SPECIALS)
    note = fields.Text()
    is_scored = fields.Boolean(readonly=True)
    score = fields.Float(readonly=True, aggregator="avg")
    risk = fields.Selection(RISKS, readonly=True)
    hidden = fields.Boolean(readonly=True, help="Its condition was false when last checked.")
    respondent_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="restrict", readonly=True
    )
    answered_on = fields.Datetime(readonly=True)
    previous_id = fields.Many2one("roadmap.answer", index="btree_not_null", ondelete="set null")
    returned_reason = fields.Text("Why It Was Returned")
    revision_ids = fields.One2many("roadmap.answer.revision", "answer_id")

    _question_uniq = models.UniqueIndex("(question_id, assessment_id)")
