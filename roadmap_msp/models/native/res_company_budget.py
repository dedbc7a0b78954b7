from odoo import fields, models

from .res_company import STAFF


class ResCompany(models.Model):
    """What the trade usually spends: guidance beside a client's forecast."""

    _inherit = "res.company"

    roadmap_guide_values = fields.Boolean("Guide Values", groups=STAFF)
    roadmap_guide_share_low = fields.Float("Share of Revenue From (%)", default=3.0, groups=STAFF)
    roadmap_guide_share_high = fields.Float("Share of Revenue To (%)", default=7.0, groups=STAFF)
    roadmap_guide_head_low = fields.Float("Per Head From", default=1500.0, groups=STAFF)
    roadmap_guide_head_high = fields.Float("Per Head To", default=4000.0, groups=STAFF)
