"""Health of a client, 0 to 100, from parts that a person can check.

Source of the rule: design, "Meetings": health is explainable, its parts and weights are visible and
can be switched off (weight 0). Each part turns a count into a score; a part about which nothing is
known is left out, and so is its weight.
"""

from typing import NamedTuple

#: The parts in the order in which people read them, with the weight after the installation.
WEIGHTS = {
    "meetings": 3,
    "invoices": 2,
    "risks": 1,
    "forms": 1,
    "ratings": 2,
    "findings": 2,
}
BANDS = ((75, "thriving"), (50, "watch"), (0, "at_risk"))


class Facts(NamedTuple):
    """What is known of a client on a day; None: nothing to judge by."""

    slips: int = 0  # moves and misses in a row
    untapped: bool = False
    days_overdue: int = 0  # of the oldest unpaid invoice
    refused_risks: int = 0  # critical ones, declined or accepted
    days_form_late: int = 0  # of the questionnaire that waits longest
    rating: float | None = None  # average of the last twelve months, 1 to 5
    critical_findings: int = 0


class Part(NamedTuple):
    key: str
    score: int | None
    weight: int


def parts(facts, weights=None):
    """The parts of the health that count, with scores from 0 to 100 (None: unknown)."""
    weights = WEIGHTS if weights is None else weights
    scores = {
        "meetings": 0 if facts.untapped else _less(facts.slips, 25),
        "invoices": _steps(facts.days_overdue, ((0, 100), (14, 70), (30, 40), (60, 15))),
        "risks": _less(facts.refused_risks, 25),
        "forms": _steps(facts.days_form_late, ((0, 100), (14, 60), (30, 30))),
        "ratings": None if facts.rating is None else round((facts.rating - 1) * 25),
        "findings": _less(facts.critical_findings, 20),
    }
    return [Part(key, score, weights.get(key, 0)) for key, score in scores.items()]


def health(rows):
    """The weighted average of the parts, or None where nothing counts."""
    known = [row for row in rows if row.score is not None and row.weight > 0]
    total = sum(row.weight for row in known)
    return round(sum(row.score * row.weight for row in known) / total) if total else None


def band(value):
    """thriving (75 and more), watch (50 and more), at_risk."""
    return next(name for least, name in BANDS if value >= least)


def fell(peak, value, drop):
    """Whether the health fell by `drop` points or more since its last peak (None: no peak yet)."""
    return peak is not None and drop > 0 and peak - value >= drop


def _less(count, points):
    return max(0, 100 - points * count)


def _steps(days, steps):
    """The score of the first step that reaches so many days, else 0."""
    return next((score for most, score in steps if days <= most), 0)
