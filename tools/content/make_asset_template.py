#!/usr/bin/env python3
"""Write the template file that Odoo's import screen offers for assets.

Needs openpyxl. The first row names the fields as they are called on screen, so that every column
is recognised without mapping; the rows below show how values are written.
"""

from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

OUT = Path(__file__).resolve().parents[2] / "roadmap_msp/static/xls/asset_import_template.xlsx"
HEAD = (
    "Client",
    "Name",
    "Type",
    "Maker",
    "Model",
    "Serial Number",
    "Operating System",
    "Used By",
    "Site",
    "Purchased",
    "Warranty End",
    "Warranty End (Maker)",
    "Source",
    "Source's Id",
)
ROWS = (
    (
        *("Example Client", "LAP-001", "Laptop", "Dell Inc.", "Latitude 5440", "7XK21Q3"),
        *("Windows 11 Pro 25H2", "Ana Miles", "Main office"),
        *(date(2024, 5, 14), date(2028, 5, 14), None, "our tool", "1001"),
    ),
    (
        *("Example Client", "SRV-01", "Server (physical)", "HP", "ProLiant ML350", "CZJ0410ABC"),
        *("Windows Server 2022 Standard", None, "Main office"),
        *(date(2023, 2, 1), date(2028, 2, 1), date(2027, 2, 1), "our tool", "1002"),
    ),
    (
        *("Example Client", "Office printer", "Printer", "Brother", "HL-L6400", None),
        *(None, None, "Main office"),
        *(None, None, None, "our tool", "1003"),
    ),
)


def main():
    book = Workbook()
    sheet = book.active
    sheet.title = "Assets"
    sheet.append(HEAD)
    for row in ROWS:
        sheet.append(row)
    for column, title in enumerate(HEAD, 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = max(14, len(title) + 4)
    for row in sheet.iter_rows(min_row=2, min_col=10, max_col=12):
        for cell in row:
            cell.number_format = "yyyy-mm-dd"
    sheet.freeze_panes = "A2"
    OUT.parent.mkdir(parents=True, exist_ok=True)
    book.save(OUT)
    print(OUT.name, len(ROWS), "rows")


if __name__ == "__main__":
    main()
