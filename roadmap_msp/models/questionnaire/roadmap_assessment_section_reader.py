from odoo import models


class RoadmapAssessmentSection(models.Model):
    """What the client's people who are no decision makers may learn of a page."""

    _inherit = "roadmap.assessment.section"

    def _shown_to(self, owner):
        """The pages that a reader may know of, and those of them whose score they may know.

        A page that asks nothing but owner-only questions does not exist for the others, and a score
        that rests on owner-only answers alone would tell them.

        :param owner: whether the reader is a decision maker, or the copy is the decision maker's
        :return: two recordsets, in the order of the pages
        """
        if owner:
            return self, self
        groups = self.env["roadmap.answer"]._read_group(
            [
                ("assessment_section_id", "in", self.ids),
                ("audience", "!=", "owner"),
                ("hidden", "=", False),
            ],
            ["assessment_section_id"],
            ["is_scored:bool_or"],
        )
        scored = dict(groups)
        pages = self.filtered(lambda page: page in scored)
        return pages, pages.filtered(lambda page: scored[page])
