from odoo import fields, models


class RoadmapAssetRetire(models.TransientModel):
    """Take assets out of use, with the reason."""

    _name = "roadmap.asset.retire"
    _description = "Retire Assets"

    asset_ids = fields.Many2many("roadmap.asset", required=True)
    reason = fields.Char(required=True, help="Sold, recycled, lost, broken ...")
    day = fields.Date("Out of Use Since", required=True, default=fields.Date.context_today)

    def action_retire(self):
        """Retire them; the history stays."""
        self.ensure_one()
        self.asset_ids._retire(self.reason, self.day)
        return {"type": "ir.actions.act_window_close"}
