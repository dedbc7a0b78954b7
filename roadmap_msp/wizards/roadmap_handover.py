from odoo import fields, models


class RoadmapHandover(models.TransientModel):
    """Offers the hand-over pack of clients whose roadmap has ended."""

    _name = "roadmap.handover"
    _description = "Hand-over Pack"

    roadmap_ids = fields.Many2many("roadmap.roadmap", string="Clients", readonly=True)

    def action_make(self):
        """Make the packs; see `roadmap.roadmap.action_handover_pack`."""
        self.ensure_one()
        return self.roadmap_ids.action_handover_pack()
