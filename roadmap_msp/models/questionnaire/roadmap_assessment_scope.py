from dataclasses import dataclass, field, replace
from functools import cached_property

from odoo import models

# All that most pages need of a section; others are read when somebody asks.
PAGE_FIELDS = ("code", "section_id")


@dataclass(frozen=True)
class Scope:
    """What one person may answer of a run: pages, and of some of them single questions only."""

    pages: object
    questions: dict = field(default_factory=dict)  # {page id: ids of the questions given}
    roles: frozenset | None = None  # of that person; None where nobody looked

    @cached_property
    def _page_ids(self):
        return frozenset(self.pages.ids)

    def holds(self, row):
        """Whether the answer row belongs to it; who may read the row is another question."""
        if row.section not in self._page_ids:
            return False
        given = self.questions.get(row.section)
        return given is None or row.question.id in given


class RoadmapAssessment(models.Model):
    """Which part of a run is whose."""

    _inherit = "roadmap.assessment"

    def _portal_sections(self, partner, roles, link=None):
        """The pages that this person may answer, wholly or in part."""
        return self._portal_scope(partner, roles, link).pages

    def _portal_scope(self, partner, roles, link=None):
        """What this person may answer.

        A link shows what it was issued for. The decision maker sees every page of the client's;
        others those given to them, and with a login also single questions given by a link. Pages
        that we fill never show.

        :return: a `Scope`
        """
        self.ensure_one()
        pages = (
            self.env["roadmap.assessment.section"]
            .sudo()
            .search_fetch(
                [("assessment_id", "=", self.id), ("provider_fills", "=", False)], PAGE_FIELDS
            )
        )
        return replace(self._scope_of(pages, partner, roles, link), roles=frozenset(roles))

    def _scope_of(self, pages, partner, roles, link):
        if link and link.sudo().section_ids:
            return self._link_scope(link.sudo(), pages)
        if "decision_maker" in roles:
            return Scope(pages)
        own = pages.filtered(lambda page: partner in page.respondent_ids)
        links = self._question_links(partner) if partner and not link else ()
        given = {}
        for row in links:
            for page, ids in self._link_scope(row, pages - own).questions.items():
                given[page] = given.get(page, frozenset()) | ids
        return Scope(pages.filtered(lambda page: page in own or page.id in given), given)

    def _link_scope(self, link, pages):
        """The part of these pages that a link was issued for."""
        pages = pages & link.section_ids
        if not link.question_ids:
            return Scope(pages)
        by_section = link.question_ids.grouped("section_id")
        given = {
            page.id: frozenset(by_section[page.section_id].ids)
            for page in pages
            if page.section_id in by_section
        }
        return Scope(pages.filtered(lambda page: page.id in given), given)

    def _question_links(self, partner):
        """Valid links of this run that give single questions to the contact."""
        links = (
            self.env["roadmap.link"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("purpose", "=", "answer"),
                    ("partner_id", "=", partner.id),
                    ("question_ids", "!=", False),
                    ("withdrawn_on", "=", False),
                ]
            )
        )
        return links.filtered(lambda link: link.state == "valid")

    def _portal_reader(self, roles, scope=None):
        """A test whether a person of these roles (and this `Scope`) may read a row."""
        owner = "decision_maker" in roles
        return lambda row: (
            (owner or row.question.audience != "owner") and (scope is None or scope.holds(row))
        )
