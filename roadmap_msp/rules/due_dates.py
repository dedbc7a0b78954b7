"""When a device is due: effective dates by source, replacement date, alerts, states.

Everything here is plain values in, plain values out; nothing reads the clock. The models store
the dates and compare them with a day, see ``models/asset/roadmap_asset_status.py``.
"""

from dataclasses import dataclass
from datetime import date, timedelta

LIFETIME_YEAR = 2099
"""From this year on a warranty end means "for life": a promise, not cover that can be claimed."""

CONFLICT_DAYS = 31
"""Sources that differ by no more than this say the same (invoice and delivery, for example)."""


@dataclass(frozen=True)
class SourceDate:
    """A date as one source gave it. ``locked``: a person decided that it wins."""

    source: str
    date: date
    locked: bool = False
    lifetime: bool = False


def is_lifetime(row):
    """A warranty without an end that means anything."""
    return row.lifetime or row.date.year >= LIFETIME_YEAR


def effective_purchase(rows):
    """The locked date, else the earliest; None without any."""
    return _locked(rows) or min((row.date for row in rows), default=None)


def effective_warranty_end(rows):
    """The locked date, else the latest; "lifetime" is no cover and is left out."""
    rows = [row for row in rows if not is_lifetime(row)]
    return _locked(rows) or max((row.date for row in rows), default=None)


def in_conflict(rows):
    """True when sources differ by more than a month and nobody has locked one."""
    rows = [row for row in rows if not is_lifetime(row)]
    if len(rows) < 2 or any(row.locked for row in rows):
        return False
    days = [row.date for row in rows]
    return max(days) - min(days) > timedelta(days=CONFLICT_DAYS)


def _locked(rows):
    return next((row.date for row in rows if row.locked), None)


def add_years(day, years):
    """The same day years later; 29 February becomes the 28th where there is none."""
    if day.year + years > date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def replacement_due(purchase, life_years, warranty_end, must_be_covered, support_end):
    """The earliest reason to replace: age, end of cover where cover is a must, end of support.

    :param int life_years: 0 or None for "no rule by age"
    :return: date, or None when nothing is known
    """
    reasons = [support_end]
    if purchase and life_years:
        reasons.append(add_years(purchase, life_years))
    if must_be_covered:
        reasons.append(warranty_end)
    return min((day for day in reasons if day), default=None)


def alert_from(day, days):
    """The first day on which the date is "soon"; None without a date."""
    if not day:
        return None
    ahead = timedelta(days=max(days or 0, 0))
    return max(day, date.min + ahead) - ahead


def warranty_status(on, required, warranty_end, alert, retired=False):
    """One of covered, due_soon, expired, unknown, not_required on a day.

    The last day of a warranty is still covered. A device whose type needs no cover is either
    covered or "not required", never an alarm.
    """
    if retired:
        return "not_required"
    if not required:
        return "covered" if warranty_end and warranty_end >= on else "not_required"
    if not warranty_end:
        return "unknown"
    if warranty_end < on:
        return "expired"
    return "due_soon" if alert and alert <= on else "covered"


def lifecycle_status(on, due, alert, retired=False):
    """One of ok, due_soon, overdue, unknown on a day; what is retired needs no replacement."""
    if retired:
        return "ok"
    if not due:
        return "unknown"
    if due < on:
        return "overdue"
    return "due_soon" if alert and alert <= on else "ok"


SUPPORT_SOON_DAYS = 180
"""How early an end of support is shown as near."""


def support_status(on, known, support_end, retired=False):
    """One of supported, ends_soon, ended, unknown, not_required on a day.

    :param known: the product release is known; without an end it has no fixed one
    """
    if retired:
        return "not_required"
    if not support_end:
        return "supported" if known else "unknown"
    if support_end < on:
        return "ended"
    return "ends_soon" if support_end <= on + timedelta(days=SUPPORT_SOON_DAYS) else "supported"


def suggested(rows, makers=()):
    """The row that most likely is right where sources disagree; None without any.

    The maker's own look-up is believed first. Else the rule for effective dates stands: the
    earliest purchase, the latest warranty end, which a person can confirm by locking it.

    :param rows: of one kind; purchase where ``makers`` is empty
    :param makers: names of sources that are makers' look-ups
    """
    rows = [row for row in rows if not is_lifetime(row)]
    said = [row for row in rows if row.source in makers]
    if makers:
        return max(said or rows, key=lambda row: row.date, default=None)
    return min(rows, key=lambda row: row.date, default=None)
