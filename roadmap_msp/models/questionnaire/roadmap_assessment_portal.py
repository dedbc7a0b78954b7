from odoo import models

from ...rules import scoring
from .roadmap_assessment import OPEN_STATES, REVIEW_STATES


class RoadmapAssessment(models.Model):
    """What the client's pages show: plain values, safe for that person's eyes."""

    _inherit = "roadmap.assessment"

    def _portal_sections(self, partner, roles, link=None):
        """The pages that this person may answer.

        A link shows the pages it was issued for. The decision maker sees every page of the
        client's; others those given to them. Pages that we fill never show.
        """
        self.ensure_one()
        pages = self.sudo().section_ids.filtered(lambda page: not page.provider_fills)
        if link and link.sudo().section_ids:
            return pages & link.sudo().section_ids
        if "decision_maker" in roles:
            return pages
        return pages.filtered(lambda page: partner in page.respondent_ids)

    def _prepare_portal_values(self, partner, roles, link=None):
        """One page that says where we stand, for this person.

        :return: dict with name, state, deadline, editable, minutes, sections (each with progress,
            returned), done and required over them, missing, and published results
        """
        self.ensure_one()
        run = self.sudo()
        rows = run._read_answer_rows()
        pages = run._portal_sections(partner, roles, link)
        reader = run._portal_reader(roles)
        by_section = run._rows_by_section(rows)
        people = (
            self.env["res.partner"]
            .sudo()
            .browse({row.respondent for row in rows.values() if row.respondent})
        )
        names = {person.id: person.name for person in people}
        sections = [
            run._portal_section(page, [r for r in by_section.get(page.id, ()) if reader(r)], names)
            for page in pages
        ]
        sections = [section for section in sections if section["questions"]]
        still_open = sum(section["questions"] - section["answered"] for section in sections)
        ids = {section["id"] for section in sections}
        missing = [
            entry
            for entry in run._missing(rows)
            if rows[entry["question_id"]].section in ids and reader(rows[entry["question_id"]])
        ]
        return {
            "id": run.id,
            "name": run.name,
            "client": run.roadmap_id.name,
            "company": run.company_id.name,
            "responsible": run.user_id.name or "",
            "state": run.state,
            "length": run.length,
            "deadline": run.deadline or None,
            "submitted_on": run.submitted_on or None,
            "editable": run.state in OPEN_STATES or any(s["returned"] for s in sections),
            "may_submit": run.state in OPEN_STATES and "decision_maker" in roles,
            "sections": sections,
            "questions": sum(section["questions"] for section in sections),
            "done": sum(section["done"] for section in sections),
            "required": sum(section["required"] for section in sections),
            "answered": sum(section["answered"] for section in sections),
            "minutes": self._minutes_for(still_open) if still_open else 0,
            "missing": missing,
            "published": run._portal_published(pages, roles),
        }

    def _portal_reader(self, roles):
        """A test whether a person of these roles may read a row."""
        owner = "decision_maker" in roles
        return lambda row: owner or row.question.audience != "owner"

    def _portal_section(self, page, rows, names):
        """Progress of one page; what we owe is left out."""
        shown = [r for r in rows if not r.hidden and r.question.audience != "msp"]
        counted = [row for row in shown if row.question.required]
        dated = [row for row in shown if row.answered_on and row.source == "client"]
        last = max(dated, key=lambda row: row.answered_on, default=None)
        return {
            "id": page.id,
            "code": page.code,
            "name": page.name,
            "respondents": page.respondent_ids.mapped("name"),
            "questions": len(shown),
            "answered": sum(row.done for row in shown),
            "done": sum(row.done for row in counted),
            "required": len(counted),
            "returned": sum(row.state == "clarify" for row in shown),
            "to_confirm": sum(row.source in ("carried", "prefilled") for row in shown),
            "last_by": names.get(last.respondent, "") if last else "",
            "last_on": last.answered_on if last else None,
        }

    def _portal_published(self, pages, roles):
        """Score and band of the pages that were published, for decision makers and finance."""
        if not {"decision_maker", "finance"} & set(roles):
            return []
        published = self.section_ids.filtered("published_on")
        findings = self.finding_ids.filtered(
            lambda finding: finding.kind == "risk"
            and finding.state not in ("dismissed", "resolved")
            and not finding.parent_id
            and ("decision_maker" in roles or not finding.owner_only)
        )
        return [
            {
                "code": page.code,
                "name": page.name,
                "score": page.score if page.is_scored else None,
                "band": scoring.band(page.score) if page.is_scored else None,
                "findings": [
                    {"name": finding.name, "risk": finding.risk}
                    for finding in findings
                    if finding.answer_id.assessment_section_id == page
                ],
            }
            for page in published
        ]

    def _portal_todo(self, partner, roles):
        """The entry of this run on the client's To do page, or None for somebody with no part."""
        values = self._prepare_portal_values(partner, roles)
        returned = sum(section["returned"] for section in values["sections"])
        in_review = self.state in REVIEW_STATES
        if not values["questions"] or (in_review and not returned):
            return None
        answered, questions = values["answered"], values["questions"]
        if returned:
            detail = self.env._("%(count)s questions came back to you", count=returned)
        else:
            detail = self.env._(
                "%(answered)s of %(questions)s answered, about %(minutes)s minutes",
                answered=answered,
                questions=questions,
                minutes=max(1, values["minutes"]),
            )
        return {
            "sequence": 20,
            "icon": "fa-list-ul",
            "title": self.env._("Your part of the questionnaire"),
            "detail": detail,
            "url": self.access_url,
            "done": not returned and answered == questions,
        }
