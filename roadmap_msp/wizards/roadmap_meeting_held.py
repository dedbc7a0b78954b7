from odoo import api, fields, models
from odoo.fields import Command


class RoadmapMeetingHeld(models.TransientModel):
    """When a meeting without an appointment took place, and who was there."""

    _name = "roadmap.meeting.held"
    _description = "A Meeting Was Held"
    _inherit = "roadmap.meeting.window"

    held_on = fields.Date(required=True, default=fields.Date.context_today)
    partner_ids = fields.Many2many(
        "res.partner",
        string="Who Was There",
        compute="_compute_partner_ids",
        store=True,
        precompute=True,
        compute_sudo=False,
        readonly=False,
    )

    @api.depends("meeting_id")
    def _compute_partner_ids(self):
        for wizard in self:
            meeting = wizard.meeting_id
            wizard.partner_ids = meeting.attendee_ids or (
                meeting.user_id.partner_id | meeting._invited_contacts()
            )

    def action_confirm(self):
        """Note the meeting as held on that day, with these people.

        :raises UserError: a day to come
        """
        self.ensure_one()
        meeting = self.meeting_id
        meeting.check_access("write")
        meeting._hold(self.held_on)
        meeting.attendee_ids = [Command.set(self.partner_ids.ids)]
        return {"type": "ir.actions.act_window_close"}
