"""Whether two spreadsheets hold the same: sheets, cells with their formats, widths.

usage: same_cells.py ONE OTHER      (exit status 1 and the first difference where they do not)
"""

import sys

from openpyxl import load_workbook


def content(path):
    """Everything of a workbook that a reader sees, in an order that can be compared."""
    for sheet in load_workbook(path):
        yield sheet.title, sheet.freeze_panes
        yield {name: column.width for name, column in sorted(sheet.column_dimensions.items())}
        for row in sheet.iter_rows():
            for cell in row:
                yield cell.coordinate, cell.value, cell.number_format, cell.font.b


def main(one, other):
    """Compare, and tell the first difference."""
    for first, second in zip(content(one), content(other), strict=True):
        if first != second:
            sys.exit(f"{first} is not {second}")


if __name__ == "__main__":
    main(*sys.argv[1:])
