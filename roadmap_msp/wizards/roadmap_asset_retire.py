from odoo import fields, models


class RoadmapAssetRetire(models.TransientModel):
    """Take assets out of use, with the reason."""

    _name = "roadmap.asset.retire"
    _description = "Retire Assets"

    asset_ids = fields.Many2many("roadmap.asset", required=True)
    reason = fields.Char(required=True, help="Sold, recycled, lost, broken ...")
    day = fields.Date("Out of Use Since", required=True, default=fields.Date.context_today)

    certificate_ids = fields.Many2many(
        "ir.attachment",
        string="Certificates",
        help="Of destruction, wiping or sale; kept with every one of these assets.",
    )

    def action_retire(self):
        """Retire them; the history stays."""
        self.ensure_one()
        self.asset_ids._retire(self.reason, self.day, self.certificate_ids)
        return {"type": "ir.actions.act_window_close"}
