import io
from datetime import timedelta

from reportlab.pdfgen import canvas

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfFileReader

from .budget_common import BudgetCommon


@tagged("post_install", "-at_install")
class TestBudgetBook(BudgetCommon, HttpCase):
    """The roadmap book: what stands in it, who gets which, and that it is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.propose()
        finding = {"roadmap_id": cls.roadmap.id, "risk": "high"}
        cls.laptops.action_propose()
        cls.findings = cls.env["roadmap.finding"].create(
            [
                {"name": "Old laptops", "item_ids": cls.laptops.ids, **finding},
                {"name": "Firm for sale", "item_ids": cls.laptops.ids, "owner_only": True,
                 **finding},
                {"name": "Backlog only", **finding},
                {"name": "Lives with it", "item_ids": cls.laptops.ids, **finding,
                 "state": "accepted", "accepted_until": "2099-01-01", "accept_reason": "Budget"},
                {"name": "Accepted unsigned", "item_ids": cls.laptops.ids, **finding,
                 "state": "accepted", "accepted_until": "2099-01-01", "accept_reason": "So so"},
            ]
        )  # fmt: skip
        cls.decide(finding_id=cls.findings[3].id, decision="declined", content_hash="seal",
                   until="2099-01-01", reason="Budget", signed_by="O. Owner")  # fmt: skip
        cls.env["roadmap.goal"].create(
            [
                {"name": "Two more sites", "roadmap_id": cls.roadmap.id, "note": "Dirty secret"},
                {"name": "Retire in 2029", "roadmap_id": cls.roadmap.id, "owner_only": True},
            ]
        )
        cls.book = cls.make_book()

    @classmethod
    def decide(cls, **values):
        return cls.env["roadmap.decision"].create(
            {"roadmap_id": cls.roadmap.id, "partner_id": cls.contact_owner.id, **values}
        )

    @classmethod
    def make_book(cls, **values):
        books = cls.env["roadmap.book"].with_user(cls.user_csm)
        return books.create(
            {"roadmap_id": cls.roadmap.id, "kind": "full",
             "partner_ids": cls.contact_owner.ids, **values}
        )  # fmt: skip

    def html(self, book):
        report = self.env["ir.actions.report"].sudo()
        return report._render_qweb_html("roadmap_msp.report_roadmap_book", book.ids)[0].decode()

    def test_whole_book(self):
        text = self.html(self.book)
        for words in (
            "Technology roadmap", "Orchard Test Law", "Old laptops", "by quarter",
            "Years two to five", "Five-year budget", "<svg", "Replacement schedule", "SRV-02",
            "Contracts and renewals", "Office licences", "Accepted risks", "Lives with it",
            "Two more sites",
        ):  # fmt: skip
            self.assertIn(words, text)
        for secret in (
            "Backlog only", "Dirty secret", "Margin 31", "$777", "Firm for sale", "Retire in 2029",
        ):  # fmt: skip
            self.assertNotIn(secret, text)

    def test_owner_only_stands_in_the_decision_makers_copy_alone(self):
        text = self.html(self.make_book(owner_copy=True))
        self.assertIn("Firm for sale", text)
        self.assertIn("Retire in 2029", text)
        with self.assertRaises(ValidationError):
            self.make_book(owner_copy=True, partner_ids=self.contact_office.ids)

    def test_accepted_risks_are_those_of_the_list_of_risks(self):
        values = self.book._prepare_values()
        (risk,) = values["accepted"]
        self.assertEqual(
            {key: risk[key] for key in ("name", "until", "reason", "by")},
            {"name": "Lives with it", "until": "1 Jan 2099", "reason": "Budget", "by": "O. Owner"},
        )
        signed = self.env["roadmap.decision"].search(
            [("is_open_risk", "=", True), ("roadmap_id", "=", self.roadmap.id)]
        )
        self.assertEqual(signed.mapped("subject"), ["Lives with it"])
        self.findings[3].state = "open"
        values = self.book._prepare_values()
        self.assertEqual([row["name"] for row in values["deferred"]], ["Lives with it"])
        self.assertFalse(values["accepted"])

    def test_every_decision_of_the_client_stands_in_the_book(self):
        def names(book, part):
            return [row["name"] for row in book._prepare_values()[part]]

        item = self.laptops.copy({"name": "New phones"})
        hidden = self.laptops.copy({"name": "Hidden", "client_visible": False})
        meeting = self.env["roadmap.meeting"].create(
            {"roadmap_id": self.roadmap.id, "due_date": fields.Date.today()}
        )
        topic = {"roadmap_id": self.roadmap.id, "meeting_id": meeting.id, "outcome": "Agreed"}
        topics = self.env["roadmap.meeting.topic"].create(
            [
                {**topic, "name": "One supplier", "state": "decided"},
                {**topic, "name": "One supplier", "state": "decided"},
                {**topic, "name": "The lease", "state": "deferred", "review_on": "2099-03-01"},
                {**topic, "name": "Phones", "state": "decided", "item_id": item.id},
                {**topic, "name": "Talked only", "state": "open"},
                {**topic, "name": "Sale", "state": "decided", "finding_id": self.findings[1].id},
            ]
        )
        # In the room, without a proposal; the first of two signatures is no decision yet.
        self.decide(item_id=item.id, decision="declined", reason="Too dear")
        self.decide(item_id=item.id, decision="approved", amount_one_off=900.0,
                    amount_recurring=20.0, option_text="Size: large")  # fmt: skip
        self.decide(item_id=self.laptops.id, decision="endorsed")
        self.decide(item_id=hidden.id, decision="approved")
        self.decide(finding_id=self.findings[0].id, decision="deferred", until="2099-02-01")
        self.decide(finding_id=self.findings[1].id, decision="deferred")
        self.decide(topic_id=topics[2].id, decision="deferred", until="2099-03-01")
        self.assertEqual(names(self.book, "decided"), ["New phones"])
        self.assertEqual(names(self.book, "deferred"), ["The lease", "Old laptops"])
        meeting.sudo().write({"state": "closed"})
        self.assertEqual(names(self.book, "decided"), ["New phones", "One supplier"])
        self.assertEqual(names(self.book, "deferred"), ["The lease", "Old laptops"])
        row = self.book._prepare_values()["decided"][0]
        self.assertEqual((row["amount"], row["option"]), ("$900 + $20 per month", "Size: large"))
        text = self.html(self.book)
        for words in ("$900 + $20 per month", "Size: large", "we ask again on", "in the meeting"):
            self.assertIn(words, text)
        owner = self.make_book(owner_copy=True)
        self.assertIn("Firm for sale", names(owner, "deferred"))
        self.assertNotIn("Hidden", names(owner, "decided"))

    def test_contracts_that_run_and_plans_that_live(self):
        common = {"roadmap_id": self.roadmap.id, "price": 5, "date_start": "2020-01-01"}
        for other in (
            {"name": "Over", "date_end": "2021-01-01", "renews": False},
            {"name": "Care", "covered": True},
            {"name": "Line", "price": 0},
        ):
            self.env["roadmap.contract"].create({**common, **other})
        self.server.replacement_line_id = self.secret.line_ids
        values = self.book._prepare_values()
        money = {row["name"]: (row["reason"], row["month"]) for row in values["contracts"]}
        self.assertEqual(money.pop("Office licences")[1], "$200")
        self.assertEqual(
            money, {"Care": ("Covered by the agreement", ""), "Line": ("Not known yet", "")}
        )
        self.assertFalse(values["replacements"][0]["planned"], "hidden")

    def test_one_page(self):
        text = self.html(self.make_book(kind="one_page"))
        self.assertIn("on one page", text)
        self.assertIn("$8,000", text)
        self.assertNotIn("Contracts and renewals", text)

    def test_without_a_budget_that_was_shown(self):
        self.budget.action_withdraw()
        text = self.html(self.book)
        self.assertIn("No budget was shown to you yet", text)
        self.assertNotIn("$8,000", text)

    def test_readers_are_those_who_see_the_plan(self):
        for partner in (self.contact_stranger, self.other_contact):
            with self.assertRaises(ValidationError):
                self.make_book(partner_ids=partner.ids)

    def test_made_and_kept(self):
        self.book.action_make()
        book = self.book
        self.assertEqual(book.user_id, self.user_csm)
        self.assertTrue(book.document_id.raw)
        note = self.roadmap.message_ids[0].body
        self.assertIn("Roadmap book made", note)
        self.assertIn("Olive Owner", note)
        mail = self.env["roadmap.outbox"].search([("attachment_ids", "in", book.document_id.ids)])
        self.assertEqual((mail.partner_id, mail.state), (self.contact_owner, "prepared"))
        self.assertEqual(mail.kind, "book")
        for call in (book.action_make, lambda: book.write({"kind": "one_page"})):
            with self.assertRaises(UserError):
                call()
        with self.assertRaises(AccessError):
            book.unlink()

    def test_portal(self):
        self.book.action_make()
        url = f"/my/roadmap/{self.roadmap.id}/book/{self.book.id}"
        owner = self.make_book(owner_copy=True)
        owner.action_make()
        self.authenticate(self.portal_owner.login, self.portal_owner.login)
        self.assertIn(url, self.url_open(f"/my/roadmap/{self.roadmap.id}/plan").text)
        self.assertEqual(self.url_open(url).headers["Content-Type"], "application/pdf")
        for user in (self.portal_office, self.portal_stranger, self.portal_other, self.user_csm):
            self.authenticate(user.login, user.login)
            self.assertEqual(self.url_open(url).status_code, 404)
        # Who decides no more loses the decision maker's copy, and keeps the other.
        self.roadmap.stakeholder_ids.filtered(lambda row: row.role == "decision_maker").unlink()
        self.authenticate(self.portal_owner.login, self.portal_owner.login)
        self.assertEqual(self.url_open(url).status_code, 200)
        url = f"/my/roadmap/{self.roadmap.id}/book/{owner.id}"
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_numbered_pages_are_packed(self):
        """They go out by mail: a page is not unpacked for good by its number."""
        raw = io.BytesIO()
        pen = canvas.Canvas(raw, pageCompression=1)
        for row in range(4000):
            pen.drawString(40, row % 800, "A line of the plan")
        pen.save()
        size = len(raw.getvalue())
        numbered = self.env["ir.actions.report"]._number_pages(raw, "Northlight IT").getvalue()
        self.assertTrue(numbered.startswith(b"%PDF"))
        self.assertLess(len(numbered), 2 * size)
        # Without wkhtmltopdf it is a page of HTML.
        page = io.BytesIO(b"<html/>")
        self.assertIs(self.env["ir.actions.report"]._number_pages(page, "Northlight IT"), page)

    def test_the_foot_has_the_letters_of_europe(self):
        raw = io.BytesIO()
        pen = canvas.Canvas(raw)
        pen.showPage()
        pen.save()
        numbered = self.env["ir.actions.report"]._number_pages(raw, "Łódź Ωmega Сервис 東京")
        self.assertIn("Łódź Ωmega Сервис ??", PdfFileReader(numbered).pages[0].extract_text())

    def test_small_enough_to_mail(self):
        """Letters are letters: as shapes the same five pages weigh nearly a megabyte."""
        report = self.env["ir.actions.report"]
        if report.get_wkhtmltopdf_state() != "ok":
            self.skipTest("wkhtmltopdf is missing")
        self.authenticate("admin", "admin")
        book = self.make_book().sudo().with_context(force_report_rendering=True)
        pdf = book._render_document()
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertLess(len(pdf), 300_000)
        pages = PdfFileReader(io.BytesIO(pdf))
        words = " ".join(page.extract_text() for page in pages.pages).split()
        self.assertIn("Office licences", " ".join(words))

    def test_at_most_sixty_queries_before_rendering(self):
        """A book of many pages: hundreds of devices, dozens of items and contracts."""
        today = fields.Date.today()
        kind = self.server.type_id
        self.env["roadmap.asset"].create(
            [
                {"name": f"PC-{n}", "roadmap_id": self.roadmap.id, "type_id": kind.id,
                 "purchase_date": today - timedelta(days=n)}
                for n in range(300)
            ]
        )  # fmt: skip
        for number in range(30):
            self.contract.copy({"name": f"Contract {number}"})
            self.laptops.copy({"name": f"Item {number}"})
        self.budget.action_withdraw()
        self.budget.action_refresh()
        self.propose()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        values = self.book._prepare_values()
        self.assertGreater(len(values["replacements"]), 300)
        self.assertLessEqual(self.env.cr.sql_log_count - before, 60)
        # A printer prints the head of a table once: each page has a table with a head of its own.
        text = self.html(self.book)
        self.assertEqual(text.count("<th>Used by</th>"), -(-len(values["replacements"]) // 35))
        self.assertEqual(text.count("<th>Made of</th>"), 2, "31 contracts, 20 on a page")
