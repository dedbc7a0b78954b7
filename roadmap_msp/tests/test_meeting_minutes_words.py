from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.meeting import roadmap_meeting_follow_up
from .test_meeting_holding import HoldingCommon
from .test_meeting_planning import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMeetingMinutesWords(HoldingCommon):
    """What the minutes say of decisions and of the next meeting, and who gets them."""

    def decide(self, name, on):
        item = self.env["roadmap.item"].create({"name": name, "roadmap_id": self.roadmap.id})
        self.env["roadmap.decision"].create(
            {
                "roadmap_id": self.roadmap.id,
                "item_id": item.id,
                "decision": "approved",
                "partner_id": self.contact_owner.id,
                "decided_on": on,
            }
        )

    def test_decisions_since_the_meeting_before(self):
        self.held(self.roadmap, "2026-01-15")
        for name, on in (("Long ago", "2026-01-10 12:00:00"), ("Since", "2026-02-10 12:00:00")):
            self.decide(name, on)
        rows = self.hold(self.plan())._prepare_decision_values()
        self.assertEqual([row["name"] for row in rows], ["Since"])

    def test_two_meetings_on_one_day_tell_each_decision_once(self):
        first = self.hold(self.plan())
        second = self.held(self.roadmap, first.held_on)
        second.write({"start": "2026-03-02 14:00:00", "stop": "2026-03-02 15:00:00"})
        for name, hour in (("Early", 9), ("In the first", 10), ("Between", 12), ("Late", 20)):
            self.decide(name, f"2026-03-02 {hour:02}:30:00")
        told = [[row["name"] for row in m._prepare_decision_values()] for m in (first, second)]
        self.assertEqual(told, [["Early", "In the first"], ["Between", "Late"]])

    def test_the_next_minutes_begin_where_the_last_ended(self):
        """A decision of the evening is not lost, one that was told is not told again."""
        first = self.hold(self.plan())
        self.decide("In the meeting", "2026-03-02 10:30:00")
        with freeze_time("2026-03-02 11:10:00"):
            first.action_draft_minutes()
        self.decide("That evening", "2026-03-02 20:00:00")
        following = self.held(self.roadmap, "2026-04-01")
        names = [row["name"] for row in following._prepare_decision_values()]
        self.assertEqual(names, ["That evening"])
        with freeze_time("2026-03-05 09:00:00"):
            first.action_draft_minutes()
        self.assertIn("That evening", first.minutes)
        self.assertEqual(following._prepare_decision_values(), [])

    def test_lines_and_place_as_people_write_them(self):
        meeting = self.hold(self.plan())
        self.topic(meeting, "Backup", options="A: disk <1 TB\nB: cloud")
        meeting.action_draft_minutes()
        self.assertRegex(meeting.minutes, r"A: disk &lt;1 TB<br ?/?>\s*B: cloud")
        self.assertTrue(meeting.event_id.videocall_location)
        self.assertIn("video call", meeting.minutes)
        self.assertNotIn("http", meeting.minutes)
        meeting.event_id.location = "Room 4"
        self.assertEqual(meeting._place(), "Room 4")

    def test_when_we_meet_again(self):
        meeting = self.hold(self.plan())
        self.roadmap.meeting_ids.filtered(lambda row: row.state == "to_book").unlink()
        self.assertIn("to be agreed", meeting._prepare_next_values(), "by the cadence")
        following = self.meetings.create(
            {"roadmap_id": self.roadmap.id, "name": "Next", "due_date": "2026-06-01"}
        )
        self.assertEqual(meeting._prepare_next_values(), "around 1 Jun 2026, to be agreed")
        self.book(following, "2026-06-03 10:00:00")
        self.assertIn("Wednesday 3 June 2026", meeting._prepare_next_values())
        following.unlink()
        self.roadmap.entitlement = "none"
        self.assertEqual(meeting._prepare_next_values(), "", "no right to another one")
        self.roadmap.write({"entitlement": "entitled", "tier_id": False})
        self.assertEqual(meeting._prepare_next_values(), "", "no cadence")

    def test_closing_says_what_happens_next(self):
        def said(meeting):
            meeting.action_draft_minutes()
            return meeting.with_user(self.user_csm).action_close()["params"]["message"]

        first = said(self.hold(self.plan()))
        self.assertIn("wait in the outbox", first)
        self.assertRegex(first, r"Next meeting: around \d+ \w+ 2026, to be agreed")
        self.roadmap.auto_minutes = True
        self.assertIn("leave by themselves", said(self.held_today()))
        self.contact_owner.email = False
        self.assertIn("print the minutes", said(self.held_today()))

    def held_today(self):
        meeting = self.held(self.roadmap, "2026-03-02")
        meeting.write({"state": "held", "attendee_ids": self.contact_owner.ids})
        return meeting

    def test_a_contact_without_a_usable_address(self):
        self.contact_owner.email = "nobody"
        meeting = self.hold(self.plan())
        meeting.action_draft_minutes()
        meeting.action_close()
        mail = self.env["roadmap.outbox"].search(
            [("res_model", "=", meeting._name), ("res_id", "=", meeting.id),
             ("kind", "=", "minutes")]
        )  # fmt: skip
        self.assertEqual(mail.partner_id, self.contact_owner)
        self.assertFalse(mail.link_id)
        self.assertNotIn("confirm", mail.body)

    def test_no_minutes_to_print(self):
        meeting = self.hold(self.plan())
        meeting.minutes = False
        with self.assertRaisesRegex(UserError, "no minutes yet"):
            meeting.action_print_minutes()
        meeting.action_draft_minutes()
        self.assertEqual(
            meeting.action_print_minutes()["report_name"], "roadmap_msp.report_minutes"
        )

    def test_reminders_stop_when_the_time_is_up(self):
        for roadmap in self.roadmap | self.other_roadmap:
            day = fields.Datetime.now() - timedelta(days=2)
            self.held(roadmap, day.date()).write({"state": "held"})
        kind = self.env.ref("roadmap_msp.activity_type_minutes")
        self.patch(roadmap_meeting_follow_up, "BATCH", 1)
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=0):
            self.meetings._cron_late_minutes()
        late = self.env["mail.activity"].search([("activity_type_id", "=", kind.id)])
        self.assertEqual(len(late), 1)
