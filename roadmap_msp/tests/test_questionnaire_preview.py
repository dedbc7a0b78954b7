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
        answer = self.page(f"/roadmap/questionnaire/{draft}/preview", self.user_manager)
        self.assertIn("Question AAA-5?", answer.text)
        self.assertEqual(self.page(url, self.portal_owner).status_code, 404)
        self.assertEqual(self.page(url, self.user_technician).status_code, 404)

    def test_preview_of_the_results(self):
        self.save({"AAA-1": self.key("AAA-1", "No")})
        self.assessment._submit(self.contact_owner, force=True)
        url = f"/roadmap/assessment/{self.assessment.id}/results"
        text = self.page(url, self.user_vcio).text
        self.assertIn("Client page", text)
        self.assertIn("Question AAA-1? No", text)
        self.assertFalse(self.assessment.section_ids.filtered("published_on"))
        for user in (self.user_other_csm, self.portal_owner, self.user_technician):
            self.assertEqual(self.page(url, user).status_code, 404)
