import io

from odoo import models

from ...rules.template_sheets import write_cell
from .roadmap_questionnaire_sheet import TABLES

WIDTHS = {"name": 60, "why": 40, "help": 40, "value": 60, "condition": 30}
LAST_ROW = 5000


class RoadmapQuestionnaire(models.Model):
    _inherit = "roadmap.questionnaire"

    def _sheet_bytes(self):
        """The bytes of an XLSX file with one sheet a table; fixed words as drop-down lists."""
        import xlsxwriter  # noqa: PLC0415  as Odoo does: loaded when first needed

        records = self._sheet_records()
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False})
        bold = book.add_format({"bold": True, "bg_color": "#E7EEF3"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for table in TABLES:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(table.columns):
                sheet.write_string(0, place, column.title, bold)
                sheet.set_column(place, place, WIDTHS.get(column.name, 14))
                words = ("yes", "no") if column.kind == "bool" else column.keys
                if words:
                    sheet.data_validation(
                        1, place, LAST_ROW, place, {"validate": "list", "source": list(words)}
                    )
            for row, record in enumerate(records[table.name], 1):
                for place, column in enumerate(table.columns):
                    sheet.write_string(row, place, write_cell(column, record[column.name]), wrap)
        book.close()
        return output.getvalue()
