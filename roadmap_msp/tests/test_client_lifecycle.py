from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestClientLifecycle(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner_new = cls.env["res.partner"].create({"name": "Newcomer", "is_company": True})
        cls.newcomer = cls.env["roadmap.roadmap"].create(
            {
                "partner_id": cls.partner_new.id,
                "account_manager_id": cls.user_csm.id,
                "vcio_id": cls.user_vcio.id,
                "tier_id": cls.env.ref("roadmap_msp.tier_silver").id,
            }
        )

    def test_activate(self):
        roadmap = self.newcomer.with_user(self.user_csm)
        with freeze_time("2026-03-10 09:00:00"):
            roadmap.action_activate()
        self.assertEqual(roadmap.state, "running")
        self.assertEqual(str(roadmap.started_on), "2026-03-10")
        lead = roadmap.lead_ids
        self.assertEqual(lead.name, "Roadmap FY26: Newcomer")
        self.assertEqual(lead.user_id, self.user_csm)
        meeting = roadmap.meeting_ids
        self.assertEqual(meeting.state, "to_book")
        self.assertEqual(meeting.opportunity_id, lead)
        activity = lead.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.user_csm)
        self.assertIn("Book", activity.summary)
        self.assertFalse(self.env["roadmap.outbox"].search([("roadmap_id", "=", roadmap.id)]))

    def test_activate_twice_makes_nothing_twice(self):
        roadmap = self.newcomer.with_user(self.user_csm)
        roadmap.action_activate()
        started = roadmap.started_on
        roadmap.action_activate()
        self.assertEqual(roadmap.started_on, started)
        self.assertEqual(len(roadmap.lead_ids), 1)
        self.assertEqual(len(roadmap.meeting_ids), 1)
        self.assertEqual(len(roadmap.lead_ids.activity_ids), 1)

    def test_activate_needs_somebody_who_books(self):
        self.newcomer.account_manager_id = False
        with self.assertRaisesRegex(UserError, "account manager for Newcomer"):
            self.newcomer.with_user(self.user_vcio).action_activate()

    def test_activate_needs_the_right_to_write(self):
        for user in (self.user_technician, self.user_other_csm, self.user_salesman):
            with self.assertRaises(AccessError):
                self.newcomer.with_user(user).action_activate()
        self.assertEqual(self.newcomer.state, "prospect")

    def test_pause(self):
        self.roadmap.with_user(self.user_csm).action_pause()
        self.assertEqual(self.roadmap.state, "paused")
        with self.assertRaisesRegex(UserError, "only a running roadmap"):
            self.roadmap.with_user(self.user_csm).action_pause()
        self.roadmap.with_user(self.user_csm).action_activate()
        self.assertEqual(self.roadmap.state, "running")

    def test_end_withdraws_stops_and_closes(self):
        roadmap = self.newcomer
        roadmap.action_activate()
        roadmap.auto_minutes = True
        lead = roadmap.lead_ids
        contact = self.env["res.partner"].create({"name": "Nora", "parent_id": self.partner_new.id})
        link = self.env["roadmap.link"].create(
            {
                "roadmap_id": roadmap.id,
                "partner_id": contact.id,
                "purpose": "decide",
                "res_model": "roadmap.roadmap",
                "res_id": roadmap.id,
                "expires_on": fields.Datetime.now() + timedelta(days=30),
            }
        )
        mails = self.env["roadmap.outbox"].create(
            [
                {
                    "roadmap_id": roadmap.id,
                    "partner_id": contact.id,
                    "user_id": self.user_csm.id,
                    "kind": "meeting",
                    "name": "Mail",
                    "state": state,
                }
                for state in ("prepared", "released", "sent")
            ]
        )
        ours = self.env["roadmap.action"].create(
            {
                "name": "Send the list",
                "roadmap_id": roadmap.id,
                "user_id": self.user_csm.id,
                "due_date": fields.Date.today(),
            }
        )
        activity = ours.activity_id
        checklist = roadmap.meeting_ids.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.user_csm.id
        )
        roadmap.with_user(self.user_csm).action_end()
        self.assertEqual(roadmap.state, "ended")
        self.assertEqual((ours.state, ours.result), ("dropped", "The roadmap has ended"))
        self.assertFalse((activity | checklist).exists(), "nobody is reminded of it")
        self.assertTrue(roadmap.ended_on)
        self.assertFalse(roadmap.auto_minutes)
        self.assertTrue(link.withdrawn_on)
        self.assertEqual(mails.mapped("state"), ["cancelled", "cancelled", "sent"])
        self.assertEqual(roadmap.meeting_ids.mapped("state"), ["cancelled"])
        self.assertEqual(lead.won_status, "lost")
        self.assertEqual(lead.lost_reason_id.name, "Roadmap ended")
        self.assertFalse(lead.activity_ids)

    def test_end_keeps_what_was_won(self):
        roadmap = self.newcomer
        roadmap.action_activate()
        lead = roadmap.lead_ids
        self.env["sale.order"].create(
            {"partner_id": self.partner_new.id, "opportunity_id": lead.id, "state": "sale"}
        )
        roadmap.with_user(self.user_csm).action_end()
        self.assertEqual(lead.won_status, "won")

    def test_end_takes_booked_meetings_off_the_calendar(self):
        event = self.env["calendar.event"].create(
            {"name": "Call", "start": "2026-09-03 10:00:00", "stop": "2026-09-03 11:00:00"}
        )
        meeting = self.env["roadmap.meeting"].create(
            {
                "roadmap_id": self.roadmap.id,
                "name": "Quarterly review",
                "due_date": "2026-09-01",
                "state": "booked",
                "event_id": event.id,
            }
        )
        self.roadmap.with_user(self.user_csm).action_end()
        self.assertFalse(event.active)
        self.assertEqual(meeting.state, "cancelled")
        notes = self.roadmap.message_ids.mapped("body")
        self.assertTrue([note for note in notes if "Quarterly review" in note])

    def test_resume_after_the_end_opens_a_new_opportunity(self):
        roadmap = self.newcomer
        roadmap.action_activate()
        old = roadmap.lead_ids
        roadmap.action_end()
        roadmap.with_user(self.user_csm).action_activate()
        self.assertEqual(roadmap.state, "running")
        self.assertFalse(roadmap.ended_on)
        fresh = roadmap._ensure_opportunity()
        self.assertNotEqual(fresh, old)
        self.assertEqual(fresh.won_status, "pending")
