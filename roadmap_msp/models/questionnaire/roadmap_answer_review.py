from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class RoadmapAnswer(models.Model):
    """What we do with an answer after the client has submitted it."""

    _inherit = "roadmap.answer"

    def action_verify(self):
        """Mark the answers as checked by us."""
        self.check_access("write")
        self._check_review()
        self.filtered(lambda answer: answer.state in ("answered", "clarify")).sudo().write(
            {"state": "verified", "returned_reason": False}
        )

    def action_confirm(self):
        """Take answers that were carried over or filled in by us as still true."""
        self.check_access("write")
        self.filtered(lambda answer: answer.source in ("carried", "prefilled")).sudo().write(
            {"source": "staff", "respondent_id": self.env.user.partner_id.id}
        )

    def action_correct(self):
        """Put our value beside the client's, with the reason: opens a dialog."""
        self.ensure_one()
        self._check_review()
        names = ("value_number", "value_date", "value_text", "note")
        current = {f"default_{name}": self[name] for name in names}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct the Answer"),
            "res_model": "roadmap.answer.correct",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_answer_id": self.id,
                "default_choice_id": self.choice_id.id,
                "default_choice_ids": [fields.Command.set(self.choice_ids.ids)],
                **current,
            },
        }

    def _check_reason(self):
        """What the client said is not replaced without saying why.

        :raises UserError: in review, for a client's answer, without a reason in the context
        """
        if self.env.context.get("roadmap_reason"):
            return
        for answer in self:
            theirs = answer.source == "client" and answer.state != "unanswered"
            if theirs and answer.run_state in ("submitted", "in_review"):
                raise UserError(
                    self.env._(
                        '%(code)s was answered by the client. Use "Correct" and give the reason:'
                        " both values are kept.",
                        code=answer.question_id.code,
                    )
                )

    def _check_review(self):
        """Refuse where the run is not with us for review."""
        for answer in self:
            if answer.run_state not in ("submitted", "in_review"):
                raise UserError(
                    self.env._(
                        "%(run)s is not in review. Answers are verified or returned after it was"
                        " submitted and before it is closed.",
                        run=answer.assessment_id.name,
                    )
                )
            if answer.audience == "owner" and not self.env.user.has_group(
                "roadmap_msp.group_roadmap_user"
            ):
                raise AccessError(self.env._("This answer is for the decision maker's eyes only."))

    def action_return(self):
        """Ask the client again: opens a dialog for the reason."""
        self._check_review()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return to the Client"),
            "res_model": "roadmap.answer.return",
            "view_mode": "form",
            "target": "new",
            "context": {"default_answer_ids": [fields.Command.set(self.ids)]},
        }
