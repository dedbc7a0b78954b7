from odoo import api, fields, models

from .roadmap_scenario import NEEDS

NEED_OF_RISK = {"critical": "must", "high": "must", "medium": "should", "low": "wish"}


class RoadmapItem(models.Model):
    """How much the client needs an item: what scenarios choose by."""

    _inherit = "roadmap.item"

    need = fields.Selection(
        NEEDS,
        compute="_compute_need",
        store=True,
        readonly=False,
        precompute=True,
        help="From the risk, unless somebody knows better.",
    )

    @api.depends("risk")
    def _compute_need(self):
        for item in self:
            item.need = NEED_OF_RISK.get(item.risk, "should")
