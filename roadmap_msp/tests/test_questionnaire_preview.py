from odoo.tests import HttpCase, tagged

from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnairePreview(QuestionnaireCommon, HttpCase):
    """What a client would see, for our own people only, and nothing is stored by looking."""

    def page(self, url, user):
        self.authenticate(user.login, user.login)
        return self.url_open(url)

    def test_preview_of_a_version(self):
        url = f"/roadmap/questionnaire/{self.questionnaire.id}/preview"
        before = self.env["roadmap.assessment"].search_count([])
        for length in ("start", "full", "nonsense"):
            answer = self.page(f"{url}?length={length}", self.user_csm)
            self.assertEqual(answer.status_code, 200)
            for text in ("Client page", "Question AAA-5?", "Nothing that is entered here"):
                self.assertIn(text, answer.text)
            self.assertIn("Question AAA-1? is not No", " ".join(answer.text.split()))
        self.assertEqual(self.env["roadmap.assessment"].search_count([]), before)
        draft = self.questionnaire.action_new_version()["res_id"]
        question = self.env["roadmap.questionnaire"].browse(draft).question_ids[1]
        question.condition = "client and AAA-1 = Yes"
        self.assertEqual(
            question._condition_in_words(),
            "the client is under contract and Question AAA-1? is Yes",
        )
        answer = self.page(f"/roadmap/questionnaire/{draft}/preview", self.user_manager)
        self.assertIn("Question AAA-5?", answer.text)
        self.assertEqual(self.page(url, self.portal_owner).status_code, 404)
        self.assertEqual(self.page(url, self.user_technician).status_code, 404)

    def test_preview_as_a_colleague_and_of_a_prospect(self):
        draft = self.env["roadmap.questionnaire"].browse(
            self.questionnaire.action_new_version()["res_id"]
        )
        for code, condition in (("AAA-5", "client"), ("AAA-6", "client or AAA-1 = Yes")):
            question = draft.question_ids.filtered(lambda row, code=code: row.code == code)
            question.condition = condition
        url = f"/roadmap/questionnaire/{draft.id}/preview?length=full"
        asked = {"AAA-5": True, "AAA-6": True, "AAA-7": True}
        for choice, changes in {
            "": {},
            "&reader=nonsense&client=nonsense": {},
            "&reader=contributor": {"AAA-7": False},
            "&client=prospect": {"AAA-5": False},
            "&reader=contributor&client=prospect": {"AAA-5": False, "AAA-7": False},
        }.items():
            with self.subTest(choice):
                text = self.page(url + choice, self.user_csm).text
                found = {code: f"Question {code}?" in text for code in asked}
                self.assertEqual(found, {**asked, **changes})
        (page,) = (
            row for row in draft._preview_pages("full", prospect=True) if row["code"] == "AAA"
        )
        question = next(row for row in page["questions"] if row["code"] == "AAA-6")
        self.assertEqual(question["condition"][0], [False], "no client under contract")

    def test_preview_of_the_results(self):
        self.save({"AAA-1": self.key("AAA-1", "No")})
        self.assessment._submit(self.contact_owner, force=True)
        url = f"/roadmap/assessment/{self.assessment.id}/results"
        text = self.page(url, self.user_vcio).text
        self.assertIn("This is what the client sees now.", text)
        self.assertIn("No page is published", text)
        self.assertNotIn("Question AAA-1? No", text)
        text = self.page(f"{url}?chosen=1&page=AAA&page=nonsense", self.user_vcio).text
        self.assertIn("Nothing is published by looking.", text)
        self.assertIn("Question AAA-1? No", text)
        self.assertFalse(self.assessment.section_ids.filtered("published_on"))
        self.assessment.section_ids.filtered(lambda page: page.code == "AAA").action_publish()
        text = self.page(url, self.user_vcio).text
        self.assertIn("This is what the client sees now.", text)
        self.assertIn("Question AAA-1? No", text)
        text = self.page(f"{url}?chosen=1", self.user_vcio).text
        self.assertNotIn("Question AAA-1? No", text, "as if it were withdrawn")
        for user in (self.user_other_csm, self.portal_owner, self.user_technician):
            self.assertEqual(self.page(url, user).status_code, 404)

    def test_preview_as_somebody_else_than_the_decision_maker(self):
        self.save({"AAA-1": self.key("AAA-1", "No")})
        self.assessment._submit(self.contact_owner, force=True)
        self.answer("AAA-1").sudo().flush_recordset()
        self.env.cr.execute(
            "UPDATE roadmap_answer SET audience = 'owner' WHERE assessment_id = %s",
            [self.assessment.id],
        )
        self.env.invalidate_all()
        url = f"/roadmap/assessment/{self.assessment.id}/results?chosen=1&page=AAA"
        published = "Client page</strong>"
        self.assertIn(published, self.page(url, self.user_vcio).text)
        self.assertNotIn(published, self.page(f"{url}&reader=finance", self.user_vcio).text)

    def test_conditions_react_in_the_browser(self):
        code = """
            const wait = () => new Promise((resolve) => setTimeout(resolve, 50));
            const box = (code) => [...document.querySelectorAll(".o_roadmap_preview_question")]
                .find((el) => el.textContent.includes(`Question ${code}?`));
            const hidden = (code) => box(code).classList.contains("d-none");
            const tick = async (code, word) => {
                [...box(code).querySelectorAll(".o_roadmap_choice")]
                    .find((el) => el.textContent.trim() === word).click();
                await wait();
            };
            const check = (fact, text) => { if (!fact) { throw new Error(text); } };
            (async () => {
                while (document.querySelector(".o_roadmap_preview_bar.d-none")) { await wait(); }
                check(hidden("AAA-2"), "asked before its condition is true");
                await tick("AAA-1", "Yes");
                check(!hidden("AAA-2"), "not asked although its condition is true");
                const count = () => document.querySelector(".o_roadmap_all_count").textContent;
                check(count() === "9", `${count()} questions`);
                await tick("AAA-1", "No");
                check(hidden("AAA-2") && count() === "8", "still asked");
                await tick("AAA-5", "a");
                await tick("AAA-5", "None");
                const ticked = box("AAA-5").querySelectorAll("input:checked");
                check(ticked.length === 1, "two that exclude each other");
                document.querySelector(".o_roadmap_show_all").click();
                await wait();
                check(!hidden("AAA-2"), "all were wanted");
                document.querySelector(".o_roadmap_reset").click();
                await wait();
                check(!document.querySelector(".o_roadmap_choice input:checked"), "not cleared");
                console.log("test successful");
            })().catch((error) => console.error(error.message));
        """
        url = f"/roadmap/questionnaire/{self.questionnaire.id}/preview"
        self.browser_js(url, code, login=self.user_csm.login)
        self.assertEqual(set(self.assessment.answer_ids.mapped("state")), {"unanswered"})
