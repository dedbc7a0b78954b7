from datetime import date, datetime

from freezegun import freeze_time

from odoo import api
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..models.meeting.roadmap_meeting_move import MOVE_NOTE
from ..models.native.calendar_event import CalendarEvent as OurEvent
from .test_meeting_planning import TODAY, MeetingCommon


@api.model_create_multi
def native_create(self, vals_list):
    return super(OurEvent, self).create(vals_list)


def native_write(self, vals):
    return super(OurEvent, self).write(vals)


class EventCommon(MeetingCommon):
    def mails(self, meeting, state=None):
        domain = [("res_model", "=", "roadmap.meeting"), ("res_id", "=", meeting.id)]
        if state:
            domain.append(("state", "=", state))
        return self.env["roadmap.outbox"].search(domain)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMeetingEvent(EventCommon):
    def test_drag_in_the_calendar(self):
        meeting = self.plan()
        event = self.book(meeting)
        event.with_user(self.user_vcio).write(
            {"start": "2026-03-16 11:00:00", "stop": "2026-03-16 12:00:00"}
        )
        self.assertEqual(meeting.start, datetime(2026, 3, 16, 11))
        self.assertEqual(len(meeting.move_ids), 1)
        self.assertEqual(meeting.slip_count, 0, "an hour later on the same day alarms nobody")
        event.with_user(self.user_vcio).write(
            {"start": "2026-03-20 11:00:00", "stop": "2026-03-20 12:00:00"}
        )
        self.assertEqual(meeting.slip_count, 1)
        self.assertEqual(meeting.move_ids[0].user_id, self.user_vcio)

    def test_nobody_moves_it_in_the_name_of_another(self):
        """What a caller says in the context is not believed, whatever the name of the key."""
        meeting = self.plan()
        event = self.book(meeting)
        claim = {"user_id": self.user_manager.id, "partner_id": self.contact_owner.id}
        said = {f"roadmap_move_{key}": value for key, value in claim.items()}
        said |= {"roadmap_move_reason": "They asked", MOVE_NOTE: {"reason": "They asked", **claim}}
        event.with_user(self.user_vcio).with_context(**said).write(
            {"start": "2026-03-20 11:00:00", "stop": "2026-03-20 12:00:00"}
        )
        move = meeting.move_ids
        self.assertEqual((move.user_id, move.partner_id.ids), (self.user_vcio, []))
        self.assertEqual(move.reason, "Moved in the calendar")

    def test_people_added_and_taken_off_in_the_calendar(self):
        meeting = self.plan()
        event = self.book(meeting)
        native = self.env["mail.message"].search_count([("model", "=", "calendar.event")])
        calendar = event.with_user(self.user_vcio)
        calendar.partner_ids = [Command.link(self.contact_office.id)]
        self.assertIn(self.contact_office, meeting.attendee_ids)
        waiting = self.mails(meeting, "prepared")
        self.assertEqual(waiting.partner_id, self.contact_owner | self.contact_office)
        self.assertEqual(len(waiting), 2)
        calendar.partner_ids = [Command.unlink(self.contact_owner.id)]
        self.assertNotIn(self.contact_owner, meeting.attendee_ids)
        self.assertEqual(self.mails(meeting, "prepared").partner_id, self.contact_office)
        calendar.action_sendmail()
        self.assertEqual(
            self.env["mail.message"].search_count([("model", "=", "calendar.event")]),
            native,
            "Odoo itself wrote to nobody",
        )
        waiting = self.mails(meeting, "prepared")
        self.assertEqual(len(waiting), 1, "nor is one asked twice")
        waiting.action_cancel()
        calendar.action_sendmail()
        self.assertEqual(self.mails(meeting, "prepared").partner_id, self.contact_office)

    def test_reminder_goes_through_the_outbox(self):
        meeting = self.plan()
        event = self.book(meeting)
        self.mails(meeting).action_cancel()
        plain = self.env["calendar.event"].create(
            {
                "name": "Not ours",
                "start": event.start,
                "stop": event.stop,
                "alarm_ids": event.alarm_ids.ids,
                "partner_ids": self.contact_office.ids,
            }
        )
        with freeze_time("2026-03-15 10:05:00"):
            alarms = self.env["calendar.alarm_manager"]
            alarms.with_context(lastcall=datetime(2026, 3, 15, 9))._send_reminder()
        mail = self.mails(meeting, "prepared")
        self.assertEqual((mail.kind, mail.partner_id), ("meeting", self.contact_owner))
        self.assertIn("Reminder", mail.name)
        self.assertIn("remind you", mail.body)
        reached = self.env["mail.message"].search(
            [("model", "=", "calendar.event"), ("res_id", "in", (event | plain).ids)]
        )
        self.assertNotIn(self.contact_owner, reached.partner_ids)
        self.assertIn(self.contact_office, reached.partner_ids, "other events are Odoo's")
        self.assertIn(self.user_vcio.partner_id, reached.partner_ids, "so are colleagues")

    def test_no_reminder_for_a_colleague_who_left(self):
        meeting = self.plan()
        event = self.book(meeting)
        event.partner_ids |= self.user_all.partner_id
        self.mails(meeting).action_cancel()
        self.user_vcio.action_archive()
        with freeze_time("2026-03-15 10:05:00"):
            alarms = self.env["calendar.alarm_manager"]
            alarms.with_context(lastcall=datetime(2026, 3, 15, 9))._send_reminder()
        self.assertEqual(self.mails(meeting, "prepared").partner_id, self.contact_owner)
        reached = self.env["mail.message"].search(
            [("model", "=", "calendar.event"), ("res_id", "=", event.id)]
        )
        self.assertEqual(reached.partner_ids.mapped("name"), [self.user_all.partner_id.name])

    def test_moved_into_the_past_waits_to_be_held(self):
        meeting = self.plan()
        event = self.book(meeting)
        event.write({"start": "2026-02-27 10:00:00", "stop": "2026-02-27 11:00:00"})
        self.assertEqual(meeting.state, "booked")
        self.assertEqual(meeting.move_ids.date_to, datetime(2026, 2, 27, 10))
        meeting.action_hold()
        self.assertEqual(meeting.held_on, date(2026, 2, 27))

    def test_two_moves_alert_the_manager_once(self):
        self.roadmap.service_manager_id = self.user_manager
        meeting = self.plan()
        event = self.book(meeting)
        for day in ("17", "18", "19"):
            event.write({"start": f"2026-03-{day} 10:00:00", "stop": f"2026-03-{day} 11:00:00"})
        alerts = self.env["mail.activity"].search(
            [
                ("res_model", "=", "roadmap.roadmap"),
                ("res_id", "=", self.roadmap.id),
                ("activity_type_id", "=", self.env.ref("roadmap_msp.activity_type_slipping").id),
            ]
        )
        self.assertEqual(len(alerts), 1)
        self.assertEqual(alerts.user_id, self.user_manager)
        self.assertEqual(meeting.slip_count, 3)

    def test_event_made_in_the_calendar(self):
        meeting = self.plan()
        context = meeting._calendar_context()
        event = (
            self.env["calendar.event"]
            .with_user(self.user_csm)
            .with_context(**context)
            .create({"start": "2026-03-19 08:00:00", "stop": "2026-03-19 09:00:00"})
        )
        self.assertEqual((meeting.state, meeting.event_id), ("booked", event))
        self.assertEqual(event.opportunity_id, meeting.opportunity_id)
        self.assertEqual(self.mails(meeting).state, "prepared")
        newer = (
            self.env["calendar.event"]
            .with_user(self.user_csm)
            .with_context(**context)
            .create({"start": "2026-03-20 08:00:00", "stop": "2026-03-20 09:00:00"})
        )
        self.assertEqual(meeting.event_id, newer, "the newer one is the appointment")
        self.assertFalse(event.roadmap_meeting_id)
        self.assertEqual(len(meeting.move_ids), 1)

    def test_only_the_team_links_events(self):
        meeting = self.plan()
        stranger = new_test_user(self.env, "rm_plain", "base.group_user")
        for user in (stranger, self.user_other_csm):
            with self.assertRaises(AccessError):
                self.env["calendar.event"].with_user(user).create(
                    {
                        "name": "x",
                        "start": "2026-03-19 08:00:00",
                        "stop": "2026-03-19 09:00:00",
                        "roadmap_meeting_id": meeting.id,
                    }
                )
            own = (
                self.env["calendar.event"]
                .with_user(user)
                .create(
                    {"name": "x", "start": "2026-03-19 08:00:00", "stop": "2026-03-19 09:00:00"}
                )
            )
            with self.assertRaises(AccessError):
                own.roadmap_meeting_id = meeting.id
        self.assertEqual(meeting.state, "to_book")

    def test_private_event_of_another_is_not_lost(self):
        meeting = self.plan()
        event = self.book(meeting)
        event.privacy = "private"
        self.env.invalidate_all()
        self.assertEqual(event.with_user(self.user_salesman).roadmap_meeting_id.id, meeting.id)

    def test_ordinary_events_pay_nothing(self):
        """Creating and moving an event takes the queries it takes without our part."""
        calendar = self.env["calendar.event"].with_user(self.user_vcio)

        def measure():
            calendar.create(
                {"name": "warm", "start": "2026-04-01 08:00", "stop": "2026-04-01 09:00"}
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            event = calendar.create(
                {"name": "x", "start": "2026-04-01 08:00:00", "stop": "2026-04-01 09:00:00"}
            )
            self.env.flush_all()
            created = self.env.cr.sql_log_count - before
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            event.write({"start": "2026-04-02 08:00:00", "stop": "2026-04-02 09:00:00"})
            self.env.flush_all()
            return created, self.env.cr.sql_log_count - before

        measure()
        with_us = measure()
        self.patch(OurEvent, "create", native_create)
        self.patch(OurEvent, "write", native_write)
        self.assertEqual(with_us, measure())
