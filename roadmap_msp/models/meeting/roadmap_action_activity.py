from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..client.roadmap_tied import with_defaults

#: What the activity says of our own promises.
MIRRORED = {"name": "summary", "due_date": "date_deadline", "user_id": "user_id"}
FROM_ACTIVITY = "roadmap_action_from_activity"


class RoadmapAction(models.Model):
    """Our own promises live in native activities; each side follows the other."""

    _inherit = "roadmap.action"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_activity(*with_defaults(self, vals_list, ["activity_id"]))
        actions = super().create(vals_list)
        actions._push_activity()
        return actions

    def write(self, vals):
        self._check_activity(vals)
        if "state" in vals:
            closed = vals["state"] != "open"
            vals = {
                "done_on": fields.Date.context_today(self) if closed else False,
                "done_by_id": self.env.user.partner_id.id if closed else False,
                **vals,
            }
        res = super().write(vals)
        if not self.env.context.get(FROM_ACTIVITY) and vals.keys() & {*MIRRORED, "side", "state"}:
            self._push_activity()
        return res

    def _check_activity(self, *vals_list):
        """The activity follows the promise with all rights, so nobody chooses which one it is."""
        if not self.env.su and any(vals.get("activity_id") for vals in vals_list):
            raise AccessError(self.env._("The activity of a promise is made with it."))

    def _push_activity(self):
        """Give each open promise of ours its one activity, and close that of the others."""
        wanted = self.filtered(lambda action: action.side == "ours" and action.state == "open")
        bare = wanted.filtered(lambda action: not action.sudo().activity_id.active)
        for action, activity in zip(bare, bare._make_activities(), strict=True):
            action.sudo().with_context(**{FROM_ACTIVITY: True}).activity_id = activity
        for action in (wanted - bare).sudo():
            changed = {
                theirs: action[ours].id if ours == "user_id" else action[ours]
                for ours, theirs in MIRRORED.items()
                if action[ours] != action.activity_id[theirs]
            }
            if changed:
                action.activity_id.with_context(**{FROM_ACTIVITY: True}).write(changed)
        for action in (self - wanted).filtered(lambda action: action.sudo().activity_id.active):
            activity = action.sudo().activity_id.with_context(**{FROM_ACTIVITY: True})
            if action.state == "done":
                activity._action_done(feedback=action.result or False)
            else:
                activity.unlink()

    def _make_activities(self):
        """One activity each, in one batch; its owner is told by Odoo as of any other."""
        if not self:
            return self.env["mail.activity"]
        kind = self.env.ref("mail.mail_activity_data_todo", raise_if_not_found=False)
        return (
            self.env["mail.activity"]
            .sudo()
            .create(
                [
                    {
                        "res_model_id": self.env["ir.model"]._get_id(self._name),
                        "res_id": action.id,
                        "activity_type_id": kind.id if kind else False,
                        "summary": action.name,
                        "date_deadline": action.due_date,
                        "user_id": action.user_id.id,
                    }
                    for action in self
                ]
            )
        )

    def _pull_activity(self, activities):
        """Take over what became of the activities, by whatever way it was changed."""
        actions = self.sudo().with_context(**{FROM_ACTIVITY: True})
        for action in actions.search([("activity_id", "in", activities.ids)]):
            activity = action.activity_id
            values = {
                "name": activity.summary or action.name,
                "due_date": activity.date_deadline,
                "user_id": activity.user_id.id or action.user_id.id,
            }
            values = {
                name: value
                for name, value in values.items()
                if value != (action[name].id if name == "user_id" else action[name])
            }
            state = "open" if activity.active else "done"
            if action.state != state:
                values["state"] = state
            if activity.feedback and activity.feedback != action.result:
                values["result"] = activity.feedback  # written after the activity was closed
            if values:
                action.write(values)
