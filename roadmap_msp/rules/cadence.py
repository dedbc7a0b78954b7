"""When a client's next meeting is due, and when its moves are worth an alarm.

Pure functions on dates: no clock, no database. Whoever calls gives the history and says which days
are working days.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

#: Moves and misses in a row from which on the manager is told.
ALERT_AFTER = 2
#: Nobody plans around a closure longer than this; the search for a working day ends here.
LONGEST_CLOSURE = 60
#: Nobody meets a client more often than weekly for two years; ends a projection that went astray.
MOST_PROJECTED = 104
#: The day of a target month on which its meeting is due.
MIDDLE = 15


@dataclass(frozen=True)
class Cadence:
    """One kind of meeting: its key and how many months lie between two of them.

    `targets` are the months of the year (1 to 12) in which it is wanted; without any it is due so
    many months after the last one.
    """

    key: int
    months: int
    targets: tuple[int, ...] = ()


@dataclass(frozen=True)
class Held:
    """A meeting that counted: its day, and the months of its cadence (None: a kickoff)."""

    on: date
    months: int | None = 0


def add_months(day, months):
    """The same day of the month, `months` later; the last day where that month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_day(day, is_working):
    """The day itself, or the next one on which we work.

    Where the predicate knows no working day within two months the day is returned as it is: a
    calendar without hours must not stop the planning.
    """
    for shift in range(LONGEST_CLOSURE):
        candidate = day + timedelta(days=shift)
        if is_working(candidate):
            return candidate
    return day


def add_working_days(day, count, is_working):
    """The `count`-th working day after `day` (before it, where `count` is negative)."""
    step = timedelta(days=1 if count >= 0 else -1)
    left, result = abs(count), day
    for _attempt in range(LONGEST_CLOSURE + 7 * left):
        if not left:
            return result
        result += step
        left -= bool(is_working(result))
    return day + timedelta(days=count)


def next_due(last, months, first, is_working):
    """The day on which the next meeting of one cadence is due.

    `last` is the day of the last meeting that counted, or None; then `first` is it. The day may lie
    in the past: the meeting is late then.
    """
    return working_day(add_months(last, months) if last else first, is_working)


def next_target(last, targets, first, is_working):
    """The working day in the middle of the next target month.

    After a meeting that is a later month than the meeting's own; without one it may be the month of
    `first`, if its middle is still ahead.
    """
    index = last.year * 12 + last.month if last else first.year * 12 + first.month - 1
    while True:
        year, month = divmod(index, 12)
        day = date(year, month + 1, MIDDLE)
        if month + 1 in targets and (last or day >= first):
            return working_day(day, is_working)
        index += 1


def parse_months(text):
    """The months of the year in a text like "3, 9", in their order; else a ValueError."""
    months = {int(part) for part in (text or "").replace(";", ",").split(",") if part.strip()}
    if not all(1 <= month <= 12 for month in months):
        raise ValueError(f"No months of a year: {text}")
    return tuple(sorted(months))


def last_that_counts(cadence, history, shortest):
    """The last meeting that served this cadence.

    A meeting of a longer interval replaces the shorter one of that month, never the other way
    round; any meeting serves the client's shortest cadence, and a kickoff serves all.
    """
    days = [
        held.on
        for held in history
        if held.months is None or held.months >= cadence.months or cadence.months == shortest
    ]
    return max(days, default=None)


def next_meeting(cadences, history, first, is_working):
    """The cadence whose turn it is and the day: `(Cadence, date)`, or None without a cadence.

    The earliest due date wins; on the same day the meeting of the longer interval.
    """
    shortest = min((cadence.months for cadence in cadences), default=0)
    due = []
    for position, cadence in enumerate(cadences):
        last = last_that_counts(cadence, history, shortest)
        day = (
            next_target(last, cadence.targets, first, is_working)
            if cadence.targets
            else next_due(last, cadence.months, first, is_working)
        )
        due.append((day, -cadence.months, position))
    if not due:
        return None
    day, _months, position = min(due)
    return cadences[position], day


def projected(cadences, history, first, is_working, until):
    """The meetings that follow one another up to a day, if each is held when it is due.

    :param history: as for `next_meeting`, meetings that are planned already included
    :return: `[(Cadence, date)]` in the order of the days
    """
    history, found = list(history), []
    while planned := next_meeting(cadences, history, first, is_working):
        cadence, day = planned
        if day > until or len(found) >= MOST_PROJECTED:
            break
        found.append(planned)
        # One that is overdue is made up for now; the next one counts from there.
        history.append(Held(max(day, first), cadence.months))
    return found


def book_by(due, today, lead_days, is_working):
    """The working day on which booking a meeting should be done: `lead_days` before it is due, but
    never before today."""
    return working_day(max(today, due - timedelta(days=lead_days)), is_working)


def is_slip(old_day, new_day):
    """Whether a change of time is a move in the sense of the alarm: to another day, or to none.

    Half an hour later on the same day is kept in the history but alarms nobody.
    """
    return old_day is not None and old_day != new_day


def needs_alert(slips):
    """Whether so many moves and misses in a row are the manager's business."""
    return slips >= ALERT_AFTER
