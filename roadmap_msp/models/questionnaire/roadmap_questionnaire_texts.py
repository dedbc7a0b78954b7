from dataclasses import dataclass

from odoo import models
from odoo.tools import ormcache


@dataclass(frozen=True)
class ChoiceText:
    """A choice in one language; named as the fields of ``roadmap.question.choice``."""

    id: int
    code: str
    name: str
    kind: str
    special: str | bool
    exclusive: bool


@dataclass(frozen=True)
class QuestionText:
    """A question in one language; named as the fields of ``roadmap.question``."""

    id: int
    code: str
    name: str
    why: str
    help: str
    question_type: str
    required: bool
    audience: str
    choice_ids: tuple


@dataclass(frozen=True)
class PageText:
    """A page in one language, its questions by id and in their order."""

    code: str
    name: str
    questions: dict


class RoadmapQuestionnaireSection(models.Model):
    _inherit = "roadmap.questionnaire.section"

    def _texts(self):
        """The words of the page in the language of the context, in memory once it is published.

        :return: a `PageText`
        """
        self.ensure_one()
        return self._frozen_texts(self.env.lang) or self._build_texts()

    @ormcache("self.id", "lang")
    def _frozen_texts(self, lang):
        """The words of a page that can no longer change; None for a draft's."""
        return self._build_texts() if self.sudo().questionnaire_id.state != "draft" else None

    def _build_texts(self):
        page = self.sudo().with_context(active_test=False)
        questions = page.env["roadmap.question"].search_fetch([("section_id", "=", page.id)])
        choices = page.env["roadmap.question.choice"].search_fetch(
            [("question_id", "in", questions.ids)]
        )
        by_question = choices.grouped("question_id")
        return PageText(
            code=page.code,
            name=page.name,
            questions={
                row.id: self._question_text(row, by_question.get(row, ())) for row in questions
            },
        )

    @staticmethod
    def _question_text(row, choices):
        return QuestionText(
            id=row.id,
            code=row.code,
            name=row.name,
            why=row.why or "",
            help=row.help or "",
            question_type=row.question_type,
            required=row.required,
            audience=row.audience,
            choice_ids=tuple(
                ChoiceText(
                    id=choice.id,
                    code=choice.code,
                    name=choice.name,
                    kind=choice.kind,
                    special=choice.special,
                    exclusive=choice.exclusive,
                )
                for choice in choices
            ),
        )
