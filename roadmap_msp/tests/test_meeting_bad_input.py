from datetime import datetime

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..hooks import _take_reminders_off
from .test_meeting_planning import TODAY, MeetingCommon

MONDAY = "2026-03-16 10:00:00"
AFTERNOON = {"start": "2026-03-16 14:00:00", "stop": "2026-03-16 15:00:00"}
ALL, FROM_HERE = {"recurrence_update": "all_events"}, {"recurrence_update": "future_events"}
#: What is done to an event of a series, and when the meeting is then; False: it is to be booked.
WAYS = {
    "this one moved": (
        {"start": "2026-03-18 10:00:00", "stop": "2026-03-18 11:00:00"},
        "2026-03-18 10:00:00",
    ),
    "this one archived": ({"active": False}, False),
    "all moved": ({**ALL, **AFTERNOON}, AFTERNOON["start"]),
    "from here on moved": ({**FROM_HERE, **AFTERNOON}, AFTERNOON["start"]),
    "another rhythm for all": ({**ALL, "interval": 2}, MONDAY),
    "the series ended here": ({**FROM_HERE, "recurrency": False}, MONDAY),
    "no series any more": ({**ALL, "recurrency": False}, MONDAY),
}


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMeetingBadInput(MeetingCommon):
    def mails(self, meeting, state="prepared"):
        return self.env["roadmap.outbox"].search(
            [
                ("res_model", "=", "roadmap.meeting"),
                ("res_id", "=", meeting.id),
                ("state", "=", state),
            ]
        )

    def check_kept(self, meeting, way):
        """Either it has an appointment, or somebody is asked to make one; nothing in between."""
        self.env.invalidate_all()
        if meeting.state == "booked":
            event = meeting.event_id
            self.assertTrue(event.active, way)
            self.assertEqual(event.roadmap_meeting_id, meeting, way)
            self.assertEqual((meeting.start, meeting.stop), (event.start, event.stop), way)
            return
        self.assertEqual(meeting.state, "to_book", way)
        self.assertFalse(meeting.event_id or meeting.start, way)
        self.assertTrue(meeting.booking_activity_id.active, way)
        self.assertTrue(meeting.move_ids, way)
        self.assertFalse(self.mails(meeting), way)

    def test_a_series_broken_apart(self):
        meeting = self.plan()
        for way, (values, start) in WAYS.items():
            event = self.series(meeting, partner_ids=[Command.set(self.contact_owner.ids)])
            self.check_kept(meeting, f"before: {way}")
            self.assertEqual(meeting.event_id, event)
            moves = meeting.move_ids
            event.write(dict(values))
            self.check_kept(meeting, way)
            self.assertEqual(str(meeting.start or False), str(start), way)
            linked = self.env["calendar.event"].search([("roadmap_meeting_id", "=", meeting.id)])
            self.assertEqual(len(linked), bool(start), way)
            # One change is one move, to where it really went; the same time again is none.
            moved = [] if start == MONDAY else [meeting.start]
            self.assertEqual((meeting.move_ids - moves).mapped("date_to"), moved, way)

    def test_a_series_deleted(self):
        meeting = self.plan()
        for kind in ("all_events", "future_events", "only this one"):
            event = self.series(meeting, partner_ids=[Command.set(self.contact_owner.ids)])
            if kind == "only this one":
                event.unlink()
            else:
                event.action_mass_deletion(kind)
            self.check_kept(meeting, kind)
            self.assertEqual(meeting.state, "to_book", kind)
        self.assertEqual(len(meeting.move_ids), 3)

    def test_moved_into_the_past(self):
        """A phone that syncs late tells the past; nobody is invited to what is over."""
        self.roadmap.auto_meeting = True
        meeting = self.plan()
        event = self.book(meeting)
        self.assertEqual(len(self.mails(meeting, "released")), 1)
        event.with_user(self.user_vcio).write(
            {"start": "2026-02-27 10:00:00", "stop": "2026-02-27 11:00:00"}
        )
        self.check_kept(meeting, "past")
        self.assertFalse(self.mails(meeting) | self.mails(meeting, "released"))
        event.partner_ids = [Command.link(self.contact_office.id)]
        self.assertFalse(self.mails(meeting) | self.mails(meeting, "released"))
        event.write({"start": "2026-03-20 10:00:00", "stop": "2026-03-20 11:00:00"})
        people = self.contact_owner | self.contact_office
        self.assertEqual(self.mails(meeting, "released").partner_id, people)

    def test_what_waits_too_long_never_leaves(self):
        """Released on a Friday evening, the meeting on Saturday: on Monday it is over."""
        self.roadmap.auto_meeting = True
        meeting = self.plan()
        self.book(meeting, "2026-03-07 10:00:00")
        mail = self.mails(meeting, "released")
        with freeze_time("2026-03-09 10:00:00"):
            self.assertFalse(mail._send_bundle(datetime(2026, 3, 9, 10)))
        self.assertEqual(mail.state, "failed")
        self.assertIn("over", mail.error)

    def test_uninstalling_takes_the_reminder_off(self):
        """Else Odoo itself would mail the clients, once we are gone."""
        event = self.book(self.plan())
        alarm = self.env.ref("roadmap_msp.alarm_day_before")
        self.assertIn(alarm, event.alarm_ids)
        _take_reminders_off(self.env)
        self.env.invalidate_all()
        self.assertEqual(event.alarm_ids, self.env.ref("calendar.alarm_notif_2"))
        alarm.unlink()

    def test_everybody_reads_their_own_time(self):
        """Nine in Berlin; New York changes its clocks three weeks earlier than Europe."""
        self.user_vcio.tz = "Europe/Berlin"
        self.contact_owner.tz = "America/New_York"
        self.contact_owner.lang = "en_US"
        meeting = self.plan()
        for start, told in (
            ("2026-03-06 08:00:00", "03:00"),
            ("2026-03-20 08:00:00", "04:00"),
            ("2026-03-30 07:00:00", "03:00"),
        ):
            self.book(meeting, start)
            self.assertEqual(meeting._local(meeting.start).hour, 9, start)
            mail = self.mails(meeting)
            self.assertIn(f"{told}</strong> (America/New York)", mail.body, start)

    def test_who_left_signs_no_mail(self):
        """Nor does it wait for an answer to somebody who is not here any more."""
        meeting = self.plan()
        self.book(meeting)
        waiting = self.mails(meeting)
        self.assertEqual(waiting.user_id, self.user_vcio)
        self.user_vcio.action_archive()
        self.assertEqual(waiting.user_id, self.user_csm)
        self.roadmap.service_manager_id = self.user_manager
        self.user_csm.action_archive()
        self.assertEqual(waiting.user_id, self.user_manager)
        meeting.sudo()._prepare_invitations()
        self.assertEqual(self.mails(meeting).user_id, self.user_manager)

    def test_a_colleague_who_left_is_no_contact_of_the_client(self):
        meeting = self.plan()
        self.book(meeting)
        invited = self.mails(meeting).partner_id
        self.user_vcio.action_archive()
        self.assertIn(self.user_vcio.partner_id, meeting.event_id.partner_ids)
        meeting.sudo()._prepare_invitations()
        self.assertEqual(self.mails(meeting).partner_id, invited)

    def test_the_account_manager_left(self):
        """The booked meeting stays, and what asks to be booked asks somebody who is here."""
        self.roadmap.service_manager_id = self.user_manager
        meeting = self.plan()
        self.user_csm.action_archive()
        self.assertEqual(meeting.sudo().booking_activity_id.user_id, self.user_manager)
        event = self.book(meeting.sudo())
        event.action_archive()
        self.check_kept(meeting.sudo(), "archived")
        self.assertEqual(meeting.sudo().booking_activity_id.user_id, self.user_manager)
        self.user_manager.action_archive()
        self.roadmap._schedule_health_call()
        self.assertEqual(self.roadmap.activity_ids.user_id, self.user_vcio)

    def test_clients_merged_while_one_chooses_a_time(self):
        """The link of either client's contact still books its own meeting, once."""
        meetings = self.plan().sudo() | self.plan(self.other_roadmap, self.user_other_csm).sudo()
        meetings.action_offer_slots()
        links = self.env["roadmap.link"].search([("purpose", "=", "slot")])
        links = links.filtered(lambda link: link.res_id in meetings.ids)
        self.assertEqual(len(links), 2)
        event = self.book(meetings[1])
        event.write({"start": "2026-03-20 10:00:00", "stop": "2026-03-20 11:00:00"})
        wizard = self.env["base.partner.merge.automatic.wizard"]
        with mute_logger("odoo.addons.base.wizard.base_partner_merge"):
            wizard._merge((self.other_client | self.client).ids, self.client, extra_checks=False)
        self.env.invalidate_all()
        self.assertEqual(meetings.roadmap_id, self.roadmap)
        self.assertEqual(links.roadmap_id, self.roadmap)
        self.assertEqual(set(links.mapped("state")), {"valid"})
        self.check_kept(meetings[1], "merged")
        self.assertEqual((meetings[1].event_id, len(meetings[1].move_ids)), (event, 1))
        self.assertEqual(meetings[1].move_ids.roadmap_id, self.roadmap)
        meetings[0]._choose_slot(datetime(2026, 3, 17, 10), self.contact_owner)
        self.check_kept(meetings[0], "chosen")
        self.run_cron()
        self.assertEqual(self.roadmap.meeting_ids, meetings, "nothing is planned twice")
