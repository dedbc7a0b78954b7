from odoo import api, fields, models

from ...rules.recurrence import per_month
from .roadmap_item_template_line import KINDS, PERIODS, UNITS

PRICE_SOURCES = [
    ("guide", "Guide price"),
    ("pricelist", "Price list"),
    ("manual", "Our estimate"),
]


class RoadmapItemLine(models.Model):
    """Money of an item: one-off or recurring, per asset or flat."""

    _name = "roadmap.item.line"
    _description = "Roadmap Item Line"
    _inherit = "roadmap.tied"
    _order = "item_id, sequence, id"
    _check_company_auto = True

    item_id = fields.Many2one("roadmap.item", required=True, index=True, ondelete="cascade")
    roadmap_id = fields.Many2one(
        related="item_id.roadmap_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="roadmap_id.currency_id", store=True)
    template_line_id = fields.Many2one(
        "roadmap.item.template.line", index="btree_not_null", ondelete="set null"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="one_off")
    period = fields.Selection(
        PERIODS, compute="_compute_period", store=True, readonly=False, precompute=True
    )
    product_id = fields.Many2one(
        "product.product",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('sale_ok', '=', True)]",
        check_company=True,
    )
    per_asset = fields.Boolean(help="The quantity is the number of assets of the item.")
    unit = fields.Selection(UNITS, help="What the quantity counts.")
    quantity = fields.Float(
        compute="_compute_quantity",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    quantity_assumed = fields.Boolean(help="Nobody counted yet: 1 stands in.")
    price_unit = fields.Monetary(help="Expected price of one unit, without tax, per period.")
    price_low = fields.Monetary()
    price_high = fields.Monetary()
    price_source = fields.Selection(PRICE_SOURCES, required=True, default="manual")
    amount = fields.Monetary(compute="_compute_amount", store=True)
    amount_low = fields.Monetary(compute="_compute_amount", store=True)
    amount_high = fields.Monetary(compute="_compute_amount", store=True)
    amount_month = fields.Monetary("Per Month", compute="_compute_amount", store=True)
    based_on = fields.Char(compute="_compute_based_on")
    margin = fields.Monetary(compute="_compute_margin", groups="base.group_user")
    date = fields.Date(help="When the money is due, if not on the item's target date.")
    option_group = fields.Char(help="Lines of one group exclude each other; the first one counts.")
    sale_line_ids = fields.One2many("sale.order.line", "roadmap_item_line_id", copy=False)
    invoice_line_ids = fields.One2many(
        "account.move.line",
        "roadmap_item_line_id",
        copy=False,
        help="Of invoices that no order made.",
    )
    from_document = fields.Boolean(
        readonly=True, copy=False, help="Made for an existing order or invoice that was linked."
    )

    _period_given = models.Constraint(
        "CHECK ((kind = 'recurring') = (period IS NOT NULL))",
        "A recurring line needs a period, a one-off line has none.",
    )
    _quantity_not_negative = models.Constraint(
        "CHECK (quantity >= 0)", "The quantity of a line of an item cannot be below zero."
    )

    @api.depends("kind")
    def _compute_period(self):
        for line in self:
            line.period = (line.period or "month") if line.kind == "recurring" else False

    @api.depends("per_asset", "item_id.asset_ids")
    def _compute_quantity(self):
        for line in self:
            count = len(line.item_id.asset_ids) if line.per_asset else 0
            line.quantity = count or line.quantity or 1.0

    @api.depends("quantity", "price_unit", "price_low", "price_high", "kind", "period")
    def _compute_amount(self):
        for line in self:
            # Without a range of its own a price is its own range.
            ranged = line.price_high > 0
            low = line.price_low if ranged else line.price_unit
            high = line.price_high if ranged else line.price_unit
            line.amount = line.quantity * line.price_unit
            line.amount_low = line.quantity * min(low, line.price_unit)
            line.amount_high = line.quantity * max(high, line.price_unit)
            line.amount_month = line._per_month(line.amount)

    def _per_month(self, amount):
        """The part of a period's amount that falls on one month; 0 for one-off money."""
        self.ensure_one()
        if self.kind != "recurring":
            return 0.0
        return per_month(amount, self.period or "month")

    @api.depends(
        "price_source",
        "price_unit",
        "quantity",
        "unit",
        "per_asset",
        "quantity_assumed",
        "item_id.asset_ids",
        "template_line_id",
    )
    def _compute_based_on(self):
        prices = {
            "guide": self.env._("guide price"),
            "pricelist": self.env._("your price list"),
            "manual": self.env._("our estimate"),
        }
        units = self._unit_plurals()
        unrated = self._unrated_lines()
        for line in self:
            count = f"{line.quantity:g}"
            counted = line.per_asset and line.item_id.asset_ids
            if counted:
                count = self.env._("%s of your devices", count)
            elif line.unit and line.unit != "firm" and line.quantity != 1:
                count = f"{count} {units[line.unit]}"
            if line.quantity_assumed and not counted:
                count = self.env._("%s (assumed, not counted yet)", count)
            price = line._missing_rate_text(unrated) or prices[line.price_source]
            single = line.quantity == 1 and not counted and not line.quantity_assumed
            line.based_on = price if single else f"{price} × {count}"

    def _missing_rate_text(self, unrated):
        """Why a line has no price where nobody can convert it; False elsewhere.

        :param unrated: the lines that have no price in the client's price list for that reason
        """
        if self in unrated:
            return self.env._("your price list, no exchange rate")
        guide = self.template_line_id.currency_id
        if self.price_unit or self.price_source != "guide" or not guide:
            return False
        today = fields.Date.context_today(self)
        if guide._roadmap_convert(1.0, self.currency_id, self.company_id, today) is not None:
            return False
        return self.env._("guide price in %s, no exchange rate", guide.name)

    def _unit_plurals(self):
        return {
            "seat": self.env._("seats"),
            "user": self.env._("users"),
            "device": self.env._("devices"),
            "server": self.env._("servers"),
            "site": self.env._("sites"),
            "ap": self.env._("access points"),
            "door": self.env._("doors"),
            "drop": self.env._("cabled sockets"),
            "line": self.env._("phone lines"),
            "room": self.env._("rooms"),
            "terminal": self.env._("terminals"),
            "test": self.env._("tests"),
        }

    @api.depends("product_id", "price_unit", "quantity", "kind")
    def _compute_margin(self):
        """Of one period for recurring lines; 0 where the cost is unknown (no product, no rate)."""
        today = fields.Date.context_today(self)
        for line in self:
            if not line.product_id:
                line.margin = 0.0
                continue
            product = line.product_id.with_company(line.company_id)
            cost = product.cost_currency_id._roadmap_convert(
                product.standard_price, line.currency_id, line.company_id, today
            )
            line.margin = 0.0 if cost is None else line.quantity * (line.price_unit - cost)

    def _contract_name(self, item=None):
        """What the recurring cost is, told apart from those of other items."""
        self.ensure_one()
        item = item or self.item_id.name
        return self.name if item in self.name else f"{item}: {self.name}"
