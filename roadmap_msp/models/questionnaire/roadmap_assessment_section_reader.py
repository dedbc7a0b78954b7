from odoo import models

from ...rules import scoring


class RoadmapAssessmentSection(models.Model):
    """What the client's people who are no decision makers may learn of a page."""

    _inherit = "roadmap.assessment.section"

    def _shown_to(self, owner):
        """The pages that a reader may know of, each with the score that this reader may know.

        A page that asks nothing but owner-only questions does not exist for the others, and a score
        that counts an owner-only answer would tell them: theirs is the score of the other answers.

        :param owner: whether the reader is a decision maker, or the copy is the decision maker's
        :return: ``{page: score or None}``, in the order of the pages
        """
        if owner:
            return {page: page.score if page.is_scored else None for page in self}
        answers = self.env["roadmap.answer"].search_fetch(
            [("assessment_section_id", "in", self.ids), ("hidden", "=", False)],
            ["assessment_section_id", "question_id", "audience", "is_scored", "score", "risk"],
        )
        answers.question_id.fetch(["weight"])
        by_page = answers.grouped("assessment_section_id")
        shown = {}
        for page in self:
            rows = by_page.get(page, answers.browse())
            common = rows.filtered(lambda row: row.audience != "owner")
            if common:
                shown[page] = page._score_without(rows - common, common)
        return shown

    def _score_without(self, secret, common):
        """The score of the page, calculated anew only where it rests on secret answers."""
        if not self.is_scored:
            return None
        if not any(row.is_scored and row.question_id.weight for row in secret):
            return self.score
        score = scoring.section_score(
            (row.question_id.weight, row.score, row.risk) for row in common if row.is_scored
        )
        return score if score is None else round(score, 1)

    def _total_shown_to(self, owner):
        """The score over these pages for such a reader, or None where none counts."""
        shown = self._shown_to(owner)
        return scoring.run_score((page.weight, score) for page, score in shown.items())
