"""Spread replacements over quarters so that no quarter carries more than its share.

Quarters are whole numbers, one after the other; :func:`quarter_number` makes them of days.
"""

from collections import Counter
from itertools import count
from math import ceil

from . import fiscal


def quarter_number(day, start_month):
    """The running number of the fiscal quarter in which the day lies."""
    year = fiscal.fiscal_year(day, start_month)
    return year * 4 + fiscal.fiscal_quarter(day, start_month) - 1


def quarter_days(number, start_month):
    """The first and the last day of a quarter by its running number."""
    return fiscal.quarter_bounds(number // 4, number % 4 + 1, start_month)


def smooth(wanted, first, share, held=0, planned=()):
    """The quarter of each device.

    What is most urgent is placed first. A device goes into the quarter in which it is due; where
    that is full, into the nearest earlier one with room, else into the nearest later one.

    :param wanted: the quarter in which each is due, or None where nobody knows: last of all
    :param first: the first quarter that can still be used; what is overdue wants this one
    :param share: percent of all devices that one quarter takes at most, 1 to 100
    :param held: how many devices there are in all, those of ``wanted`` among them
    :param planned: the quarters of devices that are in the plan already: they take room
    :raises ValueError: for a share out of range
    """
    if not 1 <= share <= 100:
        raise ValueError(f"A share is from 1 to 100 percent, not {share}")
    room = ceil(max(held, len(wanted)) * share / 100)
    load, placed = Counter(planned), [first] * len(wanted)
    latest = max([first, *(number for number in wanted if number is not None)])
    by_urgency = sorted(range(len(wanted)), key=lambda n: (wanted[n] is None, wanted[n] or 0, n))
    for number in by_urgency:
        due = wanted[number]
        due = latest if due is None else max(due, first)
        earlier = [quarter for quarter in range(due, first - 1, -1) if load[quarter] < room]
        if earlier:
            placed[number] = earlier[0]
        else:
            placed[number] = next(quarter for quarter in count(due) if load[quarter] < room)
        load[placed[number]] += 1
    return placed
