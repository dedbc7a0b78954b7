from odoo import fields, models
from odoo.tools import plaintext2html

from .roadmap_roadmap_yearly import FAMILY, FIGURES

WORDS = ("YEAR-2", "SAT-6", "SAT-7")
#: Whoever says so little would rather not recommend us.
POOR_FIGURE = 6


class RoadmapAssessment(models.Model):
    """The yearly 0-10 question: a low figure is a call for the service manager the same day."""

    _inherit = "roadmap.assessment"

    def _submit(self, partner, force=False):
        was_open = not self.sudo().submitted_on
        missing = super()._submit(partner, force=force)
        if was_open and self.sudo().submitted_on:
            self._answer_poor_figure(partner)
        return missing

    def _prepare_invitation(self, partner, sections, asked):
        """The yearly question is a request for feedback, with its own words and switch."""
        values = super()._prepare_invitation(partner, sections, asked)
        if self.questionnaire_id.family_code != FAMILY:
            return values
        env = self.with_context(lang=partner.lang or self.env.lang).env
        body = env["ir.qweb"]._render(
            "roadmap_msp.questionnaire_yearly_mail",
            {"partner": partner, "sender": values["user"], "company": self.company_id},
            minimal_qcontext=True,
        )
        subject = env._("One question, once a year")
        return {**values, "kind": "feedback", "subject": subject, "body": body}

    def _yearly_answers(self):
        """(figure or None, the client's words) of a run."""
        self.ensure_one()
        answers = (
            self.env["roadmap.answer"]
            .sudo()
            .search_fetch(
                [
                    ("assessment_id", "=", self.id),
                    ("question_id.code", "in", FIGURES + WORDS),
                    ("state", "!=", "unanswered"),
                    ("special", "=", False),
                ],
                ["choice_id", "note", "value_number", "value_text"],
            )
        )
        figure, words = None, []
        for answer in answers:
            if answer.value_text:
                words.append(answer.value_text)
            elif not answer.choice_id:
                figure = answer.value_number
            elif answer.choice_id.code and answer.choice_id.code.isdigit():
                figure = int(answer.choice_id.code)
            if answer.note:
                words.append(answer.note)
        return figure, "\n".join(filter(None, words))

    def _answer_poor_figure(self, partner):
        figure, words = self._yearly_answers()
        if figure is None or figure > POOR_FIGURE:
            return
        roadmap = self.sudo().roadmap_id
        team = roadmap.service_manager_id, roadmap.account_manager_id, roadmap.vcio_id
        user = next((user for user in team if user.active), None) or self.env.ref("base.user_admin")
        roadmap.with_context(mail_activity_quick_update=True).activity_schedule(
            "roadmap_msp.activity_type_poor_year",
            date_deadline=fields.Date.context_today(self),
            summary=self.env._(
                "%(who)s gave us %(figure)s of 10: call", who=partner.name, figure=round(figure)
            ),
            note=plaintext2html(words or self.env._("No words were left.")),
            user_id=user.id,
        )
