from datetime import datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .test_meeting_event import EventCommon
from .test_meeting_planning import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMeetingEventLost(EventCommon):
    """A meeting outlives whatever becomes of its appointment."""

    def test_archive_and_delete_return_to_book(self):
        for way in ("action_archive", "unlink"):
            meeting = (
                self.plan()
                if way == "unlink"
                else self.plan(self.other_roadmap, self.user_other_csm)
            )
            event = self.book(meeting)
            getattr(event.with_user(self.user_vcio), way)()
            meeting.invalidate_recordset()
            self.assertEqual(meeting.state, "to_book", way)
            self.assertFalse(meeting.event_id or meeting.start)
            move = meeting.move_ids
            self.assertEqual((move.date_from, move.date_to), (datetime(2026, 3, 16, 10), False))
            self.assertTrue(meeting.booking_activity_id.active, "somebody books it again")
            self.assertFalse(self.mails(meeting, "prepared"), "the old invitation is withdrawn")

    def test_unarchived_event_is_the_appointment_again(self):
        meeting = self.plan()
        event = self.book(meeting)
        event.action_archive()
        event.action_unarchive()
        self.assertEqual((meeting.state, meeting.event_id), ("booked", event))

    def test_deleted_by_sql(self):
        meeting = self.plan()
        event = self.book(meeting)
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM calendar_event WHERE id = %s", [event.id])
        self.env.invalidate_all()
        self.run_cron()
        self.assertEqual(meeting.state, "to_book")
        self.assertEqual(len(meeting.move_ids), 1)
        self.run_cron()
        self.assertEqual(len(meeting.move_ids), 1, "a second run finds nothing to do")

    def test_moved_by_sql(self):
        meeting = self.plan()
        event = self.book(meeting)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE calendar_event SET start = start + interval '1 day',"
            " stop = stop + interval '1 day' WHERE id = %s",
            [event.id],
        )
        self.env.invalidate_all()
        self.run_cron()
        self.assertEqual(meeting.start, datetime(2026, 3, 17, 10))
        self.assertEqual(len(meeting.move_ids), 1)

    def test_recurring_event_broken_apart(self):
        meeting = self.plan()
        event = self.series(meeting)
        linked = event.recurrence_id.calendar_event_ids.filtered("roadmap_meeting_id")
        self.assertEqual(len(linked), 1, "one appointment, whatever repeats")
        self.assertEqual(meeting.event_id, linked)
        self.assertEqual(meeting.start, datetime(2026, 3, 16, 10))
        later = event.recurrence_id.calendar_event_ids.sorted("start")[1]
        later.write(
            {
                "recurrence_update": "all_events",
                "start": "2026-03-24 10:00:00",
                "stop": "2026-03-24 11:00:00",
                "tue": True,
                "mon": False,
            }
        )
        meeting.invalidate_recordset()
        event = self.env["calendar.event"].search([("roadmap_meeting_id", "=", meeting.id)])
        self.assertEqual((meeting.state, meeting.event_id), ("booked", event))
        self.assertEqual(meeting.start, datetime(2026, 3, 17, 10))
        self.assertEqual(event.start, meeting.start)
        move = meeting.move_ids
        self.assertEqual(
            (move.date_from, move.date_to), (datetime(2026, 3, 16, 10), datetime(2026, 3, 17, 10))
        )
