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

    def answer(self, figure, words="", note=""):
        run = self.env["roadmap.assessment"].create(
            {"roadmap_id": self.roadmap.id, "questionnaire_id": self.questionnaire.id}
        )
        run.with_user(self.user_csm).action_send()
        questions = {question.code: question for question in self.questionnaire.question_ids}
        choice = questions["YEAR-1"].choice_ids.filtered(lambda row: row.code == str(figure))
        values = {questions["YEAR-1"].id: {"value": choice.id, "note": note}}
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

    def due(self):
        """Makes the client due, and no other client of the database."""
        self.env["roadmap.roadmap"].search([]).started_on = False
        self.roadmap.started_on = fields.Date.subtract(fields.Date.today(), years=1)

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("roadmap_msp.cron_yearly_question").method_direct_trigger()

    def runs(self):
        return self.env["roadmap.assessment"].search(
            [("questionnaire_id", "=", self.questionnaire.id), ("roadmap_id", "=", self.roadmap.id)]
        )

    def mails(self):
        return self.env["roadmap.outbox"].search(
            [("res_model", "=", "roadmap.assessment"), ("res_id", "in", self.runs().ids)]
        )

    def test_it_goes_out_by_itself_once_a_year(self):
        self.due()
        self.run_cron()
        mail = self.mails()
        self.assertEqual((mail.kind, mail.state), ("feedback", "prepared"), "held by the switch")
        self.assertEqual((mail.partner_id, mail.user_id), (self.contact_owner, self.user_vcio))
        self.assertIn("0 to 10", mail.body)
        self.assertNotIn("Dear", mail.body, "the outbox greets, once")
        self.assertEqual(mail.link_id.purpose, "answer")
        self.run_cron()
        self.assertEqual(self.mails(), mail, "nobody is asked twice")
        self.assertFalse(
            self.env["roadmap.assessment"].search_count(
                [
                    ("questionnaire_id", "=", self.questionnaire.id),
                    ("roadmap_id", "=", self.other_roadmap.id),
                ]
            )
        )

    def test_released_by_the_clients_switch(self):
        self.due()
        self.roadmap.auto_feedback = True
        self.run_cron()
        self.assertEqual(self.mails().state, "released")

    def test_a_client_that_somebody_works_on_is_asked_later(self):
        self.due()
        progress = []
        self.patch(
            self.env.registry["roadmap.roadmap"],
            "try_lock_for_update",
            lambda self, **kw: self.browse(),
        )
        self.patch(
            self.env.registry["ir.cron"],
            "_commit_progress",
            lambda self, processed=0, *, remaining=None, **kw: progress.append(remaining),
        )
        self.env["roadmap.roadmap"]._cron_yearly_question()
        self.assertEqual(progress, [1], "the job comes back for it")

    def test_next_year_asks_anew(self):
        self.due()
        self.run_cron()
        first = self.runs()
        first.sent_on = fields.Datetime.subtract(fields.Datetime.now(), days=367)
        self.run_cron()
        self.assertEqual((len(self.runs()), first.state), (2, "cancelled"))
        (self.runs() - first).action_cancel()
        self.run_cron()
        self.assertEqual(len(self.runs()), 2, "somebody decided against this year's")

    def test_who_is_not_asked(self):
        self.due()
        for values in ({"state": "paused"}, {"started_on": fields.Date.today()}):
            before = self.roadmap.read(list(values), load=None)[0]
            self.roadmap.write(values)
            self.run_cron()
            self.assertFalse(self.runs(), values)
            self.roadmap.write({name: before[name] for name in values})
        self.contact_owner.email = False
        self.run_cron()
        self.assertFalse(self.runs(), "nobody to ask")
        self.contact_owner.email = "olive@client.example.com"
        self.questionnaire.state = "archived"
        self.run_cron()
        self.assertFalse(self.runs(), "an archived page is switched off")

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

    def test_an_answer_closes_by_itself(self):
        today = fields.Date.today()
        fresh, old, late, waiting = (self.answer(9) for _time in range(4))
        old.submitted_on = fields.Datetime.subtract(fields.Datetime.now(), days=16)
        late.deadline = fields.Date.subtract(today, days=1)
        waiting.submitted_on, waiting.deadline = old.submitted_on, today
        runs = fresh | old | late | waiting
        self.run_cron()
        runs.invalidate_recordset()
        self.assertEqual(runs.filtered(lambda run: run.state == "closed"), old | late)
        self.assertTrue(old.closed_on)
        self.assertEqual((fresh | waiting).mapped("state"), ["submitted"] * 2)

    def test_a_low_figure_is_a_call_the_same_day(self):
        run = self.answer(4, "Nobody <i>called back</i>", note="Since May")
        call = self.calls()
        self.assertEqual((call.user_id, call.date_deadline), (self.user_vcio, fields.Date.today()))
        self.assertIn("4 of 10", call.summary)
        self.assertIn("called back", call.note)
        self.assertIn("Since May", call.note, "what stands beside the figure")
        self.assertNotIn("<i>", call.note)
        run._submit(self.contact_owner)
        self.assertEqual(len(self.calls()), 1, "submitted once")
