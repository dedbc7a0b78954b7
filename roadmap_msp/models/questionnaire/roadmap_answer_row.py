"""An answer between database and rules: a plain row, and a change that is about to be stored."""

import datetime as dt
from dataclasses import dataclass, replace

from ...rules.answers import FIGURES, Question, Value

COLUMNS = (
    "id", "question_id", "assessment_section_id", "state", "source", "version", "choice_id",
    "value_number", "value_date", "value_text", "special", "note", "is_scored", "score", "risk",
    "hidden", "respondent_id", "answered_on", "returned_reason", "previous_id",
    "changed",
)  # fmt: skip


@dataclass
class AnswerRow:
    """One answer of a run with its question."""

    id: int
    question: Question
    section: int
    state: str
    source: str | None
    version: int
    value: Value
    note: str
    is_scored: bool
    score: float
    risk: str | None
    hidden: bool
    respondent: int | None
    answered_on: dt.datetime | None
    returned: bool
    previous: int | None
    changed: bool

    @classmethod
    def from_columns(cls, question, data):
        """From a dictionary of ``COLUMNS`` and the sets ``choices`` and ``files``."""
        return cls(
            id=data["id"],
            question=question,
            section=data["assessment_section_id"],
            state=data["state"],
            source=data["source"],
            version=data["version"],
            value=cls._value(question, data),
            note=data["note"] or "",
            is_scored=bool(data["is_scored"]),
            score=data["score"] or 0.0,
            risk=data["risk"],
            hidden=bool(data["hidden"]),
            respondent=data["respondent_id"],
            answered_on=data["answered_on"],
            returned=bool(data["returned_reason"]),
            previous=data["previous_id"],
            changed=bool(data["changed"]),
        )

    @staticmethod
    def _value(question, data):
        if data["state"] == "unanswered":
            return Value()
        choices = set(data["choices"])
        if data["choice_id"]:
            choices.add(data["choice_id"])
        figure = question.type in FIGURES and not choices
        return Value(
            choices=frozenset(choices),
            number=(data["value_number"] or 0.0) if figure else None,
            date=data["value_date"],
            text=data["value_text"] or "",
            files=frozenset(data["files"]),
            special=data["special"],
        )

    @property
    def done(self):
        """Answered, and not waiting for the client again."""
        return self.state in ("answered", "verified") and not self.value.empty

    def counts_for(self, source="client"):
        """Whether the row is part of the progress: required, shown, and owed by that side."""
        ours = self.question.audience == "msp"
        return self.question.required and not self.hidden and (source == "staff" or not ours)

    def as_json(self):
        """The value in the shape in which browsers send it."""
        value, kind = self.value, self.question.type
        if value.empty:
            return None
        if value.special:
            return {"special": value.special}
        if kind == "multiple":
            return sorted(value.choices)
        if value.choices:
            key = min(value.choices)
            return key if kind in ("single", "yes_no") else {"choice": key}
        if value.number is not None:
            return value.number
        if value.date:
            return value.date.isoformat()
        return sorted(value.files) if kind == "file" else value.text


@dataclass
class Change:
    """A checked answer that is to be stored, or kept beside one that is newer."""

    row: AnswerRow
    value: Value
    note: str
    score: float | None = None
    risk: str | None = None
    competing: bool = False

    def apply(self, source, respondent, now):
        """Put the change into its row."""
        row = self.row
        if row.previous and row.value != self.value:
            row.changed = True
        row.value, row.note = self.value, self.note
        row.state = "unanswered" if self.value.empty else "answered"
        row.source, row.respondent, row.answered_on = source, respondent, now
        row.version += 1
        row.is_scored, row.score, row.risk = self.score is not None, self.score or 0.0, self.risk

    def before(self):
        """A copy of the row as it was."""
        return replace(self.row)
