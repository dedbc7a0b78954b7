from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_portal_questionnaire import PortalQuestionnaireCommon


@tagged("post_install", "-at_install")
class TestPortalBadInput(PortalQuestionnaireCommon):
    """Hand-made requests: refused for that answer with words, everything else kept."""

    def refused(self, code, path=None, **entry):
        good = self.q["AAA-5"].id
        bad = self.q[code].id
        kept = [self.key("AAA-5", "a")]
        result = self.autosave({bad: entry, good: {"value": kept}}, path=path)
        self.assertTrue(result[str(bad)]["error"], (code, entry))
        self.assertIsNone(result[str(good)]["error"])
        self.assertEqual(self.answer(code).state, "unanswered")
        self.assertEqual(self.answer("AAA-5").choice_ids.ids, kept)

    def test_wrong_values(self):
        for code, values in {
            "AAA-1": [True, 1.5, "x", -1, 10**12, [], {}, {"special": "x"}, {"choice": None}],
            "AAA-3": [1e10, -1e10, "NaN", "inf", "1e999", "9" * 400, [1], True, "12 or so"],
            "AAA-4": ["2026-13-01", "0001-01-01", "9999-12-31", "yesterday", 5, ["2026-01-01"]],
            "AAA-6": ["x" * 1_000_000, "half \ud800", 5, ["x"], {"text": "x"}, {"special": "na"}],
            "AAA-8": [["x"], [-1], [10**12], list(range(1, 40)), {"a": 1}, "file"],
        }.items():
            for value in values:
                if value == [] and code == "AAA-1":
                    continue  # an empty list clears
                with self.subTest(code=code, value=str(value)[:40]):
                    self.refused(code, value=value)

    def test_wrong_versions_and_notes(self):
        for entry in (
            {"value": "x", "version": "0"},
            {"value": "x", "version": True},
            {"value": "x", "version": 1.5},
            {"value": "x", "note": 5},
            {"value": "x", "note": "n" * 100_000},
            {"value": "x", "note": "half \udfff"},
        ):
            with self.subTest(str(entry)[:50]):
                self.refused("AAA-6", **entry)
        result = self.save_one("AAA-6", value="x", version=99)
        self.assertTrue(result["conflict"])
        self.assertEqual(self.answer("AAA-6").state, "unanswered")

    def test_zero_bytes_and_scripts_are_only_text(self):
        result = self.save_one("AAA-6", value="a\x00b <script>alert(1)</script>", note="\x00")
        if result["error"]:
            self.assertEqual(self.answer("AAA-6").state, "unanswered")
        else:
            page = self.url_open(self.page).text
            self.assertNotIn("<script>alert(1)</script>", page)

    def test_half_a_character_as_a_question_or_in_a_message(self):
        result = self.autosave({"x\ud800": {"value": 1}, self.q["AAA-6"].id: {"value": "kept"}})
        self.assertTrue(result["x"]["error"])
        self.assertEqual(self.answer("AAA-6").value_text, "kept")
        params = {"question_id": self.q["AAA-6"].id, "text": "why \ud83d?"}
        result = self.make_jsonrpc_request(f"{self.base}/ask", params)
        self.assertIn("why ?", result["message"]["body"])

    def test_a_question_of_another_client(self):
        run = self._create_run(self.other_roadmap)
        run.action_send()
        with self.assertRaisesRegex(Exception, "NotFound"), mute_logger("odoo.http"):
            self.autosave(
                {self.q["AAA-6"].id: {"value": "x"}}, f"/my/roadmap/questionnaire/{run.id}"
            )
        self.assertEqual(self.answer("AAA-6", run).state, "unanswered")

    def test_forms_with_absurd_numbers(self):
        key = self.q["AAA-6"].id
        data = {"csrf_token": self.csrf(), f"q_{key}": "x"}
        for version in ("9" * 5000, "x", "-1", "١"):
            response = self.url_open(self.page, data={**data, f"v_{key}": version})
            self.assertEqual(response.status_code, 200)
        files = {f"v_{self.q['AAA-8'].id}": "0", f"d_{self.q['AAA-8'].id}": ["9" * 5000, "x"]}
        self.assertEqual(self.url_open(self.page, data={**data, **files}).status_code, 200)
        self.assertEqual(self.answer("AAA-6").state, "unanswered")

    def test_a_withdrawn_link(self):
        link = self.given_link()
        self.enter_by(link)
        self.assertIsNone(self.save_one("AAA-6", value="in time")["error"])
        link.sudo()._withdraw()
        for path in ("save", "news", "ask"):
            values = {"values": {}, "code": "AAA", "question_id": self.q["AAA-6"].id, "text": "x"}
            with self.assertRaisesRegex(Exception, "NotFound"), mute_logger("odoo.http"):
                self.make_jsonrpc_request(f"{self.base}/{path}", values)

    def test_a_delegate_cannot_reach_owner_only_questions(self):
        """By link or login, by saving, asking, uploading, downloading or giving on."""
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        page.respondent_ids |= self.contact_office
        self.save({"AAA-7": "We sell"})
        secret = self.q["AAA-7"].id
        link = self.given_link()
        for enter in (lambda: self.enter_by(link), lambda: self.login(self.portal_office)):
            enter()
            bad, good = str(secret), str(self.q["AAA-5"].id)
            result = self.autosave({bad: {"value": "Known", "version": 1}, good: {"note": "n"}})
            self.assertTrue(result[bad]["error"])
            self.assertIsNone(result[bad]["conflict"], "the stored answer is not told")
            self.assertIsNone(result[bad]["version"])
            self.assertIsNone(result[good]["error"])
            self.assertNotIn(secret, result["_page"]["visible"])
            self.assertEqual(self.answer("AAA-7").value_text, "We sell")
            text = self.url_open(self.page).text
            self.assertNotIn("AAA-7", text)
            self.assertNotIn("We sell", text)
            with self.assertRaisesRegex(Exception, "NotFound"), mute_logger("odoo.http"):
                self.make_jsonrpc_request(f"{self.base}/ask", {"question_id": secret, "text": "x"})
            data = {"csrf_token": self.csrf(), "question_id": secret}
            files = {"file": ("a.txt", b"x", "text/plain")}
            response = self.url_open(f"{self.base}/upload", data=data, files=files)
            self.assertEqual(response.status_code, 404)
            news = self.make_jsonrpc_request(
                f"{self.base}/news", {"code": "AAA", "versions": {bad: -1, good: -1}}
            )
            self.assertNotIn(bad, news["answers"])

    def test_closed_and_submitted_runs_refuse_each_answer(self):
        key = str(self.q["AAA-6"].id)
        for state in ("submitted", "in_review", "closed"):
            self.assessment.sudo().state = state
            result = self.autosave({key: {"value": "late"}})
            self.assertTrue(result[key]["error"], state)
            self.assertEqual(self.answer("AAA-6").state, "unanswered")
        for state in ("draft", "cancelled"):
            self.assessment.sudo().state = state
            links = self.env["roadmap.link"]
            self.enter_by(links._issue(self.contact_owner, "answer", self.assessment))
            self.assertEqual(self.url_open(self.base).status_code, 404, state)
        self.login(self.portal_owner)
        with self.assertRaisesRegex(Exception, "NotFound"), mute_logger("odoo.http"):
            self.autosave({key: {"value": "late"}})

    def test_what_its_condition_hides_is_kept_and_does_not_count(self):
        self.save({"AAA-1": self.key("AAA-1", "Yes"), "AAA-2": self.key("AAA-2", "No")})
        before = self.save({"AAA-1": self.key("AAA-1", "No")})["_page"]
        result = self.save_one("AAA-2", value=self.key("AAA-2", "Yes"), version=1)
        self.assertIsNone(result["error"])
        answer = self.answer("AAA-2")
        self.assertTrue(answer.hidden)
        self.assertEqual(answer.choice_id.code, "Yes")
        after = self.save({"AAA-5": [self.key("AAA-5", "a")]})["_page"]
        self.assertEqual((before["done"], before["required"]), (after["done"], after["required"]))
        self.assertNotIn(self.q["AAA-2"].id, after["visible"])

    def test_a_removed_file_is_gone_from_the_answer(self):
        answer = self.answer("AAA-8")
        files = self.env["ir.attachment"].create(
            [
                {"name": f"{name}.txt", "raw": b"x", "res_model": answer._name, "res_id": answer.id}
                for name in ("one", "two")
            ]
        )
        self.save({"AAA-8": files.ids})
        result = self.save_one("AAA-8", value=files[:1].ids, version=1)
        self.assertEqual((result["error"], answer.attachment_ids), (None, files[:1]))
        key = self.q["AAA-8"].id
        data = {"csrf_token": self.csrf(), f"v_{key}": "2", f"d_{key}": files[0].id}
        self.url_open(self.page, data=data)
        self.assertFalse(answer.attachment_ids)
