from odoo import fields, models


class CalendarEvent(models.Model):
    """The time of a roadmap meeting."""

    _inherit = "calendar.event"

    roadmap_meeting_id = fields.Many2one(
        "roadmap.meeting", index="btree_not_null", ondelete="set null"
    )
