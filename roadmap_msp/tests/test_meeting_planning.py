from collections import Counter
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

    def booking_activities(self, roadmap):
        return self.env["mail.activity"].search(
            [
                ("activity_type_id", "=", self.booking_type.id),
                ("res_model", "=", "crm.lead"),
                ("res_id", "in", roadmap.lead_ids.ids),
            ]
        )


@tagged("post_install", "-at_install")
class TestMeetingContent(RoadmapCommon):
    def test_five_agendas(self):
        expected = {
            "kickoff": (9, 90, 90),
            "monthly": (7, 45, 45),
            "quarterly": (7, 60, 60),
            "annual": (7, 90, 120),
            "summit": (9, 240, 240),
        }
        for code, (lines, least, most) in expected.items():
            agenda = self.env.ref(f"roadmap_msp.agenda_{code}")
            self.assertEqual(len(agenda.line_ids), lines, code)
            self.assertTrue(least <= agenda.minutes <= most, f"{code}: {agenda.minutes}")
            self.assertTrue(all(agenda.line_ids.mapped("output")), code)
        monthly = self.env.ref("roadmap_msp.agenda_monthly")
        self.assertEqual(monthly.description.count("<li>"), 12)

    def test_three_tiers(self):
        expected = {"gold": (12, 0.75), "silver": (4, 1.0), "bronze": (1, 1.0)}
        for code, (yearly, hours) in expected.items():
            cadence = self.env.ref(f"roadmap_msp.tier_{code}").cadence_ids
            self.assertEqual(len(cadence), 1, code)
            self.assertEqual((cadence.yearly, cadence.duration), (yearly, hours), code)
            self.assertEqual(cadence.agenda_id.minutes, hours * 60, code)

    def test_checklist(self):
        plan = self.env.ref("roadmap_msp.plan_preparation")
        days = Counter((t.delay_from, t.delay_count) for t in plan.template_ids)
        for before in (14, 7, 3, 1):
            self.assertEqual(days["before_plan_date", before], 1)
        self.assertEqual(sum(n for (when, _d), n in days.items() if when == "after_plan_date"), 2)


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

    @freeze_time(TODAY)
    def test_queries_of_a_batch(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Client {n}", "is_company": True} for n in range(60)]
        )
        roadmaps = self.env["roadmap.roadmap"].create(
            [
                {
                    "partner_id": partner.id,
                    "state": "running",
                    "entitlement": "entitled",
                    "tier_id": self.silver.id,
                    "account_manager_id": self.user_csm.id,
                }
                for partner in partners
            ]
        )
        roadmaps._ensure_opportunity()
        # Two moves in a row before the meeting was called off: the manager is told.
        self.meetings.create(
            [
                {
                    "roadmap_id": roadmap.id,
                    "due_date": "2026-01-15",
                    "state": "cancelled",
                    "slip_count": 2,
                }
                for roadmap in roadmaps
            ]
        )
        counts = []
        for part in (roadmaps[:10], roadmaps[10:60]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            part._plan_next_meeting()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(roadmaps.meeting_ids), 120)
        alerts = roadmaps.activity_search(["roadmap_msp.activity_type_slipping"])
        self.assertEqual(len(alerts), 60)
        # Five times the clients, hardly more queries: no query of ours stands in a loop.
        self.assertLess(counts[1] - counts[0], 10, counts)

    @freeze_time(TODAY)
    def test_a_client_that_somebody_works_on_keeps_no_other_waiting(self):
        """A locked client is left out of the batch; the job still comes back for the rest."""
        Roadmap = self.env.registry["roadmap.roadmap"]
        progress = []
        self.patch(Roadmap, "try_lock_for_update", lambda self, **kw: self[1:])
        self.patch(
            self.env.registry["ir.cron"],
            "_commit_progress",
            lambda self, processed=0, *, remaining=None, **kw: progress.append(remaining),
        )
        clients = self.env["roadmap.roadmap"].search(self.roadmap._domain_to_plan())
        self.env["roadmap.roadmap"]._cron_plan_meetings(batch=len(clients))
        self.assertEqual(progress[0], 1)

    @freeze_time(TODAY)
    def test_topics_come_back_without_comparing_every_meeting(self):
        """Each meeting's day is looked up once, however many topics wait."""
        meetings = self.plan() | self.plan(self.other_roadmap)
        topics = self.env["roadmap.meeting.topic"].create(
            [
                {"name": f"Topic {n}", "roadmap_id": meeting.roadmap_id.id}
                for meeting in meetings.sudo()
                for n in range(20)
            ]
        )
        asked = []
        native = self.env.registry["roadmap.meeting"]._agenda_day

        def counted(meeting):
            asked.append(meeting.id)
            return native(meeting)

        topics.meeting_id = False
        self.patch(self.env.registry["roadmap.meeting"], "_agenda_day", counted)
        meetings._collect_topics()
        self.assertEqual(sorted(asked), sorted(meetings.ids))
        for meeting in meetings.sudo():
            self.assertEqual(len(meeting.topic_ids & topics), 20)
