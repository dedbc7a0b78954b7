"""One answer as it comes in: of the right kind, in range, a choice of its question. No ORM."""

import datetime as dt
import math
from dataclasses import dataclass, field

from . import scoring
from .conditions import Given
from .storable import storable

TEXT_LIMIT = 20_000
NOTE_LIMIT = 5_000
FILES_LIMIT = 20
NUMBER_LIMIT = 1e9
FIRST_YEAR, LAST_YEAR = 1970, 2100
TICKS = ("single", "yes_no")
FIGURES = ("number", "money")


class Refused(ValueError):
    """A value that cannot be stored; ``key`` names the reason, ``details`` fill its message."""

    def __init__(self, key, **details):
        super().__init__(key)
        self.key = key
        self.details = details


@dataclass(frozen=True)
class Question:
    """What the rules must know of a question; ``condition`` is parsed."""

    id: int
    code: str
    type: str
    section: int = 0
    section_weight: int = 0
    weight: int = 0
    required: bool = False
    audience: str = "all"
    length: str = "full"
    count_scored: bool = False
    prefill: str | None = None
    fact: str | None = None
    condition: tuple = ()
    choices: tuple = ()

    def choice(self, key):
        """The choice with that id, or None."""
        return next((choice for choice in self.choices if choice.key == key), None)

    def special(self, word):
        """The choice that stands for "do not know" (unknown) or "not applicable" (na)."""
        return next((choice for choice in self.choices if choice.special == word), None)


@dataclass(frozen=True)
class Value:
    """An answer by kind; ``choices`` holds choice ids, also those ticked instead of a figure."""

    choices: frozenset = field(default_factory=frozenset)
    number: float | None = None
    date: dt.date | None = None
    text: str = ""
    files: frozenset = field(default_factory=frozenset)
    special: str | None = None

    @property
    def empty(self):
        """True for a cleared answer."""
        return self == Value()


def parse(question, raw, today):
    """Read a value as a browser, a spreadsheet or a program gives it.

    None, "" and [] clear the answer. Figures and dates may instead be ``{"choice": id}`` for an
    answer such as "Never", every question ``{"special": "na" or "unknown"}`` where it offers that.

    :raises Refused: with the reason
    """
    if raw is None or raw == "" or raw == []:
        return Value()
    if isinstance(raw, dict):
        if set(raw) == {"special"}:
            return _special(question, raw["special"])
        if set(raw) == {"choice"} and question.type in (*FIGURES, "date", *TICKS):
            return _ticks(question, [raw["choice"]])
        raise Refused("type")
    if question.type in TICKS:
        return _ticks(question, [raw])
    if question.type == "multiple":
        if not isinstance(raw, list | tuple):
            raise Refused("type")
        return _ticks(question, raw)
    if question.type in FIGURES:
        return _figure(question, raw)
    if question.type == "date":
        return _date(question, raw, today)
    return _files(raw) if question.type == "file" else _text(raw)


def _identifier(raw):
    if isinstance(raw, str) and raw.isascii() and raw.isdigit() and len(raw) < 12:
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise Refused("type")
    return raw


def _special(question, word):
    choice = question.special(word) if isinstance(word, str) else None
    if not choice:
        raise Refused("special")
    return Value(choices=frozenset([choice.key]), special=choice.special)


def _ticks(question, raw):
    if len(raw) > len(question.choices):
        raise Refused("choice")
    chosen = [question.choice(_identifier(key)) for key in raw]
    # Bands are never ticked: the figure, the date or the number of ticks decides them.
    if any(choice is None or choice.kind in ("number", "date") for choice in chosen):
        raise Refused("choice")
    if len(chosen) > 1 and any(choice.exclusive for choice in chosen):
        raise Refused("exclusive", choice=next(c.code for c in chosen if c.exclusive))
    special = next((choice.special for choice in chosen if choice.special), None)
    return Value(choices=frozenset(choice.key for choice in chosen), special=special)


def _figure(question, raw):
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise Refused("type")
    try:
        number = float(raw) if len(str(raw)) < 40 else math.inf
    except (ValueError, OverflowError):
        raise Refused("number") from None
    bands = [scoring.parse_number_band(c.code) for c in question.choices if c.kind == "number"]
    percent = any(band and band.percent for band in bands)
    limit = 100.0 if percent else NUMBER_LIMIT
    if not math.isfinite(number) or not 0 <= number <= limit:
        raise Refused("range", low=0, high=int(limit))
    return Value(number=number)


def _date(question, raw, today):
    if isinstance(raw, int):
        return _ticks(question, [raw])
    try:
        date = dt.date.fromisoformat(raw) if isinstance(raw, str) and len(raw) == 10 else None
    except ValueError:
        date = None
    if not date or not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise Refused("date")
    banded = any(choice.kind == "date" for choice in question.choices)
    if banded and not scoring.date_choice(question.choices, date, today):
        raise Refused("side")
    return Value(date=date)


def _text(raw):
    return Value(text=_storable(raw, TEXT_LIMIT))


def _storable(raw, limit):
    """Text that can be stored as it is."""
    if not isinstance(raw, str) or storable(raw) != raw:
        raise Refused("type")
    if len(raw) > limit:
        raise Refused("long", limit=limit)
    return raw.strip()


def _files(raw):
    if not isinstance(raw, list | tuple):
        raise Refused("type")
    if len(raw) > FILES_LIMIT:
        raise Refused("files", limit=FILES_LIMIT)
    return Value(files=frozenset(_identifier(key) for key in raw))


def parse_note(raw):
    """A note: text up to its limit, "" for none.

    :raises Refused: where it is no text or too long
    """
    if raw is None or raw is False:
        return ""
    return _storable(raw, NOTE_LIMIT)


def score(question, value, today):
    """``(score, risk)`` of an answer; ``(None, None)`` where it is left out of the average."""
    taken = [choice for choice in question.choices if choice.key in value.choices]
    if value.empty or value.special or not question.weight:
        return None, None
    if question.count_scored:
        return scoring.outcome(scoring.count_choice(question.choices, taken))
    if taken:
        return scoring.outcome(taken[0])
    if value.number is not None:
        return scoring.outcome(scoring.number_choice(question.choices, value.number))
    if value.date is not None:
        return scoring.outcome(scoring.date_choice(question.choices, value.date, today))
    return None, None


def given(question, value):
    """The answer as conditions see it; None where there is none."""
    if value.empty:
        return None
    codes = frozenset(choice.code for choice in question.choices if choice.key in value.choices)
    return Given(choices=codes, number=value.number, na=value.special == "na")
