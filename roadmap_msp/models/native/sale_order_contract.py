from odoo import fields, models

# A contract is a by-product of the order: no mail, no followers, no log of its making.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
}


class SaleOrder(models.Model):
    """Confirming an order makes or updates a contract for each recurring line."""

    _inherit = "sale.order"

    def _roadmap_update_contracts(self):
        """Make or update the contracts of these confirmed orders, in one batch."""
        lines = self.order_line.filtered(
            lambda line: (
                line.roadmap_item_line_id.kind == "recurring" and line.product_uom_qty > 0
            )
        )
        if not lines:
            return
        Contract = self.env["roadmap.contract"].sudo().with_context(**QUIET)
        known = Contract.search([("item_line_id", "in", lines.roadmap_item_line_id.ids)])
        contract_of = {contract.item_line_id: contract for contract in known}
        new = []
        for item_line, group in lines.grouped("roadmap_item_line_id").items():
            # Taken out of the group, a line would be read on its own.
            line = group[-1].with_prefetch(lines.ids)
            values = line._prepare_roadmap_contract_values()
            contract = contract_of.get(item_line)
            if contract:
                del values["date_start"]
                # An order on top adds to the seats that earlier orders brought.
                values["seats"] = sum(
                    line.product_uom_qty for line in item_line.sale_line_ids if line.state == "sale"
                )
                contract.write(values)
            else:
                values["seats"] = sum(group.mapped("product_uom_qty"))
                new.append(values)
        Contract.create(new)

    def _roadmap_end_contracts(self):
        """A cancelled order ends its contracts; those that had not begun are archived."""
        Contract = self.env["roadmap.contract"].sudo().with_context(**QUIET)
        contracts = Contract.search([("sale_line_id", "in", self.order_line.ids)])
        today = fields.Date.context_today(self)
        for contract in contracts:
            others = contract.item_line_id.sale_line_ids.filtered(
                lambda line: line.state == "sale" and line.product_uom_qty > 0
            )
            if others:
                contract.write(
                    {
                        **others[-1]._prepare_roadmap_contract_values(),
                        "date_start": contract.date_start,
                        "seats": sum(others.mapped("product_uom_qty")),
                    }
                )
                continue
            # The item's line counts in the forecast again, so it lets go of its contract.
            values = {"item_line_id": False}
            if contract.date_start < today:
                values.update(date_end=today, renews=False)
            else:
                values["active"] = False
            contract.write(values)
