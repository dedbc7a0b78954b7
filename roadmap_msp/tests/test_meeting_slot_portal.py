import time

from odoo import fields, http
from odoo.tests import HttpCase, tagged

from ..controllers.portal import VERIFIED
from .test_meeting_planning import MeetingCommon


@tagged("post_install", "-at_install")
class TestMeetingSlotPortal(HttpCase, MeetingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls.roadmap._plan_first_meeting()
        cls.meeting.book_on = fields.Date.today()
        cls.foreign = cls.other_roadmap._plan_first_meeting()
        for login in ("rm_owner", "rm_office", "rm_other"):
            cls.env["res.users"].search([("login", "=", login)]).password = login

    def url(self, suffix="", meeting=None):
        return f"/my/roadmap/meeting/{(meeting or self.meeting).id}/times{suffix}"

    def choose(self, start, meeting=None, **values):
        values = {"csrf_token": http.Request.csrf_token(self), "start": start, **values}
        return self.url_open(self.url("/book", meeting), data=values)

    def free(self, meeting=None):
        meeting = meeting or self.meeting
        return meeting._free_slots(*meeting._slot_window())

    def open_link(self, *links):
        session = self.authenticate(None, None)
        session[VERIFIED] = {str(link.id): time.time() + 3600 for link in links}
        http.root.session_store.save(session)

    def test_login_books_and_moves(self):
        self.authenticate("rm_owner", "rm_owner")
        home = self.url_open(f"/my/roadmap/{self.roadmap.id}")
        self.assertIn(self.url(), home.text)
        page = self.url_open(self.url())
        self.assertEqual(page.status_code, 200)
        self.assertFalse(self.meeting.start, "looking books nothing")
        one, two = self.free()[0], self.free()[-1]
        self.assertIn("Booked", self.choose(fields.Datetime.to_string(one)).text)
        self.assertEqual(self.meeting.start, one)
        home = self.url_open(f"/my/roadmap/{self.roadmap.id}")
        self.assertIn("Add to my calendar", home.text)
        self.assertIn("video call", home.text, "no long address")
        self.assertNotIn("join_videocall", home.text)
        self.choose(fields.Datetime.to_string(two))
        self.assertEqual(self.meeting.start, one, "no move without a reason")
        answer = self.choose(fields.Datetime.to_string(two), reason="Holiday <b>x</b>")
        self.assertEqual((answer.status_code, self.meeting.start), (200, two))
        self.assertEqual(self.meeting.move_ids.partner_id, self.contact_owner)

    def test_link_books_its_own_only(self):
        Link = self.env["roadmap.link"]
        self.open_link(Link._issue(self.contact_owner, "slot", self.meeting))
        start = fields.Datetime.to_string(self.free()[0])
        self.assertEqual(self.url_open(self.url()).status_code, 200)
        self.assertEqual(self.choose(start, self.foreign).status_code, 404)
        self.assertFalse(self.foreign.start)
        self.choose(start)
        self.assertEqual(self.meeting.state, "booked")

    def test_others_are_refused(self):
        Link = self.env["roadmap.link"]
        start = fields.Datetime.to_string(self.free()[0])
        for enter in (
            lambda: self.authenticate("rm_office", "rm_office"),
            lambda: self.authenticate("rm_other", "rm_other"),
            lambda: self.authenticate(None, None),
            lambda: self.open_link(Link._issue(self.contact_owner, "acknowledge", self.meeting)),
            lambda: self.open_link(Link._issue(self.other_contact, "slot", self.foreign)),
        ):
            enter()
            self.assertEqual(self.url_open(self.url()).status_code, 404)
            self.assertEqual(self.choose(start).status_code, 404)
        self.assertFalse(self.meeting.start)
        self.assertEqual(self.url_open(self.url("/book")).status_code, 405, "a GET books nothing")

    def test_a_meeting_that_was_called_off(self):
        self.meeting.action_cancel()
        self.open_link(self.env["roadmap.link"]._issue(self.contact_owner, "slot", self.meeting))
        for page in (self.url(), f"/my/roadmap/meeting/{self.meeting.id}"):
            self.assertEqual(self.url_open(page).status_code, 404)
        start = fields.Datetime.to_string(self.free()[0])
        self.assertEqual(self.choose(start).status_code, 404)
        self.assertEqual(self.meeting.state, "cancelled")

    def test_a_link_ends_with_the_role(self):
        link = self.env["roadmap.link"]._issue(self.contact_owner, "slot", self.meeting)
        self.open_link(link)
        start = fields.Datetime.to_string(self.free()[0])
        self.roadmap.stakeholder_ids.filtered(
            lambda row: row.partner_id == self.contact_owner
        ).unlink()
        self.env.flush_all()
        self.assertEqual(self.url_open(self.url()).status_code, 404)
        self.assertEqual(self.choose(start).status_code, 404)
        self.assertFalse(self.meeting.start)

    def give_up(self, meeting=None, **values):
        values = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(self.url("/cancel", meeting), data=values)

    def test_calling_off_never_loses_the_meeting(self):
        self.authenticate("rm_owner", "rm_owner")
        self.assertEqual(self.give_up(reason="x").status_code, 200)
        self.assertFalse(self.meeting.move_ids, "nothing is booked yet")
        for count in (1, 2):
            self.choose(fields.Datetime.to_string(self.free()[count]))
            start, event = self.meeting.start, self.meeting.event_id
            self.give_up(reason=" ")
            self.assertEqual(self.meeting.state, "booked", "not without a reason")
            answer = self.give_up(reason="Too busy <b>x</b>")
            self.assertIn("We will agree on a time", answer.text)
            self.assertEqual((self.meeting.state, self.meeting.start), ("to_book", False))
            self.assertFalse(event.active)
            move = self.meeting.move_ids[0]
            self.assertEqual((move.partner_id, move.date_from), (self.contact_owner, start))
            self.assertEqual((move.date_to, move.reason), (False, "Too busy <b>x</b>"))
            self.assertTrue(self.meeting.booking_activity_id.active)
            self.assertEqual(self.meeting.slip_count, count)
        alerts = self.roadmap.activity_search(["roadmap_msp.activity_type_slipping"])
        self.assertEqual(len(alerts), 1, "the manager hears of two in a row")
        self.assertIn("called off", str(self.roadmap.message_ids.mapped("body")))

    def test_nobody_else_calls_off(self):
        self.meeting._choose_slot(self.free()[0], self.contact_owner)
        Link = self.env["roadmap.link"]
        for enter in (
            lambda: self.authenticate("rm_other", "rm_other"),
            lambda: self.authenticate(None, None),
            lambda: self.open_link(Link._issue(self.contact_owner, "acknowledge", self.meeting)),
            lambda: self.open_link(Link._issue(self.other_contact, "slot", self.foreign)),
        ):
            enter()
            self.assertEqual(self.give_up(reason="x").status_code, 404)
        self.assertEqual(self.meeting.state, "booked")
        self.assertEqual(self.url_open(self.url("/cancel")).status_code, 405)

    def test_a_slot_link_confirms_no_minutes(self):
        today = fields.Date.today()
        self.meeting.write({"state": "closed", "held_on": today, "minutes": "<p>x</p>"})
        self.meeting.minutes_sent_on = fields.Datetime.now()
        Link = self.env["roadmap.link"]
        url = f"/my/roadmap/meeting/{self.meeting.id}"
        for purpose, status in (("slot", 404), ("acknowledge", 200)):
            self.open_link(Link._issue(self.contact_owner, purpose, self.meeting))
            self.assertEqual(f"{url}/confirm" in self.url_open(url).text, status == 200)
            token = http.Request.csrf_token(self)
            answer = self.url_open(f"{url}/confirm", data={"csrf_token": token})
            self.assertEqual(answer.status_code, status, purpose)
            self.assertEqual(bool(self.meeting.acknowledged_on), status == 200)

    def test_bad_requests(self):
        self.authenticate("rm_owner", "rm_owner")
        for start in ("", "x", "9999-99-99 00:00:00", "2026-13-01", "' OR 1=1", "2000-01-01 10:00"):
            answer = self.choose(start, week="nonsense")
            self.assertEqual(answer.status_code, 200, start)
            self.assertIn("alert-warning", answer.text)
        for week in ("", "x", "0001-01-01", "9999-12-31"):
            self.assertEqual(self.url_open(self.url(f"?week={week}")).status_code, 200, week)
        self.assertFalse(self.meeting.start)
