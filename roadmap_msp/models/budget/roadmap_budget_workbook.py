import io

from odoo import models
from odoo.tools import SQL

from .budget_sheets import BudgetSheets

BATCH = 1000


class RoadmapBudget(models.Model):
    """The budget as a spreadsheet: rows streamed, totals as live formulas, charts, print set-up."""

    _inherit = "roadmap.budget"

    def _workbook_name(self):
        self.ensure_one()
        return self._document_name().replace(".pdf", ".xlsx")

    def _write_workbook(self, file=None):
        """Write the workbook into a binary file (a new one in memory unless given); returns it.

        Rows go from the database to the file in batches, so that memory does not grow with them.
        The caller has checked who may read it; nothing in it is internal.
        """
        import xlsxwriter

        self.ensure_one()
        file = file or io.BytesIO()
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        with xlsxwriter.Workbook(file, options) as book:
            sums = self._sums()
            writer = BudgetSheets(self, book, sums, self._count_lines())
            writer.write_summary()
            writer.write_lines(self._stream_lines())
        return file

    def _count_lines(self):
        return self.env["roadmap.budget.line"].search_count([("budget_id", "=", self.id)])

    def _stream_lines(self):
        """Batches of rows (year, quarter, area, name, kind, stage, amount, based on), in order."""
        self.env["roadmap.budget.line"].flush_model()
        cr = self.env.cr
        cr.execute(
            SQL(
                """
                DECLARE roadmap_budget_lines NO SCROLL CURSOR FOR
                SELECT fiscal_year, quarter, COALESCE(area_name, ''), name, kind, stage,
                       amount::float, COALESCE(based_on, '')
                  FROM roadmap_budget_line
                 WHERE budget_id = %s AND source <> 'unplanned'
                 ORDER BY fiscal_year, quarter, sequence, id
                """,
                self.id,
            )
        )
        try:
            while True:
                cr.execute(SQL("FETCH %s FROM roadmap_budget_lines", BATCH))
                rows = cr.fetchall()
                if not rows:
                    break
                yield rows
        finally:
            cr.execute("CLOSE roadmap_budget_lines")
