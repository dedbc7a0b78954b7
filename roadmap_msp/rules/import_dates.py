"""Dates as other tools write them, in the order that was chosen; nothing is guessed per cell."""

import re
from datetime import date
from functools import lru_cache

ORDERS = ("ymd", "dmy", "mdy")
FIRST_YEAR = 1990
"""No device in use is older: tools write 1970, 1900 or 0001 where they know no date."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
_TIME = re.compile(
    r"[t ,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]\.?m\.?)?\s*(z|utc|[+-]\d\d:?\d\d)?$"
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_PARTS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})")
_DAY_NAME = re.compile(r"(\d{1,2})[-/. ]([a-z]{3,9})\.?[-/., ]+(\d{4})")
_NAME_DAY = re.compile(r"([a-z]{3,9})\.?[-/. ](\d{1,2}),?[-/. ]+(\d{4})")


class DateRefused(ValueError):
    """``key``: not_a_date, no_order, impossible, wrong_order, no_real_date."""

    def __init__(self, key):
        super().__init__(key)
        self.key = key


@lru_cache(maxsize=8192)
def read_date(text, order=None):
    """The day that a text means.

    :param order: one of ORDERS for dates in figures; a year in front or a month's name needs none
    :raises DateRefused: rather than to guess
    """
    text = _TIME.sub("", text.strip().lower())
    year, month, day = _figures(text, order)
    if year < FIRST_YEAR or not month or not day:
        raise DateRefused("no_real_date")
    try:
        return date(year, month, day)
    except ValueError:
        if order in ("dmy", "mdy") and month > 12 >= day:
            raise DateRefused("wrong_order") from None
        raise DateRefused("impossible") from None


def _figures(text, order):
    if found := _ISO.fullmatch(text):
        return tuple(map(int, found.groups()))
    if found := _DAY_NAME.fullmatch(text):
        day, name, year = found.groups()
        return int(year), _month(name), int(day)
    if found := _NAME_DAY.fullmatch(text):
        name, day, year = found.groups()
        return int(year), _month(name), int(day)
    found = _PARTS.fullmatch(text)
    if not found:
        raise DateRefused("not_a_date")
    first, second, year = map(int, found.groups())
    if set(found.groups()[:2]) <= {"0", "00"}:
        raise DateRefused("no_real_date")
    if len(found[3]) == 2:
        year += 2000
    if order == "dmy":
        return year, second, first
    if order == "mdy" or first == second:
        return year, first, second
    raise DateRefused("no_order")


def _month(name):
    if name not in _MONTHS:
        raise DateRefused("not_a_date")
    return _MONTHS[name]


def guess_order(texts):
    """The one order in which all these dates exist, or None where several or none would do."""
    orders = {"ymd", "dmy", "mdy"}
    for text in texts:
        bare = _TIME.sub("", text.strip().lower())
        if _ISO.fullmatch(bare):
            continue
        found = _PARTS.fullmatch(bare)
        if not found:
            continue
        orders.discard("ymd")
        first, second = int(found[1]), int(found[2])
        if first > 12:
            orders.discard("mdy")
        if second > 12:
            orders.discard("dmy")
        if not orders:
            return None
    if "ymd" in orders:
        return "ymd"
    return orders.pop() if len(orders) == 1 else None
