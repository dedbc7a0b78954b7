"""Free times for a meeting.

Pure functions on spans `(begin, end)` of naive UTC datetimes: no clock, no database, and no local
time, so that the change to and from daylight saving neither doubles nor loses a slot.
"""

from datetime import datetime, timedelta

#: Meetings begin on the hour and half an hour later.
STEP_MINUTES = 30


def merge(spans):
    """The same times as few spans, in their order."""
    merged = []
    for begin, end in sorted(spans):
        if begin >= end:
            continue
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def common(one, other):
    """The times that lie in both lists of spans."""
    return merge((max(begin, start), min(end, stop)) for begin, end in one for start, stop in other)


def without(spans, busy):
    """The spans with the busy times cut out."""
    left = merge(spans)
    for start, stop in merge(busy):
        cut = []
        for begin, end in left:
            cut += [(begin, min(end, start)), (max(begin, stop), end)]
        left = [(begin, end) for begin, end in cut if begin < end]
    return left


def _rounded_up(moment):
    day = datetime.combine(moment.date(), datetime.min.time())
    step = timedelta(minutes=STEP_MINUTES)
    return day + -((day - moment) // step) * step


def slots(free, length, earliest, latest):
    """Beginnings at which a meeting of `length` fits into the free spans.

    :param length: a timedelta above zero
    :param earliest: no slot begins before it
    :param latest: no slot begins at or after it
    """
    found = []
    for begin, end in merge(free):
        start = _rounded_up(max(begin, earliest))
        while start + length <= end and start < latest:
            found.append(start)
            start += timedelta(minutes=STEP_MINUTES)
    return found
