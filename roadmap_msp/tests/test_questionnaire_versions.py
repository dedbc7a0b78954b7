from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireVersions(QuestionnaireCommon):
    """What changed between versions, and an open run that moves to the newer one."""

    def next_version(self, publish=True):
        """Version 2: AAA-6 is gone, AAA-9 is new, AAA-1 lost "Yes", AAA-3 weighs more."""
        draft = self.env["roadmap.questionnaire"].browse(
            self.questionnaire.action_new_version()["res_id"]
        )
        by_code = {question.code: question for question in draft.question_ids}
        by_code["AAA-6"].unlink()
        by_code["AAA-3"].weight = 2
        by_code["AAA-1"].choice_ids.filtered(lambda row: row.code == "Yes").unlink()
        by_code["AAA-1"].choice_ids.filtered(lambda row: row.code == "No").score = 10
        page = draft.section_ids.filtered(lambda row: row.code == "AAA")
        new = self._question("AAA-9", "text", 0, [])
        self.env["roadmap.question"].create({**new, "section_id": page.id, "sequence": 99})
        if publish:
            draft.action_publish()
        return draft

    def test_what_changed(self):
        draft = self.next_version(publish=False)
        rows = draft._differences_from(draft._version_before())
        self.assertEqual(
            [(row["kind"], row["code"], row["what"]) for row in rows],
            [
                ("choice_changed", "AAA-1", "No"),
                ("choice_removed", "AAA-1", "Yes"),
                ("changed", "AAA-3", "Weight"),
                ("added", "AAA-9", ""),
                ("removed", "AAA-6", ""),
            ],
        )
        self.assertEqual((rows[2]["old"], rows[2]["new"]), ("1", "2"))
        self.assertIn("Score: 10", rows[0]["new"])
        action = draft.with_user(self.user_csm).action_compare()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.user_csm)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn("Question AAA-9?", str(wizard.result))
        self.assertFalse(self.questionnaire._version_before())

    def test_an_answer_that_no_longer_fits_is_not_carried(self):
        """Its choice is gone: the next run asks afresh; what fits is there."""
        self.save({"AAA-1": self.key("AAA-1", "Yes"), "AAA-3": 4})
        self.assessment._submit(self.contact_owner, force=True)
        self.assessment.action_close()
        self.next_version()
        run = self.assessment.browse(self.assessment.action_new_run()["res_id"])
        run.action_send()
        self.assertEqual(self.answer("AAA-1", run).state, "unanswered")
        self.assertEqual(self.answer("AAA-3", run).value_number, 4)

    def test_what_changed_is_said_in_words(self):
        """Kinds and switches as the form names them; a question that only moved has no values."""
        draft = self.next_version(publish=False)
        by_code = {question.code: question for question in draft.question_ids}
        by_code["AAA-7"].write({"audience": "all", "required": True})
        by_code["AAA-8"].section_id = draft.section_ids.filtered(lambda row: row.code == "BBB")
        rows = draft._differences_from(draft._version_before())
        said = {
            (row["code"], row["kind"]): (row["what"], row["old"], row["new"])
            for row in rows
            if row["code"] == "AAA-8"
        }
        self.assertEqual(said[("AAA-8", "moved")][0], "")
        said = [(row["old"], row["new"]) for row in rows if row["code"] == "AAA-7"]
        audiences = dict(by_code["AAA-7"]._fields["audience"]._description_selection(self.env))
        self.assertIn((audiences["owner"], audiences["all"]), said)
        self.assertIn(("no", "yes"), said)

    def move(self, user=None, run=None):
        action = (run or self.assessment).with_user(user or self.user_csm).action_move()
        wizard = (
            self.env[action["res_model"]]
            .with_user(user or self.user_csm)
            .with_context(**action["context"])
            .create({})
        )
        return wizard

    def test_a_run_moves_after_a_preview(self):
        self.save(
            {
                "AAA-1": self.key("AAA-1", "Yes"),
                "AAA-2": self.key("AAA-2", "No"),
                "AAA-5": [self.key("AAA-5", "b")],
                "AAA-6": "goes",
                "AAA-3": 4,
            }
        )
        kept = self.answer("AAA-2")
        kept.message_post(body="A thread")
        self.assertFalse(self.assessment._newer_version())
        target = self.next_version()
        self.assertEqual(self.assessment.questionnaire_id, self.questionnaire, "not by itself")
        wizard = self.move()
        self.assertEqual(wizard.questionnaire_id, target)
        preview = str(wizard.preview)
        self.assertIn("<strong>3 answers</strong> stay", " ".join(preview.split()))
        for text in ("AAA-9", "1 answers must be given again", "goes"):
            self.assertIn(text, preview)
        wizard.action_move()
        run = self.assessment
        self.assertEqual(run.questionnaire_id, target)
        self.assertEqual(run.answer_ids.question_id.questionnaire_id, target)
        self.assertEqual(run.section_ids.section_id.questionnaire_id, target)
        self.assertEqual(self.answer("AAA-2"), kept, "the same row with its thread")
        self.assertIn("A thread", str(kept.message_ids.mapped("body")))
        self.assertEqual(kept.choice_id.question_id, kept.question_id)
        self.assertEqual(self.answer("AAA-5").choice_ids.code, "b")
        self.assertEqual(self.answer("AAA-3").value_number, 4)
        lost = self.answer("AAA-1")
        self.assertEqual((lost.state, lost.revision_ids.display_value), ("unanswered", "Yes"))
        self.assertEqual(self.answer("AAA-9").state, "unanswered")
        self.assertFalse(self.answer("AAA-6"))
        self.assertIn("AAA-6 goes", str(run.message_ids[0].body))
        self.q = {question.code: question for question in target.question_ids}
        self.assertIsNone(self.save({"AAA-9": "new"})["AAA-9"]["error"])
        run._submit(self.contact_owner, force=True)
        self.assertEqual(run.state, "submitted")

    def test_owner_only_values_are_not_noted(self):
        self.save({"AAA-7": "We sell"})
        draft = self.env["roadmap.questionnaire"].browse(
            self.questionnaire.action_new_version()["res_id"]
        )
        draft.question_ids.filtered(lambda row: row.code == "AAA-7").unlink()
        draft.action_publish()
        self.move().action_move()
        note = str(self.assessment.message_ids[0].body)
        self.assertIn("AAA-7", note)
        self.assertNotIn("We sell", note)

    def test_a_page_that_is_gone_takes_its_links_along(self):
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        link = self.env["roadmap.link"]._issue(
            self.contact_office, "answer", self.assessment, sections=page
        )
        draft = self.env["roadmap.questionnaire"].browse(
            self.questionnaire.action_new_version()["res_id"]
        )
        draft.section_ids.filtered(lambda row: row.code == "AAA").unlink()
        draft.action_publish()
        self.move().action_move()
        self.assertEqual(self.assessment.section_ids.mapped("code"), ["BBB"])
        self.assertTrue(link.withdrawn_on, "a link to nothing must not become one to everything")

    def test_links_to_single_questions_follow_their_code(self):
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")

        def link(*codes):
            questions = self.env["roadmap.question"].union(*(self.q[code] for code in codes))
            return self.env["roadmap.link"]._issue(
                self.contact_office, "answer", self.assessment, sections=page, questions=questions
            )

        both, gone = link("AAA-1", "AAA-6"), link("AAA-6")
        target = self.next_version()
        self.move().action_move()
        self.assertEqual(both.question_ids.code, "AAA-1")
        self.assertEqual(both.question_ids.questionnaire_id, target)
        scope = self.assessment._portal_scope(self.contact_office, set(), both)
        self.assertEqual(scope.pages.code, "AAA")
        values = self.assessment._page_values(scope.pages, self.contact_office, set(), both)
        self.assertEqual([row["code"] for row in values["questions"]], ["AAA-1"])
        self.assertTrue(gone.withdrawn_on, "its only question is asked no more")
        self.assertFalse(both.withdrawn_on)

    def test_who_may_and_when(self):
        target = self.next_version()
        with self.assertRaises(AccessError):
            self.move(self.user_other_csm)
        wizard = self.move()
        wizard.questionnaire_id = self.env.ref("roadmap_msp.questionnaire_technology_1")
        with self.assertRaisesRegex(UserError, "same questionnaire"):
            wizard.action_move()
        self.assessment._submit(self.contact_owner, force=True)
        wizard.questionnaire_id = target
        with self.assertRaises(UserError):
            wizard.action_move()

    def test_texts_of_a_published_version_can_be_translated(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        question = self.q["AAA-1"].with_user(self.user_manager)
        question.update_field_translations("name", {"fr_FR": "Une question ?"})
        self.assertEqual(question.with_context(lang="fr_FR").name, "Une question ?")
        self.assertEqual(question.with_context(lang="en_US").name, "Question AAA-1?")
        with self.assertRaises(UserError):
            question.update_field_translations("name", {"en_US": "Another question"})
