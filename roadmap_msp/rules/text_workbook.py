"""A workbook in which every cell is text: what begins with "=" is never run. No ORM."""

import io

WIDTH = 18


def write(head, rows, last_width=WIDTH):
    """The bytes of an XLSX.

    :param list head: headings
    :param rows: lists of text, one after the other: each is written and let go
    :param int last_width: of the last column, in characters
    """
    import xlsxwriter  # noqa: PLC0415  only needed where a file is written

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, title in enumerate(head):
            sheet.write_string(0, place, title, book.add_format({"bold": True}))
        for number, cells in enumerate(rows, 1):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, cell)
        sheet.set_column(0, len(head) - 1, WIDTH)
        sheet.set_column(len(head) - 1, len(head) - 1, last_width)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()
