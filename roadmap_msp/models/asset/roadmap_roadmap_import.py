from odoo import models


class RoadmapRoadmap(models.Model):
    """An import that begins at the client."""

    _inherit = "roadmap.roadmap"

    def action_import_assets(self):
        """Open a new import of this client's assets."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Assets"),
            "res_model": "roadmap.import",
            "view_mode": "form",
            "context": {"default_roadmap_id": self.id},
        }
