from odoo import fields, models


class RoadmapAssessmentSection(models.Model):
    """A page of a client's run."""

    _name = "roadmap.assessment.section"
    _description = "Questionnaire Page of a Client"
    _order = "assessment_id, sequence, id"

    assessment_id = fields.Many2one(
        "roadmap.assessment", required=True, index=True, ondelete="cascade"
    )
    roadmap_id = fields.Many2one(
        related="assessment_id.roadmap_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    section_id = fields.Many2one(
        "roadmap.questionnaire.section", required=True, index=True, ondelete="restrict"
    )
    name = fields.Char(related="section_id.name")
    code = fields.Char(related="section_id.code", store=True)
    sequence = fields.Integer(related="section_id.sequence", store=True)
    provider_fills = fields.Boolean()
    respondent_ids = fields.Many2many(
        "res.partner", "roadmap_assessment_section_respondent_rel", "section_id", "partner_id"
    )
    verified_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    verified_on = fields.Datetime(readonly=True, copy=False)
    published_on = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    score = fields.Float(readonly=True, copy=False, aggregator="avg")
    is_scored = fields.Boolean(readonly=True, copy=False)
    answer_ids = fields.One2many("roadmap.answer", "assessment_section_id")

    _section_uniq = models.UniqueIndex("(assessment_id, section_id)")
