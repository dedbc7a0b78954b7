from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain

from ...rules.budget import YEARS


class RoadmapBook(models.Model):
    """The pages that only the whole book has."""

    _inherit = "roadmap.book"

    def _full_values(self):
        return {
            "replacements": self._replacements(),
            "supports": self._supports(),
            "contracts": self._contracts(),
            **self._decision_values(),
        }

    def _horizon(self):
        return fields.Date.context_today(self) + relativedelta(years=YEARS)

    def _replacements(self):
        """Devices whose replacement falls into five years, by due date."""
        assets = self.env["roadmap.asset"].search_fetch(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("state", "=", "in_use"),
                ("replacement_due", "!=", False),
                ("replacement_due", "<=", self._horizon()),
            ],
            ["name", "type_id", "user_name", "replacement_due", "replacement_line_id"],
            order="replacement_due, type_id, name",
        )
        today = fields.Date.context_today(self)
        return [
            {
                "name": asset.name,
                "type": asset.type_id.name or "",
                "user": asset.user_name or "",
                "due": self._day(asset.replacement_due),
                "late": asset.replacement_due < today,
                "planned": asset.planned and asset.replacement_line_id.item_id.client_visible,
            }
            for asset in assets
        ]

    def _supports(self):
        """Products in use and the day on which their maker's support ends."""
        groups = self.env["roadmap.asset"]._read_group(
            [
                ("roadmap_id", "=", self.roadmap_id.id),
                ("state", "=", "in_use"),
                ("lifecycle_id.support_end", "!=", False),
                ("lifecycle_id.support_end", "<=", self._horizon()),
            ],
            ["lifecycle_id"],
            ["__count"],
        )
        today = fields.Date.context_today(self)
        return [
            {
                "name": product.name,
                "end": self._day(product.support_end),
                "over": product.support_end < today,
                "count": count,
            }
            for product, count in sorted(groups, key=lambda row: row[0].support_end)
        ]

    def _contracts(self):
        """Contracts that run; one without a price, or covered, has none here either."""
        Contract = self.env["roadmap.contract"]
        own = Domain("roadmap_id", "=", self.roadmap_id.id) & Domain("seats", "!=", 0)
        contracts = Contract.search(own & Contract._running_domain())
        return [
            {
                "name": contract.name,
                "vendor": contract.vendor_id.name or "",
                "notice": self._day(contract.notice_date),
                **self._contract_money(contract),
            }
            for contract in contracts
        ]

    def _contract_money(self, contract):
        if contract.covered:
            return {"reason": self.env._("Covered by the agreement"), "month": ""}
        if not contract.price:
            return {"reason": self.env._("Not known yet"), "month": ""}
        month = self.roadmap_id._money(contract.amount_month)
        return {"reason": contract._budget_reason(), "month": month}
