from odoo.tests import tagged

from .questionnaire_common import QuestionnaireCommon

SUBMIT_QUERIES = 60


@tagged("post_install", "-at_install")
class TestQuestionnaireFindingsAgain(QuestionnaireCommon):
    """The shipped questionnaire in full, submitted in one year after the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment.action_cancel()
        cls.questionnaire = cls.env.ref("roadmap_msp.questionnaire_technology_1")
        cls.q = {question.code: question for question in cls.questionnaire.question_ids}
        cls.assessment = cls._create_run(cls.roadmap)
        cls.assessment.action_send()

    def answer_all(self, place):
        """Answer every choice by its first or last option and every figure alike."""
        values = {}
        for code, question in self.q.items():
            options = question.choice_ids.filtered(lambda choice: choice.kind == "option")
            if question.question_type in ("single", "yes_no"):
                values[code] = options[place].id
            elif question.question_type in ("number", "money"):
                values[code] = 3
        results = self.save(values, source="staff")
        self.assertFalse([code for code in values if results[code]["error"]])

    def submit(self):
        """Submit the run within its price."""
        # What a server process looks up once in its life is not the price of a submit.
        self.env.ref("roadmap_msp.activity_type_poor_year")
        self.env.ref("mail.mail_activity_data_todo")
        for model in ("roadmap.assessment", "roadmap.roadmap"):
            self.env["ir.model"]._get_id(model)
        spent = self.queries_of(self.assessment._submit, self.contact_owner, force=True)
        self.assertLessEqual(spent, SUBMIT_QUERIES)

    def next_year(self, place):
        before = self.assessment
        before.state = "closed"
        self.assessment = self._create_run(self.roadmap, previous_id=before.id)
        self.assessment.action_send()
        self.answer_all(place)
        self.submit()

    def findings(self):
        return self.env["roadmap.finding"].search([("roadmap_id", "=", self.roadmap.id)])

    def bad(self):
        return self.findings().filtered(lambda finding: finding.kind == "risk")

    def test_still_bad_next_year(self):
        self.answer_all(-1)
        self.submit()
        count = len(self.bad())
        self.assertGreater(count, 50)
        self.assertEqual(len(self.bad().filtered("proposed")), 10)
        self.next_year(-1)
        self.assertEqual(len(self.bad()), count)
        self.assertEqual(self.bad().assessment_id, self.assessment)
        self.assertEqual(self.bad().answer_id.assessment_id, self.assessment)
        self.assertEqual(len(self.bad().filtered("proposed")), 10)

    def test_resolved_and_bad_again(self):
        self.answer_all(-1)
        self.submit()
        bad = self.bad()
        templates = {finding.id: finding.template_ids for finding in bad}
        self.next_year(0)
        resolved = bad.filtered(lambda finding: finding.state == "resolved")
        self.assertGreater(len(resolved), 50)
        resolved.filtered("template_ids")[0].template_ids = False
        self.next_year(-1)
        self.assertEqual(set(bad.mapped("state")), {"open"})
        self.assertFalse(any(bad.mapped("closed_on")))
        self.assertEqual({finding.id: finding.template_ids for finding in bad}, templates)

    def test_dismissed_and_raised_again(self):
        self.answer_all(-1)
        self.submit()
        bad = self.bad()
        bad.write({"state": "dismissed", "dismiss_reason": "No", "proposed": False})
        self.next_year(-1)
        self.assertEqual(set(bad.mapped("state")), {"open"})
        self.assertFalse(any(bad.mapped("dismiss_reason")))

    def test_a_dearer_dependence_renews_every_urgency(self):
        self.answer_all(-1)
        self.submit()
        bad = self.bad()
        bad.urgency = 0.5
        self.next_year(-1)
        self.assertGreater(min(bad.mapped("urgency")), 0.5)

    def test_planned_findings_follow_and_so_do_their_items(self):
        self.answer_all(-1)
        self.submit()
        bad = self.bad()
        self.assertTrue(bad.filtered("template_ids"))
        bad.filtered("proposed").action_create_items()
        planned = bad.filtered("item_ids")
        self.assertTrue(planned)
        planned.urgency = 0.5
        self.next_year(-1)
        self.assertEqual(set(planned.mapped("state")), {"planned"})
        for item in planned.item_ids:
            self.assertGreaterEqual(item.priority_score, max(item.finding_ids.mapped("urgency")))
