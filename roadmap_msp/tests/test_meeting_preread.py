from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_meeting_prepare import PrepareCommon


@tagged("post_install", "-at_install")
class TestMeetingPreread(PrepareCommon):
    """The page before a meeting as the client reads it."""

    def test_pre_read_shows_prices_to_nobody_else(self):
        self.meeting.event_id.partner_ids |= self.contact_office | self.contact_owner
        self.meeting.with_user(self.user_csm).action_send_preread()
        mails = self.env["roadmap.outbox"].search(
            [("is_preread", "=", True), ("res_id", "=", self.meeting.id)]
        )
        self.assertEqual(mails.partner_id, self.contact_owner)

    def test_pre_read_leaves_out_what_is_ours(self):
        self.item.copy({"name": "HIDDEN", "client_visible": False})._request_quote("topic")
        self.meeting.with_user(self.user_csm).action_send_preread()
        mails = self.env["roadmap.outbox"].search(
            [("is_preread", "=", True), ("res_id", "=", self.meeting.id)]
        )
        self.assertEqual((mails.partner_id, mails.state), (self.contact_owner, "prepared"))
        self.assertIn("New firewall", mails.body)
        self.assertIn("Second office", mails.body)
        for word in (
            "SELL",
            "PUSH",
            "HIDDEN",
            "notice by",
            "shown ",
            "overdue",
            "ratings",
            "/odoo",
        ):
            self.assertNotIn(word, mails.body)
        self.meeting.action_send_preread()
        self.assertEqual(mails.state, "cancelled", "the newer one replaces it")

    def test_no_pre_read_leaves_after_the_meeting(self):
        self.meeting.event_id.write(
            {
                "start": self.meeting.start - timedelta(days=30),
                "stop": self.meeting.stop - timedelta(days=30),
            }
        )
        self.meeting.with_user(self.user_csm).action_send_preread()
        mail = self.env["roadmap.outbox"].search(
            [("is_preread", "=", True), ("res_id", "=", self.meeting.id)]
        )
        self.meeting.with_user(self.user_csm).action_hold()
        self.assertEqual(set(mail.mapped("state")), {"cancelled"})

    def test_pre_reads_three_days_before_once(self):
        count = len(self.env["roadmap.outbox"].search([("is_preread", "=", True)]))
        self.run_job("cron_prereads")
        self.run_job("cron_prereads")
        rows = self.env["roadmap.outbox"].search([("is_preread", "=", True)])
        mine = rows.filtered(lambda row: row.res_id == self.meeting.id)
        self.assertEqual(len(mine), 1)
        start = self.meeting.start + timedelta(days=9)
        self.meeting._book(start, start + timedelta(hours=1), self.user_csm)
        self.assertEqual(mine.state, "cancelled", "it named the old time")
        self.assertFalse(self.meeting.preread_on)
        self.assertGreater(len(rows), count)

    def test_a_lost_appointment_gets_a_new_pre_read(self):
        self.run_job("cron_prereads")
        start = self.meeting.start
        self.meeting.event_id.unlink()
        self.assertEqual((self.meeting.state, self.meeting.preread_on), ("to_book", False))
        self.meeting._book(start, start + timedelta(hours=1), self.user_csm)
        self.run_job("cron_prereads")
        rows = self.env["roadmap.outbox"].search(
            [("is_preread", "=", True), ("res_id", "=", self.meeting.id)]
        )
        self.assertEqual(sorted(rows.mapped("state")), ["cancelled", "prepared"])

    def test_pre_read_of_an_unbooked_meeting(self):
        other = self.meeting.copy({"name": "Unbooked"})
        with self.assertRaisesRegex(UserError, "book it first"):
            other.with_user(self.user_csm).action_send_preread()
