import base64
import io
from unittest.mock import patch

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.questionnaire import roadmap_questionnaire_sheet_read
from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireTemplateSheet(QuestionnaireCommon):
    """A whole questionnaire to a spreadsheet and back."""

    def book(self, questionnaire=None):
        content = (questionnaire or self.questionnaire)._sheet_bytes()
        return openpyxl.load_workbook(io.BytesIO(content))

    def load(self, book, user=None):
        output = io.BytesIO()
        book.save(output)
        wizard = self.env["roadmap.questionnaire.import"].with_user(user or self.user_manager)
        action = wizard.create({"file": base64.b64encode(output.getvalue())}).action_import()
        return self.env["roadmap.questionnaire"].browse(action["res_id"])

    def test_round_trip_of_every_kind_of_question(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.questionnaire.with_context(lang="fr_FR")
        french.name = "Essai"
        question = french.question_ids[0]
        question.write({"name": "Une question ?", "why": "Parce que"})
        question.choice_ids[0].name = "Oui"
        draft = self.load(self.book())
        self.assertEqual((draft.state, draft.version, draft.family_code), ("draft", 2, "test"))
        self.assertEqual(draft._sheet_records(), self.questionnaire._sheet_records())
        self.assertEqual(draft._differences_from(self.questionnaire), [])
        self.assertEqual(draft.question_ids[0].with_context(lang="fr_FR").why, "Parce que")
        draft.action_publish()

    def test_round_trip_of_the_shipped_questionnaire(self):
        shipped = self.env.ref("roadmap_msp.questionnaire_technology_1")
        draft = self.load(self.book(shipped))
        self.assertEqual(draft._sheet_records(), shipped._sheet_records())
        self.assertEqual(len(draft.question_ids), 295)
        draft.action_publish()

    def test_errors_name_sheet_row_and_column(self):
        book = self.book()
        book["Pages"]["C2"] = "9"
        book["Pages"]["G2"] = "Nowhere"
        book["Questions"]["F3"] = "radio"
        book["Questions"]["A4"] = "ZZZ"
        book["Questions"]["O2"] = "T-001, R-XXX"
        book["Questions"]["B5"] = book["Questions"]["B2"].value
        book["Choices"]["G2"] = "much"
        book["Choices"]["A3"] = "AAA-99"
        with self.assertRaises(UserError) as caught:
            self.load(book)
        text = str(caught.exception)
        for line in (
            'Pages, row 2, column Weight: "9" is out of range',
            'Pages, row 2, column Technology Area: "Nowhere" does not exist',
            'Questions, row 3, column Type: "radio" is none of the words that fit (single,',
            'Questions, row 4, column Page: "ZZZ" does not exist',
            'Questions, row 2, column Suggested Items: "R-XXX" does not exist',
            'Questions, row 5, column Code: "AAA-1" stands twice',
            'Choices, row 2, column Score: "much" is no whole number',
            'Choices, row 3, column Question: "AAA-99" does not exist',
        ):
            self.assertIn(line, text)
        self.assertFalse(
            self.env["roadmap.questionnaire"].search(
                [("family_code", "=", "test"), ("state", "=", "draft")]
            ),
            "all or nothing",
        )

    def test_other_files_are_refused(self):
        book = self.book()
        del book["Choices"]
        with self.assertRaisesRegex(UserError, "no sheet named.*Choices"):
            self.load(book)
        book = self.book()
        book["Questions"]["C2"] = "=1+1"
        with self.assertRaisesRegex(UserError, "Questions!C2 holds a formula"):
            self.load(book)
        book = self.book()
        book["Questions"]["C1"] = "Frage"
        with self.assertRaisesRegex(UserError, "row 1, column Question"):
            self.load(book)
        book = self.book()
        for cell in ("A2", "B2", "C2"):
            book.worksheets[0][cell] = None
        with self.assertRaisesRegex(UserError, "row 2, column Family"):
            self.load(book)
        book = self.book()
        for row in range(2, 10):
            book["Choices"][f"A{row}"] = "AAA-99"
        with (
            patch.object(roadmap_questionnaire_sheet_read, "SHOWN_PROBLEMS", 3),
            self.assertRaisesRegex(UserError, "- and [0-9]+ more$"),
        ):
            self.load(book)
        with self.assertRaisesRegex(UserError, "Choose the spreadsheet first"):
            self.env["roadmap.questionnaire.import"].create({}).action_import()
        wizard = self.env["roadmap.questionnaire.import"].create({"file": base64.b64encode(b"x")})
        with self.assertRaisesRegex(UserError, "no spreadsheet"):
            wizard.action_import()

    def test_only_managers_import(self):
        with self.assertRaises(AccessError):
            self.load(self.book(), self.user_csm)
        action = self.questionnaire.with_user(self.user_csm).action_export_sheet()
        self.assertIn("/web/content/", action["url"])
