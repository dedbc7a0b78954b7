from odoo import SUPERUSER_ID, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireRun(QuestionnaireCommon):
    def sections(self, run=None):
        return {row.code: row for row in (run or self.assessment).section_ids}

    def test_a_run_that_a_job_starts_belongs_to_the_team(self):
        run = self.env["roadmap.assessment"].with_user(SUPERUSER_ID)
        values = {"roadmap_id": self.roadmap.id, "questionnaire_id": self.questionnaire.id}
        self.assertEqual(run.create(values).user_id, self.user_vcio)
        self.assertEqual(run.with_user(self.user_csm).create(values).user_id, self.user_csm)

    def test_sending_makes_pages_answers_and_prepared_mails(self):
        self.assertEqual(self.assessment.state, "sent")
        self.assertEqual(len(self.assessment.answer_ids), 9)
        self.assertEqual(set(self.assessment.answer_ids.mapped("state")), {"unanswered"})
        pages = self.sections()
        self.assertFalse(pages["AAA"].provider_fills)
        self.assertTrue(pages["BBB"].provider_fills)
        self.assertFalse(pages["BBB"].respondent_ids)
        mails = self.env["roadmap.outbox"].search([("roadmap_id", "=", self.roadmap.id)])
        self.assertEqual(len(mails), 1)
        self.assertEqual(mails.state, "prepared")
        self.assertEqual(mails.partner_id, pages["AAA"].respondent_ids)
        self.assertIn("{{link}}", mails.body)

    def test_sending_needs_somebody_to_ask(self):
        self.other_roadmap.stakeholder_ids.unlink()
        run = self._create_run(self.other_roadmap)
        with self.assertRaisesRegex(UserError, "no contact"):
            run.action_send()

    def test_team_sends_others_do_not(self):
        run = self._create_run(self.roadmap)
        with self.assertRaises(AccessError):
            run.with_user(self.user_other_csm).action_send()
        with self.assertRaises(AccessError):
            run.with_user(self.user_technician).action_send()
        run.with_user(self.user_csm).action_send()
        self.assertEqual(run.state, "sent")
        with self.assertRaisesRegex(UserError, "sent"):
            run.with_user(self.user_csm).action_send()

    def test_lengths_and_client_questions(self):
        shipped = self.env.ref("roadmap_msp.questionnaire_technology_1")
        counts = {}
        for length in ("start", "business", "full"):
            run = self._create_run(self.roadmap, questionnaire_id=shipped.id, length=length)
            run.action_send()
            counts[length] = len(run.answer_ids)
        self.assertEqual(counts, {"start": 14, "business": 46, "full": 295})
        self.other_roadmap.state = "prospect"
        run = self._create_run(self.other_roadmap, questionnaire_id=shipped.id)
        run.action_send()
        self.assertEqual(len(run.answer_ids), 286)

    def test_portal_pages_by_role(self):
        run = self.assessment
        pages = self.sections()
        self.assertEqual(run._portal_sections(self.contact_owner, {"decision_maker"}), pages["AAA"])
        self.assertFalse(run._portal_sections(self.contact_office, {"contributor"}))
        pages["AAA"].respondent_ids = self.contact_office
        self.assertEqual(run._portal_sections(self.contact_office, {"contributor"}), pages["AAA"])

    def test_page_values_are_safe_for_the_person(self):
        page = self.sections()["AAA"]
        page.respondent_ids |= self.contact_office
        values = self.assessment._page_values(page, self.contact_office, {"contributor"})
        self.assertTrue(values["questions"])
        self.assertNotIn("AAA-7", [question["code"] for question in values["questions"]])
        values = self.assessment._page_values(page, self.contact_owner, {"decision_maker"})
        by_code = {question["code"]: question for question in values["questions"]}
        self.assertIn("AAA-7", by_code)
        self.assertEqual(
            by_code["AAA-2"]["condition"],
            [[{"question": self.q["AAA-1"].id, "op": "!=", "value": self.key("AAA-1", "No")}]],
        )
        self.assertEqual(
            [choice["name"] for choice in by_code["AAA-3"]["choices"]], ["Never"], "no bands"
        )

    def test_pages_cost_the_same_queries_for_any_number_of_questions(self):
        shipped = self.env.ref("roadmap_msp.questionnaire_technology_1")
        run = self._create_run(self.roadmap, questionnaire_id=shipped.id)
        run.action_send()
        shipped._structure()
        for code in ("BUS", "POL"):
            page = self.sections(run)[code]
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(code), self.assertQueryCount(20):
                run._page_values(page, self.contact_owner, {"decision_maker"})
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            run._prepare_portal_values(self.contact_owner, {"decision_maker"})

    def test_portal_values(self):
        self.save({"AAA-6": "x"})
        values = self.assessment._prepare_portal_values(self.contact_owner, {"decision_maker"})
        still_open = values["questions"] - values["answered"]
        self.assertEqual(
            values["mine"]["minutes"], self.assessment._minutes_for(still_open), "as mailed"
        )
        self.assertEqual((values["done"], values["required"]), (1, 2))
        self.assertEqual([entry["code"] for entry in values["missing"]], ["AAA-1"])
        self.assertEqual([page["code"] for page in values["sections"]], ["AAA"])
        self.assertEqual(values["published"], [])
        self.assertTrue(values["may_submit"])
        office = self.assessment._prepare_portal_values(self.contact_office, {"contributor"})
        self.assertEqual(office["sections"], [])

    def test_submit_lists_what_is_missing_then_scores(self):
        self.save({"AAA-1": self.key("AAA-1", "No"), "AAA-3": 1})
        missing = self.assessment._submit(self.contact_owner)
        self.assertEqual([entry["code"] for entry in missing], ["AAA-6"])
        self.assertEqual(self.assessment.state, "in_progress")
        self.assessment._submit(self.contact_owner, force=True)
        self.assertEqual(self.assessment.state, "submitted")
        self.assertEqual(self.assessment.submitted_by_id, self.contact_owner)
        # AAA-1 (weight 3) scores 0, AAA-3 (weight 1) scores 100; our page has no answer yet.
        self.assertEqual(self.sections()["AAA"].score, 25)
        self.assertEqual(self.assessment.score, 25)
        self.assertEqual(self.assessment.band, "at_risk")
        self.assertEqual(self.assessment.activity_ids.user_id, self.user_vcio)

    def test_dates_are_scored_at_submission(self):
        day = fields.Date.add(fields.Date.today(), days=-89)
        self.save({"AAA-4": fields.Date.to_string(day)})
        self.assertEqual(self.answer("AAA-4").score, 100)
        self.assessment._submit(self.contact_owner, force=True)
        self.assessment.submitted_on = fields.Datetime.add(fields.Datetime.now(), days=5)
        self.assessment._store_scores()
        self.assertEqual(self.answer("AAA-4").score, 20)

    def test_critical_caps_the_page(self):
        self.save({"AAA-1": self.key("AAA-1", "Yes"), "AAA-3": 0})
        self.save({"AAA-2": self.key("AAA-2", "No")})
        self.assessment._submit(self.contact_owner, force=True)
        self.assertEqual(self.sections()["AAA"].score, 49)

    def test_return_and_answer_again(self):
        self.save({"AAA-1": self.key("AAA-1", "Yes"), "AAA-6": "vague"})
        self.assessment._submit(self.contact_owner, force=True)
        self.assessment.with_user(self.user_vcio).action_start_review()
        answer = self.answer("AAA-6").with_user(self.user_vcio)
        wizard = (
            self.env["roadmap.answer.return"]
            .with_user(self.user_vcio)
            .create({"answer_ids": [(6, 0, answer.ids)], "reason": "Which one?"})
        )
        wizard.action_return()
        self.assertEqual((answer.state, answer.returned_reason), ("clarify", "Which one?"))
        todo = self.roadmap._portal_todo_questionnaire(self.contact_owner, {"decision_maker"})
        self.assertFalse(todo[0]["done"])
        self.assertTrue(self.save({"AAA-1": self.key("AAA-1", "No")})["AAA-1"]["error"])
        for text in ("This", "This one"):
            self.assertIsNone(self.save({"AAA-6": text})["AAA-6"]["error"])
        self.assertEqual(answer.value_text, "This one")
        answer.action_verify()
        self.assertEqual(answer.state, "verified")
        self.assertTrue(self.save({"AAA-6": "again"})["AAA-6"]["error"])

    def test_correction_keeps_both_values(self):
        self.save({"AAA-1": self.key("AAA-1", "Yes")})
        self.assessment._submit(self.contact_owner, force=True)
        answer = (
            self.answer("AAA-1").with_user(self.user_vcio).with_context(roadmap_reason="We looked")
        )
        answer.write({"choice_id": self.key("AAA-1", "No")})
        revision = answer.revision_ids
        self.assertEqual((revision.kind, revision.display_value), ("corrected", "Yes"))
        self.assertEqual((revision.reason, revision.user_id), ("We looked", self.user_vcio))

    def test_publish_and_withdraw(self):
        self.save({"AAA-1": self.key("AAA-1", "No")})
        page = self.sections()["AAA"]
        with self.assertRaises(UserError):
            page.with_user(self.user_vcio).action_publish()
        self.assessment._submit(self.contact_owner, force=True)
        with self.assertRaises(UserError):
            page.with_user(self.user_technician).action_publish()
        page.with_user(self.user_vcio).action_publish()
        values = self.assessment._prepare_portal_values(self.contact_owner, {"decision_maker"})
        self.assertEqual([row["code"] for row in values["published"]], ["AAA"])
        self.assertTrue(values["published"][0]["findings"])
        office = self.assessment._prepare_portal_values(self.contact_office, {"contributor"})
        self.assertEqual(office["published"], [])
        page.with_user(self.user_vcio).action_withdraw()
        values = self.assessment._prepare_portal_values(self.contact_owner, {"decision_maker"})
        self.assertEqual(values["published"], [])

    def test_next_run_carries_answers(self):
        self.save({"AAA-1": self.key("AAA-1", "No"), "AAA-5": [self.key("AAA-5", "b")]})
        self.assessment._submit(self.contact_owner, force=True)
        self.assessment.action_close()
        with self.assertRaises(UserError):
            self.assessment.action_start_review()
        draft = self.env["roadmap.questionnaire"].browse(
            self.questionnaire.action_new_version()["res_id"]
        )
        self.assertEqual((draft.version, len(draft.question_ids)), (2, 8 + 1))
        draft.action_publish()
        run = self.assessment.browse(self.assessment.action_new_run()["res_id"])
        self.assertEqual(run.questionnaire_id, draft)
        run.action_send()
        answer = self.answer("AAA-1", run)
        self.assertEqual((answer.choice_id.code, answer.source), ("No", "carried"))
        self.assertEqual((answer.is_scored, answer.risk), (True, "high"), "before it is confirmed")
        self.assertIn(answer.choice_id, draft.question_ids.choice_ids)
        self.assertEqual(self.answer("AAA-5", run).choice_ids.code, "b")
        self.assertTrue(self.answer("AAA-2", run).hidden)
        self.assertEqual(answer.previous_value, "No")

    def test_the_team_submits_for_the_client(self):
        """Whatever is missing, which is said; once, and not by technicians."""
        run = self.assessment.with_user(self.user_csm)
        with self.assertRaises(AccessError):
            self.assessment.with_user(self.user_technician).action_submit()
        run.action_submit()
        self.assertEqual((run.state, run.submitted_by_id), ("submitted", self.user_csm.partner_id))
        self.assertIn("Carl Csm; 2 required answers", run.activity_ids.note)
        with self.assertRaises(UserError):
            run.action_submit()

    def test_cancel_withdraws_links(self):
        link = self.env["roadmap.link"].search([("res_id", "=", self.assessment.id)])
        self.assertEqual(len(link), 1)
        with self.assertRaisesRegex(UserError, "Cancel it before"):
            self.assessment.with_user(self.user_manager).unlink()
        self.assessment.with_user(self.user_csm).action_cancel()
        self.assertTrue(link.withdrawn_on)
        self.assertTrue(self.save({"AAA-6": "x"})["AAA-6"]["error"])
        self.assessment.with_user(self.user_manager).unlink()

    def test_portal_user_reads_only_what_is_for_clients(self):
        run = self.assessment.with_user(self.portal_owner)
        self.assertEqual(run.read(["name", "state"])[0]["state"], "sent")
        names = set(run.fields_get())
        self.assertFalse(
            {"score", "finding_ids", "answer_ids", "roadmap_id", "access_token"} & names
        )
        with self.assertRaises(AccessError):
            self.assessment.with_user(self.portal_other).read(["name"])
