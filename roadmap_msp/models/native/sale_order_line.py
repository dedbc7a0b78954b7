from odoo import api, fields, models
from odoo.exceptions import ValidationError

# What ties a line to an item.
LINKS = ("roadmap_item_line_id", "roadmap_item_id")


class SaleOrderLine(models.Model):
    """A line that carries the money of a roadmap item."""

    _inherit = "sale.order.line"

    roadmap_item_line_id = fields.Many2one(
        "roadmap.item.line",
        "Roadmap Line",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        groups="base.group_user",
    )
    roadmap_item_id = fields.Many2one(
        "roadmap.item",
        "Roadmap Item",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        groups="base.group_user",
        help="On a heading: the roadmap item whose lines it introduces.",
    )
    roadmap_quantity = fields.Float(
        "Quantity as Offered",
        copy=False,
        groups="base.group_user",
        help="What the client gets back after leaving the item out and taking it in again.",
    )

    @api.constrains("roadmap_item_line_id", "roadmap_item_id")
    def _check_roadmap_links(self):
        """An order carries items of its own client only."""
        for line in self:
            items = line.roadmap_item_line_id.item_id | line.roadmap_item_id
            roadmap = line.order_id.roadmap_id
            if items and roadmap and items.roadmap_id != roadmap:
                raise ValidationError(
                    self.env._(
                        "%(item)s is no item of the client of %(order)s.",
                        item=items[:1].name,
                        order=line.order_id.name,
                    )
                )

    @api.model
    def _roadmap_check_access(self, vals_list):
        """Only who may change an item puts it on an order, which moves its state and contract."""
        for name in LINKS:
            ids = {vals[name] for vals in vals_list if vals.get(name)}
            if ids:
                self.env[self._fields[name].comodel_name].browse(ids).check_access("write")

    # === Price: what the client was shown, not what the price list says today ===

    def _compute_discount(self):
        """A price taken over from the plan is final; a price list adds no discount to it."""
        agreed = self.filtered(lambda line: line._roadmap_has_agreed_price())
        return super(SaleOrderLine, self - agreed)._compute_discount()

    def _roadmap_has_agreed_price(self):
        self.ensure_one()
        return bool(self.roadmap_item_line_id) and self.technical_price_unit != self.price_unit

    # === Optional: a client may leave out an item, its recurring lines included ===

    def _is_line_optional(self):
        """Recurring lines stand apart from their item's heading but share its freedom."""
        return super()._is_line_optional() or (
            self._roadmap_is_recurring() and self._roadmap_heading().is_optional
        )

    def _roadmap_is_recurring(self):
        self.ensure_one()
        return self.sudo().roadmap_item_line_id.kind == "recurring"

    def _roadmap_heading(self):
        """The heading of the item to which the line belongs, or of which it is one itself."""
        self.ensure_one()
        if self.roadmap_item_id and self.display_type:
            return self
        item = self.sudo().roadmap_item_line_id.item_id
        return self.order_id.order_line.filtered(
            lambda line: line.display_type == "line_section" and line.roadmap_item_id == item
        )[:1]

    def _roadmap_item_lines(self, recurring=None):
        """Priced lines of a heading's item on this order; only (non-)recurring ones if asked."""
        self.ensure_one()
        lines = self.order_id.order_line.filtered(
            lambda line: line.sudo().roadmap_item_line_id.item_id == self.roadmap_item_id
        )
        if recurring is None or not self.roadmap_item_id:
            return lines
        return lines.filtered(lambda line: line._roadmap_is_recurring() == recurring)

    def _roadmap_can_be_left_out(self):
        """Whether the client may take the heading's item off the quotation, or back in."""
        order = self.order_id
        return bool(
            self.roadmap_item_id
            and self.is_optional
            and order._can_be_edited_on_portal()
            and not order.is_expired
            and not order.signature
        )

    def _roadmap_is_taken(self):
        """Whether anything of the heading's item is still on the order."""
        return any(self._roadmap_item_lines().mapped("product_uom_qty"))

    def _roadmap_take(self, take):
        """Leave the heading's item out (False) or take it in again as it was offered (True)."""
        self._roadmap_item_lines()._roadmap_set_taken(take)

    def _roadmap_set_taken(self, take):
        for quantity, lines in self.grouped("roadmap_quantity" if take else lambda _l: 0).items():
            lines.product_uom_qty = quantity

    def _roadmap_follow(self):
        """After the client changed one line: recurring costs leave and return with their item."""
        self.ensure_one()
        heading = self._roadmap_heading()
        if not heading or self._roadmap_is_recurring():
            return
        once = heading._roadmap_item_lines(recurring=False)
        recurring = heading._roadmap_item_lines(recurring=True)
        if not any(once.mapped("product_uom_qty")):
            recurring._roadmap_set_taken(False)
        elif not any((once - self).mapped("product_uom_qty")) and not any(
            recurring.mapped("product_uom_qty")
        ):
            recurring._roadmap_set_taken(True)

    # === Contract ===

    def _prepare_roadmap_contract_values(self, item_name=None):
        """Values of the contract of a recurring line; price per unit, discount taken off.

        :param item_name: the name of the line's item where the caller has read it
        """
        self.ensure_one()
        item_line = self.roadmap_item_line_id
        ordered_on = fields.Datetime.context_timestamp(self, self.order_id.date_order).date()
        price = self.price_reduce_taxexcl
        if self.currency_id != item_line.currency_id:
            # Without a rate it is unknown, as the forecast then says.
            price = (
                self.currency_id._roadmap_convert(
                    price, item_line.currency_id, self.company_id, ordered_on
                )
                or 0.0
            )
        return {
            "name": item_line._contract_name(item_name),
            "roadmap_id": item_line.roadmap_id.id,
            "product_id": self.product_id.id,
            "price": price,
            "period": item_line.period,
            "date_start": max(ordered_on, item_line.date or ordered_on),
            "item_line_id": item_line.id,
            "sale_line_id": self.id,
            "active": True,
        }

    def _prepare_roadmap_item_line(self, item, period):
        """Values of the item's line for an order line that somebody added by hand."""
        values = self.env["roadmap.item.line"]._prepare_linked(self, item, period)
        return {**values, "from_document": False}
