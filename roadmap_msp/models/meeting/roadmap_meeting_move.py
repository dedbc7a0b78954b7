from odoo import fields, models


class RoadmapMeetingMove(models.Model):
    """A reschedule or loss of a meeting's time: from when to when, by whom and why."""

    _name = "roadmap.meeting.move"
    _description = "Meeting Move"
    _order = "id desc"
    _rec_name = "meeting_id"

    meeting_id = fields.Many2one("roadmap.meeting", required=True, index=True, ondelete="cascade")
    roadmap_id = fields.Many2one(
        related="meeting_id.roadmap_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    date_from = fields.Datetime("From")
    date_to = fields.Datetime("To")
    user_id = fields.Many2one("res.users")
    partner_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="restrict")
    reason = fields.Char()
