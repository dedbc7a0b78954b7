import io
import json
import time
import zipfile
from datetime import date, timedelta

from openpyxl import load_workbook

from odoo import fields, http
from odoo.exceptions import UserError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from ..controllers.portal import VERIFIED
from .budget_common import BudgetCommon
from .test_plan_proposal import PIXEL

SECRETS = ("Margin 31", "internal_note", "Dirty secret", "$777")


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


@tagged("post_install", "-at_install")
class TestBudgetPortal(BudgetCommon, HttpCase):
    """The client's page, downloads and signature over HTTP."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract.copy({"name": "=HYPERLINK(1)", "category_id": False})
        cls.budget.action_refresh()
        cls.budget.note = "What matters this year"
        cls.propose()
        cls.url = f"/my/roadmap/budget/{cls.budget.id}"
        cls.finance = new_test_user(
            cls.env, "rm_money", "base.group_portal", email="m@c.example.com",
            parent_id=cls.client.id,
        )  # fmt: skip
        cls.env["roadmap.stakeholder"].create(
            {
                "roadmap_id": cls.roadmap.id,
                "partner_id": cls.finance.partner_id.id,
                "role": "finance",
            }
        )

    def login(self, user):
        return self.authenticate(user and user.login, user and user.login)

    def post(self, path="sign", **params):
        params = {"name": "Olive Owner", "signature": PIXEL, **params}
        response = self.url_open(
            f"{self.url}/{path}",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    def test_page(self):
        self.login(self.portal_owner)
        page = self.url_open(self.url).text
        for words in (
            "Five-year budget", "$8,000", "excl. tax", "What matters this year", "<svg",
            "Replace 8 laptops", "This is our plan, not an order", "Sign our plan, no order",
        ):  # fmt: skip
            self.assertIn(words, page)
        for secret in SECRETS:
            self.assertNotIn(secret, page)
        page = self.url_open(f"{self.url}?sign=plan").text
        self.assertIn("portal.signature_form", page)
        self.assertIn(f"{self.url}/sign", page)
        self.assertEqual(self.budget.state, "proposed", "a GET changes nothing")

    def test_our_plan_leads_to_it(self):
        self.login(self.finance)
        page = self.url_open(f"/my/roadmap/{self.roadmap.id}/plan").text
        self.assertIn(self.url, page)
        self.login(self.portal_owner)
        self.assertIn(self.url, self.url_open(f"/my/roadmap/{self.roadmap.id}").text, "To do")

    def test_finance_reads_and_does_not_sign(self):
        self.login(self.finance)
        page = self.url_open(f"{self.url}?sign=plan").text
        self.assertIn("signs for your firm", page)
        self.assertNotIn("portal.signature_form", page)
        self.assertIn("signs for your firm", self.post()["result"]["error"])
        self.assertEqual(self.budget.state, "proposed")

    def test_sign_over_http(self):
        self.login(self.portal_owner)
        self.assertEqual(self.post()["result"], {"force_refresh": True, "redirect_url": self.url})
        self.assertEqual(self.post()["result"]["redirect_url"], self.url, "a second click")
        self.assertEqual(self.budget.signed_by, "Olive Owner")
        page = self.url_open(self.url).text
        self.assertIn("Signed by Olive Owner", page)
        self.assertNotIn("Sign our plan, no order", page)

    def test_bad_requests(self):
        self.login(self.portal_owner)
        for params in (
            {"signature": ""},
            {"signature": None},
            {"signature": [1]},
            {"name": {"a": 1}},
            {"signature": "x" * 2_000_001},
            {"name": "\x00", "signature": ""},
        ):
            self.assertIn("error", self.post(**params)["result"], params)
        self.assertEqual(self.budget.state, "proposed")
        self.post(state="draft", signed_by="Forged", with_items=True)
        self.assertEqual(self.budget.signed_by, "Olive Owner")

    def test_beyond_the_limit_over_http(self):
        self.login(self.portal_office)
        self.assertIn("you may sign alone", self.url_open(f"{self.url}?sign=plan").text)
        self.assertIn("force_refresh", self.post(name="Otto Office")["result"])
        page = self.url_open(f"{self.url}?sign=plan").text
        self.assertIn("Signed by Otto Office; it waits for a second signature", page)
        self.assertNotIn("portal.signature_form", page)
        self.assertEqual(self.budget.state, "proposed")
        self.login(self.portal_owner)
        self.assertIn("force_refresh", self.post()["result"])
        self.assertIn("Signed by Otto Office and Olive Owner", self.url_open(self.url).text)

    def test_strangers_find_nothing(self):
        for user in (self.portal_other, self.portal_stranger, self.user_salesman, None):
            self.login(user)
            for path in ("", "/pdf", "/workbook"):
                self.assertEqual(self.url_open(self.url + path).status_code, 404)
            self.assertIn("error", self.post())
        self.assertEqual(self.budget.state, "proposed")

    def test_a_draft_is_not_found(self):
        self.budget.action_withdraw()
        self.login(self.portal_owner)
        for path in ("", "/pdf", "/workbook"):
            self.assertEqual(self.url_open(self.url + path).status_code, 404)
        self.assertNotIn(self.url, self.url_open(f"/my/roadmap/{self.roadmap.id}/plan").text)

    def test_a_superseded_one_leads_to_the_newest(self):
        second = self.budget.browse(self.budget.action_new_revision()["res_id"])
        second.action_propose()
        self.login(self.portal_owner)
        page = self.url_open(self.url).text
        self.assertIn("A newer budget has taken its place", page)
        self.assertIn(f"/my/roadmap/budget/{second.id}", page)
        self.assertIn("error", self.post()["result"])

    def test_by_personal_link_until_it_expires(self):
        link = self.env["roadmap.link"].search(
            [("res_id", "=", self.budget.id), ("partner_id", "=", self.contact_owner.id)]
        )
        session = self.login(None)
        session[VERIFIED] = {str(link.id): time.time() + 3600}
        http.root.session_store.save(session)
        self.assertEqual(self.url_open(self.url).status_code, 200)
        link.expires_on = fields.Datetime.now() - timedelta(minutes=1)
        self.env.flush_all()
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self.assertIn("error", self.post())
        self.assertEqual(self.budget.state, "proposed")
        link.expires_on = fields.Datetime.now() + timedelta(days=1)
        self.env.flush_all()
        self.assertIn("force_refresh", self.post()["result"])
        self.assertEqual(self.budget.signed_partner_id, self.contact_owner)

    def test_a_link_to_a_proposal_signs_no_budget(self):
        self.laptops.action_propose()
        link = self.env["roadmap.link"].search([("res_model", "=", "roadmap.proposal")], limit=1)
        session = self.login(None)
        session[VERIFIED] = {str(link.id): time.time() + 3600}
        http.root.session_store.save(session)
        self.assertIn("error", self.post())
        self.assertEqual(self.budget.state, "proposed")

    def test_access_token_opens_nothing(self):
        token = self.budget.sudo()._portal_ensure_token()
        self.login(None)
        self.assertEqual(self.url_open(f"{self.url}?access_token={token}").status_code, 404)

    def test_pdf(self):
        self.login(self.portal_owner)
        response = self.url_open(f"{self.url}/pdf")
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        html = self.env["ir.actions.report"].sudo()._render_qweb_html(
            "roadmap_msp.report_roadmap_budget", self.budget.ids
        )[0].decode()  # fmt: skip
        self.assertIn("This is our plan, not an order", html)
        self.assertIn("$8,000", html)
        for secret in SECRETS:
            self.assertNotIn(secret, html)

    def test_workbook_holds_the_same_figures(self):
        self.login(self.portal_owner)
        response = self.url_open(f"{self.url}/workbook")
        book = load_workbook(io.BytesIO(response.content))
        values = load_workbook(io.BytesIO(response.content), data_only=True)
        sheet, shown, lines = book.worksheets[0], values.worksheets[0], book.worksheets[1]
        totals = [row for row in shown.iter_rows(values_only=True) if row[0] == "Total"]
        self.assertEqual(totals[0][1], self.budget.amount_one_off)
        self.assertEqual(totals[1][1], self.budget.amount_recurring)
        formulas = [c.value for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        self.assertTrue(any("SUMIFS('Lines'!$G$2" in text for text in formulas))
        rows = list(lines.iter_rows(min_row=2, values_only=True))
        self.assertEqual(len(rows), len(self.budget.line_ids))
        total = sum(row[6] for row in rows if row[0] == self.year and row[4] == "One-off")
        self.assertEqual(total, self.budget.amount_one_off)
        self.assertNotIn("Dirty secret", str(rows))
        self.assertEqual(lines.print_title_rows, "$1:$1")
        self.assertEqual(len(sheet._charts), 2)

    def test_what_is_covered_costs_nothing_and_is_shown_so(self):
        self.budget.action_withdraw()
        self.env["roadmap.item"].create(
            [
                {"name": "No price yet", "roadmap_id": self.roadmap.id},
                {"name": "Firewall care", "roadmap_id": self.roadmap.id, "covered": True},
                {"name": "Ours alone", "roadmap_id": self.roadmap.id, "covered": True,
                 "client_visible": False},
            ]
        )  # fmt: skip
        self.contract.copy({"name": "Helpdesk", "covered": True})
        self.budget.action_refresh()
        self.propose()
        self.assertEqual(self.budget.covered, "Firewall care\nHelpdesk")
        self.env["roadmap.item"].search([("name", "=", "Firewall care")]).covered = False
        self.login(self.portal_owner)
        sheet = load_workbook(io.BytesIO(self.url_open(f"{self.url}/workbook").content)).worksheets
        report = self.env["ir.actions.report"].sudo()
        pdf = report._render_qweb_html("roadmap_msp.report_roadmap_budget", self.budget.ids)[0]
        texts = {
            "revision": self.budget.overview,
            "page": self.url_open(self.url).text,
            "pdf": pdf.decode(),
            "workbook": str([*sheet[0].iter_rows(values_only=True)]),
        }
        for place, text in texts.items():
            with self.subTest(place):
                self.assertRegex(text, "Covered by the agreement(</strong>)?, at no extra cost:")
                self.assertIn("Firewall care; Helpdesk", text)
                self.assertNotIn("Ours alone", text)
                self.assertRegex(text, r"Not known yet(</strong>)?, and so in no figure: 1 points")

    def test_workbook_has_no_formula_from_data(self):
        self.login(self.portal_owner)
        content = self.url_open(f"{self.url}/workbook").content
        lines = load_workbook(io.BytesIO(content)).worksheets[1]
        cells = [c for row in lines.iter_rows() for c in row if c.value == "=HYPERLINK(1)"]
        self.assertTrue(cells)
        self.assertTrue(all(cell.quotePrefix for cell in cells))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheet = archive.read("xl/worksheets/sheet2.xml").decode()
        self.assertNotIn("<f>", sheet, "no formula among the lines")

    def test_preview_and_workbook_of_staff(self):
        self.budget.action_withdraw()
        for path in ("preview", "workbook"):
            url = f"/roadmap/budget/{self.budget.id}/{path}"
            self.login(self.user_csm)
            self.assertEqual(self.url_open(url).status_code, 200)
            for user in (self.user_other_csm, self.portal_owner, self.user_technician):
                self.login(user)
                self.assertEqual(self.url_open(url).status_code, 404)
