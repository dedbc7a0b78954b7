from odoo import fields, models
from odoo.exceptions import UserError

from ..models.questionnaire.roadmap_answer import FIGURES, TICKS


class RoadmapAnswerCorrect(models.TransientModel):
    """Our value of an answer, with the reason; the client's own value stays beside it."""

    _name = "roadmap.answer.correct"
    _description = "Correct an Answer"

    answer_id = fields.Many2one("roadmap.answer", required=True, readonly=True)
    # Read as the person who corrects: a related field would else show any answer to anybody.
    question_id = fields.Many2one(related="answer_id.question_id", related_sudo=False)
    question_text = fields.Char(related="answer_id.question_text", related_sudo=False)
    question_type = fields.Selection(related="answer_id.question_type", related_sudo=False)
    display_value = fields.Char("Answered", related="answer_id.display_value", related_sudo=False)
    respondent_id = fields.Many2one(
        related="answer_id.respondent_id", string="By", related_sudo=False
    )
    choice_id = fields.Many2one(
        "roadmap.question.choice",
        "Correct Is",
        domain="[('question_id', '=', question_id), ('kind', 'in', ('option', 'special'))]",
    )
    choice_ids = fields.Many2many(
        "roadmap.question.choice",
        "roadmap_answer_correct_choice_rel",
        string="Correct Are",
        domain="[('question_id', '=', question_id), ('kind', 'in', ('option', 'special'))]",
    )
    value_number = fields.Float("Correct Figure")
    value_date = fields.Date("Correct Date")
    value_text = fields.Text("Correct Text")
    note = fields.Text()
    reason = fields.Char("How Do We Know?", required=True)

    def action_correct(self):
        """Store the value; scores and findings of the run follow.

        :raises UserError: for a file, which only the client can replace
        """
        self.ensure_one()
        answer = self.answer_id
        answer.check_access("write")
        answer._check_review()
        answer.with_context(roadmap_reason=self.reason).write(self._prepare_values())
        assessment = answer.assessment_id.sudo()
        rows = assessment._read_answer_rows()
        assessment._store_scores(rows)
        assessment._update_findings(rows)
        return {"type": "ir.actions.act_window_close"}

    def _prepare_values(self):
        """The fields of the answer that its type is made of."""
        kind = self.question_type
        if kind in TICKS or (kind in (*FIGURES, "date") and self.choice_id):
            value = {"choice_id": self.choice_id.id}
        elif kind == "multiple":
            value = {"choice_ids": [fields.Command.set(self.choice_ids.ids)]}
        elif kind in FIGURES:
            value = {"value_number": self.value_number}
        elif kind == "date":
            value = {"value_date": self.value_date}
        elif kind == "text":
            value = {"value_text": self.value_text}
        else:
            raise UserError(self.env._("A file cannot be corrected: return the question instead."))
        return {**value, "note": self.note}
