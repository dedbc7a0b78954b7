from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireSave(QuestionnaireCommon):
    def test_every_type_is_stored(self):
        results = self.save(
            {
                "AAA-1": self.key("AAA-1", "Yes"),
                "AAA-2": str(self.key("AAA-2", "Yes")),
                "AAA-3": "1",
                "AAA-4": fields.Date.to_string(fields.Date.today()),
                "AAA-5": [self.key("AAA-5", "a"), self.key("AAA-5", "b")],
                "AAA-6": "Hello",
                "AAA-7": "A secret",
            }
        )
        errors = [results[code]["error"] for code in results if code != "_page"]
        self.assertEqual(errors, [None] * 7)
        self.assertEqual(self.answer("AAA-1").choice_id.code, "Yes")
        self.assertEqual(self.answer("AAA-3").value_number, 1)
        self.assertEqual(self.answer("AAA-4").value_date, fields.Date.today())
        self.assertEqual(self.answer("AAA-5").choice_ids.mapped("code"), ["a", "b"])
        self.assertEqual(self.answer("AAA-6").value_text, "Hello")
        self.assertEqual(self.answer("AAA-1").respondent_id, self.contact_owner)
        self.assertEqual([results[c]["score"] for c in ("AAA-1", "AAA-3", "AAA-4")], [100] * 3)
        self.assertEqual(self.assessment.state, "in_progress")

    def test_progress_counts_what_the_client_owes(self):
        page = self.save({"AAA-6": "Hello"})["_page"]
        self.assertEqual((page["done"], page["required"]), (1, 2))
        page = self.save({"AAA-1": self.key("AAA-1", "No")})["_page"]
        self.assertEqual((page["done"], page["required"]), (2, 2))

    def test_wrong_answers_are_refused_one_by_one(self):
        other = self.key("AAA-2", "Yes")
        results = self.save(
            {
                "AAA-1": other,
                "AAA-3": "many",
                "AAA-4": "2026-02-30",
                "AAA-5": [self.key("AAA-5", "a"), self.key("AAA-5", "None")],
                "AAA-6": "x" * 1_000_000,
                "AAA-7": "kept",
                "AAA-8": [self.env["ir.attachment"].create({"name": "x"}).id],
            }
        )
        for code in ("AAA-1", "AAA-3", "AAA-4", "AAA-5", "AAA-6", "AAA-8"):
            self.assertTrue(results[code]["error"], code)
            self.assertEqual(self.answer(code).state, "unanswered", code)
        self.assertIsNone(results["AAA-7"]["error"])
        self.assertEqual(self.answer("AAA-7").value_text, "kept")

    def test_foreign_and_nonsense_questions_are_refused(self):
        stranger = self.env.ref("roadmap_msp.question_bus_2")
        keys = [stranger.id, str(stranger.id), "12; drop", None, -1, 2**40, True]
        results = self.assessment._save_answers(
            {key: {"value": 1} for key in keys}, respondent=self.contact_owner, source="client"
        )
        self.assertTrue(all(results[k]["error"] for k in results if k != "_page"))
        self.assertEqual(set(self.assessment.answer_ids.mapped("state")), {"unanswered"})
        result = self.assessment._save_answers(
            {self.q["AAA-6"].id: "text"}, respondent=self.contact_owner, source="client"
        )
        self.assertTrue(result[self.q["AAA-6"].id]["error"])

    def test_only_allowed_pages_are_written(self):
        page = self.assessment.section_ids.filtered(lambda row: row.code == "BBB")
        results = self.save({"AAA-6": "x", "BBB-1": self.key("BBB-1", "Yes")}, allowed=page)
        self.assertTrue(results["AAA-6"]["error"])
        self.assertIsNone(results["BBB-1"]["error"])
        results = self.save({"AAA-6": "x"}, allowed=[self.q["AAA-6"].id])
        self.assertIsNone(results["AAA-6"]["error"])

    def test_owner_only_needs_the_role(self):
        results = self.save({"AAA-7": "x", "AAA-6": "y"}, respondent=self.contact_office)
        self.assertTrue(results["AAA-7"]["error"])
        self.assertIsNone(results["AAA-6"]["error"])
        self.assertNotIn(self.q["AAA-7"].id, results["_page"]["visible"])
        answers = self.env["roadmap.answer"].with_user(self.user_technician)
        self.assertFalse(answers.search([("question_id.code", "=", "AAA-7")]))
        with self.assertRaises(AccessError):
            self.answer("AAA-7").with_user(self.user_technician).read(["value_text"])
        with self.assertRaises(AccessError):
            self.answer("AAA-7").with_user(self.user_technician).message_ids.read(["body"])

    def test_stale_version_keeps_both_values(self):
        self.assertEqual(
            self.save({"AAA-6": {"value": "first", "version": 0}})["AAA-6"]["version"], 1
        )
        result = self.save(
            {"AAA-6": {"value": "second", "version": 0}}, respondent=self.contact_office
        )["AAA-6"]
        self.assertIsNone(result["error"])
        self.assertEqual(result["conflict"]["value"], "first")
        self.assertEqual(result["conflict"]["by"], "Olive Owner")
        self.assertEqual(result["version"], 1)
        answer = self.answer("AAA-6")
        self.assertEqual(answer.value_text, "first")
        self.assertEqual(answer.revision_ids.kind, "competing")
        self.assertEqual(answer.revision_ids.display_value, "second")
        result = self.save(
            {"AAA-6": {"value": "second", "version": 1}}, respondent=self.contact_office
        )["AAA-6"]
        self.assertIsNone(result["conflict"])
        self.assertEqual(answer.revision_ids.mapped("kind"), ["earlier", "competing"])

    def test_the_same_value_again_changes_nothing(self):
        self.save({"AAA-6": {"value": "x", "version": 0}})
        again = self.save({"AAA-6": {"value": "x", "version": 0}})["AAA-6"]
        self.assertEqual((again["version"], again["conflict"]), (1, None))
        self.assertFalse(self.answer("AAA-6").revision_ids)

    def test_clearing_and_notes(self):
        self.save({"AAA-3": 5})
        run_key = self.q["AAA-3"].id
        self.assessment._save_answers(
            {run_key: {"note": "see file"}}, respondent=self.contact_owner, source="client"
        )
        answer = self.answer("AAA-3")
        self.assertEqual((answer.value_number, answer.note, answer.version), (5, "see file", 2))
        self.save({"AAA-3": None})
        self.assertEqual(
            (answer.state, answer.is_scored, answer.note), ("unanswered", False, "see file")
        )

    def test_zero_is_an_answer(self):
        self.assertEqual(self.save({"AAA-3": 0})["AAA-3"]["score"], 100)
        self.assertEqual(self.answer("AAA-3").display_value, "0")

    def test_alternatives_and_specials(self):
        results = self.save(
            {
                "AAA-3": {"value": {"choice": self.key("AAA-3", "Never")}},
                "AAA-4": {"value": {"special": "unknown"}},
                "AAA-1": {"value": {"special": "na"}},
                "AAA-6": {"value": {"special": "na"}},
            }
        )
        self.assertEqual(results["AAA-3"]["score"], 10)
        self.assertIsNone(results["AAA-4"]["score"])
        self.assertEqual(self.answer("AAA-4").special, "unknown")
        self.assertEqual(self.answer("AAA-1").special, "na")
        self.assertTrue(results["AAA-6"]["error"])

    def test_conditions_hide_and_show(self):
        gated = self.q["AAA-2"].id
        self.assertTrue(self.answer("AAA-2").hidden)
        page = self.save({"AAA-1": self.key("AAA-1", "Do not know")})["_page"]
        self.assertIn(gated, page["visible"])
        self.save({"AAA-2": self.key("AAA-2", "No")})
        page = self.save({"AAA-1": self.key("AAA-1", "No")})["_page"]
        self.assertNotIn(gated, page["visible"])
        self.assertEqual(self.answer("AAA-2").choice_id.code, "No", "a hidden answer is kept")

    def test_closed_runs_refuse(self):
        self.assessment._submit(self.contact_owner, force=True)
        self.assertTrue(self.save({"AAA-6": "late"})["AAA-6"]["error"])
        self.assertIsNone(self.save({"AAA-6": "ours"}, source="staff")["AAA-6"]["error"])
        self.assessment.action_close()
        self.assertTrue(self.save({"AAA-6": "late"}, source="staff")["AAA-6"]["error"])
        draft = self._create_run(self.roadmap)
        result = draft._save_answers(
            {self.q["AAA-6"].id: {"value": "x"}}, respondent=self.contact_owner, source="client"
        )
        self.assertTrue(result[self.q["AAA-6"].id]["error"])

    def test_back_office_form_saves_the_same_way(self):
        answer = self.answer("BBB-1").with_user(self.user_technician)
        answer.write({"choice_id": self.key("BBB-1", "No")})
        self.assertEqual((answer.state, answer.source, answer.score), ("answered", "staff", 0))
        multiple = self.answer("AAA-5").with_user(self.user_csm)
        multiple.write({"choice_ids": [(6, 0, [self.key("AAA-5", "a")])]})
        self.assertEqual(multiple.choice_ids.code, "a")
        with self.assertRaises(ValidationError):
            answer.write({"choice_id": self.key("AAA-1", "No")})
        with self.assertRaises(AccessError):
            self.answer("BBB-1").with_user(self.user_other_csm).write({"note": "x"})

    def test_the_back_office_takes_a_choice_off_again(self):
        answer = self.answer("AAA-1").with_user(self.user_csm)
        answer.choice_id = self.key("AAA-1", "Yes")
        self.assertEqual((answer.state, answer.choice_id.code), ("answered", "Yes"))
        answer.choice_id = False
        self.assertEqual((answer.state, answer.choice_id.id), ("unanswered", False))

    def test_query_budget(self):
        page = self._page(
            "BEN", "Bench", 1,
            [self._question(f"BEN-{n}", "single", 3, self._yes_no("high")) for n in range(1, 61)],
        )  # fmt: skip
        questionnaire = self.env["roadmap.questionnaire"].create(
            {"name": "Bench", "family_code": "bench", "section_ids": [page]}
        )
        questionnaire.action_publish()
        run = self._create_run(self.roadmap, questionnaire_id=questionnaire.id)
        run.action_send()
        questions = questionnaire.question_ids
        choices = [question.choice_ids[0].id for question in questions]
        values = {
            question.id: {"value": choice, "version": 0}
            for question, choice in zip(questions, choices, strict=True)
        }
        questionnaire._structure()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(14):
            results = run._save_answers(values, respondent=self.contact_owner, source="client")
        self.assertEqual({results[q.id]["error"] for q in questions}, {None})
        self.assertEqual({results[q.id]["score"] for q in questions}, {100.0})
        values[questions[0].id]["value"] = questions[0].choice_ids[1].id
        values[questions[0].id]["version"] = 1
        self.env.invalidate_all()
        with self.assertQueryCount(7):
            run._save_answers(
                {questions[0].id: values[questions[0].id]},
                respondent=self.contact_owner,
                source="client",
            )
