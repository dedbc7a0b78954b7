from odoo import models
from odoo.tools import SQL

from ..budget.roadmap_contract_link import QUIET


class SaleOrder(models.Model):
    """Confirming an order makes or updates a contract for each recurring line."""

    _inherit = "sale.order"

    def _roadmap_update_contracts(self):
        """Make or update the contracts of these confirmed orders, in one batch.

        The quantity of a contract is what all confirmed orders of the item's line add up to; where
        nothing is left of it, the contract ends.
        """
        lines = self.order_line.filtered(lambda line: line.roadmap_item_line_id.kind == "recurring")
        if not lines:
            return
        Contract = self.env["roadmap.contract"].sudo().with_context(**QUIET)
        known = self._roadmap_known_contracts(lines.roadmap_item_line_id.ids)
        new, follow = [], Contract.browse()
        for item_line, group in lines.grouped("roadmap_item_line_id").items():
            item_name, category_id, contract_id = known[item_line.id]
            wanted = group.filtered("product_uom_qty")
            if contract_id:
                follow += Contract.browse(contract_id)
            elif wanted:
                # Taken out of the group, a line would be read on its own.
                line = wanted[-1].with_prefetch(lines.ids)
                values = line._prepare_roadmap_contract_values(item_name)
                values.update(
                    seats=sum(wanted.mapped("product_uom_qty")), category_id=category_id or False
                )
                new.append(values)
        follow._follow_orders()
        Contract.create(new)

    def _roadmap_known_contracts(self, item_line_ids):
        """{item line id: (name of its item, category id, id of its contract)} in one query."""
        self.env["roadmap.item"].flush_model(["name", "category_id"])
        self.env["roadmap.item.line"].flush_model(["item_id"])
        self.env["roadmap.contract"].flush_model(["item_line_id", "active"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.id, i.name, i.category_id, MAX(c.id)
                  FROM roadmap_item_line l
                  JOIN roadmap_item i ON i.id = l.item_id
                  LEFT JOIN roadmap_contract c ON c.item_line_id = l.id AND c.active
                 WHERE l.id IN %s
                 GROUP BY l.id, i.id
                """,
                tuple(item_line_ids),
            )
        )
        return {line_id: values for line_id, *values in rows}

    def _roadmap_end_contracts(self):
        """A cancelled order ends its contracts, unless another order goes on with them."""
        Contract = self.env["roadmap.contract"].sudo().with_context(**QUIET)
        Contract.search([("sale_line_id", "in", self.order_line.ids)])._follow_orders()
