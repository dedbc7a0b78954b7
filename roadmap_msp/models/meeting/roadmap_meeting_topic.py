from odoo import fields, models


class RoadmapMeetingTopic(models.Model):
    """Something to talk about and settle in a meeting."""

    _name = "roadmap.meeting.topic"
    _description = "Meeting Topic"
    _order = "meeting_id, sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    roadmap_id = fields.Many2one("roadmap.roadmap", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    meeting_id = fields.Many2one("roadmap.meeting", index="btree_not_null", ondelete="set null")
    item_id = fields.Many2one("roadmap.item", index="btree_not_null", ondelete="set null")
    finding_id = fields.Many2one("roadmap.finding", index="btree_not_null", ondelete="set null")
    situation = fields.Text()
    options = fields.Text("Options with Cost")
    advice = fields.Text()
    outcome = fields.Text()
    state = fields.Selection(
        [
            ("open", "Open"),
            ("deferred", "Deferred"),
            ("decided", "Decided"),
            ("dropped", "Dropped"),
        ],
        default="open",
        required=True,
    )
    review_on = fields.Date("Back on the Agenda On")
    waits_for_ids = fields.Many2many(
        "roadmap.meeting.topic", "roadmap_meeting_topic_wait_rel", "topic_id", "waits_for_id"
    )
