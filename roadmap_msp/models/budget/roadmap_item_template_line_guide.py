from odoo import models


class RoadmapItemTemplateLine(models.Model):
    """A new guide price is a checked one."""

    _inherit = "roadmap.item.template.line"

    def write(self, vals):
        if {"price_low", "price_high"} & vals.keys():
            self.template_id.price_recheck_on = self.env["roadmap.asset.type"]._recheck_day()
        return super().write(vals)
