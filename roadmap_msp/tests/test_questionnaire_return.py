from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireReturn(QuestionnaireCommon):
    """Questions that go back to the client."""

    def test_who_is_asked_again(self):
        """Who answered; nobody did: the page's respondent; owner-only: the decision maker."""
        page = self.answer("AAA-6").assessment_section_id
        page.respondent_ids = self.contact_office
        self.save({"AAA-3": 1}, respondent=self.contact_office)
        self.save({"AAA-7": "We sell"}, source="staff")
        self.assessment._submit(self.contact_owner, force=True)
        answers = self.env["roadmap.answer"].union(
            *(self.answer(code) for code in ("AAA-3", "AAA-6", "AAA-7"))
        )
        mails = self.assessment._prepare_returns(answers, "Why?")
        asked = {mail["partner"]: mail["body"] for mail in mails}
        self.assertEqual(set(asked), {self.contact_office, self.contact_owner})
        self.assertIn("AAA-7", asked[self.contact_owner])
        self.assertNotIn("AAA-7", asked[self.contact_office])
        for code in ("AAA-3", "AAA-6"):
            self.assertIn(code, asked[self.contact_office])

    def test_only_while_we_review(self):
        answer = self.answer("AAA-6").with_user(self.user_technician)
        for action in (answer.action_return, answer.action_verify):
            with self.assertRaisesRegex(UserError, "is not in review"):
                action()
        self.save({"AAA-6": "vague"})
        self.assessment._submit(self.contact_owner, force=True)
        action = answer.action_return()
        dialogs = self.env[action["res_model"]].with_context(**action["context"])
        dialog = Form(dialogs.with_user(self.user_csm))
        dialog.reason = "Which one?"
        dialog.save().action_return()
        self.assertEqual((answer.state, answer.returned_reason), ("clarify", "Which one?"))

    def test_technicians_return_nothing_of_the_decision_makers(self):
        self.assessment._submit(self.contact_owner, force=True)
        secret = self.answer("AAA-7").with_user(self.user_technician)
        for action in (secret.action_return, secret.action_verify):
            with self.assertRaises(AccessError):
                action()
