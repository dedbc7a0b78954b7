"""When devices are replaced if a client follows another rule than today's.

Months are whole numbers as in `fiscal.month_index`.
"""

from dataclasses import dataclass
from datetime import date
from math import ceil

from .fiscal import fiscal_quarter, fiscal_year, month_index, quarter_bounds


@dataclass(frozen=True)
class Device:
    """What a scenario needs to know of a device: when it was bought and when it would be due."""

    id: int
    purchased: date | None = None
    due: date | None = None


def by_life(devices, years, today):
    """{device id: [month]}: purchase plus so many years; overdue ones fall due today.

    A device without a purchase date keeps the date that it has; without any it is left out.
    """
    months = {}
    for device in devices:
        if device.purchased:
            due = month_index(device.purchased) + round(12 * years)
        elif device.due:
            due = month_index(device.due)
        else:
            continue
        months[device.id] = [max(due, month_index(today))]
    return months


def by_share(devices, percent, today, start_month, years=5):
    """{device id: [months]}: the same share of all devices each fiscal year, the oldest first.

    A share that does not come out even is rounded up. After the last device it begins again with
    the first, so that a quarter each year goes on in the fifth year. Within a year they are
    spread over its quarters; in the present one over those that are left.
    """
    if not devices or percent <= 0:
        return {}
    queue = sorted(devices, key=lambda d: (d.due or date.max, d.purchased or date.max, d.id))
    number = min(len(queue), ceil(len(queue) * percent / 100))
    months, position = {}, 0
    first = fiscal_year(today, start_month)
    for year in range(first, first + years):
        begin = fiscal_quarter(today, start_month) if year == first else 1
        quarters = range(begin, 5)
        for place in range(number):
            quarter = quarters[place * len(quarters) // number]
            month = month_index(quarter_bounds(year, quarter, start_month)[0])
            device = queue[position % len(queue)]
            months.setdefault(device.id, []).append(max(month, month_index(today)))
            position += 1
    return months
