"""Arithmetic of the owner's page: months, trailing sums, shares, targets."""

from datetime import date, timedelta

MONTHS = 12


def month_ends(today, count=MONTHS):
    """The last `count` month ends before today, then today: the days of a trend."""
    days, first = [today], today.replace(day=1)
    for _step in range(count):
        end = first - timedelta(days=1)
        days.append(end)
        first = end.replace(day=1)
    return days[::-1]


def month_of(day):
    """A number that grows by one a month."""
    return day.year * 12 + day.month - 1


def trailing(rows, days, width=1, months=MONTHS):
    """For each day the sums over the `months` months that end with its month.

    :param rows: ``{date within a month: (figure, figure, ...)}``; one row a month
    :param width: figures of a row
    :return: a list of tuples, zeros where nothing is known
    """
    by_month = {month_of(day): figures for day, figures in rows.items()}
    none = (0,) * width
    return [
        tuple(
            sum(column)
            for column in zip(
                *(by_month.get(month_of(day) - back, none) for back in range(months)), strict=True
            )
        )
        for day in days
    ]


def share(part, base):
    """Per cent, or None where there is nothing to take a share of."""
    return 100.0 * part / base if base else None


def ratio(part, base):
    """How many times the base goes into the part, or None where there is no base."""
    return part / base if base else None


def met(value, target, better):
    """Whether a figure reaches its target; None where either is unknown.

    :param better: "more" or "less", which side of the target is good
    """
    if value is None or target is None:
        return None
    return value >= target if better == "more" else value <= target


def quarter(day):
    """First and last day of the calendar quarter of a day."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    after = date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)
