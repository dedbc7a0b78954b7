from odoo import models
from odoo.tools import format_date
from odoo.tools.misc import formatLang


class RoadmapContract(models.Model):
    """What a contract says of itself in a budget."""

    _inherit = "roadmap.contract"

    def _budget_reason(self):
        """What the contract's cost is made of: seats, price, period, increase, end."""
        self.ensure_one()
        money = self.roadmap_id._money
        periods = dict(self._fields["period"]._description_selection(self.env))
        parts = [
            self.env._(
                "%(seats)s × %(price)s per %(period)s",
                seats=formatLang(self.env, self.seats, digits=0 if self.seats % 1 == 0 else 2),
                price=money(self.price),
                period=periods[self.period].lower(),
            )
        ]
        if self.increase_percent:
            percent = formatLang(self.env, self.increase_percent, digits=1)
            parts.append(self.env._("rises %s %% a year", percent))
        elif self.increase_amount:
            parts.append(self.env._("rises %s a year", money(self.increase_amount)))
        if self.date_end:
            end = format_date(self.env, self.date_end, date_format="d MMM y")
            words = self.env._("renews %s") if self.renews else self.env._("ends %s")
            parts.append(words % end)
        return ", ".join(parts)
