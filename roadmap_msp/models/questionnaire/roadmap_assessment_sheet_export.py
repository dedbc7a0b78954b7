import io

from odoo import models

# One row a question below this header; the codes are what the way back goes by.
SHEET_COLUMNS = ("Code", "Page", "Question", "Answer", "Note", "How to answer")
SHEET_NAME = "Questionnaire"
LISTS_NAME = "Choices"
KEY_ROW = 2
FIRST_ROW = 4
SEPARATOR = "; "


class RoadmapAssessment(models.Model):
    _inherit = "roadmap.assessment"

    def _sheet_bytes(self, owner=True):
        """The run as a spreadsheet to fill in: one row a question, choices as drop-down lists.

        :param owner: whether questions for the decision maker only are part of it
        :return: the bytes of an XLSX file
        """
        import xlsxwriter  # noqa: PLC0415  as Odoo does: loaded when first needed

        self.ensure_one()
        answers = self.answer_ids.filtered(
            lambda answer: not answer.hidden and (owner or answer.audience != "owner")
        )
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False})
        sheet, lists = book.add_worksheet(SHEET_NAME), book.add_worksheet(LISTS_NAME)
        lists.hide()
        self._sheet_head(book, sheet)
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        entry = book.add_format(
            {"text_wrap": True, "valign": "top", "locked": False, "bg_color": "#FFF9E5"}
        )
        for row, answer in enumerate(answers, FIRST_ROW):
            question = answer.question_id
            for column, text in enumerate(
                (question.code, answer.assessment_section_id.name, question.name)
            ):
                sheet.write_string(row, column, text or "", wrap)
            sheet.write_string(row, 3, answer._sheet_value(), entry)
            sheet.write_string(row, 4, answer.note or "", entry)
            sheet.write_string(row, 5, answer._sheet_hint(), wrap)
            self._sheet_list(sheet, lists, row, question)
        book.close()
        return output.getvalue()

    def _sheet_head(self, book, sheet):
        """Title, key of the run and column names; everything but the answers is locked."""
        bold = book.add_format({"bold": True})
        title = book.add_format({"bold": True, "font_size": 14})
        sheet.write_string(0, 0, self.name, title)
        sheet.write_string(1, 0, self.env._("Fill in the yellow columns and send the file back."))
        sheet.write_string(KEY_ROW, 0, self._sheet_key())
        for column, (name, width) in enumerate(
            zip(SHEET_COLUMNS, (10, 24, 60, 36, 30, 40), strict=True)
        ):
            sheet.write_string(FIRST_ROW - 1, column, name, bold)
            sheet.set_column(column, column, width)
        sheet.set_row(KEY_ROW, None, None, {"hidden": True})
        sheet.freeze_panes(FIRST_ROW, 3)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _sheet_key(self):
        """What tells this run's file from another's."""
        return f"roadmap-questionnaire:{self.questionnaire_id.family_code}:{self.id}"

    def _sheet_list(self, sheet, lists, row, question):
        """A drop-down of the choices; where more than one may be ticked it only advises."""
        names = question.choice_ids.filtered(
            lambda choice: choice.kind in ("option", "special")
        ).mapped("name")
        if not names:
            return
        for column, name in enumerate(names):
            lists.write_string(row, column, name)
        area = f"$A${row + 1}:${_letters(len(names) - 1)}${row + 1}"
        single = question.question_type in ("single", "yes_no")
        sheet.data_validation(
            row,
            3,
            row,
            3,
            {
                "validate": "list",
                "source": f"={LISTS_NAME}!{area}",
                "error_type": "stop" if single else "information",
                "show_error": single,
            },
        )


def _letters(column):
    """The spreadsheet name of a column, counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


class RoadmapAnswer(models.Model):
    _inherit = "roadmap.answer"

    def _sheet_value(self):
        """The answer as a person would type it into a cell."""
        self.ensure_one()
        if self.state == "unanswered":
            return ""
        kind = self.question_id.question_type
        if kind == "multiple":
            return SEPARATOR.join(self.choice_ids.mapped("name"))
        if self.choice_id:
            return self.choice_id.name
        if kind in ("number", "money"):
            return f"{self.value_number:.2f}".rstrip("0").rstrip(".")
        if kind == "date":
            return self.value_date.isoformat() if self.value_date else ""
        return self.value_text or ""

    def _sheet_hint(self):
        """How the cell is to be filled."""
        kind = self.question_id.question_type
        hints = {
            "single": self.env._("Choose one from the list"),
            "yes_no": self.env._("Choose one from the list"),
            "multiple": self.env._("One or more of the list, parted by semicolons"),
            "number": self.env._("A number"),
            "money": self.env._("An amount, without a currency sign"),
            "date": self.env._("A date, such as 2026-12-31"),
            "text": self.env._("Free text"),
            "file": self.env._("Send the file along with this spreadsheet"),
        }
        return hints[kind]
