from odoo import models


class RoadmapCategory(models.Model):
    """Budgets add up by the areas at the top of the tree."""

    _inherit = "roadmap.category"

    def _root(self):
        """The area at the top of the tree, under which budgets add up; empty for none."""
        if not self:
            return self
        return self.browse(int(self.parent_path.split("/", 1)[0])) if self.parent_path else self
