from odoo import fields, models
from odoo.tools import format_date

from ..client.roadmap_link_batch import Ask

SECONDS_PER_QUESTION = 20


class RoadmapAssessment(models.Model):
    _inherit = "roadmap.assessment"

    def _invitation_subject(self, partner):
        """The subject line of the invitation, in the recipient's language."""
        env = self.with_context(lang=partner.lang or self.env.lang).env
        return env._(
            "Questions about your technology, from %(company)s", company=self.company_id.name
        )

    def _invitation_body(self, partner, sections, asked):
        """The invitation; ``{{link}}`` becomes the personal address when the mail leaves.

        :param asked: of `_asked_counts`
        """
        wanted = {"all"}
        if "decision_maker" in self.roadmap_id._roles_of(partner):
            wanted.add("owner")
        count = sum(asked.get((page.id, audience), 0) for page in sections for audience in wanted)
        return self.env["ir.qweb"]._render(
            "roadmap_msp.questionnaire_invitation",
            {
                "count": count,
                "minutes": self._minutes_for(count),
                "deadline": self._day_for(partner, sections._due()),
            },
            lang=partner.lang or self.env.lang,
            minimal_qcontext=True,
        )

    def _reminder_body(self, partner, sections):
        """The reminder: which pages are still open, and until when."""
        due = sections._due()
        several = len({page._due() for page in sections}) > 1
        return self.env["ir.qweb"]._render(
            "roadmap_msp.questionnaire_reminder",
            {
                "sections": [
                    (page.name, self._day_for(partner, page._due() if several else None))
                    for page in sections.with_context(lang=partner.lang or self.env.lang)
                ],
                "late": due < fields.Date.context_today(self),
                "deadline": self._day_for(partner, due),
            },
            lang=partner.lang or self.env.lang,
            minimal_qcontext=True,
        )

    def _day_for(self, partner, day):
        """A day as the contact writes it; "" for none."""
        if not day:
            return ""
        return format_date(self.env, day, lang_code=partner.lang, date_format="d MMMM y")

    def _asked_counts(self):
        """`{(page id, audience): questions}` that these runs ask, hidden ones apart."""
        groups = (
            self.env["roadmap.answer"]
            .sudo()
            ._read_group(
                [("assessment_id", "in", self.ids), ("hidden", "=", False)],
                ["assessment_section_id", "audience"],
                ["__count"],
            )
        )
        return {(page.id, audience): count for page, audience, count in groups}

    @staticmethod
    def _minutes_for(count):
        """About how long so many questions take, in whole minutes."""
        return max(1, round(count * SECONDS_PER_QUESTION / 60))

    def _preview_invitation(self, partner, count):
        """The mail as it would look, for the wizard that sends it."""
        self.ensure_one()
        deadline = self.deadline and format_date(
            self.env, fields.Date.to_date(self.deadline), date_format="d MMMM y"
        )
        body = self.env["ir.qweb"]._render(
            "roadmap_msp.questionnaire_invitation",
            {"count": count, "minutes": self._minutes_for(count), "deadline": deadline},
            minimal_qcontext=True,
        )
        mail = self.env["roadmap.outbox"].new(
            {
                "roadmap_id": self.roadmap_id.id,
                "company_id": self.company_id.id or self.env.company.id,
                "partner_id": partner.id,
                "user_id": (self.user_id or self.env.user).id,
                "body": body,
            }
        )
        return mail._render_mail({mail: "#"})

    def _prepare_returns(self, answers, reason):
        """One prepared mail for each person whose answers came back.

        Answers that nobody gave go to the page's respondents, owner-only ones to the decision
        maker.
        """
        self.ensure_one()
        owners = self.roadmap_id.stakeholder_ids.filtered(
            lambda row: row.role == "decision_maker"
        ).partner_id
        by_partner = {}
        for answer in answers:
            page = answer.assessment_section_id
            partner = answer.respondent_id if answer.source == "client" else page.respondent_ids[:1]
            if answer.audience == "owner" or not partner:
                partner = owners[:1]
            if partner:
                by_partner[partner] = by_partner.get(partner, answers.browse()) | answer
        return [
            self._prepare_return(partner, returned, reason)
            for partner, returned in by_partner.items()
        ]

    def _prepare_return(self, partner, answers, reason):
        """Values of the outbox for the questions that came back to one person."""
        env = self.with_context(lang=partner.lang or self.env.lang).env
        sections = answers.assessment_section_id
        return {
            "roadmap": self.roadmap_id,
            "partner": partner,
            "kind": "reminder",
            "subject": env._("A question about your answers"),
            "body": self.env["ir.qweb"]._render(
                "roadmap_msp.questionnaire_return",
                {
                    "answers": answers,
                    "reason": reason,
                },
                lang=partner.lang or self.env.lang,
                minimal_qcontext=True,
            ),
            "record": self,
            "link": Ask(partner, self, sections=sections),
            "user": self.env.user,
        }
