"""When a mail to a client may leave: in working hours, one a contact and working day."""

from datetime import datetime, time, timedelta

FIRST_HOUR, LAST_HOUR = time(9), time(17)
SATURDAY = 5


def office_hours(start, days):
    """Plain office hours (Monday to Friday, 9 to 17) for a company without a calendar.

    `start` is an aware datetime, whose time zone is kept; returns a list of (start, stop).
    """
    result = []
    for offset in range(days):
        day = start.date() + timedelta(days=offset)
        if day.weekday() < SATURDAY:
            result.append(
                tuple(
                    datetime.combine(day, hour, tzinfo=start.tzinfo)
                    for hour in (FIRST_HOUR, LAST_HOUR)
                )
            )
    return result


def next_allowed(now, intervals, last_day=None):
    """The first moment, not before `now`, at which a mail may leave; None if there is none.

    `now` and the (start, stop) pairs of `intervals` are aware datetimes in the company's time
    zone; `last_day` is the local date of the last mail to the same contact, which has had its
    mail of that day.
    """
    for start, stop in sorted(intervals):
        begin = max(start, now)
        if begin < stop and (last_day is None or begin.date() > last_day):
            return begin
    return None
