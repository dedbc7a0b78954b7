from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import PIXEL
from .test_meeting_action import ActionCommon
from .test_meeting_planning import TODAY


class PresentCommon(ActionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting.internal_note = "<p>INTERNAL sour</p>"
        cls.item = cls.env["roadmap.item"].create(
            {"name": "Server", "roadmap_id": cls.roadmap.id, "internal_note": "INTERNAL margin"}
        )
        Topic = cls.env["roadmap.meeting.topic"]
        cls.topic = Topic.create(
            {"name": "Server", "meeting_id": cls.meeting.id, "item_id": cls.item.id}
        )
        hidden = cls.item.copy({"name": "INTERNAL item", "client_visible": False})
        cls.hidden = Topic.create(
            {"name": "INTERNAL topic", "meeting_id": cls.meeting.id, "item_id": hidden.id}
        )


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMeetingPresent(PresentCommon):
    def test_nothing_internal_is_fetched(self):
        screen = self.meeting.get_presentation()
        self.assertNotIn("INTERNAL", str(screen))
        self.assertEqual([row["name"] for row in screen["topics"]], ["Server"])
        for row in (*screen["topics"], *screen["people"]):
            self.assertFalse({"internal_note", "price", "margin", "email"} & row.keys())

    def test_for_its_team_only(self):
        for user in (self.user_other_csm, self.user_technician, self.portal_owner):
            meeting = self.meeting.with_user(user)
            for call in (meeting.get_presentation, meeting.present_finish):
                with self.assertRaises(AccessError):
                    call()
            with self.assertRaises(AccessError):
                meeting.present_settle(self.topic.id, "decided", "Yes")
            with self.assertRaises(AccessError):
                meeting.present_new_topic("x")
        self.assertEqual(self.topic.state, "open")

    def test_settling(self):
        meeting = self.meeting
        screen = meeting.present_settle(self.topic.id, "decided", "Two of them")
        self.assertEqual((self.topic.state, self.topic.outcome), ("decided", "Two of them"))
        self.assertEqual(screen["topics"][0]["outcome"], "Two of them")
        meeting.present_settle(self.topic.id, "open")
        with self.assertRaisesRegex(UserError, "put off"):
            meeting.present_settle(self.topic.id, "deferred")
        self.topic.invalidate_recordset()
        meeting.present_settle(self.topic.id, "deferred", "", "the lease", "2026-06-01")
        self.assertEqual(self.topic.waits_for, "the lease")
        with self.assertRaises(UserError):
            meeting.present_settle(self.hidden.id, "dropped")

    def accept(self, topic=None, why="Too dear", until="2026-12-01", who=None, *signature):
        who = (who or self.contact_owner).id
        return self.meeting.present_accept_risk(
            (topic or self.topic).id, why, until, who, *signature
        )

    def decisions(self):
        return self.env["roadmap.decision"].search([("roadmap_id", "=", self.roadmap.id)])

    def test_an_accepted_risk_is_a_decision(self):
        finding = self.env["roadmap.finding"].create(
            {"name": "Old server", "roadmap_id": self.roadmap.id, "item_ids": self.item.ids}
        )
        for why, until, who in (
            ("", "2026-12-01", self.contact_owner),
            ("Too dear", "2026-01-01", self.contact_owner),
            ("Too dear", False, self.contact_owner),
            ("Too dear", "2026-12-01", self.contact_office),
            ("Too dear", "2026-12-01", self.other_contact),
            ("Too dear", "2026-12-01", self.user_csm.partner_id),
        ):
            with self.assertRaises(UserError):
                self.accept(None, why, until, who)
        self.assertFalse(self.decisions())
        self.accept()
        self.assertIn("Risk accepted by Olive Owner until 1 Dec 2026", self.topic.outcome)
        self.assertEqual(str(self.topic.review_on), "2026-12-01", "it comes back by itself")
        decision = self.decisions()
        self.assertEqual((decision.item_id, decision.decision), (self.item, "declined"))
        self.assertEqual(
            (decision.partner_id, decision.user_id), (self.contact_owner, self.user_csm)
        )
        self.assertEqual((decision.reason, str(decision.until)), ("Too dear", "2026-12-01"))
        self.assertEqual(self.item.state, "declined")
        self.assertEqual((finding.state, str(finding.accepted_until)), ("accepted", "2026-12-01"))
        self.assertIn("Declined: Server", str(self.item.message_ids.mapped("body")))

    def test_a_great_risk_is_signed(self):
        finding = self.env["roadmap.finding"].create(
            {"name": "No backup", "roadmap_id": self.roadmap.id, "risk": "critical"}
        )
        topic = self.env["roadmap.meeting.topic"].create(
            {"name": "No backup", "meeting_id": self.meeting.id, "finding_id": finding.id}
        )
        row = self.meeting.get_presentation()["topics"][-1]
        self.assertTrue(row["signed"] and row["risk_text"])
        with self.assertRaisesRegex(UserError, "signature"):
            self.accept(topic)
        decider = self.contact_office
        self.env["roadmap.stakeholder"].create(
            {"roadmap_id": self.roadmap.id, "partner_id": decider.id, "role": "decision_maker"}
        )
        image = f"data:image/png;base64,{PIXEL}"
        with self.assertRaisesRegex(UserError, "Olive Owner"):
            self.accept(topic, "Too dear", "2026-12-01", decider, image)
        self.assertEqual(finding.state, "open", "accepted by a valid decision only")
        self.assertFalse(self.decisions())
        scribble = "data:image/png;base64,aGVsbG8="
        with self.assertRaisesRegex(UserError, "cannot be read"):
            self.accept(topic, "Too dear", "2026-12-01", self.contact_owner, scribble)
        self.accept(topic, "Too dear", "2026-12-01", self.contact_owner, image, "O. Owner")
        decision = self.decisions()
        self.assertEqual((decision.finding_id, decision.signed_by), (finding, "O. Owner"))
        self.assertEqual(decision.signature, PIXEL.encode())
        self.assertEqual(decision.risk_text, row["risk_text"], "as it was shown")
        self.assertEqual(decision.content_hash, decision._fingerprint())
        self.assertTrue(decision.is_open_risk)
        self.assertEqual(decision.subject, "No backup")
        self.assertEqual((finding.state, finding.accept_reason), ("accepted", "Too dear"))
        self.minutes_carry_what_was_signed(decision)
        finding.action_reopen()
        self.assertFalse(decision.is_open_risk)

    def minutes_carry_what_was_signed(self, decision):
        Attachment = self.env["ir.attachment"]
        paper = decision.document_id or Attachment.create({"name": "Signed.pdf", "raw": b"x"})
        decision.document_id = paper
        hidden = Attachment.create({"name": "Of the owner only.pdf", "raw": b"x"})
        secret = self.env["roadmap.finding"].create(
            {"name": "Sale", "roadmap_id": self.roadmap.id, "owner_only": True}
        )
        kept = decision.copy({"finding_id": secret.id})
        kept.document_id = hidden
        self.meeting.sudo().write({"state": "held", "held_on": fields.Date.today()})
        # Was there, and reads no plan: the paper names amounts.
        guest = self.env["res.partner"].create(
            {"name": "Rita", "email": "rita@client.example.com", "parent_id": self.client.id}
        )
        self.meeting.sudo().attendee_ids |= guest
        self.meeting.action_close()
        mails = self.env["roadmap.outbox"].search(
            [("kind", "=", "minutes"), ("res_id", "=", self.meeting.id)]
        )
        theirs = mails.filtered(lambda mail: mail.partner_id == guest)
        self.assertTrue(theirs and mails - theirs)
        for mail in mails - theirs:
            self.assertIn(paper, mail.attachment_ids)
            self.assertNotIn(hidden, mail.attachment_ids)
            self.assertEqual(len(mail.attachment_ids), 2)
        self.assertEqual(
            theirs.attachment_ids.mapped("name"),
            (mails - theirs).attachment_ids.filtered(lambda file: file not in paper).mapped("name"),
        )

    def test_a_topic_of_its_own(self):
        self.meeting.present_new_topic("Old phones")
        topic = self.meeting.topic_ids.filtered(lambda row: row.name == "Old phones")
        self.accept(topic)
        self.assertEqual(self.decisions().topic_id, topic)

    def test_accepted_twice_is_one_decision(self):
        finding = self.env["roadmap.finding"].create(
            {"name": "Old server", "roadmap_id": self.roadmap.id}
        )
        Topic = self.env["roadmap.meeting.topic"]
        about = {"meeting_id": self.meeting.id}
        topics = Topic.create(
            [
                {"name": "Old server", "finding_id": finding.id, **about},
                {"name": "Phones", **about},
            ]
        )
        for topic in self.topic | topics:
            before = self.decisions()
            first = self.accept(topic)
            self.assertEqual(self.accept(topic), first, "a double click shows the same screen")
            decision = self.decisions() - before
            self.assertEqual(len(decision), 1)
            self.accept(topic, "Next year, then")
            self.assertEqual(len(self.decisions() - before), 2, "another reason is news")
        finding.action_reopen()
        self.accept(topics[0], "Next year, then")
        of_finding = self.decisions().filtered(lambda row: row.finding_id == finding)
        self.assertEqual(len(of_finding), 3, "reopened: it is accepted anew")

    def test_promises_of_both_sides(self):
        owner, vcio = self.contact_owner, self.user_vcio.partner_id
        self.meeting.present_promise("Send the lease", owner.id, "2026-03-09", self.topic.id)
        self.meeting.present_promise("Ask the vendor", vcio.id, "2026-03-10")
        theirs, ours = self.meeting.action_ids
        self.assertEqual((theirs.side, theirs.partner_id), ("client", owner))
        self.assertEqual((ours.side, ours.user_id), ("ours", self.user_vcio))
        self.assertTrue(ours.sudo().activity_id)
        with self.assertRaises(UserError):
            self.meeting.present_promise("x", self.other_contact.id, "2026-03-10")
        with self.assertRaises(UserError):
            self.meeting.present_promise(" ", owner.id, "2026-03-10")
        self.meeting.present_action_state(theirs.id, "done")
        self.assertEqual(theirs.state, "done")

    def test_new_topics_and_quotations(self):
        self.meeting.present_new_topic("Phones", True)
        topic = self.meeting.topic_ids.filtered(lambda row: row.name == "Phones")
        self.assertTrue(topic.item_id.quote_requested_on)
        with self.assertRaisesRegex(UserError, "a name"):
            self.meeting.present_new_topic("  ")
        screen = self.meeting.present_quote(self.topic.id)
        self.assertTrue(screen["topics"][0]["quote_asked"])

    def test_attendance_time_and_the_end(self):
        self.book(self.meeting, "2026-03-02 10:00:00")
        people = [self.contact_office.id, self.user_csm.partner_id.id, self.other_contact.id]
        screen = self.meeting.present_here(people)
        self.assertFalse(screen["decision_maker_present"])
        self.assertNotIn(self.other_contact, self.meeting.attendee_ids)
        self.meeting.present_time({str(self.topic.id): 90, str(self.hidden.id): 90, "x": 5})
        self.meeting.present_time({str(self.topic.id): 30})
        self.assertEqual((self.topic.seconds_spent, self.hidden.seconds_spent), (120, 0))
        with freeze_time("2026-03-02 11:05:00"):
            self.meeting.present_finish(1800)
        self.assertEqual(self.meeting.state, "held")
        self.assertEqual(self.meeting.attendee_ids, self.contact_office | self.user_csm.partner_id)
        self.assertFalse(self.meeting.counts, "no decision maker was here")
        self.assertEqual(self.meeting.hours_meeting, 0.5)
        self.meeting.present_finish(60)
        self.assertAlmostEqual(self.meeting.hours_meeting, 0.5 + 1 / 60, msg="an afterword")
        self.assertIn("Oscar Office", self.meeting.minutes)
        self.meeting.leave_behind = "The printed book"
        self.meeting.action_draft_minutes()
        self.assertIn("The printed book", self.meeting.minutes)

    def test_a_page_that_was_loaded_anew_loses_no_time(self):
        self.book(self.meeting, "2026-03-02 10:00:00")
        self.meeting.present_time({str(self.topic.id): 2700})
        with freeze_time("2026-03-02 11:05:00"):
            self.meeting.present_finish(20)
        ours = self.meeting.attendee_ids - self.meeting._client_contacts(self.meeting.attendee_ids)
        self.assertEqual(self.meeting.hours_meeting, 0.75 * len(ours))


@tagged("post_install", "-at_install")
class TestMeetingPresentTour(HttpCase, PresentCommon):
    def test_present_tour(self):
        self.user_csm.password = "rm_csm"
        start = fields.Datetime.now() - timedelta(minutes=5)
        with freeze_time(start - timedelta(hours=1)):
            self.meeting._book(start, start + timedelta(hours=1), self.user_csm)
        url = f"/odoo/action-roadmap_msp.roadmap_meeting_action/{self.meeting.id}"
        self.start_tour(url, "roadmap_present", login="rm_csm")
        self.assertEqual((self.topic.state, self.topic.outcome), ("decided", "Two servers"))
        self.assertEqual(self.meeting.action_ids.mapped("name"), ["Send the offer"])
        self.assertEqual(self.meeting.state, "held")
        self.assertIn("Two servers", self.meeting.minutes)
