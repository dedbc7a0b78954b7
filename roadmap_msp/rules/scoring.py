"""Scores, risks and urgency of answers. No ORM.

Scores run from 0 to 100. ``None`` always means "left out of the average".
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

RISKS = ("low", "medium", "high", "critical")
CRITICAL_CAP = 49.0
FINDING_BELOW = 50.0
BANDS = ((85.0, "good"), (70.0, "fair"), (50.0, "needs_work"), (0.0, "at_risk"))
# How long people can work without systems (question BUS-6) makes every gap more or less urgent.
DEPENDENCE = {"Under 1 hour": 1.3, "Half a day": 1.15, "1-2 days": 1.0, "A week": 0.8}
RISK_FACTOR = {"low": 1.0, "medium": 2.0, "high": 4.0, "critical": 8.0}
NONE_WORDS = {"none"}

_NUMBER_BAND = re.compile(
    r"(?:(?P<one>\d+)|(?P<low>\d+)-(?P<high>\d+)|(?P<word>under|up to|over) (?P<limit>\d+)"
    r"|(?P<least>\d+) or more)(?: %)?"
)
_DATE_BAND = re.compile(
    r"(?P<word>within|over) (?P<n>\d+) (?P<unit>days|months) (?P<side>ago|ahead)"
)


@dataclass(frozen=True)
class Choice:
    """A possible answer; ``kind`` is option, number, date or special (unknown or na)."""

    code: str
    kind: str = "option"
    special: str | None = None
    scored: bool = False
    score: float = 0.0
    risk: str | None = None
    exclusive: bool = False
    key: int = 0


@dataclass(frozen=True)
class NumberBand:
    """From ``low`` to ``high``; None is an open end, the flags say whether the end belongs."""

    low: float | None = None
    high: float | None = None
    with_low: bool = True
    with_high: bool = True
    percent: bool = False

    def holds(self, number):
        """Whether the figure lies in the band."""
        if self.low is not None and (
            number < self.low or (number == self.low and not self.with_low)
        ):
            return False
        return self.high is None or number < self.high or (number == self.high and self.with_high)


@dataclass(frozen=True)
class DateBand:
    """``within`` or ``over`` so many days or months on one side of today; or simply ``past``."""

    word: str
    count: int = 0
    unit: str = "days"
    side: str = "ago"

    def holds(self, date, today):
        """Whether the date lies in the band, counted from ``today``."""
        if self.word == "past":
            return date < today
        sign = 1 if self.side == "ahead" else -1
        if (date - today).days * sign < 0:
            return False
        limit = shift(today, self.count * sign, self.unit)
        inside = date <= limit if sign > 0 else date >= limit
        return inside if self.word == "within" else not inside


def shift(date, count, unit):
    """The date ``count`` days or months away; a month's missing day becomes its last one."""
    if unit == "days":
        return date + dt.timedelta(days=count)
    month = date.year * 12 + date.month - 1 + count
    year, month = divmod(month, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(date.day, last))


def parse_number_band(label):
    """The band a label such as ``2-4``, ``under 5`` or ``over 50 %`` stands for, or None."""
    match = _NUMBER_BAND.fullmatch(label)
    if not match:
        return None
    percent = label.endswith("%")
    if match["one"]:
        return NumberBand(float(match["one"]), float(match["one"]), percent=percent)
    if match["low"]:
        return NumberBand(float(match["low"]), float(match["high"]), percent=percent)
    if match["least"]:
        return NumberBand(low=float(match["least"]), percent=percent)
    limit = float(match["limit"])
    if match["word"] == "over":
        return NumberBand(low=limit, with_low=False, percent=percent)
    return NumberBand(high=limit, with_high=match["word"] == "up to", percent=percent)


def parse_date_band(label):
    """The band a label such as ``within 90 days ago`` or ``past`` stands for, or None."""
    if label == "past":
        return DateBand("past")
    match = _DATE_BAND.fullmatch(label)
    return match and DateBand(match["word"], int(match["n"]), match["unit"], match["side"])


def number_choice(choices, number):
    """The first band that holds the figure, else the one of its whole part, else None."""
    bands = [(c, parse_number_band(c.code)) for c in choices if c.kind == "number"]
    for figure in (number, float(int(number))):
        for choice, parsed in bands:
            if parsed and parsed.holds(figure):
                return choice
    return None


def date_choice(choices, date, today):
    """The first band that holds the date, counted from ``today``, else None."""
    for choice in choices:
        parsed = parse_date_band(choice.code) if choice.kind == "date" else None
        if parsed and parsed.holds(date, today):
            return choice
    return None


def bands_have_gap(choices):
    """The first whole number, or day from today, that no band holds; None when all are held.

    Figures are tried from 0 upwards. Dates are tried on the sides of today that the bands name:
    bands that look ahead must hold the past too, bands that look back need not hold the future.
    """
    if any(choice.kind == "number" for choice in choices):
        return next((n for n in range(0, 401) if not number_choice(choices, float(n))), None)
    if not any(choice.kind == "date" for choice in choices):
        return None
    today = dt.date(2024, 5, 15)
    ahead = any(c.kind == "date" and c.code.endswith("ahead") for c in choices)
    days = list(range(-1, -4000, -7)) + (list(range(1, 4000, 7)) if ahead else [])
    return next(
        (day for day in days if not date_choice(choices, shift(today, day, "days"), today)), None
    )


def outcome(choice):
    """``(score, risk)`` of a taken choice; ``(None, None)`` where it is left out."""
    if choice is None or choice.special or not choice.scored:
        return None, None
    return float(choice.score), choice.risk


def count_choice(choices, taken):
    """The band of a multiple choice that is scored by the number of ticks.

    None counts as zero ticks, "do not know" and "not applicable" are left out.
    """
    if any(choice.special for choice in taken):
        return None
    ticks = sum(choice.code.lower() not in NONE_WORDS for choice in taken)
    return number_choice(choices, float(ticks))


def weighted_average(pairs):
    """Sum(weight x score) / sum(weight) over ``(weight, score)``; None where nothing counts."""
    pairs = [(weight, score) for weight, score in pairs if weight and score is not None]
    total = sum(weight for weight, _score in pairs)
    return sum(weight * score for weight, score in pairs) / total if total else None


def section_score(rows):
    """Score of a page from ``(weight, score, risk)`` of its applicable, answered questions.

    An answer of critical risk caps the page at 49.
    """
    rows = list(rows)
    score = weighted_average((weight, score) for weight, score, _risk in rows)
    if score is None:
        return None
    critical = any(w and s is not None and risk == "critical" for w, s, risk in rows)
    return min(score, CRITICAL_CAP) if critical else score


def run_score(pairs):
    """Score of a run from ``(page weight, page score)``; pages of weight 0 never count."""
    return weighted_average(pairs)


def band(score):
    """good, fair, needs_work or at_risk; None without a score."""
    if score is None:
        return None
    return next(name for least, name in BANDS if score >= least or not least)


def needs_finding(score, risk):
    """A finding needs a score below 50 or a high or critical risk."""
    return risk in ("high", "critical") or (score is not None and score < FINDING_BELOW)


def dependence(choice_code):
    """How much more urgent each gap is, from the answer to BUS-6; 1.0 where it is not known."""
    return DEPENDENCE.get(choice_code, 1.0)


def urgency(risk, weight, factor=1.0):
    """Risk times weight times business dependence; only the order of the figures matters."""
    return RISK_FACTOR.get(risk, 1.0) * max(weight, 1) * factor


def grows_fast(now, later, years=1):
    """More than 10 % growth a year between two head counts; false where one is missing."""
    return bool(now and later and later > now * 1.1**years)
