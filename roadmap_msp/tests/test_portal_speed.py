import time
from unittest.mock import patch

from odoo import fields
from odoo.sql_db import Cursor
from odoo.tests import tagged

from ..controllers.portal import VERIFIED
from .questionnaire_common import QuestionnaireCommon
from .test_portal_questionnaire import PortalQuestionnaireCommon

# Tests run each request within a savepoint of their own.
NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class PortalSpeedCommon(PortalQuestionnaireCommon):
    def queries(self, call):
        """How many queries a request makes, all of Odoo's own included."""
        statements = []
        execute = Cursor.execute

        def spy(cursor, query, *args, **kwargs):
            statements.append(getattr(query, "code", str(query)).strip())
            return execute(cursor, query, *args, **kwargs)

        call()
        self.env.flush_all()
        with patch.object(Cursor, "execute", spy):
            call()
        return sum(not statement.startswith(NOT_COUNTED) for statement in statements)


@tagged("post_install", "-at_install")
class TestPortalSpeed(PortalSpeedCommon):
    """Queries of whole requests, as they arrive."""

    SAVE_EXTRA, PAGE_QUERIES = 6, 20

    def partner_write(self):
        turn = iter(range(9))

        def call():
            params = {
                "model": "res.partner",
                "method": "write",
                "args": [self.contact_office.ids, {"function": f"Head {next(turn)}"}],
                "kwargs": {},
            }
            self.make_jsonrpc_request("/web/dataset/call_kw/res.partner/write", params)

        self.login(self.user_salesman)
        return self.queries(call)

    def autosaves(self):
        turn = iter(range(9))
        return self.queries(lambda: self.save_one("AAA-6", value=f"Text {next(turn)}"))

    def test_one_answer_against_one_field_of_a_contact(self):
        allowed = self.partner_write() + self.SAVE_EXTRA
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        self.login(self.portal_owner)
        self.assertLessEqual(self.autosaves(), allowed)
        page.respondent_ids = self.contact_office
        self.login(self.portal_office)
        self.assertLessEqual(self.autosaves(), allowed)
        self.enter_by(self.given_link())
        self.assertLessEqual(self.autosaves(), allowed)
        self.assertEqual(self.answer("AAA-6").respondent_id.name, "Nora New")

    def test_one_answer_of_somebody_who_was_given_that_question(self):
        allowed = self.partner_write() + self.SAVE_EXTRA
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        page.respondent_ids = False
        one = {"question": self.q["AAA-6"]}
        guest = {"name": "Nora New", "email": "nora@client.example.com"}
        link = self.assessment._give_page(page, self.contact_owner, **guest, **one)
        self.enter_by(link)
        self.assertLessEqual(self.autosaves(), allowed)
        self.assertEqual(self.answer("AAA-6").respondent_id.name, "Nora New")
        office = {"partner_id": self.contact_office.id}
        link = self.assessment._give_page(page, self.contact_owner, **office, **one)
        session = self.authenticate(self.portal_office.login, self.portal_office.login)
        session[VERIFIED] = {str(link.id): time.time() + 3600}
        self.store_session(session)
        for respondents in (False, self.contact_office):
            page.respondent_ids = respondents
            self.assertLessEqual(self.autosaves(), allowed)
            self.assertEqual(self.answer("AAA-6").respondent_id, self.contact_office)

    def answered_run(self, size):
        run = self._create_long_run(size)
        options = {
            row.question_id.id: {"value": row.question_id.choice_ids[0].id, "version": 0}
            for row in run.answer_ids
        }
        run._save_answers(options, respondent=self.contact_office, source="client")
        return run

    def test_a_page_of_few_and_of_many_questions(self):
        counts = {}
        for size in (10, 60):
            run = self.answered_run(size)
            url = f"/my/roadmap/questionnaire/{run.id}/LNG"
            self.login(self.portal_owner)
            owner = self.queries(lambda u=url: self.assertIn("LNG-", self.url_open(u).text))
            self.enter_by(self.env["roadmap.link"]._issue(self.contact_owner, "answer", run))
            guest = self.queries(lambda u=url: self.assertIn("LNG-", self.url_open(u).text))
            counts[size] = (owner, guest)
        self.assertEqual(counts[10], counts[60])
        self.assertLessEqual(max(counts[60]), self.PAGE_QUERIES)


@tagged("post_install", "-at_install")
class TestPageWords(QuestionnaireCommon):
    """What a page says comes from memory, and says what the records say."""

    def page(self, lang="en_US"):
        run = self.assessment.with_context(lang=lang)
        section = run.section_ids.filtered(lambda row: row.code == "AAA")
        values = run._page_values(section, self.contact_owner, {"decision_maker"})
        return {question["code"]: question for question in values["questions"]}

    def test_answers_in_words(self):
        self.save(
            {
                "AAA-1": self.key("AAA-1", "Yes"),
                "AAA-2": {"value": {"special": "unknown"}},
                "AAA-3": 1234.5,
                "AAA-4": fields.Date.to_string(fields.Date.today()),
                "AAA-5": [self.key("AAA-5", "b"), self.key("AAA-5", "a")],
                "AAA-6": "Hello",
            }
        )
        page = self.page()
        for code, question in page.items():
            with self.subTest(code):
                answer = self.answer(code)
                self.assertEqual(question["display"], answer.display_value or "")
                self.assertEqual(question["by"], answer.respondent_id.name or "")
                self.assertEqual(question["at"] or False, answer.answered_on)
        self.assertEqual(page["AAA-3"]["display"], "1,234.5")
        self.assertEqual(page["AAA-5"]["display"], "a, b")

    def test_figures_as_the_reader_writes_them(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.save({"AAA-3": 1234567.5})
        for lang, words in (("en_US", "1,234,567.5"), ("de_DE", "1.234.567,5")):
            self.assertEqual(self.page(lang)["AAA-3"]["display"], words)
            self.assertEqual(self.answer("AAA-3").with_context(lang=lang).display_value, words)
        self.save({"AAA-3": 2}, respondent=self.contact_office)
        earlier = self.answer("AAA-3").revision_ids
        self.assertEqual(earlier.mapped("display_value"), ["1,234,567.5"])

    def test_money_stands_with_its_currency(self):
        self.q["AAA-3"].with_context(install_module="roadmap_msp").sudo().question_type = "money"
        self.save({"AAA-3": 1250})
        for position, words in (("before", "¤1,250"), ("after", "1,250\N{NO-BREAK SPACE}¤")):
            self.roadmap.currency_id.write({"symbol": "¤", "position": position})
            self.env.invalidate_all()
            question = self.page()["AAA-3"]
            self.assertEqual(question["unit"], {"sign": "¤", "before": position == "before"})
            self.assertEqual(question["display"], words)
            self.assertEqual(self.answer("AAA-3").display_value, words)
        self.assertIsNone(self.page()["AAA-6"]["unit"])

    def test_a_translation_is_seen_at_once(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        question, choice = self.q["AAA-1"], self.q["AAA-1"].choice_ids[0]
        self.assertEqual(self.page("fr_FR")["AAA-1"]["name"], "Question AAA-1?")
        question.update_field_translations("name", {"fr_FR": "Une question ?"})
        choice.with_context(lang="fr_FR").name = "Oui"
        shown = self.page("fr_FR")["AAA-1"]
        self.assertEqual((shown["name"], shown["choices"][0]["name"]), ("Une question ?", "Oui"))
        self.assertEqual(self.page()["AAA-1"]["name"], "Question AAA-1?")

    def test_a_draft_is_read_anew(self):
        draft = self._create_questionnaire()
        page = draft.section_ids[0]
        first = page._texts().questions
        draft.question_ids.filtered(lambda row: row.code == "AAA-1").name = "Changed?"
        self.assertEqual(
            [row.name for row in page._texts().questions.values() if row.code == "AAA-1"],
            ["Changed?"],
        )
        self.assertEqual(len(page._texts().questions), len(first))
        draft.action_publish()
        self.assertEqual(page._texts().questions.keys(), first.keys())
        self.assertIs(page._texts(), page._texts())
