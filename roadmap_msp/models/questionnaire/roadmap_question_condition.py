from odoo import api, models

from ...rules import conditions


class RoadmapQuestion(models.Model):
    """Conditions chosen from lists: what the editor of a question offers."""

    _inherit = "roadmap.question"

    @api.model
    @api.readonly
    def get_condition_editor(self, questionnaire_id, text):
        """What a condition can be made of, and the terms of the one that stands.

        :return: dict of questions (code, name, type, choices) and terms (join, op, code, value);
            terms is None where the text cannot be read
        """
        self.check_access("read")
        questions = self.search([("questionnaire_id", "=", questionnaire_id)])
        offered = [
            {
                "code": question.code,
                "name": question.name,
                "type": question.question_type,
                "choices": [
                    {"code": choice.code, "name": choice.name}
                    for choice in question.choice_ids
                    if choice.kind in ("option", "special")
                ],
            }
            for question in questions
        ]
        usable = [row for row in offered if row["choices"] or row["type"] in ("number", "money")]
        return {"questions": usable, "terms": self._condition_terms(text)}

    @staticmethod
    def _condition_terms(text):
        """The terms in a row, each with how it is joined to the one before."""
        try:
            parsed = conditions.parse(text)
        except conditions.ConditionError:
            return None
        terms = []
        for part in parsed:
            for place, term in enumerate(part):
                join = "and" if place else "or" if terms else ""
                value = f"{term.value:g}" if term.op == ">" else term.value
                terms.append({"join": join, "op": term.op, "code": term.code, "value": value})
        return terms
