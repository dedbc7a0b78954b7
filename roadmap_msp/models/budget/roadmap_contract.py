from odoo import api, fields, models
from odoo.fields import Domain

from ...rules.fiscal import month_index
from ...rules.recurrence import Recurring, notice_date, per_month
from ..plan.roadmap_item_template_line import PERIODS


class RoadmapContract(models.Model):
    """A recurring cost of the client: seats times price per billing period."""

    _name = "roadmap.contract"
    _description = "Recurring Contract"
    _inherit = ["roadmap.tied", "mail.thread", "mail.activity.mixin"]
    _order = "roadmap_id, date_start, id"
    _check_company_auto = True

    name = fields.Char("Contract", required=True)
    active = fields.Boolean(default=True)
    roadmap_id = fields.Many2one(
        "roadmap.roadmap", "Client", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="roadmap_id.currency_id", store=True, precompute=True)
    category_id = fields.Many2one(
        "roadmap.category", "Technology Area", index="btree_not_null", ondelete="restrict"
    )
    vendor_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="restrict")
    third_party = fields.Boolean(
        "Bought Elsewhere", help="The client buys it from somebody else, not from us."
    )
    product_id = fields.Many2one("product.product", index="btree_not_null", ondelete="restrict")
    seats = fields.Float("Quantity", default=1.0, required=True, tracking=True)
    price = fields.Monetary(
        tracking=True,
        help="Of one unit for one billing period, without tax, from the start until the first"
        " increase. If a contract runs for years and you enter today's price, give the next"
        " increase as First Increase.",
    )
    period = fields.Selection(
        PERIODS, "Billing Period", required=True, default="month", tracking=True
    )
    date_start = fields.Date(
        "Start", required=True, default=fields.Date.context_today, tracking=True
    )
    date_end = fields.Date("End of Term", tracking=True)
    renews = fields.Boolean(
        "Renews by Itself",
        default=True,
        tracking=True,
        help="The forecast counts it past the end of its term. Untick once notice is given.",
    )
    notice_days = fields.Integer("Notice (Days)", help="Days before the end of the term.")
    notice_date = fields.Date(
        "Give Notice By",
        compute="_compute_notice_date",
        store=True,
        precompute=True,
        help="The last day on which the contract can be ended for the end of its term.",
    )
    increase_percent = fields.Float("Yearly Increase (%)", help="Of the price, once a year.")
    increase_amount = fields.Monetary(
        "Yearly Increase", help="Added to the price of one unit, once a year."
    )
    increase_from = fields.Date(
        "First Increase",
        help="The month of the first increase, and of each year's after it. Without a date the"
        " price rises on every anniversary of the start.",
    )
    covered = fields.Boolean(
        "Covered by the Agreement", help="Costs the client nothing extra; shown as such."
    )
    amount_month = fields.Monetary(
        "Per Month", compute="_compute_amounts", help="Today's price, spread over the months."
    )
    amount_year = fields.Monetary(
        "Next 12 Months",
        compute="_compute_amounts",
        help="From this month on, with renewal and yearly increase.",
    )
    item_line_id = fields.Many2one(
        "roadmap.item.line", index="btree_not_null", ondelete="set null", copy=False
    )
    item_id = fields.Many2one(related="item_line_id.item_id", string="Roadmap Item")
    sale_line_id = fields.Many2one(
        "sale.order.line", index="btree_not_null", ondelete="set null", copy=False
    )
    order_id = fields.Many2one(related="sale_line_id.order_id", string="Order")

    _end_after_start = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)",
        "A contract cannot end before it starts. Correct one of the two dates.",
    )
    _increase_positive = models.Constraint(
        "CHECK (COALESCE(increase_percent, 0) >= 0 AND COALESCE(increase_amount, 0) >= 0)",
        "A yearly increase cannot be negative. For a price that falls, end this contract and enter"
        " a new one at the lower price.",
    )
    _increase_once = models.Constraint(
        "CHECK (COALESCE(increase_percent, 0) = 0 OR COALESCE(increase_amount, 0) = 0)",
        "Give the yearly increase as a percentage or as an amount, not as both.",
    )
    _increase_after_start = models.Constraint(
        "CHECK (increase_from IS NULL OR increase_from >= date_start"
        " OR COALESCE(increase_percent, 0) = 0 AND COALESCE(increase_amount, 0) = 0)",
        "The first increase cannot lie before the start of the contract. Enter the next one, or"
        " leave the date empty for every anniversary of the start.",
    )
    _seats_positive = models.Constraint(
        "CHECK (seats >= 0)",
        "The quantity of a contract cannot be negative. Enter 0 or archive the contract.",
    )

    @api.depends("date_end", "notice_days", "renews")
    def _compute_notice_date(self):
        for contract in self:
            end = contract.renews and contract.date_end or None
            contract.notice_date = notice_date(end, contract.notice_days) or False

    @api.depends(
        "seats",
        "price",
        "period",
        "date_start",
        "date_end",
        "renews",
        "increase_percent",
        "increase_amount",
        "increase_from",
        "covered",
    )
    def _compute_amounts(self):
        today = fields.Date.context_today(self)
        last = fields.Date.add(today, months=11)
        for contract in self:
            rule = contract._recurring()
            if not rule.start or contract.covered:
                contract.amount_month = contract.amount_year = 0.0
                continue
            price = rule.price_at(max(month_index(today), month_index(rule.start)))
            contract.amount_month = per_month(rule.quantity * price, rule.period)
            contract.amount_year = rule.in_period(today, last)

    @api.model
    def _running_domain(self):
        """Contracts that are not over: without an end, renewing by themselves, or ending later."""
        ends = Domain("date_end", "=", False)
        ends |= Domain("date_end", ">=", fields.Date.context_today(self))
        return Domain("renews", "=", True) | ends

    def _recurring(self):
        """The contract as the pure rule that knows what it costs in a month."""
        self.ensure_one()
        return Recurring(
            price=self.price,
            period=self.period or "month",
            start=self.date_start or None,
            end=self.date_end or None,
            renews=self.renews,
            quantity=self.seats,
            increase_percent=self.increase_percent,
            increase_amount=self.increase_amount,
            increase_from=self.increase_from or None,
        )

    def action_open_item(self):
        """Open the roadmap item from which the contract came."""
        self.ensure_one()
        return self.item_id._get_records_action(name=self.env._("Roadmap Item"))

    def action_open_order(self):
        """Open the order that made the contract."""
        self.ensure_one()
        return self.order_id._get_records_action(name=self.env._("Order"))
