from odoo import fields, models


class RoadmapContract(models.Model):
    """A contract that an order made follows what becomes of the order."""

    _inherit = "roadmap.contract"

    def _follow_orders(self):
        """Quantity and price of the confirmed orders; ended where nothing is left of them."""
        self.ensure_one()
        bought = self.item_line_id.sale_line_ids.filtered(
            lambda line: line.state == "sale" and line.product_uom_qty > 0
        )
        if not bought:
            self._end_with_order()
            return
        latest = bought.sorted(lambda line: (line.order_id.date_order, line.id))[-1]
        values = latest._prepare_roadmap_contract_values()
        values.update(date_start=self.date_start, seats=sum(bought.mapped("product_uom_qty")))
        self.write({name: value for name, value in values.items() if not self._same(name, value)})

    def _add_precomputed_values(self, vals_list):
        """Money comes after its currency, which is then known: else each row would be read back."""
        result = super()._add_precomputed_values(vals_list)
        for vals in vals_list:
            for name in ("price", "increase_amount"):
                if name in vals:
                    vals[name] = vals.pop(name)
        return result

    def _same(self, name, value):
        """Whether the contract holds this value already: an unchanged one is not written."""
        field = self._fields[name]
        return field.convert_to_cache(value, self) == field.convert_to_cache(self[name], self)

    def _end_with_order(self):
        """Ended as of today, or archived where it had not begun; the item's line is free again."""
        today = fields.Date.context_today(self)
        values = {"item_line_id": False}
        if self.date_start < today:
            values.update(date_end=today, renews=False)
        else:
            values["active"] = False
        self.write(values)
