from odoo import models

from ..meeting.roadmap_action_activity import FROM_ACTIVITY

WATCHED = {"active", "date_deadline", "feedback", "summary", "user_id"}


class MailActivity(models.Model):
    """Promises given in meetings follow their activity; activities of other models cost nothing."""

    _inherit = "mail.activity"

    def write(self, vals):
        res = super().write(vals)
        if vals.keys() & WATCHED and not self.env.context.get(FROM_ACTIVITY):
            promised = self.filtered(lambda activity: activity.res_model == "roadmap.action")
            if promised:
                self.env["roadmap.action"]._pull_activity(promised)
        return res

    def unlink(self):
        """A deleted activity drops the promise: it stays visible as dropped, never lost."""
        promised = self.filtered(lambda activity: activity.res_model == "roadmap.action")
        actions = self.env["roadmap.action"]
        if promised and not self.env.context.get(FROM_ACTIVITY):
            actions = actions.sudo().search(
                [("activity_id", "in", promised.ids), ("state", "=", "open")]
            )
        res = super().unlink()
        if actions:
            actions = actions.exists().with_context(**{FROM_ACTIVITY: True})
            actions.write({"state": "dropped"})
        return res
