"""Answers that the client's contracts tell: lines, terms, renewals, seats. No ORM."""

import datetime as dt
from dataclasses import dataclass

from . import scoring
from .answers import FIGURES, Value

RENEWAL_MONTHS = 6
OPEN_END = "Month to month"
# Areas whose quantity is a number of people; an agreement of ours often has none.
SEATED = ("licensing", "cloud", "service_agreement", "")


@dataclass(frozen=True)
class Contract:
    """A recurring cost of the client; ``category`` is the code of its technology area."""

    name: str
    category: str = ""
    vendor: str = ""
    seats: float = 1
    amount: float = 0  # a month
    start: dt.date | None = None
    end: dt.date | None = None
    renews: bool = True


def running(contracts, today, category=None, renewing=False):
    """The contracts of a day, the dearest first.

    :param renewing: only those that renew by themselves within six months
    """
    found = [
        row
        for row in contracts
        if (row.start is None or row.start <= today)
        and (row.end is None or row.end >= today or row.renews)
        and category in (None, row.category)
    ]
    if renewing:
        last = scoring.shift(today, RENEWAL_MONTHS, "months")
        found = [row for row in found if row.renews and row.end and today <= row.end <= last]
    return sorted(found, key=lambda row: (-row.amount, row.name))


def ends(contracts, category, today):
    """The days on which the running contracts of an area end, that of the dearest first."""
    rows = running(contracts, today, category)
    return [row.end for row in rows if row.end and row.end >= today]


def answer(question, contracts, today):
    """The answer to one question of the catalogue, by its code.

    :param contracts: the client's ``Contract`` rows
    :return: a ``Value``; None where the contracts cannot tell
    """
    rule = _RULES.get(question.code)
    return rule(question, contracts, today) if rule else None


def _lines(question, contracts, today):
    rows = running(contracts, today, "connectivity")
    if question.type != "text" or not rows:
        return None
    return Value(text="\n".join(filter(None, (_line(row) for row in rows))))


def _line(row):
    return ", ".join(part for part in (row.name, row.vendor) if part)


def _end(category):
    def rule(question, contracts, today):
        rows = running(contracts, today, category)
        if question.type != "date" or not rows:
            return None
        if rows[0].end:
            return Value(date=rows[0].end) if rows[0].end >= today else None
        choice = next((row for row in question.choices if row.code == OPEN_END), None)
        return Value(choices=frozenset([choice.key])) if choice else None

    return rule


def _renewals(question, contracts, today):
    """None on file proves nothing: there may be others."""
    count = len(running(contracts, today, renewing=True))
    return Value(number=float(count)) if count and question.type in FIGURES else None


def _seats(question, contracts, today):
    rows = [row for row in running(contracts, today) if row.category in SEATED and row.seats > 1]
    most = max((row.seats for row in rows), default=None)
    if question.type not in FIGURES or most is None or not float(most).is_integer():
        return None
    return Value(number=float(most))


_RULES = {
    "GRO-9": _seats,
    "ISP-1": _lines,
    "ISP-2": _end("connectivity"),
    "TEL-7": _end("telecom"),
    "PRT-7": _end("printing"),
    "VEN-2": _renewals,
}
CODES = frozenset(_RULES)
