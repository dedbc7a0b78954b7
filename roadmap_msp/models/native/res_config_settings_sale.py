from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """How orders from roadmaps are invoiced."""

    _inherit = "res.config.settings"

    roadmap_invoice_first_period = fields.Boolean(
        related="company_id.roadmap_invoice_first_period", readonly=False
    )
    roadmap_quote_days_before = fields.Integer(
        related="company_id.roadmap_quote_days_before", readonly=False
    )
    roadmap_quote_alias_name = fields.Char("Mail Address for Quotations")

    @api.model
    def get_values(self):
        values = super().get_values()
        alias = self.env.ref("roadmap_msp.mail_alias_quote", raise_if_not_found=False)
        return {**values, "roadmap_quote_alias_name": alias and alias.alias_name}

    def set_values(self):
        result = super().set_values()
        alias = self.env.ref("roadmap_msp.mail_alias_quote", raise_if_not_found=False)
        name = self.roadmap_quote_alias_name or False
        if alias and alias.alias_name != name:
            alias.alias_name = name
        return result
