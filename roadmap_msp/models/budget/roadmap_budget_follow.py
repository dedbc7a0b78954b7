from odoo import fields, models


class RoadmapBudget(models.Model):
    """Drafts follow the client's currency and fiscal calendar; what was shown keeps its own."""

    _inherit = "roadmap.budget"

    def _follow_client(self):
        """Take over what the client changed since the draft was made (sudo)."""
        self.ensure_one()
        currency = self.roadmap_id._budget_currency()
        for line in self.line_ids.filtered(lambda line: line.source == "manual"):
            line.write(line._prepare_in_currency(currency))
        self.write(
            {
                "currency_id": currency.id,
                "fiscal_year_start": self.roadmap_id.fiscal_year_start or "1",
            }
        )

    def _has_own_calendar(self):
        """Whether its fiscal year begins in another month than the client's does now."""
        return self.fiscal_year_start != (self.roadmap_id.fiscal_year_start or "1")


class RoadmapBudgetLine(models.Model):
    """A line added by hand in another currency: converted, never taken 1:1."""

    _inherit = "roadmap.budget.line"

    def _prepare_in_currency(self, currency):
        """Its amount at today's rate; without a rate none, and its reason says which it was."""
        self.ensure_one()
        own, company = self.currency_id, self.company_id
        if own == currency:
            return {"amount": self.amount, "based_on": self.based_on}
        amount = own._roadmap_convert(
            self.amount, currency, company, fields.Date.context_today(self)
        )
        if amount is not None:
            return {"amount": amount, "based_on": self.based_on}
        missing = self.env._("was %s, no exchange rate", own.format(self.amount))
        return {
            "amount": 0.0,
            "based_on": f"{self.based_on}; {missing}" if self.based_on else missing,
        }
