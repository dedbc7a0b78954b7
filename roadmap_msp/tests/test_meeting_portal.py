from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .test_meeting_planning import MeetingCommon


@tagged("post_install", "-at_install")
class TestMeetingPortal(HttpCase, MeetingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls.roadmap._plan_first_meeting()
        start = fields.Datetime.now().replace(microsecond=0) + timedelta(days=10)
        cls.meeting._book(start, start + timedelta(hours=1), cls.user_csm)
        cls.meeting.internal_note = "<p>INTERNAL sour</p>"
        cls.meeting.minutes = "<p>DRAFT</p>"
        for login in ("rm_owner", "rm_office", "rm_other"):
            cls.env["res.users"].search([("login", "=", login)]).password = login

    def get(self, suffix="", login="rm_owner", meeting=None):
        self.authenticate(login, login) if login else self.logout()
        record = meeting or self.meeting
        return self.url_open(f"/my/roadmap/meeting/{record.id}{suffix}")

    def test_page(self):
        page = self.get()
        self.assertEqual(page.status_code, 200)
        self.assertIn("Kickoff meeting", page.text)
        self.assertIn("Purpose: planning, not selling", page.text)
        for word in ("INTERNAL", "DRAFT", "BUS-2"):
            self.assertNotIn(word, page.text)

    def test_calendar_file(self):
        answer = self.get("/calendar")
        self.assertEqual(answer.headers["Content-Type"], "text/calendar")
        self.assertIn("BEGIN:VEVENT", answer.text)
        self.assertNotIn("INTERNAL", answer.text)

    def test_only_for_its_readers(self):
        for login in ("rm_office", "rm_other"):
            for suffix in ("", "/calendar", "/minutes"):
                self.assertEqual(self.get(suffix, login).status_code, 404, f"{login} {suffix}")
        missing = self.meeting.browse(self.meeting.id + 1000)
        self.assertEqual(self.get(meeting=missing).status_code, 404)
        self.assertEqual(self.get(login=None).status_code, 404)
        self.meeting.action_cancel()
        self.assertEqual(self.get().status_code, 404)

    def test_minutes_once_sent(self):
        self.assertEqual(self.get("/minutes").status_code, 404)
        self.assertFalse(self.roadmap._portal_todo_meeting(self.contact_owner, {"finance"}))
        self.meeting.write(
            {
                "state": "closed",
                "held_on": fields.Date.today(),
                "minutes": "<p>FINAL</p>",
                "minutes_sent_on": fields.Datetime.now(),
            }
        )
        self.assertIn("FINAL", self.get().text)
        todo = self.roadmap._portal_todo_meeting(self.contact_owner, {"finance"})
        self.assertEqual(todo[0]["url"], f"/my/roadmap/meeting/{self.meeting.id}")
        self.assertFalse(self.roadmap._portal_todo_meeting(self.contact_office, {"contributor"}))
