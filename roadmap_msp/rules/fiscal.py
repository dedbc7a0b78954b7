"""The fiscal calendar of a client.

A fiscal year is named after the calendar year in which it ends. Dates are stored as they are; year
and quarter are always derived from the month in which the client's year begins.
"""

from calendar import monthrange
from datetime import date


def _start_month(value):
    """Accept 7 or "7" (Odoo stores selections as text) and refuse anything but 1 to 12."""
    month = int(value)
    if not 1 <= month <= 12:
        raise ValueError(f"A month is a number from 1 to 12, not {value!r}")
    return month


def month_index(day):
    """Months since year 0: lets months be compared and added as whole numbers."""
    return day.year * 12 + day.month - 1


def first_of_month(index):
    """The first day of a month given by its `month_index`."""
    return date(index // 12, index % 12 + 1, 1)


def last_of_month(index):
    """The last day of a month given by its `month_index`."""
    year, month = index // 12, index % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def fiscal_year(day, start_month):
    """The fiscal year in which `day` lies, named after the calendar year in which it ends."""
    month = _start_month(start_month)
    return day.year + (1 if month > 1 and day.month >= month else 0)


def fiscal_quarter(day, start_month):
    """1 to 4: the quarter of the fiscal year in which `day` lies."""
    return (day.month - _start_month(start_month)) % 12 // 3 + 1


def year_bounds(year, start_month):
    """The first and the last day of a fiscal year."""
    month = _start_month(start_month)
    first = year * 12 + month - 1 - (12 if month > 1 else 0)
    return first_of_month(first), last_of_month(first + 11)


def quarter_bounds(year, quarter, start_month):
    """The first and the last day of a quarter (1 to 4) of a fiscal year."""
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"A quarter is 1, 2, 3 or 4, not {quarter!r}")
    first = month_index(year_bounds(year, start_month)[0]) + 3 * (quarter - 1)
    return first_of_month(first), last_of_month(first + 2)
