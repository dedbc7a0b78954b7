from odoo import fields, models

from ..models.questionnaire.roadmap_question import FACTS


class RoadmapAssessmentFacts(models.TransientModel):
    """What the answers of a run would change about the client, to accept or to reject."""

    _name = "roadmap.assessment.facts"
    _description = "Facts from Answers"

    assessment_id = fields.Many2one("roadmap.assessment", required=True)
    line_ids = fields.One2many("roadmap.assessment.facts.line", "wizard_id")

    def action_apply(self):
        """Write what is accepted; what is rejected is not offered again, the rest stays open."""
        self.ensure_one()
        self.assessment_id.check_access("write")
        accepted = self.line_ids.filtered(lambda row: row.decision == "accept").answer_id
        decided = self.line_ids.filtered(lambda row: row.decision != "later").answer_id
        own = decided.filtered(lambda answer: answer.assessment_id == self.assessment_id)
        own.check_access("write")
        self.assessment_id._apply_facts(accepted & own)
        for version, answers in own.grouped("version").items():
            answers.sudo().fact_version = version
        return {"type": "ir.actions.act_window_close"}


class RoadmapAssessmentFactsLine(models.TransientModel):
    """One fact: what is known, what was answered, and what is to become of it."""

    _name = "roadmap.assessment.facts.line"
    _description = "Fact from an Answer"

    wizard_id = fields.Many2one("roadmap.assessment.facts", required=True, ondelete="cascade")
    answer_id = fields.Many2one("roadmap.answer", required=True, readonly=True, ondelete="cascade")
    respondent_id = fields.Many2one(
        related="answer_id.respondent_id", string="Answered By", related_sudo=False
    )
    target = fields.Selection(FACTS, "Fact", readonly=True)
    known = fields.Char("Known So Far", readonly=True)
    new = fields.Char("Answered", readonly=True)
    problem = fields.Char(readonly=True)
    decision = fields.Selection(
        [("accept", "Accept"), ("reject", "Reject"), ("later", "Decide later")],
        required=True,
        default="accept",
    )
