from odoo import api, models
from odoo.exceptions import UserError

USED_BY = ("roadmap.item", "roadmap.contract", "roadmap.finding", "roadmap.asset.type")


class RoadmapCategory(models.Model):
    """A technology area in use is archived, never deleted: old figures keep their area."""

    _inherit = "roadmap.category"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for model in USED_BY:
            used = (
                self.env[model]
                .sudo()
                .with_context(active_test=False)
                .search([("category_id", "in", self.ids)], limit=1)
            )
            if used:
                raise UserError(
                    self.env._(
                        "%(area)s is in use, for example by %(record)s. Archive it instead: what"
                        " has it keeps it, and nobody can choose it any more.",
                        area=used.category_id.name,
                        record=used.display_name,
                    )
                )
