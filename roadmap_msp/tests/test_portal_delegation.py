from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_portal_questionnaire import PortalQuestionnaireCommon


@tagged("post_install", "-at_install")
class TestPortalDelegation(PortalQuestionnaireCommon):
    """Single questions given to a colleague, and what the sender sees of it."""

    def give(self, code="AAA-6", **values):
        data = {"csrf_token": self.csrf(), "question_id": self.q[code].id if code else ""}
        person = {"name": "Nora New", "email": "nora@client.example.com"}
        return self.url_open(f"{self.page}/give", data={**data, **person, **values})

    def link(self):
        return self.assessment._given_links()

    def test_a_delegate_sees_the_single_question_only(self):
        page = self.give(note="You know this")
        self.assertIn("one question", " ".join(page.text.split()))
        link = self.link()
        self.assertEqual(link.question_ids, self.q["AAA-6"])
        self.enter_by(link)
        text = self.url_open(self.page).text
        self.assertIn("Question AAA-6?", text)
        for other in ("AAA-1", "AAA-3", "AAA-7", "AAA-8"):
            self.assertNotIn(f"Question {other}?", text)
        self.assertIn("0 of 1 questions answered", " ".join(self.url_open(self.base).text.split()))
        self.assertIsNone(self.save_one("AAA-6", value="By Nora")["error"])
        result = self.autosave({self.q["AAA-3"].id: {"value": 1}})
        self.assertTrue(result[str(self.q["AAA-3"].id)]["error"])
        self.assertEqual(result["_page"]["visible"], [], "nothing of the rest is told")
        self.assertEqual(self.answer("AAA-3").state, "unanswered")
        upload = {"csrf_token": self.csrf(), "question_id": self.q["AAA-8"].id}
        files = {"file": ("x.pdf", b"%PDF-1.4")}
        response = self.url_open(f"{self.base}/upload", data=upload, files=files)
        self.assertEqual(response.status_code, 404)
        form = {"csrf_token": upload["csrf_token"], f"v_{self.q['AAA-3'].id}": "0"}
        self.url_open(self.page, data={**form, f"q_{self.q['AAA-3'].id}": "7"})
        self.assertEqual(self.answer("AAA-3").state, "unanswered")

    def test_the_sender_sees_progress_and_takes_it_back(self):
        self.give()
        self.assertIn("0 of 1 answered", " ".join(self.url_open(self.base).text.split()))
        link = self.link()
        self.save({"AAA-6": "By Nora"}, respondent=link.partner_id)
        self.assertIn("1 of 1 answered", " ".join(self.url_open(self.base).text.split()))
        owners = self.assessment.section_ids.respondent_ids
        data = {"csrf_token": self.csrf(), "link_id": link.id}
        self.url_open(f"{self.base}/take_back", data=data)
        self.assertEqual(link.state, "withdrawn")
        self.assertEqual(self.assessment.section_ids.respondent_ids, owners)
        self.enter_by(link)
        self.assertEqual(self.url_open(self.page).status_code, 404)

    def test_with_a_login_the_question_is_found_there_too(self):
        self.give(partner_id=self.contact_office.id)
        scope = self.assessment._portal_scope(self.contact_office, {"contributor"})
        self.assertEqual(scope.pages.mapped("code"), ["AAA"])
        values = self.assessment._page_values(scope.pages, self.contact_office, {"contributor"})
        self.assertEqual([row["code"] for row in values["questions"]], ["AAA-6"])
        self.link().expires_on = fields.Datetime.now() - timedelta(days=1)
        self.env.invalidate_all()
        self.assertFalse(self.assessment._portal_sections(self.contact_office, {"contributor"}))

    def test_refused(self):
        self.assertIn("alert-danger", self.give(code="AAA-7").text)
        for wrong in ("BBB-1",):
            self.assertEqual(self.give(code=wrong).status_code, 404)
        for value in ("x", "9" * 30, "-1"):
            self.assertEqual(self.give(question_id=value).status_code, 404)
        self.assertFalse(self.link())
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        with self.assertRaises(UserError):
            self.assessment._give_page(
                page, self.contact_owner, partner_id=self.contact_office.id,
                question=self.q["AAA-7"],
            )  # fmt: skip

    def test_a_page_with_a_colleague_is_not_the_senders_part(self):
        self.assertEqual(self.values()["mine"]["pages"], 1)
        link = self.given_link()
        values = self.values()
        self.assertEqual(values["mine"]["pages"], 0)
        self.assertEqual(values["sections"][0]["held_by"], ["Nora New"])
        self.assertIn("With others", self.url_open(self.base).text)
        by_link = self.assessment._prepare_portal_values(link.partner_id, set(), link)
        self.assertEqual((by_link["mine"]["pages"], by_link["mine"]["questions"]), (1, 6))
        self.assessment._take_back(link)
        self.assertEqual(self.values()["mine"]["pages"], 1)

    def values(self):
        return self.assessment._prepare_portal_values(self.contact_owner, {"decision_maker"})

    # ----------------------------------------------------- where we stand
    def test_go_on_where_this_person_left_off(self):
        self.assertEqual(self.values()["go_on"]["question_id"], self.q["AAA-1"].id)
        self.assertFalse(self.values()["go_on"]["started"])
        self.save({"AAA-3": 2})
        place = self.values()["go_on"]
        self.assertEqual((place["question_id"], place["started"]), (self.q["AAA-4"].id, True))
        page = self.url_open(self.base).text
        self.assertIn(f"/AAA#q{self.q['AAA-4'].id}", page)

    def test_due_in_words(self):
        today = fields.Date.context_today(self.assessment)
        for days, words in ((0, "today"), (1, "tomorrow"), (9, "in 9 days"), (-2, "2 days late")):
            self.assessment.deadline = today + timedelta(days=days)
            self.assertEqual(self.values()["due"], words)

    def test_what_came_back_and_why(self):
        self.save({"AAA-6": "Hello", "AAA-1": self.key("AAA-1", "Yes")})
        self.assessment._submit(self.contact_owner)
        answer = self.answer("AAA-6")
        answer.sudo().write({"state": "clarify", "returned_reason": "Which of the two?"})
        page = self.url_open(self.base).text
        self.assertIn("Which of the two?", page)
        self.assertIn(f"AAA#q{self.q['AAA-6'].id}", page)
        self.assertTrue(self.save_one("AAA-3", value=1)["error"], "the rest is read only")
        self.assertIsNone(self.save_one("AAA-6", value="The first")["error"])
        self.assertNotIn("Which of the two?", self.url_open(self.base).text)

    def test_what_changed_since_last_time(self):
        self.save({"AAA-6": "Old words", "AAA-3": 2})
        self.assessment._submit(self.contact_owner, force=True)
        self.assessment.sudo().action_close()
        run = self._create_run(self.roadmap, previous_id=self.assessment.id)
        run.action_send()
        self.save({"AAA-6": "New words", "AAA-3": 2}, run=run)
        roles = {"decision_maker"}
        changed = run._prepare_portal_values(self.contact_owner, roles)["changed"]
        self.assertEqual(
            [(row["name"], row["before"], row["now"]) for row in changed],
            [("Question AAA-6?", "Old words", "New words")],
        )
        page = self.url_open(f"/my/roadmap/questionnaire/{run.id}").text
        self.assertIn("Changed since last time: 1", " ".join(page.split()))


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
            "AAA-6": ["x" * 1_000_000, 5, ["x"], {"text": "x"}, {"special": "na"}],
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
        self.assessment.sudo().state = "cancelled"
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


@tagged("post_install", "-at_install")
class TestPortalQueries(PortalQuestionnaireCommon):
    """What a request costs in queries, the server's own overhead included."""

    # Two more of a page are the host's own, for the language of any public page.
    AUTOSAVE_MORE, PAGE = 6, 20 + 2

    def count(self, call):
        call()
        self.env.invalidate_all()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before

    def test_autosave_of_one_answer(self):
        texts = iter(("one", "two", "three"))
        key = self.q["AAA-6"].id

        def autosave():
            version = self.answer("AAA-6").version
            self.env.flush_all()
            self.assertIsNone(
                self.autosave({key: {"value": next(texts), "version": version}})[str(key)]["error"]
            )

        version_reads = self.count(lambda: self.answer("AAA-6").version)
        ours = self.count(autosave) - version_reads
        self.authenticate("admin", "admin")
        names = iter(("A", "B", "C"))
        reference = self.count(
            lambda: self.make_jsonrpc_request(
                "/web/dataset/call_kw/res.partner/write",
                {
                    "model": "res.partner",
                    "method": "write",
                    "args": [self.contact_owner.ids, {"comment": next(names)}],
                    "kwargs": {},
                },
            )
        )
        self.assertLessEqual(ours, reference + self.AUTOSAVE_MORE, (ours, reference))

    def test_pages(self):
        for path in (self.base, self.page):
            queries = self.count(lambda path=path: self.url_open(path))
            self.assertLessEqual(queries, self.PAGE, path)
