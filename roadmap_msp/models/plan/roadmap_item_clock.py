from odoo import api, fields, models
from odoo.tools import SQL

# In the order in which an item reaches them, by which groups are sorted too.
CLOCK = [
    ("1_proposed", "Proposed"),
    ("2_approved", "Approved"),
    ("3_quoted", "Quoted"),
    ("4_sent", "Sent"),
    ("5_signed", "Signed"),
    ("6_ordered", "Ordered"),
    ("7_delivered", "Delivered"),
    ("8_invoiced", "Invoiced"),
    ("9_paid", "Paid"),
]


class RoadmapItemClock(models.Model):
    """How long items took to reach each stage: one row a stage that an item has reached.

    The days run from the latest stage before it that the item has reached. An item that skipped a
    stage (an order without a signature) has no row for it.
    """

    _name = "roadmap.item.clock"
    _description = "Turnaround"
    _auto = False
    _rec_name = "item_id"
    _order = "reached_on desc, id"
    _depends = {
        "roadmap.item": [
            "found_on",
            "roadmap_id",
            "user_id",
            *(f"{x[2:]}_on" for x, _label in CLOCK),
        ],
        "roadmap.roadmap": ["account_manager_id", "tier_id", "company_id"],
    }

    item_id = fields.Many2one("roadmap.item", readonly=True)
    roadmap_id = fields.Many2one("roadmap.roadmap", "Client", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    tier_id = fields.Many2one("roadmap.tier", readonly=True)
    category_id = fields.Many2one("roadmap.category", "Area", readonly=True)
    user_id = fields.Many2one("res.users", "Owner", readonly=True)
    account_manager_id = fields.Many2one("res.users", readonly=True)
    stage = fields.Selection(CLOCK, readonly=True)
    reached_on = fields.Datetime(readonly=True)
    days = fields.Float(
        "Days, Median", readonly=True, aggregator="median", help="From the stage before."
    )
    days_worst = fields.Float("Days, Worst", readonly=True, aggregator="max")
    days_average = fields.Float("Days, Average", readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        """A stage's id is (item, stage), so that it survives any filter."""
        return SQL(
            """
            SELECT i.id * 10 + s.number AS id, i.id AS item_id, i.roadmap_id, i.company_id,
                   r.tier_id, i.category_id, r.account_manager_id,
                   COALESCE(i.user_id, r.account_manager_id) AS user_id,
                   s.stage, s.reached_on, d.days, d.days AS days_worst, d.days AS days_average
              FROM roadmap_item i
              JOIN roadmap_roadmap r ON r.id = i.roadmap_id
             CROSS JOIN LATERAL (VALUES %s) AS s(number, stage, reached_on, since)
             CROSS JOIN LATERAL (
                   SELECT GREATEST(EXTRACT(EPOCH FROM s.reached_on - s.since), 0) / 86400.0 AS days
                   ) d
             WHERE s.reached_on IS NOT NULL AND s.since IS NOT NULL
            """,
            SQL(", ").join(self._sql_stages()),
        )

    @staticmethod
    def _sql_stages():
        """(number, stage, when it was reached, the latest stage before it) of each stage."""
        before = [SQL("i.found_on")]
        for number, (stage, _label) in enumerate(CLOCK):
            reached = SQL("i.%s", SQL.identifier(f"{stage[2:]}_on"))
            yield SQL("(%s, %s, %s, GREATEST(%s))", number, stage, reached, SQL(", ").join(before))
            before.append(reached)

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Odoo knows no median: half of the items were faster, half slower."""
        name, _colon, function = aggregate_spec.partition(":")
        if function == "median" and name in self._fields:
            field = self._field_to_sql(self._table, name, query)
            return SQL("PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %s)", field)
        return super()._read_group_select(aggregate_spec, query)

    def action_open_item(self):
        """Open the item behind the figure."""
        self.ensure_one()
        return self.item_id._get_records_action(name=self.item_id.name)
