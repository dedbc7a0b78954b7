from odoo import fields, models
from odoo.exceptions import UserError


class RoadmapItemLine(models.Model):
    """What a line of an item becomes on a quotation."""

    _inherit = "roadmap.item.line"

    def _split_options(self):
        """(preset lines, alternatives): of lines that exclude each other, the first is preset."""
        preset = self & self.browse().concat(*(item._counted_lines() for item in self.item_id))
        return preset, self - preset

    def _quotation_problems(self):
        """A line can be quoted when it has a product that is still sold."""
        self.ensure_one()
        item = self.item_id
        if not self.product_id:
            template = item.template_id
            if not template:
                return [
                    self.env._(
                        '- %(item)s, line "%(line)s": choose a product on the line.',
                        item=item.name,
                        line=self.name,
                    )
                ]
            return [
                self.env._(
                    '- %(item)s, line "%(line)s" of template %(template)s has no product. Map the'
                    " template to one of your products, or choose one on the line.",
                    item=item.name,
                    line=self.name,
                    template=template.display_name,
                )
            ]
        if not self.product_id.active:
            return [
                self.env._(
                    '- %(item)s, line "%(line)s": product %(product)s is archived. Choose another'
                    " one on the line, or restore it.",
                    item=item.name,
                    line=self.name,
                    product=self.product_id.display_name,
                )
            ]
        return []

    def _unrated_problems(self):
        """A line without a price takes the price list's, which Odoo would convert 1 to 1."""
        return [
            self.env._(
                '- %(item)s, line "%(line)s": the price of %(product)s in the client\'s price list'
                " needs an exchange rate that does not exist. Enter it under Currencies, or type a"
                " price on the line.",
                item=line.item_id.name,
                line=line.name,
                product=line.product_id.display_name,
            )
            for line in self._unrated_lines(quoted=True)
        ]

    def _prepare_quotation_line(self, currency, quantity=None):
        """Values of the order line; `quantity` 0 offers it without presetting it.

        A price on the item's line is what the client was shown and stays; without one the client's
        price list decides.

        :raises UserError: that price is in another currency, and there is no exchange rate
        """
        self.ensure_one()
        offered = self.quantity if quantity is None else quantity
        name = self.name
        if self.kind == "recurring":
            name = f"{name}\n{self.item_id.name}"
        values = {
            "product_id": self.product_id.id,
            "name": name,
            "product_uom_qty": offered,
            "roadmap_quantity": offered,
            "roadmap_item_line_id": self.id,
        }
        if self.price_unit:
            price = self.price_unit
            if self.currency_id != currency:
                today = fields.Date.context_today(self)
                price = self.currency_id._roadmap_convert(price, currency, self.company_id, today)
            if price is None:
                raise UserError(
                    self.env._(
                        "%(item)s is priced in %(ours)s, its quotation is in %(theirs)s, and there"
                        " is no exchange rate. Enter one under Currencies first.",
                        item=self.item_id.name,
                        ours=self.currency_id.name,
                        theirs=currency.name,
                    )
                )
            # A technical price that differs marks the price as agreed: Odoo then keeps it when
            # the client changes the quantity.
            values.update(price_unit=price, technical_price_unit=0.0, discount=0.0)
        return values
