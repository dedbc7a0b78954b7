from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_meeting_planning import TODAY, MeetingCommon


class MyDayCommon(MeetingCommon):
    def day(self, user=None):
        return self.env["roadmap.roadmap"].with_user(user or self.user_csm).get_my_day()

    def call(self, record, user, days=0, summary="Ask about the lease"):
        return self.env["mail.activity"].create(
            {
                "activity_type_id": self.env.ref("mail.mail_activity_data_call").id,
                "res_model_id": self.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "user_id": user.id,
                "summary": summary,
                "date_deadline": fields.Date.today() - timedelta(days=days),
            }
        )


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMyDay(MyDayCommon):
    def test_empty(self):
        day = self.day()
        for section in ("calls", "quotes", "meetings"):
            self.assertEqual(day[section], {"count": 0, "rows": []})
        self.assertEqual(day["done"], 0)

    def test_calls(self):
        self.contact_owner.phone = "+1 555 0100"
        meeting = self.plan()
        lead = meeting.opportunity_id
        self.call(lead, self.user_csm, days=3)
        self.call(lead, self.user_vcio, days=3)
        self.call(lead, self.user_csm, days=-2)
        foreign = self.env["crm.lead"].create({"name": "No roadmap"})
        self.call(foreign, self.user_csm)
        rows = self.day()["calls"]["rows"]
        self.assertEqual([row["late"] for row in rows], [3, 0], "the latest first")
        booking = rows[1]
        self.assertEqual(booking["client"], "Orchard Test Law")
        self.assertEqual(booking["contact"], "Olive Owner")
        self.assertEqual(booking["phone"], "+1 555 0100")
        self.assertEqual(booking["meeting_id"], meeting.id)
        self.assertEqual(booking["why"], "Book: Kickoff meeting")
        self.assertFalse(rows[0]["meeting_id"])
        self.assertFalse(self.day()["meetings"]["count"], "not twice on one page")

    def test_buttons(self):
        lead = self.plan().opportunity_id
        first = self.call(lead, self.user_csm, days=3).with_user(self.user_csm)
        second = self.call(lead, self.user_csm, days=2).with_user(self.user_csm)
        third = self.call(lead, self.user_csm, days=1).with_user(self.user_csm)
        first.action_feedback()
        second.roadmap_no_answer()
        third.roadmap_later(5)
        self.assertFalse(first.active)
        self.assertEqual(second.date_deadline, date(2026, 3, 3))
        self.assertEqual(third.date_deadline, date(2026, 3, 9), "Saturday becomes Monday")
        self.assertIn("no answer", lead.sudo().message_ids[0].body)
        self.assertTrue(lead.sudo().message_ids[0].subtype_id.internal)
        day = self.day()
        self.assertEqual((day["calls"]["count"], day["done"]), (1, 1))
        for name, args in (("roadmap_no_answer", []), ("roadmap_later", [1])):
            with self.assertRaises(AccessError):
                getattr(second.with_user(self.user_other_csm), name)(*args)

    def test_no_answer_without_a_record(self):
        private = self.env["mail.activity"].with_user(self.user_csm).create(
            {
                "activity_type_id": self.env.ref("mail.mail_activity_data_call").id,
                "user_id": self.user_csm.id,
                "summary": "Ask the landlord",
            }
        )  # fmt: skip
        self.assertFalse(private.res_model)
        private.roadmap_no_answer()
        self.assertEqual(private.date_deadline, date(2026, 3, 3))

    def test_quotes(self):
        items = self.env["roadmap.item"].create(
            [
                {
                    "name": name,
                    "roadmap_id": self.roadmap.id,
                    "quote_requested_on": when,
                    "line_ids": [
                        fields.Command.create(
                            {"name": "Work", "quantity": 1, "price_unit": price, "kind": kind}
                        )
                    ],
                }
                for name, when, price, kind in (
                    ("Server", "2026-02-24 09:00:00", 1000, "one_off"),
                    ("Backup", "2026-02-26 09:00:00", 90, "recurring"),
                )
            ]
        )
        self.book(self.plan(), "2026-03-11 10:00:00")
        row = self.day()["quotes"]["rows"][0]
        self.assertEqual(row["item_ids"], items.ids)
        self.assertEqual((row["title"], row["more"], row["age"]), ("Server", 1, 6))
        self.assertEqual(row["meeting"], 9)
        self.assertIn("1,000", row["once"])
        self.assertIn("90", row["monthly"])
        self.assertFalse(self.day(self.user_vcio)["quotes"]["count"], "the account manager's work")
        items.quote_user_id = self.user_vcio
        self.assertTrue(self.day(self.user_vcio)["quotes"]["count"])
        self.assertFalse(self.day()["quotes"]["count"])

    def test_meetings(self):
        now = self.plan()
        self.book(now, "2026-03-02 14:00:00")
        make = {"roadmap_id": self.roadmap.id, "user_id": self.user_vcio.id}
        over = self.meetings.create({**make, "name": "Over", "due_date": "2026-02-20"})
        self.book(over, "2026-03-02 10:00:00")
        held = self.meetings.create(
            {
                **make,
                "name": "Held",
                "due_date": "2026-02-20",
                "state": "held",
                "held_on": "2026-02-27",
            }
        )
        late = self.meetings.create(
            {**make, "name": "Late", "due_date": "2026-02-20", "book_on": "2026-02-10"}
        )
        self.meetings.create(
            {**make, "name": "Not yet", "due_date": "2026-09-20", "book_on": "2026-08-30"}
        )
        with freeze_time("2026-03-02 12:00:00"):
            rows = self.day()["meetings"]["rows"]
            self.assertEqual(
                [(row["id"], row["kind"]) for row in rows],
                [
                    (now.id, "today"),
                    (over.id, "to_hold"),
                    (held.id, "to_close"),
                    (late.id, "to_book"),
                ],
            )
            self.assertEqual(rows[0]["time"], "14:00")
            self.assertEqual(rows[3]["late"], 10)
            host = [row["kind"] for row in self.day(self.user_vcio)["meetings"]["rows"]]
            self.assertEqual(host, ["today", "to_hold", "to_close"], "others book for the host")
            self.assertFalse(self.day(self.user_other_csm)["meetings"]["count"])

    def test_day_ends_at_the_users_midnight(self):
        self.book(self.plan(), "2026-03-03 02:00:00")
        self.user_csm.tz = "America/New_York"
        self.assertEqual(self.day()["meetings"]["rows"][0]["time"], "21:00")
        self.user_csm.tz = "Europe/Berlin"
        self.assertFalse(self.day()["meetings"]["count"])

    def test_preparation(self):
        meeting = self.plan()
        self.book(meeting, "2026-03-11 10:00:00")
        self.env["mail.activity"].create(
            {
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "res_model_id": self.env["ir.model"]._get_id("roadmap.meeting"),
                "res_id": meeting.id,
                "user_id": self.user_vcio.id,
                "summary": "Pull the figures",
                "date_deadline": fields.Date.today(),
            }
        )
        row = self.day(self.user_vcio)["meetings"]["rows"][0]
        self.assertEqual((row["kind"], row["task"]), ("prepare", "Pull the figures"))

    def test_preparation_of_what_is_not_booked_yet(self):
        meeting = self.plan()
        meeting.write({"due_date": "2026-06-01", "book_on": "2026-05-01"})
        self.env["mail.activity"].create(
            {
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "res_model_id": self.env["ir.model"]._get_id("roadmap.meeting"),
                "res_id": meeting.id,
                "user_id": self.user_vcio.id,
                "summary": "Ask for the figures",
                "date_deadline": fields.Date.today(),
            }
        )
        row = self.day(self.user_vcio)["meetings"]["rows"][0]
        self.assertEqual((row["kind"], row["task"]), ("prepare", "Ask for the figures"))
        team = self.env["roadmap.roadmap"].with_user(self.user_all).get_team_day()
        counts = {row["id"]: row["meetings"] for row in team}
        self.assertEqual(counts[self.user_vcio.id], 1, "the team's page counts it too")

    def test_last_note(self):
        meeting = self.plan()
        call = self.call(meeting.opportunity_id, self.user_csm, days=1)
        later = self.call(self.roadmap, self.user_csm)
        later.note = "<p>Wants it <b>before</b> April</p>"
        told = self.call(self.roadmap, self.user_csm)
        self.roadmap._message_log(body="Created")
        self.roadmap.message_notify(partner_ids=self.user_csm.partner_id.ids, body="It is yours.")
        call.with_user(self.user_csm).roadmap_no_answer()
        call.date_deadline = fields.Date.today()
        notes = {row["id"]: row["note"] for row in self.day()["calls"]["rows"]}
        self.assertEqual(notes[later.id], "Wants it before April")
        self.assertEqual(notes[call.id], "Called, no answer: Ask about the lease")
        self.assertEqual(notes[told.id], "", "a notice of an assignment is no word of the client")
