from odoo import fields, models

from .roadmap_asset import MONEY_GROUP


class RoadmapAsset(models.Model):
    """What the client paid for it; technicians see no money."""

    _inherit = "roadmap.asset"

    purchase_cost = fields.Monetary(
        groups=MONEY_GROUP, copy=False, help="Price paid for this asset, without tax."
    )

    _purchase_cost_positive = models.Constraint(
        "CHECK (purchase_cost >= 0)", "What an asset cost cannot be negative."
    )
