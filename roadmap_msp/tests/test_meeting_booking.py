from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .test_meeting_planning import TODAY, MeetingCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMeetingBooking(MeetingCommon):
    def mails(self, meeting, state=None):
        domain = [("res_model", "=", "roadmap.meeting"), ("res_id", "=", meeting.id)]
        if state:
            domain.append(("state", "=", state))
        return self.env["roadmap.outbox"].search(domain)

    def test_book(self):
        meeting = self.plan()
        activity = meeting.booking_activity_id
        before = self.env["mail.mail"].search_count([])
        event = self.book(meeting)
        self.assertEqual(meeting.state, "booked")
        self.assertEqual(meeting.start, datetime(2026, 3, 16, 10))
        self.assertEqual(event.opportunity_id, meeting.opportunity_id)
        self.assertEqual(event.roadmap_meeting_id, meeting)
        self.assertEqual(event.user_id, self.user_vcio)
        self.assertIn(self.contact_owner, event.partner_ids)
        self.assertNotIn(self.contact_office, event.partner_ids)
        self.assertFalse(activity.active, "the booking activity is done")
        self.assertFalse(meeting.move_ids, "a first appointment is no move")
        self.assertEqual(self.env["mail.mail"].search_count([]), before, "no mail leaves by itself")
        mail = self.mails(meeting)
        self.assertEqual((mail.kind, mail.state), ("meeting", "prepared"))
        self.assertEqual(mail.partner_id, self.contact_owner)
        self.assertIn("16 March 2026", mail.body)

    def test_nothing_internal_in_the_event(self):
        meeting = self.plan()
        meeting.internal_note = "<p>Mood: sour about the invoice</p>"
        event = self.book(meeting)
        text = f"{event.description} {event.name} {self.mails(meeting).body}"
        self.assertNotIn("sour", text)
        self.assertNotIn("BUS-2", text, "outputs of the agenda are for us")
        self.assertIn("Purpose", event.description)

    def test_wizard(self):
        meeting = self.plan()
        wizard = (
            self.env["roadmap.meeting.booking"]
            .with_user(self.user_csm)
            .create({"meeting_id": meeting.id})
        )
        self.assertEqual(wizard.start, datetime(2026, 3, 16, 10))
        self.assertEqual(wizard.duration, 1.5)
        self.assertEqual(wizard.partner_ids, self.contact_owner)
        wizard.action_confirm()
        self.assertEqual(meeting.state, "booked")
        again = (
            self.env["roadmap.meeting.booking"]
            .with_user(self.user_csm)
            .create({"meeting_id": meeting.id, "reason": "Client is ill"})
        )
        again.start += timedelta(days=2)
        again.action_confirm()
        move = meeting.move_ids
        self.assertEqual(move.date_from, datetime(2026, 3, 16, 10))
        self.assertEqual(move.date_to, datetime(2026, 3, 18, 10))
        self.assertEqual((move.reason, move.user_id), ("Client is ill", self.user_csm))
        self.assertEqual(len(self.mails(meeting, "prepared")), 1, "the first one is replaced")
        self.assertIn("New time", self.mails(meeting, "prepared").name)

    def busy(self, user):
        self.env["calendar.event"].with_user(user).create(
            {"name": "Dentist", "start": "2026-03-16 10:30:00", "stop": "2026-03-16 11:00:00"}
        )

    def test_free_times_in_the_window(self):
        """By a click: the week of the chosen day, without what anybody of us has in it."""
        self.user_csm.tz = "Europe/Berlin"
        meeting = self.plan()
        meeting.required_user_ids = self.user_all
        self.busy(self.user_all)
        wizard = self.env["roadmap.meeting.booking"].with_user(self.user_csm)
        wizard = wizard.create({"meeting_id": meeting.id})
        days = {day["title"]: day["slots"] for day in wizard.free_times}
        self.assertEqual(len(days), 5, "the five working days of the week")
        monday = {slot["value"]: slot["label"] for slot in days["Monday 16 March"]}
        self.assertEqual(monday["2026-03-16 08:00:00"], "09:00", "told in one's own time")
        self.assertNotIn("2026-03-16 10:30:00", monday)
        wizard.start = "2026-03-02 15:00:00"
        first = wizard.free_times[0]["slots"][0]["value"]
        self.assertEqual(first, "2026-03-02 09:00:00", "today too, from now on")
        wizard.duration = 4
        lengths = {slot["value"][11:] for day in wizard.free_times for slot in day["slots"]}
        self.assertEqual(lengths, {"08:00:00", "13:00:00"}, "only where it fits")

    def test_busy_hint(self):
        meeting = self.plan()
        self.busy(self.user_vcio)
        wizard = self.env["roadmap.meeting.booking"].create({"meeting_id": meeting.id})
        self.assertIn("10:30", wizard.busy)

    def test_video_call_and_reminders(self):
        event = self.book(self.plan())
        self.assertEqual(event.videocall_source, "discuss")
        self.assertIn(event.access_token, event.videocall_location)
        self.assertIn(event.videocall_location, self.mails(event.roadmap_meeting_id).body)
        kinds = {(row.alarm_type, row.duration_minutes) for row in event.alarm_ids}
        self.assertEqual(kinds, {("notification", 30), ("email", 1440)})
        cron = self.env.ref("calendar.ir_cron_scheduler_alarm")
        due = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).mapped("call_at")
        self.assertIn(datetime(2026, 3, 15, 10), due, "Odoo wakes up for it")
        meeting = self.plan(self.other_roadmap, self.user_other_csm)
        start = datetime(2026, 3, 17, 10)
        event = meeting._book(start, start + timedelta(hours=1), self.user_csm, location="Room 1")
        self.assertFalse(event.videocall_location, "a place was named")

    def test_required_colleagues_are_booked(self):
        meeting = self.plan()
        meeting.required_user_ids = self.user_all | self.user_manager
        self.user_manager.active = False
        wizard = self.env["roadmap.meeting.booking"].with_user(self.user_csm)
        wizard = wizard.create({"meeting_id": meeting.id})
        self.busy(self.user_all)
        self.assertIn("10:30", wizard.busy, "not only the host has to be free")
        wizard.action_confirm()
        people = self.user_vcio.partner_id | self.user_all.partner_id | self.contact_owner
        self.assertEqual(meeting.event_id.partner_ids, people)
        again = wizard.create({"meeting_id": meeting.id, "start": "2026-03-18 10:00:00"})
        again.action_confirm()
        self.assertEqual(meeting.event_id.partner_ids, people, "nor are they lost by a move")
        self.assertEqual(self.mails(meeting, "prepared").partner_id, self.contact_owner)

    def test_who_must_be_there_changes_the_appointment(self):
        meeting, other = self.plan(), self.plan(self.other_roadmap, self.user_other_csm)
        self.other_roadmap.vcio_id = other.user_id = self.user_vcio
        meeting.required_user_ids = self.user_csm
        event = self.book(meeting)
        side = self.book(other, "2026-03-17 10:00:00")
        side.partner_ids = [Command.link(self.user_all.partner_id.id)]
        mails = self.env["mail.mail"].search_count([])
        invited = self.mails(meeting)
        meeting.required_user_ids = [Command.set(self.user_all.ids)]
        ours = (self.user_vcio | self.user_all).partner_id
        self.assertEqual(event.partner_ids, ours | self.contact_owner)
        self.assertEqual(event.attendee_ids.partner_id, event.partner_ids)
        self.assertEqual(meeting.attendee_ids, event.partner_ids)
        both = (meeting | other).with_user(self.user_manager)
        both.write({"user_id": self.user_all.id, "required_user_ids": [Command.clear()]})
        self.assertEqual((event | side).user_id, self.user_all)
        self.assertEqual(event.partner_ids, self.user_all.partner_id | self.contact_owner)
        self.assertEqual(side.attendee_ids.partner_id, side.partner_ids)
        self.assertEqual(side.partner_ids, self.user_all.partner_id | self.other_contact)
        self.assertEqual((meeting.state, meeting.move_ids.ids), ("booked", []))
        self.assertEqual(self.mails(meeting), invited, "the client is not written to again")
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_the_organizer_in_the_calendar_takes_nobody_off(self):
        meeting = self.plan()
        event = self.book(meeting)
        event.write({"user_id": self.user_csm.id, "start": "2026-03-18 10:00:00"})
        self.assertEqual(meeting.user_id, self.user_csm)
        self.assertIn(self.user_vcio.partner_id, event.partner_ids)

    def test_windows_without_a_meeting_say_how_to_open_them(self):
        for name in ("roadmap.meeting.booking", "roadmap.meeting.held"):
            window = self.env[name].with_user(self.user_csm)
            with self.assertRaisesRegex(UserError, "open the meeting"):
                Form(window)

    def test_the_host_left(self):
        meeting = self.plan()
        self.user_vcio.active = False
        event = self.book(meeting)
        self.assertEqual((event.user_id, meeting.user_id), (self.user_csm, self.user_csm))
        self.assertEqual(event.partner_ids, self.user_csm.partner_id | self.contact_owner)

    def test_daylight_saving(self):
        """Ten in the morning stays ten: Berlin is an hour further from UTC after 29 March."""
        self.user_vcio.tz = "Europe/Berlin"
        for due, utc_hour in ((date(2026, 3, 27), 9), (date(2026, 3, 30), 8)):
            meeting = self.meetings.create(
                {
                    "name": "x",
                    "roadmap_id": self.roadmap.id,
                    "user_id": self.user_vcio.id,
                    "due_date": due,
                }
            )
            wizard = self.env["roadmap.meeting.booking"].create({"meeting_id": meeting.id})
            self.assertEqual(wizard.start, datetime(due.year, due.month, due.day, utc_hour))

    def test_bad_times(self):
        meeting = self.plan()
        with self.assertRaisesRegex(UserError, "past"):
            self.book(meeting, "2026-02-16 10:00:00")
        with self.assertRaisesRegex(UserError, "end after"):
            self.book(meeting, hours=0)
        self.assertEqual(meeting.state, "to_book")

    def test_what_is_over_is_booked_no_more(self):
        meeting = self.plan()
        event = self.book(meeting)
        moved = meeting._book(
            datetime(2026, 3, 17, 10), datetime(2026, 3, 17, 11), self.user_csm, location="Attic"
        )
        self.assertEqual((moved, event.location), (event, "Attic"))
        meeting.action_cancel()
        with self.assertRaisesRegex(UserError, "is over"):
            self.book(meeting, "2026-03-18 10:00:00")
        with self.assertRaisesRegex(UserError, "is over. Plan a new one"):
            meeting.action_book()
        with self.assertRaisesRegex(UserError, "is over"):
            meeting.action_offer_slots()

    def test_calling_off(self):
        meeting = self.plan()
        event = self.book(meeting)
        meeting.action_cancel()
        self.assertEqual(meeting.state, "cancelled")
        self.assertFalse(event.active)
        self.assertFalse(self.mails(meeting, "prepared"))
        self.run_cron()
        ahead = self.roadmap.meeting_ids.filtered(lambda m: m.state == "to_book")
        self.assertEqual(len(ahead), 1)
        self.assertEqual(ahead.slip_count, 1)

    def test_day_in_the_host_zone(self):
        self.user_vcio.tz = "Pacific/Auckland"
        meeting = self.plan()
        self.book(meeting, "2026-03-16 21:00:00")
        with freeze_time("2026-03-16 22:30:00"):
            meeting.action_hold()
        self.assertEqual(meeting.held_on, fields.Date.to_date("2026-03-17"))
