from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...rules import cadence as rule
from ..client.roadmap_tied import with_defaults

#: Nothing of what we plan by ourselves is mailed to colleagues or logged line by line.
QUIET = {
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "tracking_disable": True,
    "mail_activity_quick_update": True,
}
#: What moves, ends and is ticked off along with a meeting.
FOLLOWERS = ("event_id", "booking_activity_id")
SLIPPING = "roadmap_msp.activity_type_slipping"


class RoadmapMeeting(models.Model):
    """Planning a meeting: the row "to book", its booking activity, the topics that return."""

    _inherit = "roadmap.meeting"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.setdefault("name", self.env._("Roadmap meeting"))
        self._check_followers(*with_defaults(self, vals_list, (*FOLLOWERS, "opportunity_id")))
        return super().create(vals_list)

    def write(self, vals):
        self._check_followers(vals)
        return super().write(vals)

    def _check_followers(self, *vals_list):
        """Event and activity follow the meeting with all rights: nobody chooses which they are."""
        if self.env.su:
            return
        if any(vals.get(name) for vals in vals_list for name in FOLLOWERS):
            raise AccessError(
                self.env._("The appointment and the booking activity of a meeting come by booking.")
            )
        leads = {vals["opportunity_id"] for vals in vals_list if vals.get("opportunity_id")}
        if leads:
            self.env["crm.lead"].browse(leads).check_access("read")

    @api.model
    def _plan(self, values):
        """Create meetings "to book" in one batch, each with a booking activity and its topics."""
        if not values:
            return self.browse()
        meetings = self.with_context(**QUIET).create(values).with_env(self.env)
        meetings._collect_topics()
        meetings._schedule_booking()
        meetings._alert_slipping()
        return meetings

    def _schedule_booking(self, soon=False):
        """Give each meeting "to book" one open booking activity on the client's opportunity.

        A meeting that has one keeps it. `soon`: due on the next working day instead of the planned
        one, for a meeting that lost its appointment; so is one whose activity was ticked off
        without an appointment.
        """
        to_book = self.sudo().filtered(lambda meeting: meeting.state == "to_book")
        asked = to_book.booking_activity_id.exists().filtered("active")
        bare = to_book.filtered(lambda meeting: meeting.booking_activity_id not in asked)
        if not bare:
            return
        bare._assign_opportunity()
        # Read together here, or Odoo's activity reads the leads one by one for their names.
        bare.opportunity_id.mapped("display_name")
        kind = self.env.ref("roadmap_msp.mail_activity_type_booking")
        today = fields.Date.context_today(self)
        values = []
        for company, meetings in bare.grouped("company_id").items():
            is_working = self.env["roadmap.roadmap"]._working_days(company)
            tomorrow = rule.working_day(today + timedelta(days=1), is_working)
            for meeting in meetings:
                again = soon or meeting.booking_activity_id
                day = meeting.book_on or tomorrow
                deadline = max(day, tomorrow) if again else day
                values.append(meeting._prepare_booking_values(kind, deadline))
        activities = self.env["mail.activity"].sudo().with_context(**QUIET).create(values)
        ordered = (meeting for rows in bare.grouped("company_id").values() for meeting in rows)
        for meeting, activity in zip(ordered, activities, strict=True):
            meeting.booking_activity_id = activity

    def _prepare_booking_values(self, kind, deadline):
        """The activity that asks the account manager to book this meeting."""
        self.ensure_one()
        return {
            "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
            "res_id": self.opportunity_id.id,
            "activity_type_id": kind.id,
            "summary": self.env._("Book: %(meeting)s", meeting=self.name),
            "user_id": self.roadmap_id._booking_user().id,
            "date_deadline": deadline,
            "automated": True,
        }

    def _assign_opportunity(self):
        """Hang each meeting onto an open opportunity: its own while open, else the year's."""
        stale = self.filtered(
            lambda meeting: not meeting.opportunity_id.active
            or meeting.opportunity_id.won_status != "pending"
        )
        roadmaps = stale.roadmap_id
        leads = dict(zip(roadmaps.ids, roadmaps._ensure_opportunity().ids, strict=True))
        for meeting in stale:
            meeting.opportunity_id = leads[meeting.roadmap_id.id]

    def _close_booking(self, feedback):
        """The appointment is made (or no longer wanted): mark the booking activity as done."""
        for meeting in self.sudo():
            activity = meeting.booking_activity_id
            if activity.exists() and activity.active:
                activity.action_feedback(feedback=feedback)

    def _collect_topics(self):
        """Bring onto each open meeting the topics that wait for it.

        That is: deferred topics whose day has come by the meeting's day (without a day: as soon as
        what they wait for is settled), and open ones that have no meeting. One topic comes onto one
        meeting: the earliest.
        """
        meetings = self.sudo().filtered(lambda m: m.state in ("to_book", "booked"))
        days = {meeting: meeting._agenda_day() for meeting in meetings}
        ahead = meetings.sorted(lambda m: (days[m], m.id)).grouped("roadmap_id")
        topics = self.env["roadmap.meeting.topic"].sudo()
        waiting = topics.search(
            [
                ("roadmap_id", "in", meetings.roadmap_id.ids),
                "|",
                "&",
                ("state", "=", "open"),
                ("meeting_id", "=", False),
                "&",
                ("state", "=", "deferred"),
                ("next_ids", "=", False),
            ]
        )
        targets = {}
        for topic in waiting.filtered(lambda topic: topic._may_return()):
            day = (topic.state == "deferred" and topic.review_on) or date.min
            fit = (
                meeting
                for meeting in ahead[topic.roadmap_id]
                if meeting != topic.meeting_id and day <= days[meeting]
            )
            targets[topic] = next(fit, None)
        found = waiting.filtered(targets.get)
        back = found.filtered(lambda topic: topic.state == "deferred")
        for meeting, rows in (found - back).grouped(targets.get).items():
            rows.meeting_id = meeting
        return topics.create([topic._prepare_return_values(targets[topic]) for topic in back])

    def _agenda_day(self):
        """The day to which the agenda refers: the appointment's, else the due date, not past."""
        self.ensure_one()
        moment = self._local(self.start)
        return moment.date() if moment else max(self.due_date, fields.Date.context_today(self))

    def _pass_topics_on(self, target):
        """Move what was not settled to another meeting of the client, or let it wait for one."""
        left = self.sudo().topic_ids.filtered(lambda topic: topic.state == "open")
        left.write({"meeting_id": target.id if target else False})
        return left

    def _alert_slipping(self):
        """Tell the manager where moves and misses in a row reach the limit, once per row."""
        slipping = self.sudo().filtered(lambda m: rule.needs_alert(m.slip_count))
        if not slipping:
            return
        kind = self.env.ref(SLIPPING)
        told = set(slipping.roadmap_id.activity_search([SLIPPING]).mapped("res_id"))
        first = {meeting.roadmap_id.id: meeting for meeting in reversed(slipping)}
        # Read together here, or Odoo's activity reads the clients one by one for their names.
        slipping.roadmap_id.mapped("display_name")
        values = [
            meeting._prepare_slipping_values(kind)
            for roadmap_id, meeting in first.items()
            if roadmap_id not in told
        ]
        self.env["mail.activity"].sudo().with_context(**QUIET).create(values)

    def _prepare_slipping_values(self, kind):
        """The activity that tells the manager of a client that slips."""
        self.ensure_one()
        return {
            "res_model_id": self.env["ir.model"]._get_id("roadmap.roadmap"),
            "res_id": self.roadmap_id.id,
            "activity_type_id": kind.id,
            "automated": True,
            "date_deadline": fields.Date.context_today(self),
            "summary": self.env._("%(count)s moves or misses in a row", count=self.slip_count),
            "note": self.env._(
                "%(meeting)s: call the client yourself and ask what stands in the way.",
                meeting=self.name,
            ),
            "user_id": self.roadmap_id._service_user().id,
        }
