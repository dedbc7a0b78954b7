from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

MONTHS_BACK = 24
ROWS_AT_MOST = 200


class RoadmapItemLink(models.TransientModel):
    """Choose lines of existing quotations, orders and invoices that belong to an item."""

    _name = "roadmap.item.link"
    _description = "Link Orders and Invoices to an Item"

    roadmap_id = fields.Many2one("roadmap.roadmap", "Client", required=True, ondelete="cascade")
    order_id = fields.Many2one("sale.order", "Only of", ondelete="cascade")
    item_id = fields.Many2one("roadmap.item", "Item", required=True, ondelete="cascade")
    row_ids = fields.One2many("roadmap.item.link.row", "link_id", "Lines")

    @api.model
    def _open_for(self, document, **context):
        """The dialog for an order or an invoice; the user then chooses the item.

        :raises UserError: the client of the document has no roadmap that the user may see
        """
        roadmap = self.env["roadmap.roadmap"].search(
            [
                ("partner_id", "=", document.partner_id.commercial_partner_id.id),
                ("company_id", "=", document.company_id.id),
            ],
            limit=1,
        )
        if not roadmap:
            raise UserError(
                self.env._(
                    "%s has no roadmap, or none that you may open. Make one first, or ask its"
                    " account manager.",
                    document.partner_id.commercial_partner_id.display_name,
                )
            )
        return self._open(default_roadmap_id=roadmap.id, **context)

    @api.model
    def _open(self, **context):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Link to the Plan"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": context,
        }

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        roadmap = self.env["roadmap.roadmap"].browse(values.get("roadmap_id"))
        if "row_ids" in fields and roadmap:
            order = self.env["sale.order"].browse(values.get("order_id"))
            item = self.env["roadmap.item"].browse(values.get("item_id"))
            values["row_ids"] = [
                Command.create({**row, "item_line_id": item and self._guess(item, row)})
                for row in self._candidates(roadmap, order)
            ]
        return values

    @api.model
    def _candidates(self, roadmap, order):
        """Rows for the lines that the user may read and that belong to no item yet."""
        orders = self.env["sale.order.line"].search_fetch(
            self._domain_orders(roadmap, order), limit=ROWS_AT_MOST, order="id desc"
        )
        rows = [self._row(line, "sale_line_id", line.order_id.date_order) for line in orders]
        if not order and self.env["account.move.line"].has_access("read"):
            invoices = self.env["account.move.line"].search_fetch(
                self._domain_invoices(roadmap), limit=ROWS_AT_MOST, order="date desc, id desc"
            )
            rows += [
                self._row(line, "move_line_id", line.move_id.invoice_date) for line in invoices
            ]
        return rows

    @api.model
    def _since(self):
        return fields.Date.subtract(fields.Date.context_today(self), months=MONTHS_BACK)

    @api.model
    def _domain_orders(self, roadmap, order):
        domain = Domain(
            [
                ("order_id.partner_id.commercial_partner_id", "=", roadmap.partner_id.id),
                ("company_id", "=", roadmap.company_id.id),
                ("state", "!=", "cancel"),
                ("display_type", "=", False),
                ("is_downpayment", "=", False),
                ("roadmap_item_line_id", "=", False),
            ]
        )
        if order:
            return domain & Domain("order_id", "=", order.id)
        return domain & Domain("order_id.date_order", ">=", self._since())

    @api.model
    def _domain_invoices(self, roadmap):
        """Without an order: what an order made is linked by the line of the order."""
        return [
            ("move_id.commercial_partner_id", "=", roadmap.partner_id.id),
            ("company_id", "=", roadmap.company_id.id),
            ("move_id.move_type", "in", ("out_invoice", "out_refund")),
            ("parent_state", "=", "posted"),
            ("display_type", "=", "product"),
            ("sale_line_ids", "=", False),
            ("roadmap_item_line_id", "=", False),
            ("date", ">=", self._since()),
        ]

    @api.model
    def _row(self, line, name, day):
        document = line._roadmap_document()
        credit = name == "move_line_id" and document.move_type == "out_refund"
        return {
            name: line.id,
            "document": document.name,
            "date": day,
            "name": (line.name or line.product_id.name or "").split("\n")[0],
            "quantity": line._roadmap_quantity_and_day()[0],
            "currency_id": line.currency_id.id,
            "amount": -line.price_subtotal if credit else line.price_subtotal,
            "status": self._status(document),
        }

    @api.model
    def _status(self, document):
        field = document._fields["state" if document._name == "sale.order" else "payment_state"]
        return dict(field._description_selection(self.env)).get(document[field.name])

    @api.model
    def _guess(self, item, row):
        line = self.env["sale.order.line"].browse(row.get("sale_line_id")) or (
            self.env["account.move.line"].browse(row.get("move_line_id"))
        )
        return item.line_ids._guess_for(line.product_id).id

    @api.onchange("item_id")
    def _onchange_item_id(self):
        for row in self.row_ids:
            row.item_line_id = self.item_id.line_ids._guess_for(row._line().product_id)

    def action_apply(self):
        """Link what is ticked.

        :raises UserError: nothing is ticked, or a line cannot be linked
        """
        self.ensure_one()
        rows = self.row_ids.filtered("take")
        if not rows:
            raise UserError(self.env._("Tick the lines that belong to the item."))
        self.item_id.check_access("write")
        self.item_id._link_existing([(row._line(), row.item_line_id, row.period) for row in rows])
        return {"type": "ir.actions.act_window_close"}
