from odoo import fields, models

from .roadmap_cadence import MEETING_TYPES

STATES = [
    ("to_book", "To book"),
    ("booked", "Booked"),
    ("held", "Held"),
    ("closed", "Closed"),
    ("no_show", "No show"),
    ("cancelled", "Cancelled"),
]


class RoadmapMeeting(models.Model):
    """A roadmap meeting with a client; its time lives in its calendar event."""

    _name = "roadmap.meeting"
    _description = "Roadmap Meeting"
    _inherit = ["portal.mixin", "rating.mixin", "mail.activity.mixin"]
    _order = "due_date desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True)
    roadmap_id = fields.Many2one("roadmap.roadmap", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        related="roadmap_id.partner_id", string="Client", store=True, index=True
    )
    cadence_id = fields.Many2one("roadmap.cadence", index="btree_not_null", ondelete="set null")
    meeting_type = fields.Selection(MEETING_TYPES, required=True, default="quarterly")
    agenda_id = fields.Many2one("roadmap.agenda", ondelete="restrict")
    duration = fields.Float("Length (hours)", default=1.0)
    user_id = fields.Many2one("res.users", "Host", index=True)
    state = fields.Selection(STATES, default="to_book", required=True, tracking=True, copy=False)
    due_date = fields.Date(required=True, index=True)
    event_id = fields.Many2one(
        "calendar.event", index="btree_not_null", ondelete="set null", copy=False
    )
    start = fields.Datetime(related="event_id.start", store=True)
    stop = fields.Datetime(related="event_id.stop", store=True)
    opportunity_id = fields.Many2one("crm.lead", index="btree_not_null", ondelete="set null")
    attendee_ids = fields.Many2many("res.partner", "roadmap_meeting_attendee_rel")
    decision_maker_present = fields.Boolean("A Decision Maker Was Here", tracking=True)
    counts = fields.Boolean(readonly=True, copy=False, help="Held, and a decision maker attended.")
    held_on = fields.Date(readonly=True, copy=False)
    minutes = fields.Html(help="Goes to the client.")
    minutes_sent_on = fields.Datetime(readonly=True, copy=False)
    internal_note = fields.Html()
    topic_ids = fields.One2many("roadmap.meeting.topic", "meeting_id")
    move_ids = fields.One2many("roadmap.meeting.move", "meeting_id", readonly=True)
