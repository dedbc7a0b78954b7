import io
from unittest.mock import patch

from odoo.tests import tagged

from ..rules import answers, uploads
from .test_portal_questionnaire import PortalQuestionnaireCommon

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 30


@tagged("post_install", "-at_install")
class TestPortalQuestionnaireFiles(PortalQuestionnaireCommon):
    def upload(self, name, content, code="AAA-8"):
        return self.url_open(
            f"{self.base}/upload",
            data={"csrf_token": self.csrf(), "question_id": self.q[code].id},
            files={"file": (name, io.BytesIO(content))},
        )

    def test_upload_and_download(self):
        result = self.upload("rack.png", PNG).json()
        second = self.upload("plan.pdf", b"%PDF-1.4 x").json()
        self.assertFalse(result["error"] or second["error"])
        files = self.answer("AAA-8").attachment_ids
        self.assertEqual(set(files.mapped("name")), {"rack.png", "plan.pdf"})
        self.assertFalse(any(files.mapped("public")))
        url = f"{self.base}/file/{result['file']['id']}"
        response = self.url_open(url)
        self.assertEqual(response.content, PNG)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.login(self.portal_other)
        self.assertEqual(self.url_open(url).status_code, 404)

    def keep(self, *files, partner=None):
        """Save the answer with these files only."""
        values = {self.q["AAA-8"].id: {"value": [file.id for file in files]}}
        partner = partner or self.contact_owner
        result = self.assessment._save_answers(values, respondent=partner, source="client")
        self.assertFalse(result[self.q["AAA-8"].id]["error"])

    def uploaded(self):
        """Two files that were uploaded to the answer."""
        self.upload("rack.png", PNG)
        self.upload("plan.pdf", b"%PDF-1.4 x")
        self.env.invalidate_all()
        return self.answer("AAA-8").attachment_ids.sorted("id")

    def test_a_file_taken_off_is_deleted(self):
        rack, plan = self.uploaded()
        self.keep(plan)
        self.assertEqual((rack | plan).exists(), plan)
        self.assertEqual(self.answer("AAA-8").attachment_ids, plan)

    def test_a_file_that_something_else_names_is_kept(self):
        rack, plan = self.uploaded()
        self.keep(plan, partner=self.contact_office)
        self.assertTrue(rack.exists(), "an earlier value names it")
        self.assertIn(rack.id, self.answer("AAA-8").revision_ids[0].value["value"])
        carried = self._create_run(self.other_roadmap)
        carried.answer_ids.filtered(
            lambda row: row.question_id == self.q["AAA-8"]
        ).attachment_ids = plan
        self.keep(partner=self.contact_office)
        self.assertTrue(plan.exists(), "an answer of another run names it")

    def test_all_files_of_an_answer_have_a_limit(self):
        self.uploaded()
        with patch.object(uploads, "TOTAL_LIMIT", len(PNG) + 20):
            self.assertIn("together", self.upload("more.png", PNG).json()["error"])
        self.assertEqual(len(self.answer("AAA-8").attachment_ids), 2)

    def form(self, *files, **data):
        """The page's Save button without JavaScript, several files in one question."""
        key = self.q["AAA-8"].id
        data = {"csrf_token": self.csrf(), f"v_{key}": "0", **data}
        files = [(f"f_{key}", (name, io.BytesIO(content))) for name, content in files]
        response = self.url_open(self.page, data=data, files=files)
        self.env.invalidate_all()
        return response

    def stored(self):
        """Names of all files of the run's answers, named by an answer or not."""
        files = self.env["ir.attachment"].search([("res_model", "=", "roadmap.answer")])
        return set(files.mapped("name"))

    def test_several_files_without_javascript(self):
        response = self.form(("rack.png", PNG), ("plan.pdf", b"%PDF-1.4 x"), ("", b""))
        self.assertIn("saved=1", response.url)
        self.assertEqual(self.stored(), {"rack.png", "plan.pdf"})
        self.assertEqual(len(self.answer("AAA-8").attachment_ids), 2)

    def test_a_refused_file_among_several_is_named(self):
        """Whichever place it has in the form; the good ones are kept, nothing of it is."""
        script = ("evil.svg", b"<svg onload='alert(1)'/>")
        for number, place in enumerate((0, 1)):
            files = [(f"plan{number}.pdf", b"%PDF-1.4 x")]
            files.insert(place, script)
            response = self.form(*files)
            self.assertNotIn("saved=1", response.url)
            self.assertIn("evil.svg: This kind of file is not accepted", response.text)
            self.assertNotIn(f"plan{number}.pdf: ", response.text)
        self.assertEqual(self.stored(), {"plan0.pdf", "plan1.pdf"})
        self.assertEqual(len(self.answer("AAA-8").attachment_ids), 2)

    def test_a_file_too_many_leaves_nothing_behind(self):
        with patch.object(answers, "FILES_LIMIT", 1):
            response = self.form(("rack.png", PNG), ("plan.pdf", b"%PDF-1.4 x"))
            self.assertIn("plan.pdf: ", response.text)
            self.assertTrue(self.upload("more.png", PNG).json()["error"])
        self.assertEqual(self.stored(), {"rack.png"})

    def test_files_of_others_are_not_handed_out(self):
        secret = self.env["ir.attachment"].create({"name": "x.pdf", "raw": b"%PDF-"})
        for file_id in (secret.id, secret.id + 10**6):
            self.assertEqual(self.url_open(f"{self.base}/file/{file_id}").status_code, 404)

    def test_refused_uploads(self):
        cases = [
            ("x.svg", b"<svg onload='alert(1)'/>", "AAA-8"),
            ("x.png", b"<script>alert(1)</script>", "AAA-8"),
            ("x.pdf", b"", "AAA-8"),
            ("x.pdf", b"%PDF-" + b"0" * (10 * 1024**2), "AAA-8"),
            ("x.pdf", b"%PDF-1.4", "AAA-6"),
        ]
        for name, content, code in cases:
            self.assertTrue(self.upload(name, content, code).json()["error"], name)
        self.assertEqual(self.upload("x.pdf", b"%PDF-", "BBB-1").status_code, 404)
        self.assertEqual(self.answer("AAA-8").state, "unanswered")
        self.assertFalse(self.env["ir.attachment"].search([("res_model", "=", "roadmap.answer")]))
