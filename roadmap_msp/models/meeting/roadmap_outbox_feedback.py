from odoo import models


class RoadmapOutbox(models.Model):
    """Nobody is reminded of minutes that have left."""

    _inherit = "roadmap.outbox"

    def _log_sent(self):
        res = super()._log_sent()
        rows = self.filtered(
            lambda row: row.kind == "minutes" and row.res_model == "roadmap.meeting"
        )
        meetings = self.env["roadmap.meeting"].browse(rows.mapped("res_id")).exists()
        meetings._close_minutes_reminder()
        return res
