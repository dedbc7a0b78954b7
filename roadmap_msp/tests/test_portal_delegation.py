from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

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
class TestPortalQueries(PortalQuestionnaireCommon):
    """What a request costs in queries, the server's own overhead included."""

    # Two more of a page are the host's own, for the language of any public page.
    AUTOSAVE_MORE, PAGE = 6, 20 + 2

    def count(self, call):
        call()
        return self.queries_of(call)

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
