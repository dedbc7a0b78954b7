from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .test_meeting_planning import TODAY, MeetingCommon


class HoldingCommon(MeetingCommon):
    def hold(self, meeting):
        self.book(meeting, "2026-03-02 10:00:00")
        with freeze_time("2026-03-02 11:05:00"):
            meeting.action_hold()
        return meeting

    def topic(self, meeting, name, **values):
        return (
            self.env["roadmap.meeting.topic"]
            .with_user(self.user_csm)
            .create({"name": name, "meeting_id": meeting.id, **values})
        )


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMeetingHolding(HoldingCommon):
    def test_the_whole_way(self):
        meeting = self.hold(self.plan())
        self.assertEqual((meeting.state, meeting.held_on), ("held", date(2026, 3, 2)))
        self.assertTrue(meeting.decision_maker_present, "the owner was invited")
        self.assertTrue(meeting.counts)
        meeting.action_draft_minutes()
        self.assertIn("2 Jun 2026, to be agreed", meeting.minutes, "the next one is named")
        meeting.action_close()
        self.assertEqual(meeting.state, "closed")
        mail = self.env["roadmap.outbox"].search(
            [("kind", "=", "minutes"), ("res_id", "=", meeting.id)]
        )
        self.assertEqual((mail.partner_id, mail.state), (self.contact_owner, "prepared"))
        following = self.roadmap.meeting_ids - meeting
        self.assertEqual(following.state, "to_book")
        self.assertEqual(following.due_date, date(2026, 6, 2))
        self.assertEqual(following.cadence_id, self.silver.cadence_ids)
        self.assertFalse(meeting.minutes_sent_on)

    def test_minutes_are_sent_when_the_mail_left(self):
        meeting = self.hold(self.plan())
        meeting.action_close()
        mail = self.env["roadmap.outbox"].search(
            [("kind", "=", "minutes"), ("res_id", "=", meeting.id)]
        )
        self.assertIn("Minutes", mail.attachment_ids.name)
        self.assertFalse(meeting._prepare_portal_values()["minutes"])
        with self.mock_send():
            mail.action_send_now()
        self.assertEqual(mail.state, "sent")
        self.assertTrue(meeting.minutes_sent_on)
        self.assertIn("Present", meeting._prepare_portal_values()["minutes"])

    def mock_send(self):
        from unittest.mock import patch

        from odoo.addons.base.models.ir_mail_server import IrMail_Server

        return patch.object(IrMail_Server, "send_email", lambda self, message, *a, **k: "id")

    def test_not_before_its_day(self):
        meeting = self.plan()
        self.book(meeting)
        with self.assertRaisesRegex(UserError, "03/16/2026"):
            meeting.action_hold()
        with self.assertRaisesRegex(UserError, "not begun"):
            meeting.action_no_show()

    def test_held_without_an_appointment(self):
        meeting = self.plan()
        meeting.action_hold()
        self.assertEqual(meeting.held_on, date(2026, 3, 2))
        self.assertFalse(meeting.counts)
        meeting.attendee_ids = [Command.link(self.contact_owner.id)]
        self.assertTrue(meeting.counts)

    def test_held_asks_for_the_day_without_an_appointment(self):
        meeting = self.plan()
        action = meeting.action_ask_held()
        self.assertEqual((action["res_model"], meeting.state), ("roadmap.meeting.held", "to_book"))
        wizard = (
            self.env["roadmap.meeting.held"]
            .with_user(self.user_csm)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn(self.contact_owner, wizard.partner_ids)
        wizard.held_on = "2026-03-04"
        with self.assertRaisesRegex(UserError, "03/04/2026"):
            wizard.action_confirm()
        wizard.write(
            {"held_on": "2026-02-20", "partner_ids": [Command.set(self.contact_owner.ids)]}
        )
        wizard.action_confirm()
        self.assertEqual((meeting.state, meeting.held_on), ("held", date(2026, 2, 20)))
        self.assertIn(
            "20 Feb 2026", meeting.display_name, "the day on which it was, not the due one"
        )
        self.assertEqual(meeting.attendee_ids, self.contact_owner)
        booked = self.plan(self.other_roadmap, self.user_other_csm)
        self.book(booked, "2026-03-02 10:00:00")
        booked.action_ask_held()
        self.assertEqual(booked.state, "held", "its day is known")

    def test_nobody_came(self):
        meeting = self.plan()
        self.topic(meeting, "Server")
        self.book(meeting, "2026-03-02 10:00:00")
        with freeze_time("2026-03-02 10:30:00"):
            meeting.action_no_show()
        following = self.roadmap.meeting_ids - meeting
        self.assertEqual(meeting.state, "no_show")
        self.assertEqual(following.slip_count, 1)
        self.assertEqual(following.topic_ids.mapped("name"), ["Server"])
        self.book(following, "2026-03-03 10:00:00")
        with freeze_time("2026-03-03 10:30:00"):
            following.with_user(self.user_csm).action_no_show()
        self.assertTrue(self.roadmap.activity_search(["roadmap_msp.activity_type_slipping"]))

    def test_deferred_topic_returns_on_its_date(self):
        meeting = self.hold(self.plan())
        soon = self.topic(
            meeting, "Wi-Fi", state="deferred", waits_for="the lease", review_on="2026-05-20"
        )
        late = self.topic(
            meeting, "Phones", state="deferred", outcome="next year", review_on="2027-01-10"
        )
        self.topic(meeting, "Backup", state="decided", outcome="Yes")
        left = self.topic(meeting, "Printer")
        meeting.action_close()
        following = self.roadmap.meeting_ids - meeting
        self.assertEqual(following.topic_ids.sorted("name").mapped("name"), ["Printer", "Wi-Fi"])
        self.assertEqual(following.topic_ids.filtered("previous_id").previous_id, soon)
        self.assertEqual(left.meeting_id, following)
        self.assertEqual(late.meeting_id, meeting)
        self.assertFalse(late.next_ids)
        following._collect_topics()
        self.assertEqual(len(following.topic_ids), 2, "nothing returns twice")

    def test_deferred_without_a_date_is_not_forgotten(self):
        meeting = self.hold(self.plan())
        self.topic(meeting, "Move", state="deferred", waits_for="the lease")
        first = self.topic(
            meeting, "Cabling", state="deferred", outcome="x", review_on="2027-01-10"
        )
        tied = self.topic(meeting, "Wi-Fi", state="deferred", waits_for_ids=first.ids)
        meeting.action_close()
        following = self.roadmap.meeting_ids - meeting
        self.assertEqual(following.topic_ids.mapped("name"), ["Move"], "the cabling is not settled")
        again = self.topic(following, "Cabling", previous_id=first.id)
        following._collect_topics()
        self.assertFalse(tied.next_ids, "what it waits for came back, and is open")
        again.write({"state": "decided", "outcome": "In spring"})
        following._collect_topics()
        self.assertEqual(tied.next_ids.meeting_id, following)

    def test_deferred_decision_returns(self):
        item = self.env["roadmap.item"].create(
            {"name": "New firewall", "roadmap_id": self.roadmap.id, "summary": "Old one is weak"}
        )
        topics = self.env["roadmap.meeting.topic"]
        topic = topics._defer(item, date(2026, 4, 1), "After the move")
        self.assertEqual((topic.state, topic.outcome), ("deferred", "After the move"))
        self.assertEqual(topics._defer(item, date(2026, 4, 10), "Still moving"), topic)
        meeting = self.plan()
        self.assertFalse(meeting.topic_ids, "due in March")
        self.book(meeting, "2026-04-13 10:00:00")
        self.assertEqual(meeting.topic_ids.item_id, item)
        self.assertEqual(meeting.topic_ids.state, "open")

    def test_states_are_guarded(self):
        meeting = self.plan()
        with self.assertRaisesRegex(UserError, "press 'Held' first"):
            meeting.action_close()
        with self.assertRaisesRegex(UserError, "only a booked meeting"):
            meeting.action_no_show()
        with self.assertRaises(AccessError):
            meeting.with_user(self.user_other_csm).action_hold()

    def test_topic_of_another_client(self):
        other = self.env["roadmap.item"].create(
            {"name": "Other", "roadmap_id": self.other_roadmap.id}
        )
        with self.assertRaises(AccessError):
            self.topic(self.plan(), "Mixed up", item_id=other.id)
        with self.assertRaisesRegex(ValidationError, "another client"):
            self.topic(self.plan(), "Mixed up").sudo().item_id = other

    def test_deferring_needs_a_reason(self):
        with self.assertRaisesRegex(ValidationError, "why the topic 'Server'"):
            self.topic(self.plan(), "Server", state="deferred")

    def test_portal_reads_the_safe_fields_only(self):
        meeting = self.hold(self.plan())
        meeting.write({"internal_note": "<p>INTERNAL</p>", "minutes": "<p>draft</p>"})
        mine = self.meetings.with_user(self.portal_owner).search([])
        self.assertEqual(mine.ids, meeting.ids)
        self.assertFalse(self.meetings.with_user(self.portal_office).search([]))
        self.assertFalse(self.meetings.with_user(self.portal_other).search([]))
        names = set(mine.fields_get())
        self.assertIn("start", names)
        for secret in ("internal_note", "minutes", "slip_count", "access_token", "topic_ids"):
            self.assertNotIn(secret, names)
        with self.assertRaises(AccessError):
            mine.read(["internal_note"])
