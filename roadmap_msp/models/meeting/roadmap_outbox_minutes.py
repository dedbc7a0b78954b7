from odoo import fields, models


class RoadmapOutbox(models.Model):
    """What a mail about a meeting may still say, and what its leaving means.

    Minutes count as sent when their first mail has left.
    """

    _inherit = "roadmap.outbox"

    def _sending_error(self):
        """Nobody is invited to, or reminded of, what is over."""
        if self.kind == "meeting" and self.res_model == "roadmap.meeting":
            meeting = self.env["roadmap.meeting"].browse(self.res_id).exists()
            if meeting.stop and meeting.stop <= fields.Datetime.now():
                return self.env._("The meeting that it is about is over.")
        return super()._sending_error()

    def _log_sent(self):
        for mail in self.filtered(
            lambda row: row.kind == "minutes" and row.res_model == "roadmap.meeting"
        ):
            meeting = self.env["roadmap.meeting"].browse(mail.res_id).exists()
            if meeting and not meeting.minutes_sent_on:
                meeting.minutes_sent_on = mail.sent_on
        return super()._log_sent()
