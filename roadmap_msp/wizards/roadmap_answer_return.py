from odoo import fields, models


class RoadmapAnswerReturn(models.TransientModel):
    """Returns chosen answers to the client, with one comment and one prepared mail a person."""

    _name = "roadmap.answer.return"
    _description = "Return Answers to the Client"

    answer_ids = fields.Many2many("roadmap.answer", string="Answers", required=True)
    reason = fields.Text("What Do You Need to Know?", required=True)

    def action_return(self):
        """Return the answers; the mail waits in the outbox."""
        self.ensure_one()
        answers = self.answer_ids
        answers.check_access("write")
        answers._check_review()
        answers.sudo().write({"state": "clarify", "returned_reason": self.reason})
        answers.assessment_section_id.sudo().write({"verified_on": False, "verified_by_id": False})
        mails = []
        for assessment, returned in answers.sudo().grouped("assessment_id").items():
            mails += assessment._prepare_returns(returned, self.reason)
        mails = self.env["roadmap.link"]._linked("answer", mails)
        self.env["roadmap.outbox"].sudo()._prepare_batch(mails)
        return {"type": "ir.actions.act_window_close"}
