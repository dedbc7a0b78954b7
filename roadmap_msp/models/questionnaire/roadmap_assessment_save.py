import logging
from collections import defaultdict

from odoo import fields, models

from ...rules import answers as rules
from ...rules.storable import storable
from .roadmap_answer_row import AnswerRow, Change
from .roadmap_assessment import OPEN_STATES, REVIEW_STATES
from .roadmap_assessment_scope import Scope

_logger = logging.getLogger(__name__)


class RoadmapAssessment(models.Model):
    _inherit = "roadmap.assessment"

    def _save_answers(self, values, *, respondent, source, allowed=None):
        """Store answers: the one way to do so, for portal, back office and spreadsheet.

        Only answer rows are written, so two people never meet on a parent row; the run itself
        moves from sent to in progress once. The caller has checked who is asking; what that person
        may answer is ``allowed``.

        :param values: ``{question id: {"value": ..., "note": str, "version": int}}``; see
            ``rules.answers.parse`` for values. Without "value" only the note changes, without
            "version" the last writer wins
        :param respondent: the contact who answers
        :param source: client, staff or prefilled
        :param allowed: a `Scope`, pages of the run, or ids of questions; None means the whole run
        :return: per question ``{"version", "score", "error", "conflict"}`` and, under "_page",
            ``{"visible", "done", "required"}`` of the pages written to. Scores are for staff: the
            portal does not pass them on before they are published
        """
        self.ensure_one()
        values = {self._question_key(key): value for key, value in values.items()}
        run = self.sudo()
        structure = run.questionnaire_id._structure()
        keys = {key for key in values if type(key) is int and key in structure.questions}
        turning, needed = structure.touched_by(keys)
        # A single row is locked by its update.
        rows = run._read_answer_rows(needed, lock=keys if len(keys) > 1 else ())
        reader = self._reader(respondent, source, allowed)
        allowed = run._allowed_ids(allowed, rows)
        changes, results = [], {}
        for key, raw in values.items():
            row = rows.get(key) if type(key) is int else None
            if not row or key not in allowed or not reader(row):
                results[key] = run._refusal("unknown")
                continue
            results[key] = run._take_answer(row, raw, respondent, source, changes)
        competing = [change.row for change in changes if change.competing]
        for key, told in run._standing_answers(competing).items():
            results[key]["conflict"] = told
        run._write_changes(changes, rows, respondent, source, turning & set(rows))
        results["_page"] = run._page_state(
            rows,
            {rows[key].section for key in keys if key in allowed},
            lambda row: row.question.id in allowed and reader(row),
            source,
        )
        return results

    @staticmethod
    def _question_key(key):
        """A question id from an int or digits; anything else stays as it is and is refused."""
        if isinstance(key, str) and key.isascii() and key.isdigit() and len(key) < 10:
            return int(key)
        # Half a character cannot be told back to the browser.
        return storable(key) if isinstance(key, str) else key

    def _reader(self, respondent, source, allowed):
        """A test whether this person may read and answer a row: owner-only ones need the role."""
        if source == "client":
            roles = allowed.roles if isinstance(allowed, Scope) else None
            if roles is None:
                roles = self.sudo().roadmap_id._roles_of(respondent)
            owner = "decision_maker" in roles
        else:
            owner = self.env.su or self.env.user.has_group("roadmap_msp.group_roadmap_user")
        return lambda row: owner or row.question.audience != "owner"

    def _allowed_ids(self, allowed, rows):
        """Question ids that may be written, from a `Scope`, pages or ids of questions."""
        if allowed is None:
            return set(rows)
        if isinstance(allowed, Scope):
            return {key for key, row in rows.items() if allowed.holds(row)}
        if isinstance(allowed, models.BaseModel):
            pages = set(allowed.ids)
            return {key for key, row in rows.items() if row.section in pages}
        return set(allowed) & set(rows)

    def _take_answer(self, row, raw, respondent, source, changes):
        """Check one answer; on success it is put on the list of changes.

        :return: the result for this question
        """
        closed = self._closed_reason(row, source)
        if closed:
            return self._refusal(closed, row)
        if not isinstance(raw, dict):
            return self._refusal("type", row)
        # Only dates look at the calendar, which costs reading whose time zone it is.
        today = fields.Date.context_today(self) if row.question.type == "date" else None
        try:
            value = row.value
            if "value" in raw:
                value = rules.parse(row.question, raw["value"], today)
            note = rules.parse_note(raw["note"]) if "note" in raw else row.note
            self._check_files(row, value)
        except rules.Refused as refused:
            return self._refusal(refused.key, row, **refused.details)
        version = raw.get("version")
        if version is not None and (isinstance(version, bool) or not isinstance(version, int)):
            return self._refusal("type", row)
        same = value == row.value and note == row.note
        if version is not None and version != row.version and not same:
            changes.append(Change(row, value, note, competing=True))
            return self._result(row)
        confirms = source in ("client", "staff") and row.source in ("carried", "prefilled")
        if same and not (confirms and not value.empty) and row.state != "clarify":
            return self._result(row)
        score, risk = rules.score(row.question, value, today)
        changes.append(Change(row, value, note, score, risk))
        return {"version": row.version + 1, "score": score, "error": None, "conflict": None}

    def _closed_reason(self, row, source):
        """Why the row cannot be written in this state of the run, or None."""
        if self.state in OPEN_STATES:
            return None
        if self.state in REVIEW_STATES:
            returned = row.state == "clarify" or row.returned
            return None if source == "staff" or returned else "submitted"
        return "draft" if self.state == "draft" else "closed"

    def _check_files(self, row, value):
        """Files belong to the very answer; a file of somebody else's is refused like a missing one.

        :raises Refused: where one does not
        """
        new = value.files - row.value.files
        if new:
            found = self.env["ir.attachment"].search_count(
                [
                    ("id", "in", list(new)),
                    ("res_model", "=", "roadmap.answer"),
                    ("res_id", "=", row.id),
                ]
            )
            if found != len(new):
                raise rules.Refused("file")

    def _result(self, row):
        score = row.score if row.is_scored else None
        return {"version": row.version, "score": score, "error": None, "conflict": None}

    def _refusal(self, key, row=None, **details):
        """The result of an answer that is not stored, with a message for people."""
        version = row.version if row else None
        message = self._refusal_message(key, **details)
        return {"version": version, "score": None, "error": message, "conflict": None}

    def _page_state(self, rows, sections, reader, source):
        """Which questions of these pages show, and how many required ones are done.

        A client's progress leaves out what the provider owes.
        """
        shown = [row for row in rows.values() if row.section in sections and reader(row)]
        shown = [row for row in shown if not row.hidden]
        counted = [row for row in shown if row.counts_for(source)]
        return {
            "visible": [row.question.id for row in shown],
            "done": sum(row.done for row in counted),
            "required": len(counted),
        }

    def _rows_by_section(self, rows):
        pages = defaultdict(list)
        for row in rows.values():
            pages[row.section].append(row)
        return pages

    def _answer_row(self, question, data):
        """A row of the database as plain values; separate, so that it can be extended."""
        return AnswerRow.from_columns(question, data)
