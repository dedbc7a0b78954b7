from odoo import models

WAITING = ("prepared", "released", "failed")


class RoadmapAssessment(models.Model):
    """Who holds which page by a colleague's link, and how far they are."""

    _inherit = "roadmap.assessment"

    def _given_links(self):
        """Links of this run that one of the client's own contacts gave to another."""
        self.ensure_one()
        run = self.sudo()
        links = (
            self.env["roadmap.link"]
            .sudo()
            .search_fetch(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", run.id),
                    ("purpose", "=", "answer"),
                    ("sender_id.commercial_partner_id", "=", run.roadmap_id.partner_id.id),
                ]
            )
        )
        return links

    @staticmethod
    def _page_holders(links):
        """`{page id: [(contact id, name)]}` of whole pages that colleagues hold now."""
        holders = {}
        for link in links:
            if link.state == "valid" and not link.question_ids:
                for page in link.section_ids:
                    contact = (link.partner_id.id, link.partner_id.name)
                    holders.setdefault(page.id, []).append(contact)
        return holders

    def _given_pages(self, partner, roles, links=None):
        """Who has what: a list of dicts; everyone sees their own, decision makers all.

        `state` is one of `waiting` (the mail did not leave yet), `sent`, `opened`, `ended`; `done`
        of `total` questions of it are answered.

        :param links: what `_given_links` returns, where that is known
        """
        links = self._given_links() if links is None else links
        if "decision_maker" not in roles:
            links = links.filtered(lambda link: link.sender_id == partner)
        if not links:
            return []
        waiting = (
            self.env["roadmap.outbox"]
            .sudo()
            .search([("link_id", "in", links.ids), ("state", "in", WAITING)])
            .link_id
        )
        counted = self._given_answers(links.section_ids)
        rows = []
        for link in links.sorted("id"):
            open_link = link.state == "valid"
            state = "opened" if link.used_on else "waiting" if link in waiting else "sent"
            for page in link.section_ids:
                states = [
                    answer_state
                    for question, answer_state in counted.get(page, ())
                    if not link.question_ids or question in link.question_ids
                ]
                rows.append(
                    {
                        "link_id": link.id,
                        "code": page.code,
                        "page": page.name,
                        "questions": link.question_ids.mapped("name"),
                        "name": link.partner_id.name,
                        "by": link.sender_id.name,
                        "open": open_link,
                        "until": link.expires_on,
                        "state": state if open_link else "ended",
                        "done": sum(word in ("answered", "verified") for word in states),
                        "total": len(states),
                    }
                )
        return rows

    def _given_answers(self, pages):
        """`{page: [(question, state)]}` of what a colleague is asked on these pages."""
        answers = (
            self.env["roadmap.answer"]
            .sudo()
            .search_fetch(
                [
                    ("assessment_section_id", "in", pages.ids),
                    ("audience", "=", "all"),
                    ("hidden", "=", False),
                ],
                ["assessment_section_id", "question_id", "state"],
            )
        )
        counted = {}
        for answer in answers:
            row = (answer.question_id, answer.state)
            counted.setdefault(answer.assessment_section_id, []).append(row)
        return counted
