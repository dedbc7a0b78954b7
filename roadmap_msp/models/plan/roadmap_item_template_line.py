from math import ceil

from odoo import api, fields, models

KINDS = [("one_off", "One-off"), ("recurring", "Recurring")]
PERIODS = [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")]
UNITS = [
    ("firm", "Firm"),
    ("seat", "Seat"),
    ("user", "User"),
    ("device", "Device"),
    ("server", "Server"),
    ("site", "Site"),
    ("ap", "Access point"),
    ("door", "Door"),
    ("drop", "Cabled socket"),
    ("line", "Phone line"),
    ("room", "Room"),
    ("terminal", "Terminal"),
    ("test", "Test"),
]


class RoadmapItemTemplateLine(models.Model):
    """One kind of money of a template, with its guide price and, once mapped, the product."""

    _name = "roadmap.item.template.line"
    _description = "Item Template Line"
    _order = "template_id, sequence, id"
    _check_company_auto = True

    template_id = fields.Many2one(
        "roadmap.item.template", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="template_id.currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(translate=True)
    kind = fields.Selection(KINDS, required=True, default="one_off")
    period = fields.Selection(PERIODS)
    unit = fields.Selection(UNITS, required=True, default="firm")
    quantity = fields.Float(default=1.0, help="Per unit.")
    price_low = fields.Monetary()
    price_high = fields.Monetary()
    per_asset = fields.Boolean(
        help="Counted by the devices of the item, not by all that the client owns."
    )
    option_group = fields.Char(help="Lines of one group exclude each other; the first one counts.")
    product_id = fields.Many2one(
        "product.product",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('sale_ok', '=', True)]",
        check_company=True,
    )
    company_id = fields.Many2one(related="template_id.company_id")

    _period_given = models.Constraint(
        "CHECK ((kind = 'recurring') = (period IS NOT NULL))",
        "A recurring line needs a period, a one-off line has none.",
    )

    @api.depends("template_id.name", "name", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            line.display_name = f"{line.template_id.name}: {line.name or kinds.get(line.kind)}"

    def _guide_price(self):
        """The middle of the guide range, in the template's currency, for one unit."""
        self.ensure_one()
        return (self.price_low + self.price_high) / 2

    def _prepare_item_line_values(self, roadmap, day):
        """Values of one `roadmap.item.line`; guide prices convert at the rate of that day.

        Without a rate the line has no price: it is unknown then, as `based_on` says.
        """
        self.ensure_one()
        count = roadmap._unit_quantity(self.unit)
        if self.per_asset:
            # The devices of the item count as soon as it has some.
            count = count if self.unit == "seat" else None
        quantity = max(1.0, ceil(self.quantity * (count or 1.0)))
        values = {
            "template_line_id": self.id,
            "sequence": self.sequence,
            "name": self.name or self.template_id.name,
            "kind": self.kind,
            "period": self.period,
            "unit": self.unit,
            "per_asset": self.per_asset,
            "quantity": quantity,
            "quantity_assumed": count is None,
            "option_group": self.option_group,
        }
        if self.product_id:
            price = roadmap._product_prices(self.product_id, quantity)[self.product_id.id] or 0.0
            return {
                **values,
                "product_id": self.product_id.id,
                "price_source": "pricelist",
                "price_unit": price,
                "price_low": price,
                "price_high": price,
            }
        middle, low, high = (
            self.currency_id._roadmap_convert(amount, roadmap.currency_id, roadmap.company_id, day)
            or 0.0
            for amount in (self._guide_price(), self.price_low, self.price_high)
        )
        return {
            **values,
            "price_source": "guide",
            "price_unit": middle,
            "price_low": low,
            "price_high": high,
        }
