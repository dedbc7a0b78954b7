from odoo import api, fields, models
from odoo.tools import SQL


class RoadmapSnapshot(models.Model):
    """One figure of one client as it stood in one month, where records forget it later.

    The row of the running month is written anew each night until the month is over; then it stays.
    """

    _name = "roadmap.snapshot"
    _description = "Figure of a Month"
    _order = "month, roadmap_id, measure"
    _rec_name = "measure"

    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="roadmap_id.currency_id")
    # As they were in that month: a client who changes hands takes no history along.
    tier_id = fields.Many2one(
        "roadmap.tier", readonly=True, index="btree_not_null", ondelete="set null"
    )
    account_manager_id = fields.Many2one("res.users", readonly=True)
    month = fields.Date(required=True, readonly=True, help="First day of the month.")
    measure = fields.Selection("_selection_measure", required=True, readonly=True)
    value = fields.Float(
        readonly=True, help="Money is untaxed, in the client's currency; the rest are numbers."
    )

    _month_measure_uniq = models.UniqueIndex(
        "(roadmap_id, month, measure)", "There is one figure a client, month and measure."
    )

    @api.model
    def _selection_measure(self):
        """[(code, label)] of all figures; extended together with `_snapshot_measures`."""
        return [
            ("backlog_count", self.env._("Backlog, items")),
            ("backlog_one_off", self.env._("Backlog, one-off")),
            ("backlog_recurring", self.env._("Backlog, recurring per month")),
            ("queue_count", self.env._("Quotations to get out, items")),
            ("queue_one_off", self.env._("Quotations to get out, one-off")),
        ]

    @api.model
    def _snapshot_measures(self):
        """{code: figures as of now}; the hook by which other topics add theirs.

        Figures are a `SQL` that yields (roadmap id, value), one row a client, or a dict
        {roadmap id: value} where only Python knows them. Clients that it leaves out get no row.
        """
        return {
            code: self._sql_items(domain, value)
            for code, domain, value in (
                ("backlog_count", self._backlog_domain(), SQL("COUNT(i.id)")),
                ("backlog_one_off", self._backlog_domain(), SQL("SUM(i.amount_one_off)")),
                ("backlog_recurring", self._backlog_domain(), SQL("SUM(i.amount_recurring)")),
                ("queue_count", self._queue_domain(), SQL("COUNT(i.id)")),
                ("queue_one_off", self._queue_domain(), SQL("SUM(i.amount_one_off)")),
            )
        }

    @api.model
    def _backlog_domain(self):
        """Planned and not yet ordered; what waits for a later date is part of it."""
        return [
            ("state", "in", ("idea", "proposed", "approved", "quoted", "deferred")),
            ("covered", "=", False),
        ]

    @api.model
    def _queue_domain(self):
        return self.env["roadmap.item"]._quote_domain()

    def _sql_items(self, domain, value):
        """A figure over the items (i) of every living client, 0 where there are none."""
        items = self.env["roadmap.item"].sudo()._search(domain).select()
        return SQL(
            """
            SELECT r.id, COALESCE(%s, 0)
              FROM roadmap_roadmap r
              LEFT JOIN roadmap_item i ON i.roadmap_id = r.id AND i.id IN (%s)
             WHERE r.active AND r.state <> 'ended'
             GROUP BY r.id
            """,
            value,
            items,
        )

    @api.model
    def _cron_snapshot(self):
        """Write the figures of the running month; as often as you like, with the same result."""
        self._take(fields.Date.context_today(self))

    @api.model
    def _take(self, day):
        """Write every measure of the month of `day`, one statement each."""
        self.env.flush_all()
        month = day.replace(day=1)
        for measure, figures in self._snapshot_measures().items():
            if not isinstance(figures, SQL):
                figures = self._sql_values(figures)
            if figures:
                self.env.cr.execute(self._sql_store(month, measure, figures))
        self.env.invalidate_all(flush=False)

    @staticmethod
    def _sql_values(figures):
        """Rows of a dict; None where it is empty."""
        rows = [SQL("(%s, %s)", key, float(value)) for key, value in figures.items()]
        return SQL("VALUES %s", SQL(", ").join(rows)) if rows else None

    def _sql_store(self, month, measure, figures):
        return SQL(
            """
            INSERT INTO roadmap_snapshot AS old (roadmap_id, company_id, tier_id,
                        account_manager_id, month, measure, value,
                        create_uid, write_uid, create_date, write_date)
            SELECT r.id, r.company_id, r.tier_id, r.account_manager_id, %(month)s, %(measure)s,
                   f.value, %(uid)s, %(uid)s, %(now)s, %(now)s
              FROM (%(figures)s) AS f(roadmap_id, value)
              JOIN roadmap_roadmap r ON r.id = f.roadmap_id
                ON CONFLICT (roadmap_id, month, measure)
                DO UPDATE SET value = EXCLUDED.value, write_date = EXCLUDED.write_date
             WHERE old.value IS DISTINCT FROM EXCLUDED.value
            """,
            month=month,
            measure=measure,
            figures=figures,
            uid=self.env.uid,
            now=fields.Datetime.now(),
        )
