from odoo import models

from ...rules import scoring
from .roadmap_assessment import OPEN_STATES, REVIEW_STATES


class RoadmapAssessment(models.Model):
    """What the client's pages show: plain values, safe for that person's eyes."""

    _inherit = "roadmap.assessment"

    def _prepare_portal_values(self, partner, roles, link=None):
        """One page that says where we stand, for this person.

        :return: dict with name, state, deadline, editable, sections (each with who fills it,
            progress, returned), `mine` (pages, questions and minutes of this person's own part),
            done and required over all, what came back and why, where to go on, what is missing,
            what changed since the run before, and published results
        """
        self.ensure_one()
        run = self.sudo()
        rows = run._read_answer_rows()
        scope = run._portal_scope(partner, roles, link)
        reader = run._portal_reader(roles, scope)
        seen = [row for row in rows.values() if reader(row) and run._counts_for_client(row)]
        given = run._given_links()
        sections = run._portal_parts(seen, scope, partner, link, given)
        mine = {section["id"] for section in sections if section["mine"]}
        still_open = [row for row in seen if row.section in mine and not row.done]
        ids = {section["id"] for section in sections}
        missing = [
            entry
            for entry in run._missing(rows, scope.pages)
            if entry["section_id"] in ids and reader(rows[entry["question_id"]])
        ]
        words = run._portal_words(seen)
        return {
            "id": run.id,
            "name": run.name,
            "client": run.roadmap_id.name,
            "company": run.company_id.name,
            "responsible": run.user_id.name or "",
            "state": run.state,
            "length": run.length,
            "deadline": run.deadline or None,
            "due": run._due_words() if run.state in OPEN_STATES else "",
            "submitted_on": run.submitted_on or None,
            "editable": run.state in OPEN_STATES or any(s["returned"] for s in sections),
            "may_submit": run.state in OPEN_STATES and "decision_maker" in roles,
            "sections": sections,
            "questions": sum(section["questions"] for section in sections),
            "done": sum(section["done"] for section in sections),
            "required": sum(section["required"] for section in sections),
            "answered": sum(section["answered"] for section in sections),
            "mine": {
                "pages": len(mine),
                "questions": sum(row.section in mine for row in seen),
                "answered": sum(row.section in mine and row.done for row in seen),
                "minutes": run._minutes_for(len(still_open)) if still_open else 0,
            },
            "go_on": run._portal_go_on([row for row in seen if row.section in mine], partner),
            "given": run._given_pages(partner, roles, given),
            "returned": words["returned"],
            "changed": words["changed"],
            "missing": missing,
            "published": run._portal_published(roles),
        }

    def _portal_published(self, roles, chosen=None):
        """Score and band of the pages that were published, for decision makers and finance.

        :param chosen: as if these pages were published and no other; for our own people
        """
        if self.state in OPEN_STATES or not {"decision_maker", "finance"} & set(roles):
            return []
        published = self.section_ids.filtered("published_on") if chosen is None else chosen
        owner = "decision_maker" in roles
        shown = published._shown_to(owner)
        others = (
            self.env["roadmap.assessment.section"]._benchmark(
                self.roadmap_id, self.questionnaire_id.family_code
            )["pages"]
            if shown
            else {}
        )
        findings = self.finding_ids.filtered(
            lambda finding: finding.kind == "risk"
            and finding.state not in ("dismissed", "resolved")
            and (owner or not finding.owner_only)
            # Folded into one line, unless this reader does not get to see that line.
            and (not finding.parent_id or (finding.parent_id.owner_only and not owner))
        )
        return [
            {
                "code": page.code,
                "name": page.name,
                "score": score,
                "band": scoring.band(score),
                "others": others.get(page.code) if score is not None else None,
                "findings": [
                    {"name": finding.name, "risk": finding.risk}
                    for finding in findings
                    if finding.answer_id.assessment_section_id == page
                ],
            }
            for page, score in shown.items()
        ]

    def _portal_todo(self, partner, roles):
        """The entry of this run on the client's To do page, or None for somebody with no part."""
        values = self._prepare_portal_values(partner, roles)
        returned = sum(section["returned"] for section in values["sections"])
        in_review = self.state in REVIEW_STATES
        if not values["questions"] or (in_review and not returned):
            return None
        mine = values["mine"]
        answered, questions = mine["answered"], mine["questions"]
        if not questions and not returned:
            return None
        if returned:
            detail = self.env._("%(count)s questions came back to you", count=returned)
        elif answered == questions:
            detail = self.env._("All %(questions)s answered", questions=questions)
        elif mine["minutes"] <= 1:
            detail = self.env._(
                "%(answered)s of %(questions)s answered, about a minute",
                answered=answered,
                questions=questions,
            )
        else:
            detail = self.env._(
                "%(answered)s of %(questions)s answered, about %(minutes)s minutes",
                answered=answered,
                questions=questions,
                minutes=mine["minutes"],
            )
        return {
            "sequence": 20,
            "icon": "fa-list-ul",
            "title": self.env._("Your part of the questionnaire"),
            "detail": detail,
            "url": self.access_url,
            "done": not returned and answered == questions,
        }
