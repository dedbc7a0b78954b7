from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import format_date

from .common import PIXEL
from .test_plan_proposal import PlanProposalCommon


@tagged("post_install", "-at_install")
class TestPlanAnswers(PlanProposalCommon):
    """The client's answers to a proposal."""

    def test_approve_queues_the_quotation(self):
        decision = self.decide(self.laptops, "approved")
        self.assertEqual(self.laptops.state, "approved")
        self.assertEqual(decision.partner_id, self.contact_owner)
        self.assertEqual(self.laptops.quote_source, "approval")
        self.assertTrue(self.laptops.quote_waiting)
        message = self.proposal.message_ids[0]
        self.assertEqual(message.author_id, self.contact_owner)
        self.assertIn("Replace 8 laptops", message.body)
        self.assertEqual(self.decide(self.laptops, "approved"), decision, "a double click")
        self.assertEqual(len(self.laptops.decision_ids), 1)

    def test_a_decision_is_named_by_its_day_where_one_reads_it(self):
        decision = self.decide(self.laptops, "approved")
        decision.sudo()._write({"decided_on": fields.Datetime.to_datetime("2031-02-03 02:30:00")})
        decision.invalidate_recordset()
        reader = decision.with_user(self.user_csm)
        self.assertEqual(reader.display_name, "Approved, 3 Feb 2031")
        far = reader.with_context(tz="America/New_York")
        self.assertEqual(far.display_name, "Approved, 2 Feb 2031")

    def test_what_is_covered_asks_nothing(self):
        patching = self.items.create(self._item("Patching", 1, 0, covered=True))
        action = (patching | self.wifi).action_propose()
        proposal = self.env["roadmap.proposal"].browse(action["res_id"])
        line = patching.proposal_line_ids
        with self.assertRaisesRegex(UserError, "Patching is covered by your agreement"):
            proposal._decide(line, "approved", self.portal_owner)
        with self.assertRaisesRegex(UserError, "Patching is covered by your agreement"):
            proposal._ask_quote(line, self.contact_owner)
        self.assertFalse(patching.decision_ids or patching.quote_requested_on)

    def test_who_has_no_say_asks_for_no_quotation(self):
        for partner in (self.contact_stranger, self.other_contact):
            with self.assertRaisesRegex(UserError, "cannot ask for this"):
                self.proposal._ask_quote(self.line[self.wifi], partner)
        self.assertFalse(self.wifi.quote_requested_on)

    def test_not_now_needs_a_date_and_returns(self):
        with self.assertRaisesRegex(UserError, "choose the date"):
            self.decide(self.wifi, "deferred")
        with self.assertRaisesRegex(UserError, "in the future"):
            self.decide(self.wifi, "deferred", until="2020-01-01")
        self.decide(self.wifi, "deferred", until=self.later, reason="New lease first")
        self.assertEqual(self.wifi.state, "deferred")
        topic = self.env["roadmap.meeting.topic"].search([("item_id", "=", self.wifi.id)])
        self.assertEqual(fields.Date.to_string(topic.review_on), self.later)

    def test_plain_no_is_one_tap(self):
        self.decide(self.laptops, "declined", reason="Too expensive")
        self.assertEqual(self.laptops.state, "declined")
        self.assertFalse(self.laptops.decision_ids.content_hash)

    def test_critical_no_is_signed(self):
        finding = self.env["roadmap.finding"].create(
            {
                "name": "No MFA",
                "roadmap_id": self.roadmap.id,
                "item_ids": [(4, self.factor.id)],
                "proposed": True,
            }
        )
        full = {
            "reason": "Next year",
            "until": self.later,
            "signature": PIXEL,
            "signed_by": "Olive Owner",
        }
        for missing in full:
            with self.assertRaises(UserError):
                self.decide(self.factor, "declined", **{**full, missing: None})
        self.assertFalse(self.factor.decision_ids)
        decision = self.decide(self.factor, "declined", **full)
        self.assertEqual(self.factor.state, "declined")
        self.assertIn("critical risk", decision.risk_text)
        self.assertRegex(decision.content_hash, r"^[0-9a-f]{64}$")
        self.assertEqual(decision.content_hash, decision._fingerprint())
        self.assertEqual((finding.state, str(finding.accepted_until)), ("accepted", self.later))
        self.assertEqual((finding.accept_reason, finding.proposed), ("Next year", False))
        html = self.document(decision)
        for text in (decision.content_hash, "Olive Owner", "Next year", "Second factor for all"):
            self.assertIn(text, html)
        self.assertIn(format_date(self.env, self.later, date_format="d MMM y"), html)
        self.assertIn(decision._time_text(), html)
        plain = self.decide(self.laptops, "declined", reason="Too expensive")
        self.assertNotIn("SHA-256", self.document(plain), "nothing was sealed")

    def document(self, decision):
        report = self.env["ir.actions.report"]
        html, _type = report._render_qweb_html("roadmap_msp.roadmap_decision_report", decision.ids)
        return html.decode()

    def test_newest_answer_wins_and_all_are_kept(self):
        with freeze_time("2026-03-01 10:00:00"):
            self.decide(self.laptops, "approved")
        with freeze_time("2026-03-01 10:05:00"):
            self.decide(self.laptops, "declined", reason="Too expensive")
        self.assertEqual(len(self.laptops.decision_ids), 2)
        self.assertEqual(self.line[self.laptops].answer, "declined")

    def test_within_the_limit(self):
        self.decide(self.wifi, "approved", self.portal_office)
        self.assertEqual(self.wifi.state, "approved", "3,000 + 12 x 20 is within the limit")

    def test_without_the_right_to_sign(self):
        roles = self.roadmap.stakeholder_ids
        roles.filtered(
            lambda row: row.partner_id == self.contact_owner and row.role == "signer"
        ).unlink()
        with self.assertRaisesRegex(UserError, "Oscar Office can decide"):
            self.decide(self.laptops, "approved")
        self.decide(self.laptops, "talk", reason="Call me")
        activity = self.laptops.activity_ids
        self.assertEqual(activity.user_id, self.user_csm)
        self.assertEqual(self.laptops.state, "proposed")
        for user in (self.portal_stranger, self.portal_other):
            with self.assertRaises(UserError):
                self.decide(self.laptops, "talk", user)

    def test_line_of_another_proposal(self):
        mine = self.items.create(self._item("Mine", 1, 0))
        mine.action_propose()
        with self.assertRaisesRegex(UserError, "no longer open"):
            self.proposal._decide(mine.proposal_line_ids, "approved", self.portal_owner)

    def test_ordered_is_too_late(self):
        self.laptops.action_done()
        with self.assertRaisesRegex(UserError, "ordered or closed"):
            self.decide(self.laptops, "declined", reason="no")

    def test_a_decision_is_kept_as_taken(self):
        decision = self.decide(self.laptops, "approved")
        self.assertFalse(decision.with_user(self.user_manager).has_access("write"))
        with self.assertRaisesRegex(UserError, "kept as it was taken"):
            decision.sudo().write({"reason": "changed"})
