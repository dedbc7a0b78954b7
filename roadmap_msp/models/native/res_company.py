from odoo import fields, models

from ..client.roadmap_roadmap import MONTHS


class ResCompany(models.Model):
    """Defaults of the MSP."""

    _inherit = "res.company"

    roadmap_fiscal_year_start = fields.Selection(MONTHS, "Default Fiscal Year Start", default="1")
    roadmap_amount_label = fields.Char(
        "Word for Amounts", default="Investment", translate=True, help="What the client reads."
    )
