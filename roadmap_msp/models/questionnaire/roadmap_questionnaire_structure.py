from dataclasses import dataclass
from functools import cached_property

from odoo import api, models
from odoo.tools import ormcache

from ...rules import conditions
from ...rules.answers import Question
from ...rules.scoring import Choice


@dataclass(frozen=True)
class Structure:
    """The questions of a version as the rules need them: plain, by id, in their order."""

    questions: dict

    @cached_property
    def by_code(self):
        return {question.code: question for question in self.questions.values()}

    @cached_property
    def _pages(self):
        pages = {}
        for question in self.questions.values():
            pages.setdefault(question.section, set()).add(question.id)
        return pages

    def shown_on(self, section):
        """Ids of the questions of a page and of those that its conditions name."""
        page = self._pages.get(section, set())
        named = set().union(*(conditions.referenced(self.questions[k].condition) for k in page))
        return page | {self.by_code[code].id for code in named & set(self.by_code)}

    def touched_by(self, ids):
        """Which rows of a run answers to these questions touch, and which they only need.

        :return: ``(ids that may show or hide, ids to read)``; to be read are also all questions
            on the same pages, for the progress, and those that decide what shows
        """
        known = [self.questions[key] for key in ids if key in self.questions]
        parsed = {code: question.condition for code, question in self.by_code.items()}
        turning = conditions.dependents(parsed, {question.code for question in known})
        turning &= set(parsed)
        needed = (turning | conditions.sources(parsed, turning)) & set(parsed)
        pages = {question.section for question in known}
        read = {self.by_code[code].id for code in needed}.union(*(self._pages[p] for p in pages))
        return {self.by_code[code].id for code in turning}, read


class RoadmapQuestionnaire(models.Model):
    _inherit = "roadmap.questionnaire"

    def _structure(self):
        """The version's questions as plain values, kept in memory once it is published."""
        self.ensure_one()
        return self._frozen_structure() or self._build_structure()

    @ormcache("self.id")
    def _frozen_structure(self):
        """The structure of a version that can no longer change; None for a draft."""
        return self._build_structure() if self.sudo().state != "draft" else None

    @api.model
    def _forget_structures(self):
        """Drop the structures kept in memory, after a version was published or its data loaded."""
        self.env.registry.clear_cache()

    def _build_structure(self):
        """Read the version's questions and choices; a condition that cannot be read never shows."""
        self = self.sudo().with_context(active_test=False)
        self.env["roadmap.question"].flush_model()
        questions = self.env["roadmap.question"].search([("questionnaire_id", "=", self.id)])
        choices = {}
        for row in self.env["roadmap.question.choice"].search_fetch(
            [("question_id", "in", questions.ids)], order="question_id, sequence, id"
        ):
            choices.setdefault(row.question_id.id, []).append(
                Choice(
                    code=row.code,
                    kind=row.kind,
                    special=row.special or None,
                    scored=row.scored and not row.special,
                    score=row.score,
                    risk=row.risk or None,
                    exclusive=row.exclusive,
                    key=row.id,
                )
            )
        return Structure(
            {row.id: self._plain_question(row, choices.get(row.id, ())) for row in questions}
        )

    @staticmethod
    def _plain_question(row, choices):
        try:
            condition = conditions.parse(row.condition)
        except conditions.ConditionError:
            condition = ((conditions.Term("=", "", ""),),)
        return Question(
            id=row.id,
            code=row.code,
            type=row.question_type,
            section=row.section_id.id,
            section_weight=row.section_id.weight,
            weight=row.weight,
            required=row.required,
            audience=row.audience,
            length=row.length,
            count_scored=row.count_scored,
            prefill=row.prefill or None,
            fact=row.fact or None,
            condition=condition,
            choices=tuple(choices),
        )
