from odoo import api, fields, models
from odoo.fields import Domain

# A contract is a by-product of the order: no mail, no followers, no log of its making.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
}


class RoadmapContract(models.Model):
    """Contracts of recurring order and invoice lines that were linked to an item afterwards."""

    _inherit = "roadmap.contract"

    adopted = fields.Boolean(
        readonly=True,
        copy=False,
        help="Stood before the order or invoice was linked to an item; undoing leaves it running.",
    )

    @api.model
    def _link_item_lines(self, item_lines):
        """Give each recurring line of an item its one contract: a known one, else a new one.

        A contract of the same client, product and period that runs and that no item stands behind
        is the same money: it is taken over and never counted a second time.
        """
        item_lines = item_lines.filtered(lambda line: line.kind == "recurring")
        if not item_lines:
            return
        Contract = self.sudo().with_context(**QUIET)
        has = Contract.search([("item_line_id", "in", item_lines.ids)]).item_line_id
        free = Contract.search(
            Domain("roadmap_id", "in", item_lines.roadmap_id.ids)
            & Domain("item_line_id", "=", False)
            & Domain("product_id", "in", item_lines.product_id.ids)
            & Domain("third_party", "=", False)
            & Contract._running_domain()
        ).grouped(lambda row: (row.roadmap_id, row.product_id, row.period))
        new = []
        for line in item_lines - has:
            key = (line.roadmap_id, line.product_id, line.period)
            known = free.get(key, Contract)[:1]
            if known:
                known.write({"item_line_id": line.id, "adopted": True})
                free[key] -= known
            elif line.invoice_line_ids:
                new.append(self._prepare_invoiced_contract(line))
        Contract.create(new)
        item_lines.sale_line_ids.order_id.filtered(
            lambda order: order.state == "sale"
        )._roadmap_update_contracts()

    @api.model
    def _prepare_invoiced_contract(self, line):
        """Values of the contract of what is invoiced without an order."""
        return {
            "name": line._contract_name(),
            "roadmap_id": line.roadmap_id.id,
            "category_id": line.item_id.category_id.id,
            "product_id": line.product_id.id,
            "seats": line.quantity,
            "price": line.price_unit,
            "period": line.period,
            "date_start": min(line.invoice_line_ids.move_id.mapped("invoice_date")),
            "item_line_id": line.id,
        }

    @api.model
    def _release_item_lines(self, item_lines):
        """A link was undone: what it made goes, what stood before goes on without the item."""
        contracts = self.sudo().with_context(**QUIET)
        contracts = contracts.search([("item_line_id", "in", item_lines.ids)])
        ordered = contracts.filtered(
            lambda contract: "sale" in contract.item_line_id.sale_line_ids.mapped("state")
        )
        ordered._follow_orders()
        free = (contracts - ordered).filtered(lambda row: not row.item_line_id.invoice_line_ids)
        made = free.filtered(lambda contract: not contract.adopted)
        free.write({"item_line_id": False, "sale_line_id": False, "adopted": False})
        made.active = False
