from odoo import api, fields, models
from odoo.exceptions import UserError

# Why a row has no amount. What is unknown is counted, never shown as zero.
UNKNOWN = {
    "no_price": "Price unknown",
    "no_date": "Date unknown",
    "no_rate": "No exchange rate",
}
STAGES = [
    ("planned", "Planned"),
    ("quoted", "Quoted"),
    ("ordered", "Ordered"),
    ("invoice", "Invoiced"),
    ("payment", "Paid"),
    ("covered", "Covered by the agreement"),
    *UNKNOWN.items(),
]
ARMS = [
    ("contract", "Contract"),
    ("item", "Item"),
    ("item_recurring", "Item, recurring"),
    ("item_open", "Item without an amount"),
    ("replacement", "Replacement not yet planned"),
    ("contingency", "Contingency"),
    ("order", "Order"),
    ("invoice", "Invoice"),
    ("payment", "Payment"),
]


class RoadmapForecast(models.Model):
    """Money of one client in one month from one source; read from the sources, never stored.

    Every amount stands in exactly one of planned, quoted and ordered, so that the three add up.
    What is invoiced and paid stands in rows of its own, in the months in which that happened.
    One-off and recurring money have measures of their own and are never summed into one.
    """

    _name = "roadmap.forecast"
    _description = "Forecast"
    _auto = False
    _rec_name = "name"
    _order = "date, id"
    _depends = {
        "roadmap.roadmap": [
            "active",
            "company_id",
            "contingency_percent",
            "currency_id",
            "fiscal_year_start",
            "state",
        ],
        "roadmap.contract": [
            "active",
            "category_id",
            "covered",
            "date_end",
            "date_start",
            "increase_amount",
            "increase_from",
            "increase_percent",
            "item_line_id",
            "name",
            "period",
            "price",
            "renews",
            "roadmap_id",
            "seats",
        ],
        "roadmap.item": [
            "active",
            "category_id",
            "client_visible",
            "covered",
            "name",
            "need",
            "state",
            "target_date",
        ],
        "roadmap.item.line": [
            "amount",
            "amount_high",
            "amount_low",
            "date",
            "item_id",
            "kind",
            "option_chosen",
            "option_group",
            "period",
            "quantity",
            "roadmap_id",
            "sequence",
        ],
        "sale.order": ["currency_id", "date_order", "state"],
        "sale.order.line": [
            "order_id",
            "price_subtotal",
            "product_uom_qty",
            "roadmap_item_line_id",
        ],
        "account.move": [
            "amount_total",
            "currency_id",
            "invoice_date",
            "move_type",
            "payment_state",
            "state",
        ],
        "account.move.line": [
            "display_type",
            "move_id",
            "price_subtotal",
            "roadmap_item_line_id",
        ],
        "account.partial.reconcile": [
            "credit_amount_currency",
            "credit_move_id",
            "debit_amount_currency",
            "debit_move_id",
            "max_date",
        ],
        "roadmap.asset": [
            "active",
            "name",
            "own_price",
            "replacement_due",
            "replacement_line_id",
            "roadmap_id",
            "state",
            "type_id",
        ],
        "roadmap.asset.type": [
            "category_id",
            "currency_id",
            "life_years",
            "price_high",
            "price_low",
            "replace_uncovered",
        ],
        "roadmap.asset.policy": ["price", "product_id", "roadmap_id", "type_id"],
        "res.currency.rate": ["company_id", "currency_id", "name", "rate"],
    }

    name = fields.Char("Source", readonly=True)
    arm = fields.Selection(ARMS, "Kind of Source", readonly=True)
    stage = fields.Selection(STAGES, readonly=True)
    roadmap_id = fields.Many2one("roadmap.roadmap", "Client", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    category_id = fields.Many2one("roadmap.category", readonly=True)
    date = fields.Date(
        "Month", readonly=True, help="First day of the month; empty: not scheduled yet."
    )
    fiscal_year = fields.Char(readonly=True, help="Named after the year in which it ends.")
    fiscal_quarter = fields.Char(readonly=True)
    item_id = fields.Many2one("roadmap.item", readonly=True)
    item_line_id = fields.Many2one("roadmap.item.line", readonly=True)
    contract_id = fields.Many2one("roadmap.contract", readonly=True)
    sale_line_id = fields.Many2one("sale.order.line", readonly=True)
    asset_id = fields.Many2one("roadmap.asset", readonly=True)
    asset_type_id = fields.Many2one("roadmap.asset.type", readonly=True)
    unknown_count = fields.Integer(
        "Unknown", readonly=True, help="Sources without a price, a date or an exchange rate."
    )
    covered_count = fields.Integer(
        "Covered", readonly=True, help="Sources that the agreement pays for."
    )
    one_off_total = fields.Monetary("One-off", readonly=True)
    one_off_low = fields.Monetary("One-off, Low", readonly=True)
    one_off_high = fields.Monetary("One-off, High", readonly=True)
    one_off_planned = fields.Monetary("One-off, Planned", readonly=True)
    one_off_quoted = fields.Monetary("One-off, Quoted", readonly=True)
    one_off_ordered = fields.Monetary("One-off, Ordered", readonly=True)
    one_off_invoiced = fields.Monetary(
        "One-off, Invoiced",
        readonly=True,
        help="In the month of the invoice, credit notes off, at that day's exchange rate.",
    )
    one_off_paid = fields.Monetary(
        "One-off, Paid", readonly=True, help="Without tax, in the month of the payment."
    )
    recurring_total = fields.Monetary("Recurring", readonly=True)
    recurring_low = fields.Monetary("Recurring, Low", readonly=True)
    recurring_high = fields.Monetary("Recurring, High", readonly=True)
    recurring_planned = fields.Monetary("Recurring, Planned", readonly=True)
    recurring_quoted = fields.Monetary("Recurring, Quoted", readonly=True)
    recurring_ordered = fields.Monetary(
        "Recurring, Ordered", readonly=True, help="Running contracts."
    )
    recurring_invoiced = fields.Monetary(
        "Recurring, Invoiced",
        readonly=True,
        help="In the month of the invoice, credit notes off, at that day's exchange rate.",
    )
    recurring_paid = fields.Monetary(
        "Recurring, Paid", readonly=True, help="Without tax, in the month of the payment."
    )

    def action_open_source(self):
        """Open the record from which the amount comes."""
        self.ensure_one()
        source = self.contract_id or self.sale_line_id.order_id or self.item_id or self.asset_id
        if self.arm == "contingency":
            source = self.roadmap_id
        if not source:
            raise UserError(self.env._("The source of this figure no longer exists."))
        return source._get_records_action(name=self.name)

    @api.model
    def _forecast_roadmap_ids(self):
        """Ids of the roadmaps to which the query is narrowed, or None for every one.

        A page passes the roadmaps that it shows in the context (`forecast_roadmap_ids`); a user of
        own clients never reads further than these. Literal ids let PostgreSQL use the indexes of
        the sources, where a rule above the union cannot.
        """
        ids = self.env.context.get("forecast_roadmap_ids")
        if self.env.su or self.env.user.has_group("roadmap_msp.group_roadmap_user_all"):
            return ids
        own = self.env["roadmap.roadmap"].sudo()._search([("member_ids", "in", self.env.uid)])
        own_ids = own.get_result_ids()
        return own_ids if ids is None else tuple(set(ids) & set(own_ids))
