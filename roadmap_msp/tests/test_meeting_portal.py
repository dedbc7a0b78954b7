from datetime import timedelta

from lxml.html import fromstring

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

    def promise(self):
        return self.env["roadmap.action"].create(
            {
                "name": "Send the list",
                "roadmap_id": self.roadmap.id,
                "side": "client",
                "partner_id": self.contact_owner.id,
                "due_date": fields.Date.today(),
            }
        )

    def test_preview_for_us(self):
        """The page as the client reads it, without what only the client may press."""
        self.promise()
        url = self.meeting.with_user(self.user_csm).action_preview()["url"]
        for login, status in {"rm_tech": 404, "rm_other_csm": 404, "rm_csm": 200}.items():
            self.authenticate(login, login)
            page = self.url_open(url)
            self.assertEqual(page.status_code, status, login)
        self.assertIn("Purpose: planning, not selling", page.text)
        self.assertIn("Send the list", page.text)
        for word in ("INTERNAL", "DRAFT", '/calendar"', "/actions/", "/times"):
            self.assertNotIn(word, page.text)
        self.meeting.action_cancel()
        self.assertEqual(self.url_open(url).status_code, 404, "the client has no page either")

    def test_promises_stand_on_the_page(self):
        """Before the meeting, and after it whether or not the minutes were confirmed."""
        self.promise().meeting_id = self.meeting.create(
            {
                "name": "Earlier",
                "roadmap_id": self.roadmap.id,
                "due_date": "2026-01-05",
                "held_on": "2026-01-05",
                "state": "closed",
            }
        )
        now = fields.Datetime.now()
        sent = {"state": "closed", "held_on": fields.Date.today(), "minutes_sent_on": now}
        confirmed = {"acknowledged_on": now, "acknowledged_by_id": self.contact_owner.id}
        for values in ({}, sent, confirmed):
            self.meeting.write(values)
            if self.meeting.minutes_sent_on:
                self.env["roadmap.action"].search([]).meeting_id = self.meeting
            page = fromstring(self.get().text)
            rows = page.xpath("//li[contains(., 'Send the list')]")
            self.assertEqual(len(rows), 1, values)
            self.assertEqual(len(rows[0].xpath(".//form")), 1, "to tick it off")
            self.assertFalse(rows[0].xpath("ancestor::form"), "no form within a form")

    def test_calendar_file(self):
        answer = self.get("/calendar")
        self.assertEqual(answer.headers["Content-Type"], "text/calendar")
        self.assertIn("BEGIN:VEVENT", answer.text)
        self.assertNotIn("INTERNAL", answer.text)
        self.meeting.state = "held"
        self.assertEqual(self.get("/calendar").status_code, 404, "it is over")
        unbooked = self.meeting.create(
            {"name": "Review", "roadmap_id": self.roadmap.id, "due_date": "2031-01-01"}
        )
        self.assertEqual(self.get(meeting=unbooked).status_code, 200)
        self.assertEqual(self.get("/calendar", meeting=unbooked).status_code, 404)

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
