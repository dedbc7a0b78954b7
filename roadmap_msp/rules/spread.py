"""Spreading the first meetings of many clients over some weeks.

Pure functions on dates: the same input gives the same days, whoever asks and whenever.
"""

from datetime import timedelta

WORKING_DAYS = 5
WEEK = 7
SATURDAY = 5


def on_a_weekday(day):
    """`day` itself, or the Monday after it where it is a Saturday or Sunday."""
    return day + timedelta(days=WEEK - day.weekday()) if day.weekday() >= SATURDAY else day


def add_working_days(day, count):
    """The `count`-th weekday (Monday to Friday) after `day`, itself a weekday."""
    weeks, rest = divmod(day.weekday() + count, WORKING_DAYS)
    return day + timedelta(days=weeks * WEEK + rest - day.weekday())


def spread(count, first, weeks):
    """`count` days from `first` on, balanced over `weeks` weeks and over the days of each week.

    Every week takes as many as any other, or one more; so does every weekday within its week.
    The days never fall on a weekend and come in order.
    """
    if count < 0:
        raise ValueError(f"A number of meetings cannot be negative: {count}")
    if weeks < 1:
        raise ValueError(f"At least one week is needed, not {weeks}")
    start = on_a_weekday(first)
    in_week = [0] * weeks
    for number in range(count):
        in_week[number * weeks // count] += 1
    return [
        add_working_days(start, week * WORKING_DAYS + place * WORKING_DAYS // size)
        for week, size in enumerate(in_week)
        for place in range(size)
    ]


#: Hours that agreeing on the time of one meeting takes: two calls or a mail, and the invitation.
BOOKING_HOURS = 0.25


def hours_in_a_year(cadences):
    """(meetings, hours) a year for cadences given as (every so many months, length, preparation).

    Length and preparation in hours; a cadence without an interval counts once.
    """
    meetings = hours = 0.0
    for months, length, preparation in cadences:
        times = 12 / months if months else 1
        meetings += times
        hours += times * (length + preparation)
    return meetings, hours
