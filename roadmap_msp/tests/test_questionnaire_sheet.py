import base64
import io
from datetime import date

import openpyxl

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireSheet(QuestionnaireCommon):
    def fill(self, answers, run=None, notes=None):
        """The run's spreadsheet with texts put in by question code."""
        book = openpyxl.load_workbook(io.BytesIO((run or self.assessment)._sheet_bytes()))
        sheet = book["Questionnaire"]
        for row in sheet.iter_rows(min_row=5):
            code = row[0].value
            if code in answers:
                row[3].value = answers[code]
            if code in (notes or {}):
                row[4].value = notes[code]
        output = io.BytesIO()
        book.save(output)
        return output.getvalue()

    def wizard(self, content, **values):
        return (
            self.env["roadmap.assessment.sheet"]
            .with_user(self.user_csm)
            .create(
                {
                    "assessment_id": self.assessment.id,
                    "file": base64.b64encode(content),
                    "filename": "filled.xlsx",
                    **values,
                }
            )
        )

    def test_download_holds_questions_and_choices(self):
        book = openpyxl.load_workbook(io.BytesIO(self.assessment._sheet_bytes()))
        sheet = book["Questionnaire"]
        codes = [row[0].value for row in sheet.iter_rows(min_row=5)]
        self.assertEqual(codes[0], "AAA-1")
        self.assertNotIn("AAA-2", codes, "hidden")
        self.assertTrue(sheet.data_validations.dataValidation)
        plain = openpyxl.load_workbook(io.BytesIO(self.assessment._sheet_bytes(owner=False)))
        codes = [row[0].value for row in plain["Questionnaire"].iter_rows(min_row=5)]
        self.assertNotIn("AAA-7", codes)

    def test_round_trip_shows_differences_then_applies(self):
        self.save({"AAA-6": "before"})
        content = self.fill(
            {
                "AAA-1": "no",
                "AAA-3": 4,
                "AAA-4": "Do not know",
                "AAA-5": "a; b",
                "AAA-6": "after",
                "AAA-7": None,
            },
            notes={"AAA-3": "roughly"},
        )
        wizard = self.wizard(content, respondent_id=self.contact_owner.id)
        wizard.action_compare()
        self.assertEqual(self.answer("AAA-6").value_text, "before", "nothing is stored yet")
        self.assertEqual(wizard.change_count, 5)
        line = wizard.line_ids.filtered(lambda row: row.question_id.code == "AAA-6")
        self.assertEqual((line.old_value, line.new_value), ("before", "after"))
        wizard.action_apply()
        self.assertEqual(self.answer("AAA-1").choice_id.code, "No")
        self.assertEqual(
            (self.answer("AAA-3").value_number, self.answer("AAA-3").note), (4, "roughly")
        )
        self.assertEqual(self.answer("AAA-4").special, "unknown")
        self.assertEqual(self.answer("AAA-5").choice_ids.mapped("code"), ["a", "b"])
        self.assertEqual(self.answer("AAA-6").value_text, "after")
        self.assertEqual(self.answer("AAA-6").source, "client")
        self.assertEqual(self.answer("AAA-6").respondent_id, self.contact_owner)
        again = self.wizard(self.assessment._sheet_bytes())
        again.action_compare()
        self.assertFalse(again.line_ids)

    def test_lines_can_be_left_out(self):
        wizard = self.wizard(self.fill({"AAA-3": 4, "AAA-6": "no thanks"}))
        wizard.action_compare()
        wizard.line_ids.filtered(lambda row: row.question_id.code == "AAA-6").apply = False
        wizard.action_apply()
        self.assertEqual(self.answer("AAA-3").source, "staff")
        self.assertEqual(self.answer("AAA-6").state, "unanswered")

    def test_wrong_cells_are_named(self):
        wizard = self.wizard(self.fill({"AAA-1": "Perhaps", "AAA-3": "lots", "AAA-6": "good"}))
        wizard.action_compare()
        errors = {row.question_id.code: row.error for row in wizard.line_ids}
        self.assertIn("Questionnaire!D5", errors["AAA-1"])
        self.assertIn("AAA-1", errors["AAA-1"])
        wizard.action_apply()
        left = {row.question_id.code: row.error for row in wizard.line_ids}
        self.assertIn("Questionnaire!D6", left["AAA-3"])
        self.assertNotIn("AAA-6", left)
        self.assertEqual(self.answer("AAA-6").value_text, "good")
        self.assertEqual(self.answer("AAA-1").state, "unanswered")

    def test_unknown_and_double_codes_are_named(self):
        book = openpyxl.load_workbook(io.BytesIO(self.fill({"AAA-3": 4, "AAA-6": "once"})))
        sheet = book["Questionnaire"]
        for code in ("AAA-6", "ZZZ-1", None):
            sheet.append([code, None, None, "twice"])
        output = io.BytesIO()
        book.save(output)
        wizard = self.wizard(output.getvalue())
        wizard.action_compare()
        wrong = wizard.line_ids.filtered("error")
        self.assertEqual(wrong.mapped("new_value"), ["AAA-6", "ZZZ-1"])
        self.assertFalse(any(wrong.mapped("apply")))
        wizard.action_apply()
        self.assertEqual(self.answer("AAA-6").value_text, "once")

    def test_the_dialog_gives_out_the_file_with_what_was_answered(self):
        self.save({"AAA-4": "2026-02-03", "AAA-6": "words"})
        action = self.wizard(b"").action_download()
        file = self.env["ir.attachment"].browse(int(action["url"].split("/")[-1].split("?")[0]))
        rows = openpyxl.load_workbook(io.BytesIO(file.raw))["Questionnaire"].iter_rows(min_row=5)
        given = {row[0].value: row[3].value for row in rows if row[3].value}
        self.assertEqual(given, {"AAA-4": "2026-02-03", "AAA-6": "words"})
        with self.assertRaises(AccessError):
            wizard = self.env["roadmap.assessment.sheet"].with_user(self.user_other_csm)
            wizard.create({"assessment_id": self.assessment.id}).action_download()

    def test_somebody_changed_it_in_the_meantime(self):
        wizard = self.wizard(self.fill({"AAA-6": "from the file"}))
        wizard.action_compare()
        self.save({"AAA-6": "typed on the portal"})
        wizard.action_apply()
        self.assertIn("meantime", wizard.line_ids.error)
        self.assertEqual(self.answer("AAA-6").value_text, "typed on the portal")

    def test_unusable_files_load_nothing(self):
        good = self.fill({"AAA-6": "x"})
        other = self._create_run(self.other_roadmap)
        other.action_send()
        cases = {
            "no spreadsheet": b"code;answer",
            "damaged": good[: len(good) // 2],
            "formula": self.fill({"AAA-6": "=1+1"}),
            "another questionnaire": self.fill({"AAA-6": "x"}, run=other),
        }
        for text, content in cases.items():
            with self.subTest(text), self.assertRaisesRegex(UserError, text):
                self.wizard(content).action_compare()
        with self.assertRaisesRegex(UserError, "Questionnaire!D"):
            self.wizard(cases["formula"]).action_compare()
        with self.assertRaisesRegex(UserError, "first"):
            self.env["roadmap.assessment.sheet"].create(
                {"assessment_id": self.assessment.id}
            ).action_compare()
        self.assertEqual(set(self.assessment.answer_ids.mapped("state")), {"unanswered"})

    def test_a_text_that_looks_like_a_formula_stays_text(self):
        self.save({"AAA-6": "=HYPERLINK(1)"})
        book = openpyxl.load_workbook(io.BytesIO(self.assessment._sheet_bytes()))
        cells = [row[3] for row in book["Questionnaire"].iter_rows(min_row=5)]
        self.assertIn("=HYPERLINK(1)", [cell.value for cell in cells])
        self.assertNotIn("f", {cell.data_type for cell in cells})

    def test_only_the_clients_people_have_filled_it_in(self):
        content = self.fill({"AAA-6": "hello"})
        for person in (self.other_contact, self.user_csm.partner_id):
            with self.assertRaisesRegex(ValidationError, "no contact of"):
                self.wizard(content, respondent_id=person.id)
        wizard = self.wizard(content, respondent_id=self.contact_office.id)
        with self.assertRaises(ValidationError):
            wizard.respondent_id = self.other_contact


@tagged("post_install", "-at_install")
class TestQuestionnaireSend(QuestionnaireCommon):
    def test_wizard_sends_to_the_decision_maker(self):
        action = self.roadmap.with_user(self.user_csm).action_send_questionnaire()
        wizard = (
            self.env["roadmap.questionnaire.send"]
            .with_user(self.user_csm)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(wizard.length, "start")
        self.assertEqual(wizard.respondent_ids, self.contact_owner)
        self.assertEqual(wizard.question_count, 14)
        self.assertEqual(wizard.open_run_id, self.assessment)
        self.assertIn("14 questions", wizard.preview)
        run = self.env["roadmap.assessment"].browse(wizard.action_send()["res_id"])
        self.assertEqual((run.state, run.deadline), ("sent", wizard.deadline))
        self.assertEqual(run.section_ids.respondent_ids, self.contact_owner)
        mail = self.env["roadmap.outbox"].search([("res_id", "=", run.id)])
        self.assertEqual((mail.partner_id, mail.state), (self.contact_owner, "prepared"))
        self.assertIn("14 questions", mail.body)

    def test_full_length_gives_pages_to_those_who_usually_fill_them(self):
        wizard = self.env["roadmap.questionnaire.send"].create(
            {"roadmap_id": self.roadmap.id, "length": "full"}
        )
        self.assertEqual(wizard.respondent_ids, self.contact_owner | self.contact_office)
        run = self.env["roadmap.assessment"].browse(wizard.action_send()["res_id"])
        pages = {page.code: page.respondent_ids for page in run.section_ids}
        self.assertEqual(pages["BUS"], self.contact_owner)
        self.assertEqual(pages["TEL"], self.contact_office)
        self.assertFalse(pages["BCK"], "a page that we fill")

    def test_a_page_is_due_on_its_own_day_in_this_run_only(self):
        def send(**values):
            wizard = self.env["roadmap.questionnaire.send"].with_user(self.user_csm)
            wizard = wizard.create({"roadmap_id": self.roadmap.id, "length": "full", **values})
            return self.env["roadmap.assessment"].browse(wizard.action_send()["res_id"])

        wizard = self.env["roadmap.questionnaire.send"].create(
            {"roadmap_id": self.roadmap.id, "length": "full"}
        )
        page = wizard.page_ids.filtered(lambda row: row.code == "TEL")
        due = {"section_id": page.id, "deadline": "2040-05-06"}
        run = send(due_ids=[Command.create(due)])
        due = run.section_ids.filtered("deadline")
        self.assertEqual((due.code, due.deadline), ("TEL", date(2040, 5, 6)))
        self.assertEqual(run.last_due, date(2040, 5, 6))
        run._submit(self.contact_owner, force=True)
        later = send()
        self.assertEqual(later.previous_id, run)
        self.assertFalse(later.section_ids.filtered("deadline"))

    def test_without_a_respondent_it_says_what_to_do(self):
        wizard = self.env["roadmap.questionnaire.send"].create(
            {"roadmap_id": self.roadmap.id, "respondent_ids": [(5,)]}
        )
        with self.assertRaisesRegex(UserError, "decision maker"):
            wizard.action_send()
