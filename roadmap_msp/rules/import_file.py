"""Read the table that another tool exported: CSV however it is written, or XLSX. No ORM.

Memory stays bounded: sizes are checked before anything is unpacked, rows are counted while they
are read, and a cell of megabytes ends the reading.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass

from .spreadsheet import SheetError, as_text, check_archive

FILE_LIMIT = 30_000_000
UNPACKED_LIMIT = 250_000_000
ROWS_LIMIT = 50_000
LINES_LIMIT = 200_000
COLUMNS_LIMIT = 200
CELLS_LIMIT = 2_500_000
"""In all: fifty columns of the most rows; each cell takes memory."""
TEXTS_LIMIT = 60_000_000
"""Bytes of a workbook's list of texts, which has to be held in memory as a whole."""
CELL_LIMIT = 32_767
"""Characters; what a cell of a spreadsheet can hold."""
FORMULA = "\x1aformula"
"""Stands for a cell whose value is a formula: what it comes to is not ours to guess."""
SEPARATORS = (",", ";", "\t", "|")


class FileRefused(ValueError):
    """A file that cannot be read as a whole. ``key`` names the reason, ``place`` where."""

    def __init__(self, key, place=""):
        super().__init__(key)
        self.key = key
        self.place = place


@dataclass(frozen=True)
class Table:
    """``rows`` are (number of the row in the file, cells); as long as the file has cells."""

    head: list
    rows: list
    encoding: str = ""
    separator: str = ""


def read(content, separator=None, encoding=None):
    """The table in a file.

    :param bytes content: the file
    :param separator: None to guess; CSV only
    :param encoding: None to guess; CSV only
    :raises FileRefused: empty, too_big, not_text, not_xlsx, old_excel, bomb, big_cell,
        open_quote, too_many_rows, too_many_columns, too_many_cells, no_rows, encoding
    """
    if not content:
        raise FileRefused("empty")
    if len(content) > FILE_LIMIT:
        raise FileRefused("too_big")
    if content[:4] == b"PK\x03\x04" or content[:4] == b"PK\x05\x06":
        table = _table(_xlsx_lines(content))
    elif content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise FileRefused("old_excel")
    else:
        text, encoding = decode(content, encoding)
        separator = separator or guess_separator(text)
        table = _table(_csv_lines(text, separator), encoding, separator)
    return table


def decode(content, encoding=None):
    """(text, encoding): by its mark, else UTF-16 by its zeros, else UTF-8, else Windows-1252."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        found = "utf-16"
    elif content[:3] == b"\xef\xbb\xbf":
        found = "utf-8-sig"
    else:
        found = encoding or _without_mark(content)
    try:
        text = content.decode(found)
    except (UnicodeDecodeError, LookupError):
        raise FileRefused("encoding") from None
    return text.removeprefix("\ufeff"), {"utf-8-sig": "utf-8"}.get(found, found)


def _without_mark(content):
    start = content[:4000]
    for place, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = start[place::2].count(0)
        if zeros > len(start) // 2 * 0.4 and not start[1 - place :: 2].count(0):
            return name
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        # Windows leaves five bytes without a meaning; real text does not use them.
        return "cp1252"
    return "utf-8"


def guess_separator(text):
    """The sign that cuts the first lines into the most columns, and the same number in each."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    if lines and re.fullmatch(r"sep=.", lines[0].strip("\ufeff ")):
        return lines[0].strip()[-1]

    def counts(sign):
        rows = [len(row) for row in csv.reader(lines, delimiter=sign)]
        head = rows[0] if rows else 1
        return (sum(size == head for size in rows) * (head > 1), head)

    try:
        return max(SEPARATORS, key=counts)
    except csv.Error:
        return ","


def _csv_lines(text, separator):
    lines = []

    def read_lines():
        for line in io.StringIO(text, newline=""):
            lines.append(line)
            yield line

    reader = csv.reader(read_lines(), delimiter=separator)
    number, last = 0, []
    while True:
        try:
            row = next(reader)
        except StopIteration:
            if _is_open(last, separator):
                raise FileRefused("open_quote", str(number)) from None
            return
        except csv.Error:
            raise FileRefused("big_cell", str(number + 1)) from None
        number += 1
        last[:] = lines
        lines.clear()
        if number == 1 and row and re.fullmatch(r"sep=.?", row[0]) and not any(row[1:]):
            continue
        yield number, [_told(cell) for cell in row]


def _is_open(lines, separator):
    """Whether the file ends within a cell: its last row swallowed all rows after its beginning."""
    try:
        for _row in csv.reader(lines, delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _told(cell):
    """The cell's text, without the sign by which spreadsheets keep "=..." from being run."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _xlsx_lines(content):
    try:
        check_archive(content, FILE_LIMIT, UNPACKED_LIMIT)
    except SheetError as error:
        raise FileRefused(error.key) from None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [part for part in archive.infolist() if "sharedstrings" in part.filename.lower()]
    if sum(part.file_size for part in parts) > TEXTS_LIMIT:
        raise FileRefused("bomb")
    import openpyxl  # noqa: PLC0415  only needed where a file is read

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What the file says of its own size is not to be trusted.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_col=COLUMNS_LIMIT + 1), 1):
            if number > LINES_LIMIT:
                raise FileRefused("too_many_rows")
            yield number, [_cell(cell) for cell in row]
    except FileRefused:
        raise
    except Exception:  # the library raises whatever a damaged part makes it stumble over
        raise FileRefused("not_xlsx") from None


def _cell(cell):
    if cell.data_type == "f":
        return FORMULA
    if cell.data_type == "e":
        return ""
    return _told(as_text(cell.value))


def _table(lines, encoding="", separator=""):
    """Head and rows; lines without any text are passed over, and counted."""
    head, rows, size = None, [], 0
    for number, cells in lines:
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(cells) > COLUMNS_LIMIT:
            raise FileRefused("too_many_columns", str(number))
        if max(map(len, cells)) > CELL_LIMIT:
            raise FileRefused("big_cell", str(number))
        if head is None:
            head = cells
            continue
        rows.append((number, cells))
        size += len(cells)
        if len(rows) > ROWS_LIMIT:
            raise FileRefused("too_many_rows")
        if size > CELLS_LIMIT:
            raise FileRefused("too_many_cells")
    if head is None:
        raise FileRefused("empty")
    if not rows:
        raise FileRefused("no_rows")
    return Table(head, rows, encoding, separator)
