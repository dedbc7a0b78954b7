from odoo import models
from odoo.exceptions import UserError

from ...rules import import_columns, import_dates, import_file

SAMPLES = 3
SAMPLE_SHOWN = 30


class RoadmapImport(models.Model):
    """Step one and two: read the file, guess what its columns mean."""

    _inherit = "roadmap.import"

    def action_read(self):
        """Read the file and propose the columns.

        :raises UserError: the file cannot be read as a whole, and what to do about it
        """
        self.ensure_one()
        self.check_access("write")
        table = self._read_table()
        kept = self.env["roadmap.import.mapping"]._of(self, table.head)
        found = import_columns.guess(table.head, kept.columns)
        self.env["roadmap.asset"].check_access("create")
        fields = self.env["roadmap.asset"]._import_fields()
        found = [field if field in fields else None for field in found]
        self.column_ids.unlink()
        self.env["roadmap.import.column"].create(
            [
                {
                    "import_id": self.id,
                    "sequence": number + 1,
                    "title": title or self.env._("(column %s)", number + 1),
                    "sample": self._sample(table, number),
                    "field": field,
                }
                for number, (title, field) in enumerate(zip(table.head, found, strict=True))
            ]
        )
        order = self._guess_order(table, found)
        self.write(
            {
                "state": "columns",
                "source": self.source or kept.source,
                "row_count": len(table.rows),
                "date_order": order or kept.date_order,
                "dates_open": not order,
                "file_note": self._file_note(table),
            }
        )
        return True

    def action_back(self):
        """One step back, to another file or other columns; nothing is stored yet."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in ("columns", "preview"):
            raise UserError(self.env._("This import has begun. Start a new one."))
        self.state = "file" if self.state == "columns" else "columns"
        return True

    def _read_table(self):
        """The file's table.

        :raises UserError: with the remedy
        """
        # Straight from the store: the field would hold it a second time, as base64.
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "file"),
                    ("res_id", "=", self.id),
                ],
                limit=1,
            )
        )
        if not attachment:
            raise UserError(self.env._("Choose a file first: a CSV or an Excel (XLSX) export."))
        try:
            return import_file.read(attachment.raw, self.separator, self.encoding)
        except import_file.FileRefused as error:
            raise UserError(self._file_problem(error)) from error

    def _file_problem(self, error):
        place = error.place
        rows, megabytes = import_file.ROWS_LIMIT, import_file.FILE_LIMIT // 1_000_000
        return {
            "empty": self.env._("The file is empty. Export it again."),
            "no_rows": self.env._("The file has a heading and no rows. Export it again."),
            "too_big": self.env._("The file is larger than %s MB. Export it in parts.", megabytes),
            "bomb": self.env._(
                "The file unpacks to far more than a list of assets. It was not opened."
            ),
            "not_xlsx": self.env._(
                "The Excel file is damaged or incomplete. Save it again as XLSX or CSV."
            ),
            "old_excel": self.env._("This is an old Excel file (XLS). Save it as XLSX or CSV."),
            "encoding": self.env._("The text cannot be read in this encoding. Choose another one."),
            "too_many_rows": self.env._(
                "The file has more than %s rows. Import it in parts.", rows
            ),
            "too_many_cells": self.env._(
                "The file has more cells than can be read at once. Leave out columns, or export it "
                "in parts."
            ),
            "too_many_columns": self.env._(
                "Row %s has too many columns. Choose the right separator.", place
            ),
            "open_quote": self.env._(
                "Row %s opens a quotation mark that is never closed, so all rows after it would "
                "stand in one cell. Close it, or export the file again.",
                place,
            ),
            "big_cell": self.env._(
                "Row %s has a cell longer than a spreadsheet can hold. Look for a quotation mark "
                "that is never closed there, or shorten the cell.",
                place,
            ),
        }[error.key]

    def _sample(self, table, number):
        """The first different values of a column."""
        values = {}
        for _row, cells in table.rows[:200]:
            if number < len(cells) and cells[number] and cells[number] != import_file.FORMULA:
                values.setdefault(cells[number][:SAMPLE_SHOWN])
            if len(values) == SAMPLES:
                break
        return ", ".join(values).replace("\0", "?")

    def _guess_order(self, table, found):
        places = [
            number
            for number, field in enumerate(found)
            if field and import_columns.BY_FIELD[field].kind == "date"
        ]
        return import_dates.guess_order(
            cells[place]
            for _number, cells in table.rows
            for place in places
            if place < len(cells) and cells[place]
        )

    def _file_note(self, table):
        if not table.separator:
            return self.env._("Excel workbook, first sheet, %s rows", len(table.rows))
        separators = dict(self._fields["separator"]._description_selection(self.env))
        return self.env._(
            "Text file, %(encoding)s, columns separated by %(separator)s, %(rows)s rows",
            encoding=table.encoding.upper().replace("CP1252", "Windows-1252"),
            separator=separators.get(table.separator, table.separator).lower(),
            rows=len(table.rows),
        )
