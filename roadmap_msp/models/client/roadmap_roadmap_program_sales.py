from collections import Counter

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.tools import SQL

from ...rules.program import quarter, share

#: What waits for a quotation: most money (US dollars) and days.
MOST_WAITING, LONGEST_WAIT = 20000.0, 10


class RoadmapRoadmap(models.Model):
    """The owner's page: whether what was agreed gets quoted, and what was won."""

    _inherit = "roadmap.roadmap"

    def _program_sales(self):
        stages = self._program_stages()
        return [
            self._program_turnaround(),
            self._program_backlog(),
            self._program_win_rate(stages),
            self._program_won(),
            self._program_acceptance(stages),
            self._program_elsewhere(stages),
            self._program_forecast(),
        ]

    def _program_turnaround(self):
        """Median working days from approval or request to the sent quotation, by month sent."""
        rows = self._program_by_day(
            SQL(
                """
                SELECT d.day, percentile_cont(0.5) WITHIN GROUP (ORDER BY %s - %s), COUNT(*)
                  FROM %s
                  JOIN roadmap_item i ON i.sent_on < d.day + 1
                                     AND i.sent_on >= d.day - interval '3 months'
                 WHERE i.roadmap_id IN %s
                   AND LEAST(i.approved_on, i.quote_requested_on) <= i.sent_on
                 GROUP BY d.day
                """,
                self._sql_working_day(SQL("i.sent_on")),
                self._sql_working_day(SQL("LEAST(i.approved_on, i.quote_requested_on)")),
                self._program_sql_days(),
                self._program_everyone(),
            ),
            width=2,
        )
        return self._program_figure(
            "turnaround",
            self.env._("Quotation turnaround"),
            self.env._("Median of the days, Monday to Friday, from approval or request to the sent"
                       " quotation, over three months"),
            self.env._("The usual bottleneck."),
            [days if count else None for days, count in rows],
            unit="workdays",
            target=5,
            better="less",
            action=self._program_action(
                self.env._("Quotations sent"),
                "roadmap.item",
                self._program_of_clients(
                    ("sent_on", ">=", self._program_today() - relativedelta(months=3))
                ),
            ),
            main=True,
        )  # fmt: skip

    @staticmethod
    def _sql_working_day(moment):
        """The number of days from Monday to Friday since a Monday long ago."""
        since = SQL("(%s::date - DATE '2000-01-03')", moment)
        return SQL("(%(since)s / 7 * 5 + LEAST(%(since)s %% 7, 5))", since=since)

    def _program_backlog(self):
        """Value of the items that wait for a quotation, and the age of the oldest."""
        domain = self._program_of_clients(("quote_waiting", "=", True))
        groups = self.env["roadmap.item"]._read_group(
            domain,
            ["currency_id"],
            ["amount_one_off:sum", "__count", "approved_on:min", "quote_requested_on:min"],
        )
        value = sum(self._program_convert(row[1], row[0]) for row in groups)
        moments = [moment for row in groups for moment in row[3:] if moment]
        oldest = min(moments).date() if moments else None
        days = (self._program_today() - oldest).days if oldest else 0
        most = self._program_most_waiting()
        return self._program_figure(
            "backlog",
            self.env._("Quotations to get out"),
            self.env._("One-off amounts, without tax, of items approved or asked for without a"
                       " sent quotation"),
            self.env._("Work that was asked for already."),
            self._program_past("queue_one_off", value),
            unit="money",
            target=self.env._("at most %(value)s, none older than %(days)s days",
                              value=self._program_format(most, "money"), days=LONGEST_WAIT)
            if most
            else self.env._("none older than %(days)s days", days=LONGEST_WAIT),
            met=value <= (most or value) and days <= LONGEST_WAIT,
            note=self.env._(
                "%(count)s items, the oldest waits %(days)s days",
                count=sum(row[2] for row in groups),
                days=days,
            ),
            action=self._program_action(
                self.env._("Quotations to get out"), "roadmap.item", domain
            ),
            main=True,
        )  # fmt: skip

    def _program_most_waiting(self):
        """The most that may wait, in the currency of the page; None without a dollar rate."""
        company = self.env.company
        return self.env.ref("base.USD")._roadmap_convert(
            MOST_WAITING, company.currency_id, company, self._program_today()
        )

    def _program_convert(self, amount, currency):
        """An amount in the currency of the page, at today's rate; else 0.0, and named."""
        company = self.env.company
        if not amount or not currency or currency == company.currency_id:
            return amount or 0.0
        money = currency._roadmap_convert(
            amount, company.currency_id, company, self._program_today()
        )
        if money is None:
            self.env.context["roadmap_program_unrated"].add(currency.id)
        return money or 0.0

    def _program_unrated_text(self):
        return self.env["roadmap.item"]._unrated_text(self.env.context["roadmap_program_unrated"])

    def _program_orders(self):
        """Orders from roadmaps of the twelve months."""
        return (
            ("state", "=", "sale"),
            ("roadmap_id", "!=", False),
            ("date_order", ">=", self._program_since()),
        )

    def _program_won(self):
        """Ordered through roadmaps in twelve months, in the company's currency, one-off money."""
        rows = self._program_by_month(
            SQL(
                """
                SELECT date_trunc('month', o.date_order)::date,
                       SUM(l.price_subtotal / COALESCE(NULLIF(o.currency_rate, 0), 1))
                  FROM sale_order_line l
                  JOIN sale_order o ON o.id = l.order_id AND o.state = 'sale'
                  JOIN roadmap_item_line i ON i.id = l.roadmap_item_line_id AND i.kind = 'one_off'
                 WHERE i.roadmap_id IN %s
                 GROUP BY 1
                """,
                self._program_everyone(),
            )
        )
        return self._program_figure(
            "won",
            self.env._("Won through roadmaps"),
            self.env._("One-off order lines that came from items, without tax, over twelve months"),
            self.env._("What the free time brings."),
            [value for (value,) in rows],
            unit="money",
            action=self._program_action(
                self.env._("Orders from roadmaps"),
                "sale.order",
                self._program_of_clients(*self._program_orders()),
            ),
            main=True,
        )

    def _program_forecast(self):
        """Of the money planned for the quarter of each day, how much is ordered by now."""
        days = self.env.context["roadmap_program_days"]
        first, last = quarter(self._program_today())
        wanted = [("covered", "=", False), ("state", "!=", "superseded")]
        due = self._program_of_clients(
            ("target_date", ">=", first), ("target_date", "<=", last), *wanted
        )
        groups = self.env["roadmap.item"]._read_group(
            self._program_of_clients(
                ("target_date", ">=", quarter(days[0])[0]), ("target_date", "<=", last), *wanted
            ),
            ["target_date:quarter", "currency_id", "state"],
            ["amount_one_off:sum"],
        )
        planned, sold = Counter(), Counter()
        for begin, currency, state, amount in groups:
            money = self._program_convert(amount, currency)
            planned[begin] += money
            sold[begin] += money if state in ("ordered", "done") else 0
        quarters = [quarter(day)[0] for day in days]
        return self._program_figure(
            "forecast",
            self.env._("Sold of what was planned"),
            self.env._("Ordered items due this quarter / all items due this quarter, one-off"),
            self.env._("Planning of sales."),
            [share(sold[begin], planned[begin]) for begin in quarters],
            target=70,
            action=self._program_action(self.env._("Due this quarter"), "roadmap.item", due),
        )
