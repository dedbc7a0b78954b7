from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.tools import format_date

from .roadmap_cadence import MEETING_TYPES

STATES = [
    ("to_book", "To book"),
    ("booked", "Booked"),
    ("held", "Held"),
    ("closed", "Closed"),
    ("no_show", "No show"),
    ("cancelled", "Cancelled"),
]
OPEN_STATES = ("to_book", "booked")
INTERNAL = "base.group_user"


def midnight(zone, day):
    """The naive UTC moment at which a day begins in a time zone."""
    zone = pytz.timezone(zone) if isinstance(zone, str) else zone
    begin = zone.localize(datetime.combine(day, time.min))
    return begin.astimezone(pytz.utc).replace(tzinfo=None)


class RoadmapMeeting(models.Model):
    """A roadmap meeting with a client; its time lives in its calendar event.

    `start` and `stop` repeat the event's time, written only when the event changes: a related field
    would cost every event of the company a query.
    """

    _name = "roadmap.meeting"
    _description = "Roadmap Meeting"
    _inherit = ["roadmap.tied", "portal.mixin", "rating.mixin", "mail.activity.mixin"]
    _order = "due_date desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True)
    access_token = fields.Char(groups=INTERNAL)
    roadmap_id = fields.Many2one(
        "roadmap.roadmap",
        "Client Roadmap",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        groups=INTERNAL,
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, groups=INTERNAL
    )
    partner_id = fields.Many2one(
        related="roadmap_id.partner_id", string="Client", store=True, index=True, groups=INTERNAL
    )
    cadence_id = fields.Many2one(
        "roadmap.cadence", index="btree_not_null", ondelete="set null", groups=INTERNAL
    )
    cadence_months = fields.Integer(
        compute="_compute_cadence_months",
        store=True,
        groups=INTERNAL,
        help="The interval of the cadence when it was planned.",
    )
    meeting_type = fields.Selection(MEETING_TYPES, required=True, default="quarterly")
    agenda_id = fields.Many2one("roadmap.agenda", ondelete="restrict", groups=INTERNAL)
    agenda_line_ids = fields.One2many(related="agenda_id.line_ids", groups=INTERNAL)
    duration = fields.Float("Length", default=1.0, help="Hours and minutes.")
    user_id = fields.Many2one("res.users", "Host", index=True, groups=INTERNAL)
    state = fields.Selection(
        STATES,
        default="to_book",
        required=True,
        tracking=True,
        copy=False,
        group_expand="_group_expand_states",
    )
    due_date = fields.Date(required=True, index=True)
    book_on = fields.Date(
        "Book By", index=True, groups=INTERNAL, help="The day on which to ask for an appointment."
    )
    event_id = fields.Many2one(
        "calendar.event",
        "Calendar Event",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        groups=INTERNAL,
    )
    start = fields.Datetime(readonly=True, copy=False, index=True)
    stop = fields.Datetime(readonly=True, copy=False)
    opportunity_id = fields.Many2one(
        "crm.lead", index="btree_not_null", ondelete="set null", copy=False, groups=INTERNAL
    )
    booking_activity_id = fields.Many2one(
        "mail.activity", index="btree_not_null", ondelete="set null", copy=False, groups=INTERNAL
    )
    attendee_ids = fields.Many2many(
        "res.partner", "roadmap_meeting_attendee_rel", string="Attendees", groups=INTERNAL
    )
    decision_maker_present = fields.Boolean(
        "A Decision Maker Was Here",
        compute="_compute_decision_maker_present",
        store=True,
        readonly=False,
        tracking=True,
        copy=False,
        groups=INTERNAL,
    )
    counts = fields.Boolean(
        compute="_compute_counts",
        store=True,
        copy=False,
        groups=INTERNAL,
        help="Held, and a decision maker attended: the next due date follows it.",
    )
    held_on = fields.Date(readonly=True, copy=False, groups=INTERNAL)
    minutes = fields.Html(
        copy=False, sanitize_overridable=False, groups=INTERNAL, help="Goes to the client."
    )
    minutes_sent_on = fields.Datetime(readonly=True, copy=False, groups=INTERNAL)
    internal_note = fields.Html("Internal Notes", copy=False, groups=INTERNAL)
    topic_ids = fields.One2many("roadmap.meeting.topic", "meeting_id", "Topics", groups=INTERNAL)
    move_ids = fields.One2many(
        "roadmap.meeting.move", "meeting_id", "Moves", readonly=True, groups=INTERNAL
    )
    slip_count = fields.Integer(
        "Moves and Misses in a Row", readonly=True, copy=False, groups=INTERNAL
    )

    _due_idx = models.Index("(roadmap_id, held_on DESC) WHERE counts")

    @api.depends("attendee_ids")
    def _compute_decision_maker_present(self):
        """A proposal only; roles of today on purpose do not rewrite meetings of the past."""
        for meeting in self:
            deciders = meeting.roadmap_id._meeting_contacts(("decision_maker", "signer"))
            meeting.decision_maker_present = bool(meeting.attendee_ids & deciders)

    @api.depends("state", "decision_maker_present")
    def _compute_counts(self):
        for meeting in self:
            meeting.counts = meeting.state in ("held", "closed") and meeting.decision_maker_present

    @api.depends("name", "start", "held_on", "due_date", "roadmap_id.name")
    def _compute_display_name(self):
        internal = self.env.user._is_internal()
        for meeting in self:
            day = meeting.start or (internal and (meeting.held_on or meeting.due_date))
            meeting.display_name = ", ".join(
                filter(
                    None,
                    [
                        internal and meeting.roadmap_id.name,
                        meeting.name,
                        day and format_date(self.env, day, date_format="d MMM y"),
                    ],
                )
            )

    @api.model
    def _group_expand_states(self, values, domain):
        """The columns of the way a meeting goes, in its order; the others only where used."""
        always = ("to_book", "booked", "held")
        return [state for state, _label in STATES if state in always or state in values]

    def _compute_access_url(self):
        for meeting in self:
            meeting.access_url = f"/my/roadmap/meeting/{meeting.id}"

    @api.depends("cadence_id")
    def _compute_cadence_months(self):
        for meeting in self:
            meeting.cadence_months = meeting.cadence_id._months() if meeting.cadence_id else 0

    @api.onchange("roadmap_id")
    def _onchange_roadmap_id(self):
        for meeting in self.filtered("roadmap_id"):
            meeting.user_id = meeting.user_id or meeting.roadmap_id._meeting_host()
            meeting.cadence_id = meeting.roadmap_id._meeting_cadences()[:1]

    @api.onchange("cadence_id")
    def _onchange_cadence_id(self):
        for meeting in self.filtered("cadence_id"):
            meeting.update(meeting.cadence_id._prepare_meeting_values())

    @api.onchange("agenda_id")
    def _onchange_agenda_id(self):
        for meeting in self.filtered(lambda m: m.agenda_id and not m.cadence_id):
            meeting.name = meeting.agenda_id.name
            meeting.meeting_type = meeting.agenda_id.meeting_type
            meeting.duration = meeting.agenda_id.minutes / 60 or meeting.duration

    def _timezone(self):
        """The time zone in which this meeting's day is told: its host's, else the company's."""
        self.ensure_one()
        return self.user_id.tz or self.company_id.partner_id.tz or self.env.user.tz or "UTC"

    def _local(self, moment):
        """The naive UTC moment in the meeting's own time zone (aware), or None."""
        self.ensure_one()
        if not moment:
            return None
        return fields.Datetime.context_timestamp(self.with_context(tz=self._timezone()), moment)
