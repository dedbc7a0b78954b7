from odoo import fields
from odoo.tests import tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestMeetingYearly(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.questionnaire = cls.env.ref("roadmap_msp.questionnaire_yearly_1")
        cls.roadmap.service_manager_id = cls.user_vcio

    def answer(self, figure, words=""):
        run = self.env["roadmap.assessment"].create(
            {"roadmap_id": self.roadmap.id, "questionnaire_id": self.questionnaire.id}
        )
        run.with_user(self.user_csm).action_send()
        questions = {question.code: question for question in self.questionnaire.question_ids}
        choice = questions["YEAR-1"].choice_ids.filtered(lambda row: row.code == str(figure))
        values = {questions["YEAR-1"].id: {"value": choice.id}}
        if words:
            values[questions["YEAR-2"].id] = {"value": words}
        run._save_answers(values, respondent=self.contact_owner, source="client")
        self.assertFalse(run._submit(self.contact_owner))
        return run

    def calls(self):
        kind = self.env.ref("roadmap_msp.activity_type_poor_year")
        return self.env["mail.activity"].search(
            [("activity_type_id", "=", kind.id), ("res_id", "=", self.roadmap.id)]
        )

    def test_one_page_of_eleven_figures(self):
        self.assertEqual(self.questionnaire.state, "published")
        self.assertEqual(len(self.questionnaire.section_ids), 1)
        codes = self.questionnaire.question_ids.choice_ids.mapped("code")
        self.assertEqual({int(code) for code in codes}, set(range(11)))

    def test_a_good_figure_calls_nobody_and_scores_nothing(self):
        run = self.answer(9)
        self.assertFalse(self.calls())
        self.assertFalse(run.is_scored)
        self.assertFalse(self.roadmap.has_score)

    def test_a_low_figure_is_a_call_the_same_day(self):
        run = self.answer(4, "Nobody <i>called back</i>")
        call = self.calls()
        self.assertEqual((call.user_id, call.date_deadline), (self.user_vcio, fields.Date.today()))
        self.assertIn("4 of 10", call.summary)
        self.assertIn("called back", call.note)
        self.assertNotIn("<i>", call.note)
        run._submit(self.contact_owner)
        self.assertEqual(len(self.calls()), 1, "submitted once")
