import io
import zipfile

from openpyxl import load_workbook

from odoo.tests import tagged

from .test_budget_portal import SECRETS, BudgetPortalCommon


@tagged("post_install", "-at_install")
class TestBudgetDownloads(BudgetPortalCommon):
    """The budget as PDF and as spreadsheet."""

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
