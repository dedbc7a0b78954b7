"""Reading rows of a spreadsheet that somebody else filled in, safely. No ORM."""

import datetime as dt
import io
import zipfile
from dataclasses import dataclass

FILE_LIMIT = 5_000_000
UNPACKED_LIMIT = 60_000_000
PARTS_LIMIT = 200
ROWS_LIMIT = 2_000
TABLE_LIMIT = 20_000


class SheetError(ValueError):
    """A file that cannot be read; ``key`` names the reason, ``place`` the cell if there is one."""

    def __init__(self, key, place=""):
        super().__init__(key)
        self.key = key
        self.place = place


@dataclass(frozen=True)
class Cell:
    """The text of a cell and where it stands, such as ``Questionnaire!D5``."""

    text: str
    place: str


def check_archive(content, file_limit=FILE_LIMIT, unpacked_limit=UNPACKED_LIMIT):
    """Refuse what is no XLSX, too large, or unpacks to something too large.

    :raises SheetError: too_big, not_xlsx or bomb
    """
    if len(content) > file_limit:
        raise SheetError("too_big")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            broken = archive.testzip() if sum(p.file_size for p in parts) < unpacked_limit else None
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, NotImplementedError):
        raise SheetError("not_xlsx") from None
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > unpacked_limit:
        raise SheetError("bomb")
    names = {part.filename for part in parts}
    if broken or not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise SheetError("not_xlsx")


def read_rows(content, sheet_name, columns):
    """Rows of a sheet as lists of cells, as many columns as asked for.

    :raises SheetError: also no_sheet, formula (with its place), too_many_rows
    """
    book = _open(content)
    return list(_cells(book, sheet_name, columns, ROWS_LIMIT))


def read_tables(content, columns, optional=()):
    """Several sheets as ``{name: rows of texts}``.

    :param columns: how many columns to read, by the name of the sheet
    :param optional: names of sheets that may be missing
    :raises SheetError: as `read_rows`; no_sheet and too_many_rows name the sheet as place
    """
    book = _open(content)
    return {
        name: [[cell.text for cell in row] for row in _cells(book, name, count, TABLE_LIMIT)]
        for name, count in columns.items()
        if name in book.sheetnames or name not in optional
    }


def _open(content):
    check_archive(content)
    import openpyxl  # noqa: PLC0415  only needed where a file is read

    try:
        return openpyxl.load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
    except Exception:  # the library raises whatever a damaged part makes it stumble over
        raise SheetError("not_xlsx") from None


def _cells(book, sheet_name, columns, limit):
    if sheet_name not in book.sheetnames:
        raise SheetError("no_sheet", sheet_name)
    sheet = book[sheet_name]
    if sheet.max_row > limit:
        raise SheetError("too_many_rows", sheet_name)
    for row in sheet.iter_rows(max_col=columns):
        cells = []
        for cell in row:
            place = f"{sheet_name}!{cell.coordinate}"
            if cell.data_type == "f":
                raise SheetError("formula", place)
            cells.append(Cell(as_text(cell.value), place))
        yield cells


def as_text(value):
    """What a person reads in the cell; whole figures without a decimal point, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
