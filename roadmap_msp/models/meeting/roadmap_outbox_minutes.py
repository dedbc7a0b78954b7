from odoo import models


class RoadmapOutbox(models.Model):
    """Minutes count as sent when their first mail has left."""

    _inherit = "roadmap.outbox"

    def _log_sent(self):
        for mail in self.filtered(
            lambda row: row.kind == "minutes" and row.res_model == "roadmap.meeting"
        ):
            meeting = self.env["roadmap.meeting"].browse(mail.res_id).exists()
            if meeting and not meeting.minutes_sent_on:
                meeting.minutes_sent_on = mail.sent_on
        return super()._log_sent()
