from odoo import models

from ...rules import conditions
from .roadmap_answer_row import COLUMNS, AnswerRow


class RoadmapQuestionnaire(models.Model):
    """The questionnaire as a client would see it, before anything was sent."""

    _inherit = "roadmap.questionnaire"

    def action_preview(self):
        """Open the preview in a window of its own."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/roadmap/questionnaire/{self.id}/preview",
            "target": "new",
        }

    def _preview_pages(self, length, reader="decision_maker", prospect=False):
        """The pages of that length with their questions, as `_page_values` gives them.

        Everything is unanswered and unsaved; a conditional question says when it would appear, and
        the browser decides all conditions, since every page is there.

        :param reader: the role of who would answer; decision makers alone see what is theirs only
        :param prospect: as for a client without a contract
        """
        self.ensure_one()
        client = self.env["roadmap.roadmap"].new(
            {
                "state": "prospect" if prospect else "running",
                "currency_id": (self.company_id or self.env.company).currency_id.id,
            }
        )
        run = self.env["roadmap.assessment"].new(
            {
                "questionnaire_id": self.id,
                "roadmap_id": client,
                "length": length,
                "state": "sent",
            }
        )
        may_read = run._portal_reader({reader})
        blank = dict.fromkeys(COLUMNS) | {"state": "unanswered", "version": 0}
        blank.update(choices=(), files=())
        rows = {
            question.id: row
            for question in run._asked_questions()
            if may_read(row := AnswerRow.from_columns(question, blank))
        }
        questions = self.env["roadmap.question"].browse(rows)
        nothing = self.env["roadmap.answer"]
        decide = run._preview_decider(rows)
        pages = {}
        for question in questions:
            values = run._question_values(
                question, rows[question.id], question.choice_ids, nothing, decide, {}
            )
            values.update(visible=True, condition_text=question._condition_in_words())
            pages.setdefault(question.section_id, []).append(values)
        return [
            {
                "code": page.code,
                "name": page.name,
                "ours": page.provider_fills,
                "questions": values,
            }
            for page, values in pages.items()
        ]


class RoadmapAssessment(models.Model):
    _inherit = "roadmap.assessment"

    def _preview_decider(self, rows):
        """Terms for that kind of client; questions that this preview lacks have no answer."""
        decide = self._term_decider(rows, rows)
        asked = {row.question.code for row in rows.values()}
        is_client = self._is_client()
        return lambda term: (
            decide(term) if term.code in asked else conditions.holds(term, None, is_client)
        )


class RoadmapQuestion(models.Model):
    _inherit = "roadmap.question"

    def _condition_in_words(self):
        """When the question is shown, for people; "" for always."""
        self.ensure_one()
        terms = self._condition_terms(self.condition)
        if not terms:
            return self.condition or ""
        siblings = {row.code: row for row in self.questionnaire_id.question_ids}
        words = {
            "=": self.env._("is"),
            "!=": self.env._("is not"),
            "has": self.env._("includes"),
            ">": self.env._("is more than"),
        }
        joins = {"and": self.env._(" and "), "or": self.env._(" or "), "": ""}
        text = ""
        for term in terms:
            text += joins[term["join"]]
            if term["op"] == "client":
                text += self.env._("the client is under contract")
                continue
            other = siblings.get(term["code"], self.browse())
            choice = other.choice_ids.filtered(lambda row, term=term: row.code == term["value"])
            value = choice.name or term["value"]
            text += f"{other.name or term['code']} {words[term['op']]} {value}"
        return text
