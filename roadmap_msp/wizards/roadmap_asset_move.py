from odoo import fields, models


class RoadmapAssetMove(models.TransientModel):
    """Choose the quarter into which planned assets move."""

    _name = "roadmap.asset.move"
    _description = "Move Assets to Another Quarter"

    asset_ids = fields.Many2many("roadmap.asset", required=True)
    day = fields.Date(
        "A Day of That Quarter", required=True, help="Each client's own fiscal quarter counts."
    )

    def action_move(self):
        """Move them, and open the items they are in now."""
        self.ensure_one()
        self.asset_ids.check_access("write")
        items = self.asset_ids._move_to_quarter(self.day)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_asset_planned_items_action"
        )
        return {**action, "domain": [("id", "in", items.ids)]}
