"""A budget of five fiscal years: where money falls, what changed, what the year came to.

Pure functions; amounts are without tax and in the budget's currency.
"""

from .fiscal import fiscal_quarter, fiscal_year

YEARS = 5
# Half a cent: what is less is rounding, not a change.
TOLERANCE = 0.005


def slot(day, start_month, first_year, is_open=False):
    """The (fiscal year, quarter) of a budget into which the money of `day` falls.

    Without a day it is not scheduled: (0, 0). What was due before the first year and `is_open`
    still has to be paid, so it falls into the first quarter; what is over is None, as is what lies
    beyond the last year.
    """
    if day is None:
        return 0, 0
    year = fiscal_year(day, start_month)
    if year < first_year:
        return (first_year, 1) if is_open else None
    if year >= first_year + YEARS:
        return None
    return year, fiscal_quarter(day, start_month)


def differences(before, after):
    """[(key, before, after)] of what differs between two {key: amount}, the largest first.

    A key that stands on one side only counts as 0.0 on the other.
    """
    rows = [
        (key, before.get(key, 0.0), after.get(key, 0.0)) for key in dict.fromkeys([*before, *after])
    ]
    changed = [row for row in rows if abs(row[2] - row[1]) >= TOLERANCE]
    return sorted(changed, key=lambda row: -abs(row[2] - row[1]))


def beyond(before, after, percent):
    """Whether a figure moved by more than `percent` of what was agreed; 0 switches the check off.

    Where nothing was agreed, anything at all is beyond.
    """
    if percent <= 0:
        return False
    moved = abs(after - before)
    return moved >= TOLERANCE and moved > abs(before) * percent / 100


def variance(planned, invoiced, agreed=0.0, recurring=False):
    """Why a figure came out as it did: as_planned, not_spent, open, unplanned, less or more.

    What was agreed (ordered, by a contract or an order) is no actual: it tells whether invoices are
    still to come ("open"). Recurring money of which no invoice is seen all year is another
    vendor's: there the agreed amount is compared with the plan.
    """
    came = agreed if recurring and abs(invoiced) < TOLERANCE else invoiced
    if abs(planned) < TOLERANCE and max(abs(came), abs(agreed)) >= TOLERANCE:
        return "unplanned"
    if agreed - came >= TOLERANCE:
        return "open"
    if abs(came - planned) < TOLERANCE:
        return "as_planned"
    if abs(came) < TOLERANCE:
        return "not_spent"
    return "less" if came < planned else "more"
