from datetime import date

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import fields, http
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_meeting_planning import TODAY, MeetingCommon


class ActionCommon(MeetingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls.roadmap._plan_first_meeting().with_user(cls.user_csm)

    @classmethod
    def promise(cls, name="Send the price list", **values):
        side = values.get("side", "ours")
        owner = (
            {"user_id": cls.user_vcio.id}
            if side == "ours"
            else {"partner_id": cls.contact_owner.id}
        )
        return (
            cls.env["roadmap.action"]
            .with_user(cls.user_csm)
            .create(
                {
                    "name": name,
                    "meeting_id": cls.meeting.id,
                    "due_date": "2026-03-09",
                    **owner,
                    **values,
                }
            )
        )


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMeetingAction(ActionCommon):
    def test_promise_about_an_owner_only_finding_is_told_to_its_owner_only(self):
        finding = self.env["roadmap.finding"].create(
            {"name": "Confidential", "roadmap_id": self.roadmap.id, "owner_only": True}
        )
        topic = self.env["roadmap.meeting.topic"].create(
            {"name": "Confidential", "meeting_id": self.meeting.id, "finding_id": finding.id}
        )
        secret = self.promise("Find a buyer", side="client", topic_id=topic.id)
        plain = self.promise("Clean up")
        both, Partner = secret | plain, self.env["res.partner"]
        for reader, names in (
            (Partner, ["Clean up"]),
            (self.contact_office, ["Clean up"]),
            (self.contact_owner, ["Find a buyer", "Clean up"]),
        ):
            rows = both._prepare_portal_values(reader, may_all=True)
            self.assertCountEqual([row["name"] for row in rows], names)

    def test_ours_is_a_native_activity_in_both_directions(self):
        action = self.promise()
        activity = action.sudo().activity_id
        self.assertEqual(action.roadmap_id, self.roadmap)
        self.assertEqual(
            (activity.summary, activity.user_id, activity.date_deadline),
            ("Send the price list", self.user_vcio, date(2026, 3, 9)),
        )
        activity.with_user(self.user_vcio).date_deadline = "2026-03-12"
        self.assertEqual(action.due_date, date(2026, 3, 12))
        action.write({"due_date": "2026-03-13", "user_id": self.user_csm.id})
        self.assertEqual(activity.date_deadline, date(2026, 3, 13))
        self.assertEqual(activity.user_id, self.user_csm)
        activity.with_user(self.user_csm).action_feedback("Sent by mail")
        self.assertEqual((action.state, action.result), ("done", "Sent by mail"))
        self.assertEqual(action.done_on, date(2026, 3, 2))
        action.action_reopen()
        again = action.sudo().activity_id
        self.assertTrue(again.active)
        self.assertNotEqual(again, activity)
        self.assertFalse(action.done_on)
        action.action_done()
        self.assertFalse(again.active)
        self.assertEqual(again.date_done, date(2026, 3, 2))

    def test_a_deleted_activity_drops_the_promise(self):
        action, other = self.promise(), self.promise("Call the vendor")
        action.sudo().activity_id.unlink()
        self.assertEqual((action.state, other.state), ("dropped", "open"))
        other.action_drop()
        self.assertFalse(other.sudo().activity_id.exists())

    def test_a_colleague_who_leaves_leaves_the_promises_here(self):
        theirs = self.promise(), self.promise("Call the vendor")
        done = self.promise("Done long ago")
        done.action_done()
        other = self.promise("Of another", user_id=self.user_csm.id)
        mails = self.env["mail.mail"].search_count([])
        self.user_vcio.action_archive()
        for action in theirs:
            self.assertEqual((action.state, action.user_id), ("open", self.user_csm))
            activity = action.sudo().activity_id
            self.assertTrue(activity.active)
            self.assertEqual(activity.user_id, self.user_csm)
        self.assertEqual((done.state, done.user_id), ("done", self.user_vcio))
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        # The account manager leaves as well: not to itself, though it is the one who books.
        self.roadmap.service_manager_id = self.user_manager
        booking = self.meeting.sudo().booking_activity_id
        call = self.roadmap.activity_schedule(summary="Call", user_id=self.user_csm.id)
        self.user_csm.action_archive()
        for action in (*theirs, other):
            self.assertEqual((action.state, action.user_id), ("open", self.user_manager))
        self.assertEqual((booking | call).user_id, self.user_manager, "all that is to do")
        self.assertEqual(len((booking | call).exists()), 2)
        # Switched off by hand or by another program, without Odoo's button.
        self.user_manager.write({"active": False})
        admin = self.env.ref("base.user_admin")
        for action in (*theirs, other):
            self.assertEqual((action.state, action.user_id), ("open", admin))
        self.assertEqual((booking | call).user_id, admin)

    def test_changing_sides(self):
        action = self.promise()
        activity = action.sudo().activity_id
        action.write({"side": "client", "partner_id": self.contact_office.id})
        self.assertFalse(activity.exists())
        self.assertEqual(action.state, "open")
        action.write({"side": "ours", "user_id": self.user_csm.id})
        self.assertEqual(action.sudo().activity_id.user_id, self.user_csm)

    @mute_logger("odoo.sql_db")
    def test_an_owner_of_its_own_client(self):
        with self.assertRaisesRegex(ValidationError, "no contact of"):
            self.promise(side="client", partner_id=self.other_contact.id)
        with self.assertRaises(AccessError):
            self.promise(roadmap_id=self.other_roadmap.id)
        with self.assertRaisesRegex(ValidationError, "another client"):
            self.promise().sudo().roadmap_id = self.other_roadmap
        with self.assertRaises(CheckViolation):
            self.promise(user_id=False)

    def test_technicians_see_and_finish_their_own(self):
        action, foreign = self.promise(user_id=self.user_technician.id), self.promise("Other")
        mine = self.env["roadmap.action"].with_user(self.user_technician).search([])
        self.assertEqual(mine.with_env(self.env), action.with_env(self.env))
        with self.assertRaises(AccessError):
            foreign.with_user(self.user_technician).read(["name"])
        activity = action.sudo().activity_id.with_user(self.user_technician)
        activity.action_feedback("Done")
        self.assertEqual(action.state, "done")

    def test_since_last_time(self):
        self.promise(due_date="2026-02-20")
        done = self.promise("Send the list of people", side="client")
        topic = self.env["roadmap.meeting.topic"].create(
            {"name": "Server", "meeting_id": self.meeting.id, "state": "decided", "outcome": "Yes"}
        )
        secret = self.env["roadmap.finding"].create(
            {"name": "Sale", "roadmap_id": self.roadmap.id, "owner_only": True}
        )
        topic.copy({"name": "SECRET", "finding_id": secret.id, "meeting_id": self.meeting.id})
        self.meeting.action_hold()
        done.action_done()
        following = self.meetings.create(
            {"roadmap_id": self.roadmap.id, "name": "Next", "due_date": "2026-06-01"}
        )
        since = following._prepare_since_values()
        self.assertEqual(since["held_on"], date(2026, 3, 2))
        rows = {row["name"]: row for row in since["actions"]}
        self.assertTrue(rows["Send the price list"]["late"])
        self.assertEqual(rows["Send the list of people"]["state"], "done")
        self.assertEqual([row["name"] for row in since["topics"]], ["Server"])
        self.assertIn("Send the price list", following.preparation)
        self.assertEqual(following.open_action_ids.mapped("name"), ["Send the price list"])
        self.meeting.action_draft_minutes()
        self.assertIn("Promised today", self.meeting.minutes)
        self.assertIn("Send the list of people", self.meeting.minutes)


@tagged("post_install", "-at_install")
class TestMeetingActionPortal(HttpCase, ActionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = fields.Date.today()
        cls.theirs = cls.promise("Their own", side="client", due_date=today)
        cls.office = cls.promise(
            "Of the office", side="client", partner_id=cls.contact_office.id, due_date=today
        )
        cls.ours = cls.promise("Ours to do", due_date=today)
        for login in ("rm_owner", "rm_office", "rm_other"):
            cls.env["res.users"].search([("login", "=", login)]).password = login

    def tick(self, action, login, roadmap=None, **data):
        self.authenticate(login, login)
        roadmap = roadmap or self.roadmap
        values = {"csrf_token": http.Request.csrf_token(self), **data}
        url = f"/my/roadmap/{roadmap.id}/actions/{action.id}"
        return self.url_open(url, data=values).status_code

    def test_ticked_by_the_client(self):
        self.authenticate("rm_owner", "rm_owner")
        page = self.url_open(f"/my/roadmap/{self.roadmap.id}")
        self.assertIn("Their own", page.text)
        self.assertEqual(self.tick(self.theirs, "rm_owner", result="All sent"), 200)
        self.assertEqual((self.theirs.state, self.theirs.result), ("done", "All sent"))
        self.assertEqual(self.theirs.done_by_id, self.contact_owner)
        self.assertEqual(self.tick(self.theirs, "rm_owner", done="0"), 200)
        self.assertEqual(self.theirs.state, "open")
        self.assertEqual(self.tick(self.office, "rm_owner"), 200, "decision makers tick for all")

    def test_nobody_ticks_what_is_not_theirs(self):
        self.assertEqual(self.tick(self.office, "rm_office"), 200)
        self.assertEqual(self.tick(self.theirs, "rm_office"), 404)
        self.assertEqual(self.tick(self.ours, "rm_owner"), 404)
        self.assertEqual(self.tick(self.theirs, "rm_other"), 404)
        self.assertEqual(self.tick(self.theirs, "rm_other", roadmap=self.other_roadmap), 404)
        self.theirs.action_drop()
        self.assertEqual(self.tick(self.theirs, "rm_owner"), 404)
        self.assertEqual((self.ours.state, self.theirs.state), ("open", "dropped"))

    def test_a_contributor_reads_only_their_own(self):
        self.authenticate("rm_office", "rm_office")
        page = self.url_open(f"/my/roadmap/{self.roadmap.id}/actions")
        self.assertIn("Of the office", page.text)
        for word in ("Their own", "Ours to do"):
            self.assertNotIn(word, page.text)
