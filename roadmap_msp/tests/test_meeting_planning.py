from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import RoadmapCommon

# A Monday, far from weekends of the dates below.
TODAY = "2026-03-02 09:00:00"


class MeetingCommon(RoadmapCommon):
    """Two clients of the tier Silver and what the meeting tests do again and again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.silver = cls.env.ref("roadmap_msp.tier_silver")
        (cls.roadmap | cls.other_roadmap).tier_id = cls.silver
        cls.booking_type = cls.env.ref("roadmap_msp.mail_activity_type_booking")
        cls.meetings = cls.env["roadmap.meeting"]

    def plan(self, roadmap=None, user=None):
        """The client's planned meeting, as the client's account manager sees it."""
        roadmap = roadmap or self.roadmap
        return roadmap._plan_first_meeting().with_user(user or self.user_csm)

    def book(self, meeting, start="2026-03-16 10:00:00", hours=1):
        begin = fields.Datetime.to_datetime(start)
        return meeting._book(begin, begin + timedelta(hours=hours), self.user_csm)

    def held(self, roadmap, day, months=3, present=True):
        return self.meetings.create(
            {
                "roadmap_id": roadmap.id,
                "name": "Earlier",
                "meeting_type": "quarterly",
                "cadence_months": months,
                "due_date": day,
                "held_on": day,
                "state": "closed",
                "decision_maker_present": present,
            }
        )

    def run_cron(self):
        cron = self.env.ref("roadmap_msp.cron_plan_meetings")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()

    def series(self, meeting, **values):
        """An appointment of the meeting that comes back four times, each Monday."""
        weekly = {
            "name": "Weekly",
            "start": "2026-03-16 10:00:00",
            "stop": "2026-03-16 11:00:00",
            "recurrency": True,
            "rrule_type": "weekly",
            "mon": True,
            "interval": 1,
            "end_type": "count",
            "count": 4,
        }
        events = self.env["calendar.event"].with_user(self.user_csm)
        events = events.with_context(default_roadmap_meeting_id=meeting.id)
        return events.create({**weekly, **values})

    def many_clients(self, number):
        """So many running clients of the same tier and account manager."""
        partners = self.env["res.partner"].create(
            [{"name": f"Client {n}", "is_company": True} for n in range(number)]
        )
        common = {
            "state": "running",
            "entitlement": "entitled",
            "tier_id": self.silver.id,
            "account_manager_id": self.user_csm.id,
        }
        return self.env["roadmap.roadmap"].create(
            [{"partner_id": partner.id, **common} for partner in partners]
        )

    def booking_activities(self, roadmap):
        return self.env["mail.activity"].search(
            [
                ("activity_type_id", "=", self.booking_type.id),
                ("res_model", "=", "crm.lead"),
                ("res_id", "in", roadmap.lead_ids.ids),
            ]
        )


@tagged("post_install", "-at_install")
class TestMeetingPlanning(MeetingCommon):
    @freeze_time(TODAY)
    def test_first_meeting(self):
        meeting = self.plan()
        self.assertEqual(meeting.state, "to_book")
        self.assertEqual(meeting.meeting_type, "kickoff")
        self.assertEqual(meeting.due_date, date(2026, 3, 16))
        self.assertEqual(meeting.duration, 1.5)
        self.assertEqual(meeting.user_id, self.user_vcio)
        activity = self.booking_activities(self.roadmap)
        self.assertEqual(activity, meeting.booking_activity_id)
        self.assertEqual(activity.user_id, self.user_csm)
        self.assertEqual(activity.date_deadline, date(2026, 3, 2))
        self.assertEqual(meeting.opportunity_id.roadmap_id, self.roadmap)
        self.assertFalse(self.roadmap._plan_first_meeting(), "never a second one")

    @freeze_time(TODAY)
    def test_first_meeting_on_a_given_day(self):
        due = {self.roadmap.id: date(2026, 5, 9)}  # a Saturday
        meetings = (self.roadmap | self.other_roadmap)._plan_first_meeting(due)
        by_roadmap = {m.roadmap_id: m.due_date for m in meetings}
        self.assertEqual(by_roadmap[self.roadmap], date(2026, 5, 11))
        self.assertEqual(by_roadmap[self.other_roadmap], date(2026, 3, 16))

    @freeze_time(TODAY)
    def test_activation_plans_with_one_activity(self):
        self.roadmap.state = "prospect"
        self.roadmap.with_user(self.user_csm).action_activate()
        self.assertEqual(len(self.roadmap.meeting_ids), 1)
        self.assertEqual(len(self.booking_activities(self.roadmap)), 1)

    @freeze_time(TODAY)
    def test_cron_twice_writes_nothing(self):
        self.held(self.roadmap, date(2026, 1, 15))
        self.run_cron()
        meeting = self.roadmap.meeting_ids.filtered(lambda m: m.state == "to_book")
        self.assertEqual(meeting.due_date, date(2026, 4, 15))
        self.assertEqual(meeting.cadence_id, self.silver.cadence_ids)
        self.assertEqual(self.booking_activities(self.roadmap).date_deadline, date(2026, 3, 25))
        self.env.flush_all()
        counts = [
            self.env[m].search_count([]) for m in ("roadmap.meeting", "mail.activity", "crm.lead")
        ]
        stamps = self.meetings.search([]).mapped("write_date")
        self.run_cron()
        self.env.invalidate_all()
        self.assertEqual(
            counts,
            [
                self.env[m].search_count([])
                for m in ("roadmap.meeting", "mail.activity", "crm.lead")
            ],
        )
        self.assertEqual(stamps, self.meetings.search([]).mapped("write_date"))

    @freeze_time(TODAY)
    def test_only_the_entitled_and_running(self):
        self.roadmap.entitlement = "summit_only"
        self.other_roadmap.state = "paused"
        (self.roadmap | self.other_roadmap)._plan_next_meeting()
        self.assertFalse((self.roadmap | self.other_roadmap).meeting_ids)

    @freeze_time(TODAY)
    def test_own_cadence_replaces_the_tiers(self):
        own = self.env["roadmap.cadence"].create(
            {"name": "Every second month", "roadmap_id": self.roadmap.id, "interval_months": 2}
        )
        self.held(self.roadmap, date(2026, 2, 10))
        meeting = self.roadmap._plan_next_meeting()
        self.assertEqual((meeting.cadence_id, meeting.due_date), (own, date(2026, 4, 10)))

    @freeze_time(TODAY)
    def test_meeting_without_decision_maker_does_not_count(self):
        self.held(self.roadmap, date(2025, 12, 10))
        later = self.held(self.roadmap, date(2026, 2, 20), present=False)
        self.assertFalse(later.counts)
        meeting = self.roadmap._plan_next_meeting()
        self.assertEqual(meeting.due_date, date(2026, 3, 10))

    @freeze_time(TODAY)
    def test_holidays_are_skipped(self):
        hours = self.roadmap.company_id.resource_calendar_id
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": hours.id,
                "date_from": "2026-04-14 22:00:00",
                "date_to": "2026-04-16 21:59:59",
                "resource_id": False,
            }
        )
        hours.tz = "Europe/Berlin"
        self.held(self.roadmap, date(2026, 1, 15))
        meeting = self.roadmap._plan_next_meeting()
        self.assertEqual(meeting.due_date, date(2026, 4, 17))

    @freeze_time(TODAY)
    def test_account_manager_archived(self):
        self.roadmap.service_manager_id = self.user_manager
        self.user_csm.active = False
        meeting = self.roadmap._plan_first_meeting()
        self.assertEqual(meeting.booking_activity_id.user_id, self.user_manager)
        self.user_vcio.active = False
        self.assertEqual(self.roadmap._meeting_host(), self.user_manager)

    @freeze_time(TODAY)
    def test_ticked_off_without_booking_comes_back(self):
        meeting = self.plan()
        meeting.booking_activity_id.action_feedback()
        self.run_cron()
        activity = self.booking_activities(self.roadmap)
        self.assertEqual(activity, meeting.booking_activity_id)
        self.assertEqual(activity.date_deadline, date(2026, 3, 3))
