from odoo import api, fields, models
from odoo.fields import Domain


class ResCurrency(models.Model):
    """Conversion that says when there is no rate; Odoo would take the amount one to one."""

    _inherit = "res.currency"

    roadmap_has_rate = fields.Boolean(
        compute="_compute_roadmap_has_rate", compute_sudo=True, export_string_translation=False
    )

    @api.depends("rate_ids.company_id")
    @api.depends_context("company")
    def _compute_roadmap_has_rate(self):
        """The company's own currency needs none."""
        company = self.env.company.root_id
        domain = Domain("currency_id", "in", self.ids)
        domain &= Domain("company_id", "in", (False, company.id))
        groups = self.env["res.currency.rate"]._read_group(domain, ["currency_id"])
        rated = {currency.id for (currency,) in groups} | {company.currency_id.id}
        for currency in self:
            currency.roadmap_has_rate = currency.id in rated

    def _roadmap_convert(self, amount, to, company, day):
        """The amount in the currency `to` at the rate of that day; None without a rate."""
        if amount and self and to and self != to:
            both = (self | to).with_company(company)
            if not all(both.mapped("roadmap_has_rate")):
                return None
        return self._convert(amount, to, company, day)
