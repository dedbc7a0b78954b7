from odoo import models
from odoo.exceptions import UserError

from ...rules.spreadsheet import SheetError, read_rows
from .roadmap_assessment_sheet_export import (
    FIRST_ROW,
    KEY_ROW,
    SEPARATOR,
    SHEET_COLUMNS,
    SHEET_NAME,
)


class RoadmapAssessment(models.Model):
    _inherit = "roadmap.assessment"

    def _read_sheet(self, content, any_run=False):
        """The answers of a completed spreadsheet that differ from those of the run.

        :param content: the bytes of an XLSX file made by ``_sheet_bytes``
        :param any_run: accept the file of another run of this questionnaire, such as a blank one
        :return: list of dicts: answer, place, old, new, value (for ``_save_answers``) or error
        :raises UserError: where the file as a whole cannot be read; nothing is loaded then
        """
        self.ensure_one()
        try:
            rows = read_rows(content, SHEET_NAME, len(SHEET_COLUMNS))
        except SheetError as error:
            raise UserError(self._sheet_message(error)) from None
        self._check_sheet_key(rows, any_run)
        answers = {answer.question_id.code: answer for answer in self.answer_ids}
        seen, differences = set(), []
        for cells in rows[FIRST_ROW:]:
            code = cells[0].text
            if not code:
                continue
            if code not in answers or code in seen:
                differences.append(
                    {
                        "answer": None,
                        "place": cells[0].place,
                        "old": "",
                        "new": code,
                        "error": self.env._(
                            "There is no question with this code, or it stands twice."
                        ),
                    }
                )
                continue
            seen.add(code)
            entry = answers[code]._sheet_difference(cells[3], cells[4])
            if entry:
                differences.append(entry)
        return differences

    def _check_sheet_key(self, rows, any_run):
        """Refuse the file of another client or another questionnaire."""
        key = rows[KEY_ROW][0].text if len(rows) > KEY_ROW else ""
        own = self._sheet_key()
        same = key.rsplit(":", 1)[0] == own.rsplit(":", 1)[0] if any_run else key == own
        if not same:
            raise UserError(
                self.env._(
                    "This spreadsheet belongs to another questionnaire than %(run)s. Download the"
                    " file of this one and fill that in.",
                    run=self.name,
                )
            )

    def _sheet_message(self, error):
        """Why a file was refused, for people."""
        messages = {
            "too_big": self.env._("The file is larger than 5 MB. Nothing was loaded."),
            "not_xlsx": self.env._(
                "The file is no spreadsheet (XLSX), or it is damaged. Save it again as XLSX;"
                " nothing was loaded."
            ),
            "bomb": self.env._("The file unpacks to something far too large. Nothing was loaded."),
            "no_sheet": self.env._(
                'The file has no sheet named "%(name)s". Nothing was loaded.', name=SHEET_NAME
            ),
            "too_many_rows": self.env._("The sheet has more than 2,000 rows. Nothing was loaded."),
            "formula": self.env._(
                "%(place)s holds a formula. Enter the answer itself; nothing was loaded.",
                place=error.place,
            ),
        }
        return messages[error.key]


class RoadmapAnswer(models.Model):
    _inherit = "roadmap.answer"

    def _sheet_difference(self, cell, note):
        """What one row of a spreadsheet would change, or None. An empty cell changes nothing."""
        self.ensure_one()
        old = self._sheet_value()
        changed = bool(cell.text) and cell.text != old
        noted = bool(note.text) and note.text != (self.note or "")
        if self.question_id.question_type == "file" or not (changed or noted):
            return None
        entry = {
            "answer": self,
            "place": cell.place if changed else note.place,
            "old": old if changed else self.note or "",
            "new": cell.text if changed else note.text,
            "value": {"version": self.version},
            "error": None,
        }
        if noted:
            entry["value"]["note"] = note.text
        if changed:
            value, wrong = self._value_from_text(cell.text)
            entry["value"]["value"] = value
            if wrong:
                entry["error"] = self.env._(
                    '%(place)s: "%(text)s" is not a choice of %(code)s.',
                    place=cell.place,
                    text=wrong,
                    code=self.question_id.code,
                )
        return entry

    def _value_from_text(self, text):
        """``(value for _save_answers, None)``, or ``(None, the words that fit no choice)``."""
        kind = self.question_id.question_type
        choices = {}
        for choice in self.question_id.choice_ids:
            if choice.kind in ("option", "special"):
                choices.setdefault(choice.code.casefold(), choice.id)
                choices.setdefault((choice.name or "").casefold(), choice.id)
        if kind == "multiple":
            parts = [part.strip() for part in text.split(SEPARATOR.strip()) if part.strip()]
            wrong = next((part for part in parts if part.casefold() not in choices), None)
            return [choices[part.casefold()] for part in parts] if not wrong else None, wrong
        if text.casefold() in choices:
            key = choices[text.casefold()]
            return key if kind in ("single", "yes_no") else {"choice": key}, None
        return (None, text) if kind in ("single", "yes_no") else (text, None)
