from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields, http
from odoo.tests import HttpCase, tagged

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .test_meeting_planning import MeetingCommon


@tagged("post_install", "-at_install")
class TestMeetingFeedback(HttpCase, MeetingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roadmap.service_manager_id = cls.user_vcio
        cls.meeting = cls.roadmap._plan_first_meeting().with_user(cls.user_csm)
        start = fields.Datetime.now().replace(microsecond=0) - timedelta(hours=30)
        with freeze_time(start - timedelta(days=1)):
            cls.meeting._book(start, start + timedelta(hours=1), cls.user_csm)
        cls.meeting.action_hold()

    def outbox(self, kind):
        return self.env["roadmap.outbox"].search(
            [("kind", "=", kind), ("res_id", "=", self.meeting.id)]
        )

    def close(self):
        """Close the meeting; returns the address of the rating that its contact got."""
        self.meeting.action_close()
        mail = self.outbox("feedback")
        self.assertEqual((mail.partner_id, mail.state), (self.contact_owner, "prepared"))
        rating = self.meeting.sudo().rating_ids
        self.assertIn(f"/rate/{rating.access_token}/1", mail.body)
        return rating, f"/rate/{rating.access_token}"

    def vote(self, url, rate, feedback=""):
        self.url_open(url + "/1")
        values = {
            "csrf_token": http.Request.csrf_token(self),
            "rate": rate,
            "feedback": feedback,
        }
        return self.url_open(f"{url}/submit_feedback", data=values)

    def poor(self):
        kind = self.env.ref("roadmap_msp.activity_type_poor_rating")
        return self.env["mail.activity"].search(
            [("activity_type_id", "=", kind.id), ("res_id", "=", self.meeting.id)]
        )

    def test_scanners_do_not_vote(self):
        rating, url = self.close()
        self.authenticate(None, None)
        for suffix in ("/1", "/5", "/submit_feedback?rate=1"):
            self.assertEqual(self.url_open(url + suffix).status_code, 200)
        self.assertFalse(rating.consumed)
        self.assertFalse(self.poor())

    def test_a_poor_rating_is_a_call_today(self):
        rating, url = self.close()
        self.authenticate(None, None)
        self.assertEqual(self.vote(url, 1, "You <b>never</b> listen").status_code, 200)
        self.assertTrue(rating.consumed)
        task = self.poor()
        self.assertEqual((task.user_id, task.date_deadline), (self.user_vcio, fields.Date.today()))
        self.assertIn("never", task.note)
        self.assertNotIn("<b>", task.note, "the client's words are text")
        self.vote(url, 1, "Still the same")
        self.assertEqual(len(self.poor()), 1, "a second vote replaces the first")
        self.assertIn("Still the same", self.poor().note)
        self.vote(url, 5)
        self.assertFalse(self.poor(), "the client took it back")
        self.assertEqual(rating.rating, 5)

    def test_nobody_is_asked_twice(self):
        self.close()
        self.meeting._prepare_feedback_mails()
        self.assertEqual(len(self.outbox("feedback")), 1)

    def test_late_minutes_are_reminded_once(self):
        kind = self.env.ref("roadmap_msp.activity_type_minutes")
        find = [("activity_type_id", "=", kind.id), ("res_id", "=", self.meeting.id)]
        Activity = self.env["mail.activity"].with_context(active_test=False)
        for _time in range(2):
            self.run_job("cron_late_minutes")
        reminder = Activity.search(find)
        self.assertEqual(reminder.user_id, self.meeting.user_id)
        self.meeting.action_close()
        with patch.object(IrMail_Server, "send_email", lambda self, message, *a, **k: "id"):
            self.outbox("minutes").action_send_now()
        self.assertFalse(reminder.active, "sent, so nobody has to remember")
        self.run_job("cron_late_minutes")
        self.assertEqual(len(Activity.search(find)), 1)

    def test_the_client_confirms_the_minutes(self):
        self.meeting.action_close()
        mail = self.outbox("minutes")
        self.assertEqual(mail.link_id.purpose, "acknowledge")
        url = f"/my/roadmap/meeting/{self.meeting.id}"
        self.portal_owner.password = self.portal_office.password = "rm_owner"
        self.authenticate("rm_owner", "rm_owner")
        token = {"csrf_token": http.Request.csrf_token(self)}
        self.assertEqual(self.url_open(f"{url}/confirm", data=token).status_code, 404)
        self.meeting.sudo().minutes_sent_on = fields.Datetime.now()
        self.assertIn("I have read the minutes", self.url_open(url).text)
        self.assertFalse(self.meeting.acknowledged_on, "looking is not confirming")
        page = self.url_open(f"{url}/confirm", data=token)
        self.assertIn("Confirmed by", page.text)
        self.assertEqual(self.meeting.acknowledged_by_id, self.contact_owner)
        self.authenticate("rm_office", "rm_owner")
        token = {"csrf_token": http.Request.csrf_token(self)}
        self.assertEqual(self.url_open(f"{url}/confirm", data=token).status_code, 404)
