from datetime import date

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...rules import counting
from .roadmap_answer import figure_in_words


class RoadmapQuestionnaire(models.Model):
    """How many clients gave which answer to each question, in words, and who they are."""

    _inherit = "roadmap.questionnaire"

    @api.model
    @api.readonly
    def get_answer_counts(self, questionnaire_id=None):
        """Pages with their questions, and of each question how many clients gave which answer.

        :return: dict of id, name, clients and pages: code, name, questions (code, name, asked,
            spread in words or "", answers: group, name, count, plain where it is no choice)
        """
        questionnaire = self._counted_version(questionnaire_id)
        clients, counts = questionnaire._count_answers()
        structure = questionnaire._structure().by_code
        pages = [
            {
                "code": page.code,
                "name": page.name,
                "questions": [
                    questionnaire._question_counts(row, structure[row.code], *counts[row.code])
                    for row in page.question_ids
                    if row.code in counts
                ],
            }
            for page in questionnaire.section_ids
        ]
        return {
            "id": questionnaire.id,
            "name": questionnaire.display_name,
            "clients": clients,
            "pages": [page for page in pages if page["questions"]],
        }

    def _question_counts(self, question, rule, asked, given):
        """One question: the name and size of each group of answers."""
        names = {f"choice:{choice.code}": choice.name for choice in question.choice_ids}
        special = {f"choice:{choice.code}" for choice in rule.choices if choice.special}
        values = self.env._("Files") if rule.type == "file" else self.env._("Another answer")
        if not rule.choices and rule.type != "file":
            values = self.env._("Answered")
        names |= {counting.VALUE: values, counting.NONE: self.env._("No answer")}
        low_to_high = counting.spread(given)
        return {
            "code": question.code,
            "name": question.name,
            "asked": asked,
            "spread": low_to_high and [self._in_words(value) for value in low_to_high],
            "answers": [
                {
                    "group": group,
                    "name": names.get(group) or group.partition(":")[2],
                    "count": times,
                    "plain": group in special or group == counting.NONE,
                }
                for group, times in counting.count(rule, given)
            ],
        }

    def _in_words(self, value):
        if isinstance(value, date):
            return format_date(self.env, value)
        return figure_in_words(self.env, value)

    @api.model
    def get_counted_answers(self, questionnaire_id, code, group):
        """Open the answers of one group of one question: which clients, in which run."""
        questionnaire = self._counted_version(questionnaire_id)
        rule = questionnaire._structure().by_code.get(code)
        if not rule:
            raise UserError(self.env._("This question does not exist any more. Reload the page."))
        ids = {
            key
            for key, given in questionnaire._answers_given(code)
            if counting.group_of(rule, given) == group
        }
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_answer_clients_action"
        )
        question = questionnaire.question_ids.filtered(lambda row: row.code == code)
        title = {"name": question.name, "display_name": question.name}
        return {**action, **title, "domain": [("id", "in", sorted(ids))]}

    def action_answer_counts(self):
        """Open the answers of all clients to this version's questions."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("roadmap_msp.roadmap_answers_action")
        return {**action, "context": {"active_id": self.id}}
