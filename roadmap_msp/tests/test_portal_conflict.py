from lxml import html

from odoo.tests import tagged

from .test_portal_questionnaire import PortalQuestionnaireCommon
from .test_portal_questionnaire_files import PNG


@tagged("post_install", "-at_install")
class TestPortalConflict(PortalQuestionnaireCommon):
    """Two sides of an answer, and values out of range, by requests made by hand."""

    def upload(self, name, code="AAA-8"):
        data = {"csrf_token": self.csrf(), "question_id": self.q[code].id}
        response = self.url_open(f"{self.base}/upload", data=data, files={"file": (name, PNG)})
        return response.json()["file"]["id"]

    def test_a_conflict_tells_the_note_and_the_names_of_files(self):
        first, second = self.upload("first.png"), self.upload("second.png")
        self.save({"AAA-6": {"value": "hers", "note": "by hand"}}, self.contact_office)
        told = self.save_one("AAA-6", value="his", version=0)["conflict"]
        self.assertEqual((told["value"], told["note"]), ("hers", "by hand"))
        told = self.save_one("AAA-8", value=[second], version=1)["conflict"]
        self.assertEqual(told["value"], [first, second])
        named = [{"id": first, "name": "first.png"}, {"id": second, "name": "second.png"}]
        self.assertEqual(told["files"], named)
        self.assertEqual(told["by"], "Olive Owner")

    def test_conflicts_and_news_of_many_files_cost_what_those_of_one_do(self):
        questions = self.questionnaire.copy({"family_code": "files"})
        page = questions.section_ids[0]
        page.question_ids.unlink()
        self.env["roadmap.question"].create(
            [
                {
                    "section_id": page.id,
                    "code": f"{page.code}-{n}",
                    "name": "?",
                    "question_type": "file",
                    "length": "start",
                }
                for n in range(9)
            ]
        )
        questions.action_publish()
        run = self._create_run(self.roadmap, questionnaire_id=questions.id)
        run.action_send()
        section = run.section_ids.filtered(lambda row: row.code == page.code)
        answers = section.answer_ids
        for answer in answers:
            file = self.env["ir.attachment"].create(
                {"name": "x.png", "raw": PNG, "res_model": answer._name, "res_id": answer.id}
            )
            value = {answer.question_id.id: {"value": file.ids}}
            run._save_answers(value, respondent=self.contact_owner, source="client")
        office = self.contact_office
        scope = run._portal_scope(office, {"decision_maker"})

        def queries(work):
            return self.queries_of(work)

        def save(some):
            values = {key: {"value": [], "version": 0} for key in some}
            results = run._save_answers(values, respondent=office, source="client")
            self.assertTrue(all(results[key]["conflict"]["files"] for key in values))

        def news(some):
            known = dict.fromkeys(some, 0)
            told = run._page_news(section, office, {"decision_maker"}, scope, known)
            self.assertEqual(len(told["answers"]), len(some))

        keys = answers.question_id.ids
        for work in (save, news):
            work(keys[:2])
            few = queries(lambda work=work: work(keys[:2]))
            self.assertLessEqual(queries(lambda work=work: work(keys)), few)

    def test_both_sides_without_javascript(self):
        token = self.csrf()
        keys = {code: self.q[code].id for code in ("AAA-1", "AAA-3", "AAA-6")}
        self.save({"AAA-1": self.key("AAA-1", "No"), "AAA-6": "hers"}, self.contact_office)
        data = {
            "csrf_token": token,
            f"v_{keys['AAA-1']}": "0",
            f"q_{keys['AAA-1']}": self.key("AAA-1", "Do not know"),
            f"n_{keys['AAA-1']}": "Ask <b>Jane</b>",
            f"v_{keys['AAA-3']}": "0",
            f"q_{keys['AAA-3']}": "a-dozen",
            f"v_{keys['AAA-6']}": "0",
            f"q_{keys['AAA-6']}": "mine",
        }
        page = " ".join(self.url_open(self.page, data=data).text.split())
        self.assertEqual(page.count("answered this meanwhile"), 2)
        self.assertIn("Yours: Do not know", page)
        self.assertIn("Note: Ask &lt;b&gt;Jane&lt;/b&gt;", page)
        self.assertIn("Yours: mine", page)
        self.assertIn("Yours: a-dozen", page, "what was refused is not lost either")
        self.assertEqual(self.answer("AAA-6").value_text, "hers")

    def test_the_form_as_it_is_sent_without_javascript(self):
        """Exactly what a browser posts: every input of the form, as it stands on the page."""

        def fill(**given):
            form = html.fromstring(self.url_open(self.page).text).xpath("//form")[0]
            posted = dict(form.form_values())
            return self.url_open(
                self.page, data={**posted, **{f"q_{self.q[c].id}": v for c, v in given.items()}}
            )

        fill(**{"AAA-1": self.key("AAA-1", "Yes"), "AAA-6": "first"})
        self.assertEqual(self.answer("AAA-1").choice_id.code, "Yes")
        self.assertEqual(self.answer("AAA-6").value_text, "first")
        fill(**{"AAA-6": "second", "AAA-3": "0"})
        self.assertEqual(self.answer("AAA-6").value_text, "second")
        self.assertEqual(self.answer("AAA-1").choice_id.code, "Yes")
        fill(**{"AAA-6": "third"})
        answer = self.answer("AAA-3")
        self.assertEqual((answer.state, answer.value_number, answer.version), ("answered", 0, 1))

    def test_a_hidden_answer_is_not_confirmed_without_javascript(self):
        no, yes = self.key("AAA-1", "No"), self.key("AAA-2", "Yes")
        self.save({"AAA-1": no, "AAA-2": yes, "AAA-6": "x"})
        answers = self.answer("AAA-2") | self.answer("AAA-6")
        answers.write({"source": "carried"})
        self.assertTrue(self.answer("AAA-2").hidden)
        form = html.fromstring(self.url_open(self.page).text).xpath("//form")[0]
        self.url_open(self.page, data=dict(form.form_values()))
        self.assertEqual(answers.mapped("source"), ["carried", "client"])

    def test_figures_as_the_language_writes_them(self):
        key = self.q["AAA-3"].id
        self.env.ref("base.lang_en").decimal_point = ","

        def page():
            return html.fromstring(self.url_open(self.page).text)

        data = {"csrf_token": self.csrf(), f"v_{key}": "0", f"q_{key}": "1.234,5"}
        self.url_open(self.page, data=data)
        self.assertEqual(self.answer("AAA-3").value_number, 1234.5)
        shown = page().xpath(f"//input[@name='q_{key}']/@value")
        self.assertEqual(shown, ["1234,5"])
        self.assertEqual(page().xpath("//form/@data-decimal"), [","])

    def test_figures_out_of_range(self):
        share = self.env["roadmap.question"].create(
            {
                **self._question(
                    "AAA-9", "number", 1,
                    [self._choice("up to 50 %", 0, "high", "number"),
                     self._choice("over 50 %", 100, "low", "number")],
                ),
                "section_id": self.questionnaire.copy({"family_code": "x"}).section_ids[0].id,
            }
        )  # fmt: skip
        share.questionnaire_id.action_publish()
        run = self._create_run(self.roadmap, questionnaire_id=share.questionnaire_id.id)
        run.action_send()
        plain = share.questionnaire_id.question_ids.filtered(lambda row: row.code == "AAA-3")
        base = f"/my/roadmap/questionnaire/{run.id}"

        def error(question, value):
            result = self.autosave({question.id: {"value": value, "version": 0}}, base)
            return result[str(question.id)]["error"]

        wrong = (-1, "-0.01", 1e10, "1e400", "Infinity", "NaN", 10**60, "9" * 50)
        for value in wrong:
            self.assertIn("Please enter a number", error(plain, value) or "", value)
        for value in (101, "100.5", -3):
            self.assertIn("from 0 to 100", error(share, value) or "", value)
        for value in (True, [1], {}):
            self.assertTrue(error(plain, value), value)
        answers = run.answer_ids.filtered(lambda row: row.question_id in plain | share)
        self.assertEqual(set(answers.mapped("state")), {"unanswered"})
        self.assertIsNone(error(plain, 1e9))
        self.assertIsNone(error(share, 100))
        self.assertEqual(answers.mapped("value_number"), [1e9, 100.0])
