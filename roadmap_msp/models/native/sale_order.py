from odoo import fields, models


class SaleOrder(models.Model):
    """A quotation made from roadmap items."""

    _inherit = "sale.order"

    roadmap_id = fields.Many2one("roadmap.roadmap", index="btree_not_null", ondelete="set null")
