from odoo import fields, models


class RoadmapContract(models.Model):
    """A contract that an order made follows what becomes of the order."""

    _inherit = "roadmap.contract"

    def _follow_orders(self):
        """Quantity and price of the confirmed orders; ended where nothing is left of them."""
        bought = self.item_line_id.sale_line_ids.filtered(
            lambda line: line.state == "sale" and line.product_uom_qty > 0
        )
        by_item_line = bought.grouped("roadmap_item_line_id")
        left = self.filtered(lambda contract: contract.item_line_id in by_item_line)
        for contract in left:
            lines = by_item_line[contract.item_line_id]
            # Taken out of the group, a line would be read on its own.
            latest = lines.sorted(lambda line: (line.order_id.date_order, line.id))[-1]
            values = latest.with_prefetch(bought.ids)._prepare_roadmap_contract_values()
            values.update(
                date_start=contract.date_start, seats=sum(lines.mapped("product_uom_qty"))
            )
            changed = {n: value for n, value in values.items() if not contract._same(n, value)}
            if changed:
                contract.write(changed)
        (self - left)._end_with_order()

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
        """Ended as of today, or archived where it had not begun; the item's line is free again.

        What was over before stays as it ended: the order was cancelled then already.
        """
        today = fields.Date.context_today(self)
        begun = self.filtered(lambda contract: contract.date_start < today)
        over = begun.filtered(lambda row: not row.renews and row.date_end and row.date_end < today)
        (begun - over).write({"item_line_id": False, "date_end": today, "renews": False})
        over.item_line_id = False
        (self - begun).write({"item_line_id": False, "active": False})
