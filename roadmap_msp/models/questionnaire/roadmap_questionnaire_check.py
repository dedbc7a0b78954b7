from odoo import models
from odoo.exceptions import UserError

from ...rules import conditions, facts, scoring

WITH_CHOICES = ("single", "multiple", "yes_no")
WITH_BANDS = ("number", "money", "date")
SHOWN_ERRORS = 15


class RoadmapQuestionnaire(models.Model):
    _inherit = "roadmap.questionnaire"

    def _check_publishable(self):
        """Refuse a version with a wrong condition, a gap between bands or nothing to ask.

        :raises UserError: with the first problems, each naming its question
        """
        self.ensure_one()
        structure = self._build_structure()
        problems = []
        if not structure.questions:
            problems.append(self.env._("It has no question yet: add a page with a question."))
        for question in structure.questions.values():
            problems += [f"{question.code}: {text}" for text in self._question_problems(question)]
        problems += self._condition_problems()
        if problems:
            raise UserError(
                self.env._(
                    "%(questionnaire)s cannot be published yet:\n%(problems)s",
                    questionnaire=self.display_name,
                    problems="\n".join(f"- {text}" for text in problems[:SHOWN_ERRORS]),
                )
            )

    def _question_problems(self, question):
        """What is wrong with the choices and the weight of one question."""
        kinds = {choice.kind for choice in question.choices}
        scored = [choice for choice in question.choices if choice.scored]
        if question.type in WITH_CHOICES and not kinds & {"option"}:
            yield self.env._("it needs at least one choice to tick.")
        if question.type in ("text", "file") and question.choices:
            yield self.env._("a text or a file has no choices; remove them.")
        if question.weight and not scored:
            yield self.env._("it has a weight but no scored choice; set the weight to 0.")
        if not question.weight and scored:
            yield self.env._("its choices have scores but its weight is 0.")
        banded = question.type in WITH_BANDS or question.count_scored
        if question.weight and banded and not kinds & {"number", "date"}:
            yield self.env._("it is scored by figure or date but has no band.")
        for choice in question.choices:
            parse = {"number": scoring.parse_number_band, "date": scoring.parse_date_band}
            if choice.kind in parse and not parse[choice.kind](choice.code):
                yield self.env._(
                    "the band %(band)s cannot be read; write it like 2-4, under 5, 5 or more, or"
                    " within 90 days ago.",
                    band=choice.code,
                )
                return
        if question.fact and not facts.fits(question.fact, question.type):
            yield self.env._("an answer of this type cannot be taken over as a fact.")
        gap = scoring.bands_have_gap(question.choices)
        if gap is not None:
            yield self.env._("%(value)s falls between the bands.", value=gap)

    def _condition_problems(self):
        """What is wrong with the conditions: unknown questions or choices, circles."""
        questions = {question.code: question for question in self.question_ids}
        parsed = {}
        for code, question in questions.items():
            try:
                parsed[code] = conditions.parse(question.condition)
            except conditions.ConditionError as error:
                yield self.env._(
                    "%(code)s: the condition %(term)s cannot be read; write it like SRV-1 != None.",
                    code=code,
                    term=error.term,
                )
        for code, condition in parsed.items():
            for part in condition:
                for term in part:
                    text = term.code and self._term_problem(questions.get(term.code), term)
                    if text:
                        yield f"{code}: {text}"
        loop = conditions.find_loop(parsed)
        if loop:
            yield self.env._(
                "These conditions wait for each other: %(codes)s", codes=" > ".join(loop)
            )

    def _term_problem(self, question, term):
        if not question:
            return self.env._("its condition names %(code)s, which does not exist.", code=term.code)
        if term.op == ">":
            if question.question_type not in ("number", "money"):
                return self.env._("its condition compares %(code)s, no number.", code=term.code)
            return None
        if term.value not in question.choice_ids.mapped("code"):
            return self.env._(
                "its condition names the choice %(choice)s, which %(code)s does not have.",
                choice=term.value,
                code=term.code,
            )
        multiple = question.question_type == "multiple"
        if (term.op == "has" and not multiple) or (term.op == "=" and multiple):
            return self.env._(
                'use "has" for the multiple choice and "=" for the single choice %(code)s.',
                code=term.code,
            )
        return None
