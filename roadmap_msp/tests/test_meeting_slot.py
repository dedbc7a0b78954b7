from datetime import date, datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .test_meeting_planning import TODAY, MeetingCommon


def day(text):
    return fields.Datetime.to_datetime(f"{text} 00:00:00")


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMeetingSlot(MeetingCommon):
    def slots(self, meeting, on="2026-03-16"):
        return [f"{s:%H:%M}" for s in meeting._free_slots(day(on), day(on) + timedelta(days=1))]

    def busy(self, user, start, stop, **values):
        return (
            self.env["calendar.event"]
            .with_user(user)
            .create({"name": "Busy", "start": start, "stop": stop, **values})
        )

    def test_working_hours_and_calendar(self):
        meeting = self.plan()
        everything = self.slots(meeting)
        self.assertEqual((everything[0], everything[-1]), ("08:00", "15:30"))
        self.assertNotIn("11:00", everything, "an hour and a half does not fit before lunch")
        self.busy(self.user_vcio, "2026-03-16 09:00:00", "2026-03-16 10:00:00")
        self.busy(self.user_vcio, "2026-03-16 14:00:00", "2026-03-16 15:00:00", show_as="free")
        self.assertEqual(self.slots(meeting)[:2], ["10:00", "10:30"])
        self.assertIn("14:00", self.slots(meeting))
        self.assertEqual(self.slots(meeting, "2026-03-15"), [], "a Sunday")

    def test_required_people_and_whole_days(self):
        meeting = self.plan()
        meeting.required_user_ids = self.user_all
        self.busy(self.user_all, "2026-03-16 08:00:00", "2026-03-16 15:00:00")
        self.assertEqual(self.slots(meeting), ["15:00", "15:30"])
        self.busy(
            self.user_all,
            "2026-03-17 00:00:00",
            "2026-03-17 00:00:00",
            allday=True,
            start_date="2026-03-17",
            stop_date="2026-03-17",
            show_as="busy",
        )
        self.assertEqual(self.slots(meeting, "2026-03-17"), [])
        self.user_all.active = False
        self.assertTrue(self.slots(meeting, "2026-03-17"), "who left is not waited for")

    def test_holiday(self):
        calendar = self.env.company.resource_calendar_id
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": calendar.id,
                "date_from": "2026-03-15 22:00:00",
                "date_to": "2026-03-17 02:00:00",
            }
        )
        self.assertEqual(self.slots(self.plan()), [])

    def test_without_working_hours_all_day(self):
        self.env.company.resource_calendar_id = False
        self.user_vcio.resource_ids.calendar_id = False
        self.assertIn("05:00", self.slots(self.plan()))

    def test_window(self):
        meeting = self.plan()
        first, last = meeting._slot_window()
        found = meeting._free_slots(first - timedelta(days=30), last + timedelta(days=90))
        self.assertGreaterEqual(found[0], first)
        self.assertLess(found[-1], last)

    def test_daylight_saving(self):
        """Nine in Berlin is nine before and after 29 March, told in New York an hour apart."""
        self.user_vcio.tz = "Europe/Berlin"
        meeting = self.plan()
        self.assertEqual(self.slots(meeting, "2026-03-27")[0], "07:00")
        self.assertEqual(self.slots(meeting, "2026-03-30")[0], "06:00")
        labels = [
            meeting._prepare_times_values("America/New_York", on)["days"][0]["slots"][0]["label"]
            for on in (date(2026, 3, 23), date(2026, 3, 30))
        ]
        self.assertEqual(labels, ["03:00", "02:00"])

    def test_choose_and_move(self):
        meeting = self.plan()
        meeting._choose_slot(datetime(2026, 3, 16, 10), self.contact_owner)
        self.assertEqual((meeting.state, meeting.start.hour), ("booked", 10))
        self.assertFalse(meeting.move_ids)
        self.assertFalse(meeting.booking_activity_id.active)
        self.assertIn("chose", self.roadmap.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "why"):
            meeting._choose_slot(datetime(2026, 3, 17, 10), self.contact_owner, "  ")
        meeting._choose_slot(datetime(2026, 3, 17, 10), self.contact_owner, "We are closed")
        move = meeting.move_ids
        self.assertEqual((move.partner_id, move.reason), (self.contact_owner, "We are closed"))
        self.assertFalse(move.user_id, "the contact moved it, whoever is logged in")
        self.assertEqual(move.date_from, datetime(2026, 3, 16, 10))
        self.assertEqual(len(meeting.event_id.ids), 1)
        self.assertEqual(meeting.slip_count, 1)

    def test_taken_or_made_up(self):
        meeting = self.plan()
        self.busy(self.user_vcio, "2026-03-16 10:30:00", "2026-03-16 11:00:00")
        for start in (
            datetime(2026, 3, 16, 10),
            datetime(2026, 3, 16, 8, 10),
            datetime(2026, 3, 16, 3),
            datetime(2026, 3, 2, 10),
            datetime(2031, 3, 17, 10),
        ):
            with self.assertRaisesRegex(UserError, "choose another"):
                meeting._choose_slot(start, self.contact_owner)
        self.assertEqual(meeting.state, "to_book")

    def test_too_late_to_move(self):
        meeting = self.plan()
        meeting._choose_slot(datetime(2026, 3, 16, 10), self.contact_owner)
        with freeze_time("2026-03-15 12:00:00"), self.assertRaisesRegex(UserError, "no longer"):
            meeting._choose_slot(datetime(2026, 3, 18, 10), self.contact_owner, "Ill")
        with freeze_time("2026-03-17 12:00:00"):
            self.assertFalse(meeting._may_choose(), "it is over, and waits for 'Held'")

    def test_offer(self):
        meeting = self.plan()
        action = meeting.action_offer_slots()
        mail = self.env["roadmap.outbox"].search(action["domain"])
        self.assertEqual((mail.kind, mail.state), ("meeting", "prepared"))
        self.assertEqual((mail.partner_id, mail.link_id.purpose), (self.contact_owner, "slot"))
        self.assertTrue(mail.link_id._document_url().endswith(f"/{meeting.id}/times"))
        self.assertEqual(mail.link_id.sender_id, mail.user_id.partner_id, "one person asks")
        again = self.env["roadmap.outbox"].search(meeting.action_offer_slots()["domain"])
        self.assertEqual((mail.state, again.link_id), ("cancelled", mail.link_id))
        with self.assertRaises(AccessError):
            meeting.with_user(self.user_other_csm).action_offer_slots()
        with patch.object(type(meeting), "_our_people", lambda rows: rows.env["res.users"]):
            with self.assertRaisesRegex(UserError, "Choose a host"):
                meeting.action_offer_slots()
        self.roadmap.stakeholder_ids.unlink()
        with self.assertRaisesRegex(UserError, "mail address"):
            meeting.action_offer_slots()

    def test_queries(self):
        """A week of three people costs the same as one of one: no query per person and event."""
        meeting = self.plan()
        meeting.required_user_ids = self.user_all | self.user_manager
        for hour in range(8, 16):
            self.busy(self.user_vcio, f"2026-03-16 {hour:02}:00:00", f"2026-03-16 {hour:02}:10:00")
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(__system__=25):
            meeting._prepare_times_values("UTC", date(2026, 3, 16))


@tagged("post_install", "-at_install")
class TestTwoChooseOneSlot(TransactionCase):
    """Two clients of one host on two connections, with committed data removed at the end."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            self.ids = self._create(api.Environment(cr, SUPERUSER_ID, {}))
        self.addCleanup(self._remove)

    def _create(self, env):
        host = env["res.users"].create({"name": "Twice Host", "login": "twice_host", "tz": "UTC"})
        clients = env["res.partner"].create(
            [{"name": name, "is_company": True} for name in ("Twice One", "Twice Two")]
        )
        roadmaps = env["roadmap.roadmap"].create(
            [
                {"partner_id": client.id, "state": "running", "vcio_id": host.id}
                for client in clients
            ]
        )
        due = fields.Date.today() + timedelta(days=14)
        meetings = env["roadmap.meeting"].create(
            [
                {"name": "Twice", "roadmap_id": row.id, "user_id": host.id, "due_date": due}
                for row in roadmaps
            ]
        )
        return {"meetings": meetings.ids, "roadmaps": roadmaps.ids, "host": host.ids}

    def _remove(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
            meetings = env["roadmap.meeting"].browse(self.ids["meetings"])
            roadmaps = env["roadmap.roadmap"].browse(self.ids["roadmaps"])
            events = meetings.event_id
            leads = env["crm.lead"].search([("roadmap_id", "in", roadmaps.ids)])
            meetings.unlink()
            events.unlink()
            leads.unlink()
            clients = roadmaps.partner_id
            roadmaps.unlink()
            host = env["res.users"].browse(self.ids["host"])
            contact = host.partner_id
            host.unlink()
            (clients | contact).unlink()

    def test_second_one_is_told(self):
        cursors = [self.registry.cursor() for _shift in range(2)]
        for cr in cursors:
            self.addCleanup(cr.close)
        one, two = (
            api.Environment(cr, SUPERUSER_ID, {})["roadmap.meeting"].browse(meeting_id)
            for cr, meeting_id in zip(cursors, self.ids["meetings"], strict=True)
        )
        start = two._free_slots(*two._slot_window())[0]
        one._choose_slot(start, one.partner_id)
        one.env.cr.commit()
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            two._choose_slot(start, two.partner_id)
        two.env.cr.rollback()
        two.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "just taken"):
            two._choose_slot(start, two.partner_id)
        two.env.cr.rollback()
        self.assertEqual((one.state, two.state), ("booked", "to_book"))
