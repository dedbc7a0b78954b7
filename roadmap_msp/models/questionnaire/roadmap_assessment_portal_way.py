from odoo import models


class RoadmapAssessment(models.Model):
    """One person's way through the pages: their own part, page by page, nothing empty."""

    _inherit = "roadmap.assessment"

    def _own_pages(self, scope, partner, link, given):
        """The pages that are this person's to fill: given to them, or to nobody.

        :param given: what `_given_links` returns
        """
        if link:
            return scope.pages
        holders = self._page_holders(given)

        def is_own(page):
            if page.id in scope.questions:
                return True
            with_others = any(key != partner.id for key, _name in holders.get(page.id, ()))
            respondents = page.respondent_ids
            return not with_others and (not respondents or partner in respondents)

        return scope.pages.filtered(is_own)

    def _portal_way(self, page, scope, partner, roles, link, given):
        """The pages through which Back and Next lead from this one, itself among them.

        From a page of their own people go through their own part, from another through all that
        they may read; a page on which nothing is asked now is left out.
        """
        own = self._own_pages(scope, partner, link, given)
        part = own if page in own else scope.pages
        asked = self._asked_pages(part, roles)
        # Of a page with single questions for this person, one is always asked.
        return part.filtered(lambda row: row in asked | page or row.id in scope.questions)

    def _asked_pages(self, pages, roles):
        """Those of the pages with a question for the client that shows now."""
        audiences = ("all", "owner") if "decision_maker" in roles else ("all",)
        counted = (
            self.env["roadmap.answer"]
            .sudo()
            ._read_group(
                [
                    ("assessment_section_id", "in", pages.ids),
                    ("hidden", "=", False),
                    ("audience", "in", audiences),
                ],
                ["assessment_section_id"],
            )
        )
        return pages.browse(page.id for (page,) in counted)

    def _portal_step(self, page, scope, partner, roles, link, step):
        """The page one step on (1) or back (-1) on this person's way; none at its ends."""
        way = self._portal_way(page, scope, partner, roles, link, self._given_links())
        place = way.ids.index(page.id) + step
        return way[place] if 0 <= place < len(way) else way.browse()
