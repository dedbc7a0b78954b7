from odoo import fields, models
from odoo.exceptions import UserError

from ...rules import conditions
from ..client.roadmap_link_batch import Ask
from .roadmap_question import LENGTHS

ORDER = {name: place for place, (name, _label) in enumerate(LENGTHS)}
QUIET = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_create_nolog": True}
# Whom a page is given to, by a word of its "usually filled by"; the first role that exists wins.
ROLES_OF = (
    ("owner", ("decision_maker",)),
    ("finance", ("finance", "decision_maker")),
    ("hr", ("contributor", "decision_maker")),
    ("office", ("contributor", "decision_maker")),
    ("department", ("contributor", "decision_maker")),
    ("msp", ("technical", "contributor", "decision_maker")),
    ("", ("decision_maker",)),
)


class RoadmapAssessment(models.Model):
    _inherit = "roadmap.assessment"

    def action_send(self):
        """Create every page and answer of the runs and prepare the invitations.

        Nothing leaves by itself unless the client's switch for invitations is on.

        :raises UserError: without a published questionnaire, a question or a contact to ask
        """
        self.check_access("write")
        self._check_state("draft")
        for assessment in self:
            assessment._create_rows()
        self.write({"state": "sent", "sent_on": fields.Datetime.now()})
        self._prepare_invitations()

    def _asked_questions(self):
        """The questions of the run's length that can apply to this client at all."""
        structure = self.questionnaire_id._structure()
        is_client = self._is_client()
        return [
            question
            for question in structure.questions.values()
            if ORDER[question.length] <= ORDER[self.length]
            and conditions.may_apply(question.condition, is_client)
        ]

    def _create_rows(self):
        """Pages and answers in one batch each, so that a save is always an update."""
        self.ensure_one()
        if self.questionnaire_id.state != "published":
            raise UserError(
                self.env._(
                    "%(questionnaire)s is not published. Publish it, or choose a version that is.",
                    questionnaire=self.questionnaire_id.display_name,
                )
            )
        asked = self._asked_questions()
        if not asked:
            raise UserError(
                self.env._(
                    "%(questionnaire)s has no question for this length. Choose a longer one.",
                    questionnaire=self.questionnaire_id.display_name,
                )
            )
        sections = self._create_sections(asked)
        # What was answered last time wins over what we know: a person said it.
        given = {**self._known_values(asked), **self._carried_values()}
        # Team members may send; rows are only ever made here, so nobody else needs the right to.
        answers = self.env["roadmap.answer"].sudo().with_context(**QUIET)
        answers.create(
            [
                {
                    "assessment_id": self.id,
                    "assessment_section_id": sections[question.section].id,
                    "question_id": question.id,
                    **given.get(question.code, {}),
                }
                for question in asked
            ]
        )
        self._finish_rows()

    def _create_sections(self, asked):
        """The run's pages by page of the questionnaire."""
        audiences = {}
        for question in asked:
            audiences.setdefault(question.section, set()).add(question.audience)
        pages = self.env["roadmap.questionnaire.section"].browse(audiences)
        chosen = self._chosen_respondents()
        # Days belong to one sending: the run before hands none on.
        deadlines = self.env.context.get("roadmap_page_deadlines", {})
        rows = []
        for page in pages:
            ours = audiences[page.id] == {"msp"} or (page.provider_fills and self.length == "full")
            respondents = [] if ours else self._default_respondents(page, chosen).ids
            rows.append(
                {
                    "assessment_id": self.id,
                    "section_id": page.id,
                    "provider_fills": ours,
                    "deadline": deadlines.get(page.id, False),
                    "respondent_ids": [fields.Command.set(respondents)],
                }
            )
        sections = self.env["roadmap.assessment.section"].sudo().create(rows)
        return dict(zip(pages.ids, sections, strict=True))

    def _chosen_respondents(self):
        """Stakeholder rows to choose respondents from: those named in the context, else all.

        :raises UserError: where nobody can be asked
        """
        rows = self.sudo().roadmap_id.stakeholder_ids
        partner_ids = self.env.context.get("roadmap_respondent_ids")
        if partner_ids:
            rows = rows.filtered(lambda row: row.partner_id.id in partner_ids)
        if not rows:
            raise UserError(
                self.env._(
                    "%(client)s has no contact who could answer. Add a decision maker under"
                    " People on the client's roadmap first.",
                    client=self.roadmap_id.name,
                )
            )
        return rows

    def _default_respondents(self, page, stakeholders):
        """The contact whom the page is usually for; short forms all go to the decision maker."""
        filled_by = (page.with_context(lang=None).filled_by or "").lower()
        if self.length != "full":
            filled_by = "owner"
        roles = next(roles for word, roles in ROLES_OF if word in filled_by)
        for role in roles:
            match = stakeholders.filtered(lambda row, role=role: row.role == role)
            if match:
                return match[0].partner_id
        return stakeholders[0].partner_id

    def _carried_values(self):
        """Values of the run before by question code, for the questions that still exist."""
        if not self.previous_id:
            return {}
        by_code = self.questionnaire_id._structure().by_code
        values = {}
        previous = self.sudo().previous_id.answer_ids.filtered(
            lambda answer: answer.state != "unanswered" and not answer.hidden
        )
        for answer in previous:
            question = by_code.get(answer.question_id.code)
            if question and question.type == answer.question_id.question_type:
                row = answer._prepare_carried_values(question)
                if row:
                    values[question.code] = row
        return values

    def _prepare_invitations(self):
        """One personal link and one prepared mail for each person who is to answer."""
        rows = []
        asked = self._asked_counts()
        for assessment in self.sudo():
            ours = assessment.section_ids.filtered(lambda section: not section.provider_fills)
            for partner in ours.respondent_ids:
                rows.append(
                    assessment._prepare_invitation(
                        partner, ours.filtered(lambda s, p=partner: p in s.respondent_ids), asked
                    )
                )
        mails = self.env["roadmap.link"].sudo()._linked("answer", rows)
        self.env["roadmap.outbox"].sudo()._prepare_batch(mails)

    def _prepare_invitation(self, partner, sections, asked):
        """Values of the outbox for one respondent; extend it to add to the mail.

        :param asked: how many questions the pages ask, of `_asked_counts`
        """
        sender = self.user_id or self.env.user
        days = 30
        if self.last_due:
            days = max(days, (self.last_due - fields.Date.context_today(self)).days + 14)
        # The decision maker may look at every page, so that link is not bound to some of them.
        decides = "decision_maker" in self.roadmap_id._roles_of(partner)
        pages = None if decides else sections
        return {
            "roadmap": self.roadmap_id,
            "partner": partner,
            "kind": "invitation",
            "subject": self._invitation_subject(partner),
            "body": self._invitation_body(partner, sections, asked),
            "record": self,
            "link": Ask(partner, self, sender.partner_id, sections=pages, days=days),
            "user": sender,
        }
