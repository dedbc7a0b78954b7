from odoo import fields, models


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
