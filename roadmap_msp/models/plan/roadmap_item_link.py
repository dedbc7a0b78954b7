from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from .roadmap_item_line_link import ORDER_LINE


class RoadmapItem(models.Model):
    """Quotations, orders and invoices that nobody made from the plan, linked to it afterwards."""

    _inherit = "roadmap.item"

    invoice_line_ids = fields.Many2many(
        "account.move.line",
        string="Invoice Lines",
        compute="_compute_invoice_line_ids",
        # Whoever has no right to invoices could not even be given none of them.
        groups="account.group_account_readonly,account.group_account_invoice,"
        "sales_team.group_sale_salesman",
    )

    @api.depends("line_ids.invoice_line_ids")
    @api.depends_context("uid")
    def _compute_invoice_line_ids(self):
        """Lines without an order, as far as the reader may see invoices."""
        for item in self:
            lines = item.sudo().line_ids.invoice_line_ids
            item.invoice_line_ids = lines.with_env(self.env)._filtered_access("read")

    def action_link_existing(self):
        """Choose order and invoice lines of the client that belong to this item."""
        self.ensure_one()
        return self.env["roadmap.item.link"]._open(
            default_roadmap_id=self.roadmap_id.id, default_item_id=self.id
        )

    def _link_existing(self, entries):
        """Link lines of documents to the item; amounts, state and contracts follow.

        An order that was nobody's becomes one of the roadmap first: it holds items of its client.

        :param entries: [(order or invoice line, line of the item or none, period or False)];
            without a line of the item one is made for it
        :raises UserError: a line is linked already, or is another client's or company's
        :raises AccessError: the user may not change the item, or not read a document
        """
        self.ensure_one()
        self.check_access("write")
        documents = [entry[0] for entry in entries]
        for lines in self._by_model(documents):
            lines.check_access("read")
        item = self.sudo()
        item._check_linkable([document.sudo() for document in documents])
        pairs = item._with_item_lines(entries)
        heads = {document.sudo()._roadmap_document() for document in documents}
        for head in heads:
            if head._name == "sale.order" and not head.roadmap_id:
                head.roadmap_id = item.roadmap_id
        for document, item_line in pairs:
            document.sudo().roadmap_item_line_id = item_line
        item._after_linking(pairs)

    def _check_linkable(self, documents):
        """Each line is free, of the same client and of the same company."""
        self._lock_for_linking(documents)
        client = self.partner_id.commercial_partner_id
        for line in documents:
            head = line._roadmap_document()
            taken = line._roadmap_taken_by()
            values = {
                "document": head.name,
                "line": (line.name or "").split("\n")[0],
                "item": taken.name,
                "client": self.roadmap_id.name,
            }
            if taken:
                raise UserError(
                    self.env._(
                        '"%(line)s" of %(document)s belongs to the item "%(item)s" already. Undo'
                        " that link first: an amount counts once.",
                        **values,
                    )
                )
            if (
                head.company_id != self.company_id
                or head.partner_id.commercial_partner_id != client
            ):
                raise UserError(
                    self.env._(
                        "%(document)s is not of %(client)s, or of another company. Choose lines of"
                        " this client only.",
                        **values,
                    )
                )

    def _lock_for_linking(self, documents):
        """Two people must not link the same line to two items."""
        for lines in self._by_model(documents):
            try:
                lines.lock_for_update(allow_referencing=True)
            except LockError as error:
                names = sorted({line._roadmap_document().name for line in lines})
                raise UserError(
                    self.env._(
                        "Somebody is changing %s at this moment. Wait a few seconds, then open this"
                        " dialog again.",
                        ", ".join(names),
                    )
                ) from error
            lines.invalidate_recordset(["roadmap_item_line_id"])

    @staticmethod
    def _by_model(documents):
        """The order lines as one set, the invoice lines as another."""
        sets = {}
        for line in documents:
            sets[line._name] = sets.get(line._name, line.browse()) | line
        return list(sets.values())

    def _with_item_lines(self, entries):
        """[(document line, line of the item)]; lines that are missing are made in one batch."""
        if any(item_line and item_line.item_id.id != self.id for _d, item_line, _p in entries):
            raise UserError(self.env._("Choose a line of this item."))
        missing = [entry for entry in entries if not entry[1]]
        Line = self.env["roadmap.item.line"]
        made = Line.create([Line._prepare_linked(d.sudo(), self, p) for d, _none, p in missing])
        new = dict(zip((entry[0] for entry in missing), made, strict=True))
        return [(document, new.get(document) or known) for document, known, _p in entries]

    def _after_linking(self, pairs):
        """What recurs has one contract; the pipeline knows."""
        heads = {document.sudo()._roadmap_document() for document, _line in pairs}
        lines = self.env["roadmap.item.line"].union(*(line for _document, line in pairs))
        self.env["roadmap.contract"]._link_item_lines(lines)
        self._note_links(self.env._("Linked: %s", ", ".join(sorted({h.name for h in heads}))))

    def _note_links(self, text):
        """Log it; the opportunities that hold the items' money are written anew."""
        orders = self.sudo().line_ids.sale_line_ids.order_id
        orders.opportunity_id._roadmap_update_revenue()
        self.roadmap_id._refresh_revenue()
        self._message_log_batch(bodies=dict.fromkeys(self.ids, text))

    @api.model
    def _unlink_existing(self, documents):
        """Take lines of documents off their items; what the link alone had made goes.

        :raises UserError: the line was quoted from the item: it is no link
        :raises AccessError: the user may not change the item
        """
        documents = documents.sudo()
        item_lines = documents.roadmap_item_line_id
        items = item_lines.item_id
        self.browse(items.ids).check_access("write")
        for document in documents:
            if document._name == ORDER_LINE and document._roadmap_is_quoted():
                raise UserError(
                    self.env._(
                        "%s was made from this item. Remove the line on the quotation, or cancel"
                        " it.",
                        document.order_id.name,
                    )
                )
        heads = {document._roadmap_document() for document in documents}
        documents.roadmap_item_line_id = False
        self.env["roadmap.contract"]._release_item_lines(item_lines)
        item_lines.filtered(
            lambda row: row.from_document and not row.sale_line_ids and not row.invoice_line_ids
        ).unlink()
        for head in heads:
            if head._name == "sale.order" and not head._roadmap_items():
                head._roadmap_leave()
        names = ", ".join(sorted(head.name for head in heads))
        items._note_links(self.env._("No longer linked: %s", names))
        return True
