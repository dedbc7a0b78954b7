"""How many gave which answer: the groups into which the answers to one question fall. No ORM."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from statistics import median

from .answers import FIGURES
from .scoring import date_choice, number_choice

# Groups that are no choice of the question: a value without a band, and no answer.
VALUE, NONE = "value", "none"


@dataclass(frozen=True)
class Given:
    """One kind of answer: a choice, a figure, a date, another value or none.

    ``day`` is when the run was handed in, from which date bands are counted.
    """

    kind: str
    choice: str | None = None
    number: float | None = None
    date: dt.date | None = None
    day: dt.date | None = None


def group_of(question, given):
    """The group of an answer: ``VALUE``, ``NONE`` or ``choice:`` and the code of choice or band."""
    if given.kind == "choice":
        return f"choice:{given.choice}"
    band = None
    if question.type in FIGURES and given.number is not None:
        band = number_choice(question.choices, given.number)
    elif question.type == "date" and given.date:
        band = date_choice(question.choices, given.date, given.day or given.date)
    return f"choice:{band.code}" if band else given.kind


def count(question, rows):
    """How many answers fall into each group.

    Every choice of the question is listed, also with 0; then those that only earlier versions had,
    values without a band and no answer.

    :param rows: pairs of `Given` and how often it was
    :return: list of ``(group, how many)``
    """
    counts = Counter()
    for given, times in rows:
        counts[group_of(question, given)] += times
    listed = [f"choice:{choice.code}" for choice in question.choices]
    gone = sorted(group for group in counts if group not in (*listed, VALUE, NONE))
    rest = [group for group in (VALUE, NONE) if group in counts]
    return [(group, counts[group]) for group in (*listed, *gone, *rest)]


def spread(rows):
    """The smallest, the middle and the largest figure or date; None where there is none."""
    values = sorted(
        value
        for given, times in rows
        if (value := given.date if given.number is None else given.number) is not None
        for _ in range(times)
    )
    if not values:
        return None
    middle = values[len(values) // 2] if isinstance(values[0], dt.date) else median(values)
    return values[0], middle, values[-1]
