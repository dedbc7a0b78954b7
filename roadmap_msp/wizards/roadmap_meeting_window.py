from odoo import api, fields, models
from odoo.exceptions import UserError


class RoadmapMeetingWindow(models.AbstractModel):
    """What the small windows about one meeting share: they know which one, or say how to open."""

    _name = "roadmap.meeting.window"
    _description = "Window of a Meeting"

    meeting_id = fields.Many2one(
        "roadmap.meeting", required=True, ondelete="cascade", readonly=True
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "meeting_id" in fields and not values.get("meeting_id"):
            raise UserError(
                self.env._(
                    "This window belongs to a meeting: open the meeting, then press its button."
                )
            )
        return values
