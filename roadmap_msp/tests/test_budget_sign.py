import io
from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from .budget_common import BudgetCommon


@tagged("post_install", "-at_install")
class TestBudgetSign(BudgetCommon):
    """Who may sign, and what follows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.propose()

    def test_signing(self):
        self.sign(signed_by=" Olive Owner ")
        budget = self.budget
        self.assertEqual((budget.state, budget.signed_by), ("approved", "Olive Owner"))
        self.assertEqual(budget.signed_partner_id, self.contact_owner)
        self.assertEqual(len(budget.content_hash), 64)
        note = budget.message_ids[0]
        self.assertIn("our plan, not an order", note.body)
        self.assertEqual(note.author_id, self.contact_owner)
        self.assertTrue(note.is_internal or note.subtype_id == self.env.ref("mail.mt_note"))
        self.assertIn(budget.user_id.partner_id, note.notified_partner_ids)
        self.assertFalse(self.laptops.decision_ids, "signing a plan approves nothing")

    @mute_logger("odoo.addons.base.models.ir_actions_report")
    def test_the_pdf_is_attached(self):
        with self.allow_pdf_render():
            self.sign(budget=self.budget.with_context(force_report_rendering=True))
        document = self.budget.document_id
        self.assertTrue(document.raw.startswith(b"%PDF"))
        pages = PdfFileReader(io.BytesIO(document.raw), strict=False)
        count = pages.getNumPages()
        for number in range(count):
            self.assertIn(f"{number + 1} / {count}", pages.getPage(number).extract_text())
        self.assertIn(document, self.budget.message_ids.attachment_ids)

    def test_signing_twice_stores_once(self):
        first = self.sign()
        when, seal = first.approved_on, first.content_hash
        messages = len(first.message_ids)
        self.sign(signed_by="Somebody else")
        self.assertEqual((first.approved_on, first.content_hash), (when, seal))
        self.assertEqual(len(first.message_ids), messages)

    def test_somebody_signed_before(self):
        self.roadmap.stakeholder_ids.sign_limit = 0
        self.sign()
        with self.assertRaisesRegex(UserError, "Olive Owner has signed"):
            self.sign(self.portal_office)

    def _office(self):
        return self.roadmap.stakeholder_ids.filtered(
            lambda row: (row.role, row.partner_id) == ("signer", self.contact_office)
        )

    def test_beyond_the_limit_a_second_signature(self):
        mails = self.env["roadmap.outbox"].search_count([("res_id", "=", self.budget.id)])
        self.sign(self.portal_office, signed_by="Otto Office")
        budget = self.budget
        self.assertEqual((budget.state, budget.first_signed_by), ("proposed", "Otto Office"))
        self.assertFalse(budget.signature or budget.content_hash or budget.approved_on)
        self.assertIn("waits for a second signature", budget.message_ids[0].body)
        mail = self.env["roadmap.outbox"].search([("res_id", "=", budget.id)], order="id desc")
        self.assertEqual(len(mail), mails + 1)
        self.assertEqual(
            (mail[0].partner_id, mail[0].state, mail[0].kind),
            (self.contact_owner, "prepared", "proposal"),
        )
        self.assertTrue(mail[0].link_id)
        self.assertNotIn("{{link}}", mail[0].body, "the button below the text leads there")
        signed_on = budget.first_signed_on
        self.sign(self.portal_office, signed_by="Once more")
        self.assertEqual(
            (budget.state, budget.first_signed_by, budget.first_signed_on),
            ("proposed", "Otto Office", signed_on),
            "a second click is not a second signature",
        )
        self.assertIn("You have signed", budget._sign_problem(self.contact_office))
        self.sign(signed_by="Olive Owner")
        self.assertEqual((budget.state, budget.signed_by), ("approved", "Olive Owner"))
        self.assertIn("Otto Office and Olive Owner", budget.message_ids[0].body)

    def test_two_limits_make_a_second_signature(self):
        self.roadmap.stakeholder_ids.filtered(lambda row: row.role == "signer").sign_limit = 1000
        self.sign()
        self.assertEqual(self.budget.state, "proposed")
        self.sign(self.portal_office)
        self.assertEqual(self.budget.state, "approved", "anybody else who signs is the second")

    def test_the_seal_covers_both_signatures(self):
        self.sign(self.portal_office)
        budget = self.sign().sudo()
        budget.first_signed_by = "Somebody else"
        self.assertNotEqual(budget._fingerprint(), budget.content_hash)

    def test_a_first_signature_ends_with_what_was_shown(self):
        self.sign(self.portal_office)
        self.budget.action_withdraw()
        self.assertFalse(self.budget.first_partner_id or self.budget.first_signature)
        self.propose()
        self.sign(self.portal_office)
        self._office().unlink()
        self.roadmap.stakeholder_ids.sign_limit = 1000
        with self.assertRaisesRegex(UserError, "ask the owner"):
            self.sign()

    def test_beyond_the_limit_with_nobody_else(self):
        self.roadmap.stakeholder_ids.filtered(
            lambda row: row.role == "signer" and row.partner_id != self.contact_office
        ).unlink()
        with self.assertRaisesRegex(UserError, r"\$10,450.*above the \$1,000.*the owner"):
            self.sign(self.portal_office)
        self.assertEqual(self.budget.state, "proposed")
        self.assertFalse(self.budget.signature or self.budget.first_signature)

    def test_who_may_not(self):
        for user in (self.portal_stranger, self.portal_other, self.user_csm):
            with self.assertRaises(UserError):
                self.sign(user)
        self.roadmap.stakeholder_ids.filtered(lambda row: row.role == "signer").unlink()
        with self.assertRaisesRegex(UserError, "somebody else signs for your firm"):
            self.sign()
        self.assertEqual(self.budget.state, "proposed")

    def test_the_moment_reads_like_the_other_dates(self):
        self.sign()
        self.assertRegex(self.budget._signed_on_text(), r"^\d{1,2} \w+ \d{4}, \d\d:\d\d \(.+\)$")

    def test_without_a_signature(self):
        with self.assertRaisesRegex(UserError, "write your name and sign"):
            self.budget._approve(self.portal_owner, "")

    def test_only_what_is_proposed(self):
        self.budget.action_withdraw()
        with self.assertRaises(ValidationError):
            self.sign()

    def test_a_newer_signature_supersedes(self):
        self.sign()
        second = self.budget.browse(self.budget.action_new_revision()["res_id"])
        second.action_propose()
        self.assertEqual(self.budget.state, "approved", "until the new one is signed")
        self.sign(budget=second)
        self.assertEqual((self.budget.state, second.state), ("superseded", "approved"))

    def test_with_the_points_of_the_year(self):
        later = self.laptops.copy({"name": "Next year", "target_date": date(self.year + 1, 5, 1)})
        (self.laptops | later).action_propose()
        self.budget.action_withdraw()
        self.budget.action_refresh()
        self.propose()
        self.assertEqual(self.budget.sudo()._waiting_points().item_id, self.laptops)
        self.sign(with_items=True)
        self.assertEqual(self.laptops.decision_ids.decision, "approved")
        self.assertEqual(self.laptops.decision_ids.partner_id, self.contact_owner)
        self.assertFalse(later.decision_ids)

    def test_the_limit_counts_all_points_of_the_year(self):
        self._office().sign_limit = 10000
        other = self.laptops.copy({"name": "Two more"})
        (self.laptops | other).action_propose()
        self.budget.action_withdraw()
        self.budget.action_refresh()
        self.propose()
        self.sign(self.portal_office, with_items=True)
        self.assertEqual(self.budget.state, "proposed")
        points = self.laptops | other
        self.assertEqual(points.decision_ids.mapped("decision"), ["endorsed"] * 2)
        self.sign(with_items=True)
        self.assertEqual(set(points.mapped("state")), {"approved"})

    def test_the_seal_covers_lines_and_words(self):
        budget = self.sign().sudo()
        seals = {budget.content_hash}
        budget.line_ids[:1].amount += 1
        seals.add(budget._fingerprint())
        budget.note = "Other words"
        seals.add(budget._fingerprint())
        budget.signature = False
        seals.add(budget._fingerprint())
        self.assertEqual(len(seals), 4)
