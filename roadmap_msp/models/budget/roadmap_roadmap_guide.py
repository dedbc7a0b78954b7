from odoo import fields, models

MONEY = "roadmap_msp.group_roadmap_user"


class RoadmapRoadmap(models.Model):
    """The guide values of the MSP's own settings, beside what this client plans; never a rule."""

    _inherit = "roadmap.roadmap"

    yearly_revenue = fields.Monetary(
        groups=MONEY, help="Of the client; only used beside the guide values."
    )

    _revenue_positive = models.Constraint(
        "CHECK (COALESCE(yearly_revenue, 0) >= 0)", "The revenue of a client cannot be negative."
    )

    def _guide_values(self, rows):
        """This year's money of all kinds together as a share of revenue and per head."""
        company = self.company_id
        total = sum(sum(row["total"][0]) for row in rows)
        if not company.roadmap_guide_values or not total:
            return []
        lines = []
        if self.yearly_revenue:
            share = 100 * total / self.yearly_revenue
            low, high = company.roadmap_guide_share_low, company.roadmap_guide_share_high
            text = self.env._(
                "%(share).1f %% of revenue, one-off and recurring together (your guide"
                " values: %(low)g to %(high)g %%)",
                share=share,
                low=low,
                high=high,
            )
            lines.append({"text": text, "within": low <= share <= high})
        today = fields.Date.context_today(self)
        low, high = (
            company.currency_id._roadmap_convert(amount, self.currency_id, company, today)
            for amount in (company.roadmap_guide_head_low, company.roadmap_guide_head_high)
        )
        # Without an exchange rate there is nothing to compare with.
        if self.seat_count and None not in (low, high):
            head = total / self.seat_count
            amounts = [self._money(round(amount)) for amount in (head, low, high)]
            text = self.env._(
                "%(head)s per head, one-off and recurring together (your guide"
                " values: %(low)s to %(high)s)",
                **dict(zip(("head", "low", "high"), amounts, strict=True)),
            )
            lines.append({"text": text, "within": low <= head <= high})
        return lines

    def _forecast_advice(self):
        """Guide prices of devices in this forecast that should be checked again."""
        advice = super()._forecast_advice()
        today = fields.Date.context_today(self)
        groups = self.env["roadmap.asset"]._read_group(
            [
                ("roadmap_id", "=", self.id),
                ("state", "=", "in_use"),
                ("type_id.price_recheck_on", "<", today),
            ],
            ["type_id"],
        )
        if groups:
            names = ", ".join(asset_type.name for (asset_type,) in groups)
            advice.append(self.env._("Guide prices to check again: %s", names))
        return advice
