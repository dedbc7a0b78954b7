"""Money that comes back every month, quarter or year.

A recurring line counts in a period unless it ends before the period's last day, and from the period
in which it starts. It holds the amount of one billing period, which is spread evenly over that
period's months. A contract renews past its end unless told not to, and its price can rise once a
year, on the anniversary or on a date, by a percentage or by an amount.

`models/budget/roadmap_forecast.py` repeats these rules in SQL; a property test there holds the two
together.
"""

from dataclasses import dataclass
from datetime import date

from .fiscal import last_of_month, month_index

MONTHS_PER_PERIOD = {"month": 1, "quarter": 3, "year": 12}


def per_month(amount, period):
    """The part of one billing period's amount that falls on one of its months, not rounded."""
    return amount / MONTHS_PER_PERIOD[period]


@dataclass(frozen=True)
class Recurring:
    """A recurring amount: `price` is that of one unit for one billing period, without tax.

    `start` None means that it is not scheduled: it then counts in no month. `increase_percent` and
    `increase_amount` (of the unit price) apply in the month of `increase_from` and every twelve
    months after; without it on every anniversary of the start.
    """

    price: float
    period: str = "month"
    start: date | None = None
    end: date | None = None
    renews: bool = True
    quantity: float = 1.0
    increase_percent: float = 0.0
    increase_amount: float = 0.0
    increase_from: date | None = None

    def counts_in(self, first, last):
        """Whether it counts in the period from `first` to `last` (both included)."""
        if self.start is None or self.start > last:
            return False
        return self.renews or self.end is None or self.end >= last

    def price_at(self, index):
        """The unit price in the month with that `month_index`, after the increases until then."""
        first = month_index(self.increase_from) if self.increase_from else self._anniversary()
        years = max(0, index - first + 12) // 12
        return self.price * (1 + self.increase_percent / 100) ** years + (
            self.increase_amount * years
        )

    def _anniversary(self):
        return month_index(self.start) + 12

    def in_month(self, index):
        """The amount that falls on the month with that `month_index`; 0.0 where it counts not."""
        last = last_of_month(index)
        if not self.counts_in(last.replace(day=1), last):
            return 0.0
        return per_month(self.quantity * self.price_at(index), self.period)

    def in_months(self, first, last):
        """{month_index: amount} of the months that `first` and `last` span, without the zeros."""
        amounts = {
            index: self.in_month(index)
            for index in range(month_index(first), month_index(last) + 1)
        }
        return {index: amount for index, amount in amounts.items() if amount}

    def in_period(self, first, last):
        """The amount of the months that `first` and `last` span, such as a quarter or a year."""
        return sum(self.in_months(first, last).values())


def notice_date(end, notice_days):
    """The last day on which notice can be given, or None without an end."""
    if end is None:
        return None
    return date.fromordinal(end.toordinal() - max(0, notice_days or 0))
