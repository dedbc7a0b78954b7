from odoo import fields, models

from .res_company import STAFF


class ResCompany(models.Model):
    """How orders from roadmaps are invoiced."""

    _inherit = "res.company"

    roadmap_invoice_first_period = fields.Boolean(
        "Invoice the First Period",
        default=True,
        groups=STAFF,
        help="On: the invoice of an order holds the first period of what recurs. Off: recurring"
        " lines are invoiced by whatever bills the contracts, never by the order.",
    )
    roadmap_quote_days_before = fields.Integer(
        "Quotations Out Before a Meeting (days)",
        default=3,
        groups=STAFF,
        help="The client has had that many days to read a quotation when you meet.",
    )
