from odoo import fields, models


class RoadmapHandover(models.TransientModel):
    """Offers the hand-over pack of clients whose roadmap has ended."""

    _name = "roadmap.handover"
    _description = "Hand-over Pack"

    roadmap_ids = fields.Many2many("roadmap.roadmap", string="Clients", readonly=True)

    def action_make(self):
        """Make the packs; see `roadmap.roadmap.action_handover_pack`."""
        self.ensure_one()
        action = self.roadmap_ids.action_handover_pack()
        if action["type"] == "ir.actions.act_url":
            # A plain download leaves this window open before a form that still says "running".
            action = {**action, "target": "new", "close": True}
        return action
