from odoo import models


class RoadmapAssessment(models.Model):
    """Who does which part of a run, how far it is and where to go on, as plain values."""

    _inherit = "roadmap.assessment"

    @staticmethod
    def _counts_for_client(row):
        """Whether the client is asked it now: it applies and is not for us to fill in."""
        return not row.hidden and row.question.audience != "msp"

    def _portal_parts(self, seen, scope, partner, link=None, given=()):
        """The pages with a question for this person, those that are theirs to fill first.

        :param seen: the rows that the person may read and that count
        :param given: what `_given_links` returns
        """
        by_section = {}
        for row in seen:
            by_section.setdefault(row.section, []).append(row)
        people = self.env["res.partner"].sudo().browse({r.respondent for r in seen if r.respondent})
        names = {person.id: person.name for person in people}
        holders = self._page_holders(given)
        own = self._own_pages(scope, partner, link, given)
        parts = []
        for page in scope.pages:
            rows = by_section.get(page.id)
            if not rows:
                continue
            held_by = [name for key, name in holders.get(page.id, ()) if key != partner.id]
            part = self._portal_section(page, rows, names)
            part["mine"] = page in own
            part["held_by"] = held_by
            parts.append(part)
        return sorted(parts, key=lambda part: not part["mine"])

    def _portal_section(self, page, shown, names):
        """Progress of one page; what we owe is left out."""
        counted = [row for row in shown if row.question.required]
        dated = [row for row in shown if row.answered_on and row.source == "client"]
        last = max(dated, key=lambda row: row.answered_on, default=None)
        still_open = [row for row in shown if not row.done]
        return {
            "id": page.id,
            "code": page.code,
            "name": page.name,
            "respondents": page.respondent_ids.mapped("name"),
            "questions": len(shown),
            "answered": sum(row.done for row in shown),
            "done": sum(row.done for row in counted),
            "required": len(counted),
            "minutes": self._minutes_for(len(still_open)) if still_open else 0,
            "returned": sum(row.state == "clarify" for row in shown),
            "to_confirm": sum(row.source in ("carried", "prefilled") for row in shown),
            "last_by": names.get(last.respondent, "") if last else "",
            "last_on": last.answered_on if last else None,
            **self._due_values(page),
        }

    def _portal_go_on(self, rows, partner):
        """Where this person left off: the first open question after their last answer.

        It follows from the answers, so it is the same on every device.

        :param rows: the rows of the person's own part, in the order of the pages
        :return: dict with page, code and question_id; None where nothing is open
        """
        wanting = [row for row in rows if not row.done or row.source in ("carried", "prefilled")]
        if not wanting:
            return None
        mine = [
            (row.answered_on, place)
            for place, row in enumerate(rows)
            if row.respondent == partner.id and row.source == "client" and row.answered_on
        ]
        start = max(mine)[1] if mine else -1
        places = {row.id: place for place, row in enumerate(rows)}
        returned = [row for row in wanting if row.state == "clarify"]
        ahead = [row for row in wanting if places[row.id] > start]
        row = (returned or ahead or wanting)[0]
        page = self.env["roadmap.assessment.section"].sudo().browse(row.section)
        return {
            "code": page.code,
            "page": page.name,
            "question_id": row.question.id,
            "started": bool(mine),
        }

    def _portal_words(self, seen):
        """What came back and what changed since the run before, in words."""
        wanted = [row for row in seen if row.state == "clarify" or self._changed_by_person(row)]
        answers = self.env["roadmap.answer"].sudo().browse([row.id for row in wanted])
        by_id = {answer.id: answer for answer in answers}
        words = {"returned": [], "changed": []}
        for row in wanted:
            answer = by_id[row.id]
            entry = {
                "question_id": row.question.id,
                "code": answer.assessment_section_id.code,
                "name": answer.question_id.name,
            }
            if row.state == "clarify":
                words["returned"].append({**entry, "reason": answer.returned_reason or ""})
            if self._changed_by_person(row):
                before = answer.previous_id.display_value or ""
                entry.update(before=before, now=answer.display_value or "")
                words["changed"].append(entry)
        return words

    @staticmethod
    def _changed_by_person(row):
        return row.changed and row.previous and row.source not in ("carried", "prefilled")
