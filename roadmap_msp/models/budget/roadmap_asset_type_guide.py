from odoo import api, fields, models

RECHECK_MONTHS = 12


class RoadmapAssetType(models.Model):
    """Guide prices grow old: the day on which to look at them again."""

    _inherit = "roadmap.asset.type"

    price_recheck_on = fields.Date(
        "Check Prices Again On",
        groups="roadmap_msp.group_roadmap_user",
        default=lambda self: self._recheck_day(),
        help="Moves on by a year whenever somebody changes the guide price.",
    )

    @api.model
    def _recheck_day(self):
        return fields.Date.add(fields.Date.context_today(self), months=RECHECK_MONTHS)

    def write(self, vals):
        if {"price_low", "price_high"} & vals.keys() and "price_recheck_on" not in vals:
            vals = {**vals, "price_recheck_on": self._recheck_day()}
        return super().write(vals)
