from odoo import api, fields, models

from ..client.roadmap_tied import with_defaults


class AccountMoveLine(models.Model):
    """A line of an invoice that no order made, and that belongs to an item all the same."""

    _inherit = "account.move.line"

    roadmap_item_line_id = fields.Many2one(
        "roadmap.item.line",
        "Roadmap Line",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        groups="base.group_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        given_back = self._roadmap_given_back(vals_list)
        said = with_defaults(self, vals_list, ["roadmap_item_line_id"])
        self._roadmap_check_access(
            [vals for vals in said if vals.get("roadmap_item_line_id") not in given_back]
        )
        return super().create(vals_list)

    def write(self, vals):
        self._roadmap_check_access([vals])
        return super().write(vals)

    @api.model
    def _roadmap_check_access(self, vals_list):
        """Only who may change an item puts it on an invoice, which moves its state and money."""
        ids = {
            vals["roadmap_item_line_id"] for vals in vals_list if vals.get("roadmap_item_line_id")
        }
        if ids:
            self.env["roadmap.item.line"].browse(ids).check_access("write")

    @api.model
    def _roadmap_given_back(self, vals_list):
        """Ids of the items' lines on the invoices that these lines of credit notes reverse."""
        moves = {vals.get("move_id") for vals in vals_list if vals.get("roadmap_item_line_id")}
        moves = self.env["account.move"].sudo().browse(move for move in moves if move)
        return set(moves.reversed_entry_id.line_ids.roadmap_item_line_id.ids)

    def _copy_data_extend_business_fields(self, values):
        """The credit note of a linked line gives back to the same item."""
        values["roadmap_item_line_id"] = self.roadmap_item_line_id.id
        return super()._copy_data_extend_business_fields(values)

    def action_roadmap_unlink(self):
        """Undo the link to the item; the invoice itself stays as it is."""
        return self.env["roadmap.item"]._unlink_existing(self)

    def _roadmap_document(self):
        return self.move_id

    def _roadmap_taken_by(self):
        """The item to which the line belongs already, itself or through its order line."""
        return (self.roadmap_item_line_id or self.sale_line_ids.roadmap_item_line_id[:1]).item_id

    def _roadmap_quantity_and_day(self):
        return self.quantity, self.move_id.invoice_date
