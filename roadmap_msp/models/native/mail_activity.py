from datetime import timedelta

from odoo import fields, models

from ...rules.cadence import add_working_days, working_day

LATEST = 365


class MailActivity(models.Model):
    """What the manager's day does with a call that was not answered or has to wait."""

    _inherit = "mail.activity"

    def roadmap_no_answer(self):
        """Note the attempt on the record, if any, and call again on the next working day."""
        self.check_access("write")
        # A private activity hangs on no record that could keep the note.
        for activity in self.filtered("res_model"):
            record = self.env[activity.res_model].sudo().browse(activity.res_id)
            record.message_post(
                body=self.env._("Called, no answer: %(reason)s", reason=activity.summary or ""),
                author_id=self.env.user.partner_id.id,
                message_type="comment",
                subtype_xmlid="mail.mt_note",
            )
        self._roadmap_postpone(1)
        return True

    def roadmap_later(self, days):
        """Call again in so many days (1 to 365), on a working day."""
        self.check_access("write")
        day = fields.Date.context_today(self) + timedelta(days=min(max(int(days), 1), LATEST))
        is_working = self.env["roadmap.roadmap"]._working_days(self.env.company)
        self.write({"date_deadline": working_day(day, is_working)})
        return True

    def _roadmap_postpone(self, working_days):
        is_working = self.env["roadmap.roadmap"]._working_days(self.env.company)
        today = fields.Date.context_today(self)
        self.write({"date_deadline": add_working_days(today, working_days, is_working)})
