from odoo import models

ORDER_LINE, INVOICE_LINE = "sale.order.line", "account.move.line"


class RoadmapItemLine(models.Model):
    """Which line of an item an existing order or invoice line belongs to."""

    _inherit = "roadmap.item.line"

    def _prepare_linked(self, document, item, period):
        """Values of the item's line for a line of an order or invoice, at that day's rate.

        Without a rate its price is unknown.

        :param period: the billing period of what recurs, else False
        """
        quantity, day = document._roadmap_quantity_and_day()
        price = document.price_subtotal / quantity if quantity else document.price_unit
        return {
            "item_id": item.id,
            "name": (document.name or document.product_id.name or item.name).split("\n")[0],
            "kind": "recurring" if period else "one_off",
            "period": period or False,
            "product_id": document.product_id.id,
            "quantity": quantity,
            "price_unit": document.currency_id._roadmap_convert(
                price, item.currency_id, item.company_id, day
            )
            or 0.0,
            "price_source": "manual",
            "sequence": 100,
            "from_document": True,
        }

    def _guess_for(self, product):
        """The free line with the same product, else the only free line; one may be none."""
        free = self.filtered(lambda line: not line.sale_line_ids and not line.invoice_line_ids)
        same = free.filtered(lambda line: line.product_id == product)
        if same:
            return same[:1]
        return free if len(free) == 1 and not free.product_id else free.browse()
