from odoo.tests import HttpCase, tagged

from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireEditorTour(QuestionnaireCommon, HttpCase):
    """The editor in a browser: dragging questions and choosing a condition from lists."""

    def test_editor(self):
        draft = self.env["roadmap.questionnaire"].browse(
            self.questionnaire.action_new_version()["res_id"]
        )
        url = f"/odoo/action-roadmap_msp.roadmap_questionnaire_action/{draft.id}"
        self.start_tour(url, "roadmap_questionnaire_editor", login=self.user_manager.login)
        draft.invalidate_recordset()
        questions = {question.code: question for question in draft.question_ids}
        self.assertLess(questions["AAA-6"].sequence, questions["AAA-2"].sequence)
        self.assertEqual(questions["AAA-8"].section_id.code, "BBB")
        self.assertEqual(questions["AAA-6"].condition, "AAA-1 = No or AAA-3 > 4")
        draft.action_publish()
        run = self._create_run(self.other_roadmap, questionnaire_id=draft.id)
        run.action_send()
        self.assertTrue(self.answer("AAA-6", run).hidden)
