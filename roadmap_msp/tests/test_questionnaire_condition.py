from odoo.tests import tagged

from ..rules import conditions
from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireCondition(QuestionnaireCommon):
    def editor(self, text, questionnaire=None):
        return (
            self.env["roadmap.question"]
            .with_user(self.user_manager)
            .get_condition_editor((questionnaire or self.questionnaire).id, text)
        )

    def test_offers_what_conditions_can_name(self):
        rows = {row["code"]: row for row in self.editor("")["questions"]}
        self.assertEqual(sorted(rows), ["AAA-1", "AAA-2", "AAA-3", "AAA-4", "AAA-5", "BBB-1"])
        self.assertEqual(
            [row["code"] for row in rows["AAA-3"]["choices"]], ["Never"], "bands are none"
        )

    def test_terms_give_the_same_text_again(self):
        shipped = self.env.ref("roadmap_msp.questionnaire_technology_1")
        for question in shipped.question_ids.filtered("condition"):
            terms = self.env["roadmap.question"]._condition_terms(question.condition)
            text = ""
            for term in terms:
                text += f" {term['join']} " if term["join"] else ""
                plain = f"{term['code']} {term['op']} {term['value']}"
                text += "client" if term["op"] == "client" else plain
            self.assertEqual(conditions.parse(text), conditions.parse(question.condition))

    def test_who_becomes_a_client_is_asked_more(self):
        draft = self._create_questionnaire()
        draft.question_ids.filtered(
            lambda row: row.code == "AAA-6"
        ).condition = "client or AAA-1 = Yes"
        draft.action_publish()
        self.roadmap.state = "prospect"
        run = self._create_run(self.roadmap, questionnaire_id=draft.id)
        run.action_send()
        row = self.answer("AAA-6", run)
        self.assertTrue(row.hidden)
        self.roadmap.state = "running"
        self.assertFalse(row.hidden)

    def test_an_answer_of_another_page_decides(self):
        """The browser asks about this page only: of others the server says what holds."""
        draft = self._create_questionnaire()
        questions = {question.code: question for question in draft.question_ids}
        questions["AAA-1"].section_id = draft.section_ids - questions["AAA-1"].section_id
        questions["AAA-1"].section_id.code = "CCC"
        questions["AAA-6"].condition = "AAA-1 = Yes"
        draft.action_publish()
        run = self._create_run(self.roadmap, questionnaire_id=draft.id)
        run.action_send()
        self.q = {question.code: question for question in draft.question_ids}
        page = self.answer("AAA-6", run).assessment_section_id

        def shown():
            values = run._page_values(page, self.contact_owner, {"decision_maker"})
            row = next(row for row in values["questions"] if row["code"] == "AAA-6")
            return row["visible"], row["condition"]

        self.assertEqual(shown()[0], False)
        for choice, visible in (("Yes", True), ("No", False)):
            self.save({"AAA-1": self.key("AAA-1", choice)}, run=run, source="staff")
            now, condition = shown()
            self.assertEqual(now, visible, choice)
            self.assertNotIn(str(self.q["AAA-1"].id), str(condition), "nothing of it is sent")

    def test_nonsense_is_said_so(self):
        self.assertIsNone(self.editor("AAA-1 is No")["terms"])
        self.assertEqual(self.editor("")["terms"], [])
