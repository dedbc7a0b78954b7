import io
import tracemalloc
import unittest
import zipfile
from unittest.mock import patch

from .. import import_file
from ..import_file import FileRefused, read

TEXT = "Name;Serial\r\nBüro-PC;A1\r\n;\r\nServer;B2;too long\r\nShort\r\n"


def xlsx(rows, path="xl/worksheets/sheet1.xml", change=None):
    import openpyxl  # noqa: PLC0415

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    if not change:
        return buffer.getvalue()
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), path}:
            new.writestr(name, change if name == path else old.read(name))
    return out.getvalue()


class TestImportFile(unittest.TestCase):
    def refused(self, content, key, **options):
        with self.assertRaises(FileRefused) as caught:
            read(content, **options)
        self.assertEqual(caught.exception.key, key)
        return caught.exception

    def test_encodings_are_guessed(self):
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"):
            table = read(TEXT.encode(encoding))
            self.assertEqual(table.rows[0], (2, ["Büro-PC", "A1"]), encoding)
            self.assertEqual(table.head, ["Name", "Serial"], encoding)

    def test_separators_are_guessed(self):
        for separator in ",;\t|":
            text = f'Name{separator}Note\n"A{separator}1"{separator}x\nB{separator}"two\nlines"\n'
            table = read(text.encode())
            self.assertEqual(table.separator, separator)
            self.assertEqual(table.rows[0][1], [f"A{separator}1", "x"])
            self.assertEqual(table.rows[1][1], ["B", "two\nlines"])

    def test_a_line_that_names_the_separator_is_no_heading(self):
        self.assertEqual(read(b"sep=;\nName;Serial\nA;1\n").head, ["Name", "Serial"])

    def test_a_quotation_mark_that_is_never_closed(self):
        error = self.refused(b'Name,Serial\nA,1\n"B,2\nC,3\nD,4\n', "open_quote")
        self.assertEqual(error.place, "3")
        self.assertEqual(read(b'Name,Size\nA,19" wide\nB,"a ""b"""').rows[1], (3, ["B", 'a "b"']))

    def test_short_long_and_blank_rows_keep_their_number(self):
        self.assertEqual(
            read(TEXT.encode()).rows,
            [(2, ["Büro-PC", "A1"]), (4, ["Server", "B2", "too long"]), (5, ["Short"])],
        )

    def test_wrong_separator_leaves_one_column(self):
        self.assertEqual(read(TEXT.encode(), separator="\t").head, ["Name;Serial"])

    def test_nothing_to_read(self):
        self.refused(b"", "empty")
        self.refused(b"\n \n", "empty")
        self.refused(b"Name,Serial\n", "no_rows")

    def test_too_much_to_read(self):
        self.refused(b"x" * 60_000_000, "too_big")
        error = self.refused(b"Name,Note\nA,b\nC," + b"x" * 5_000_000 + b"\n", "big_cell")
        self.assertEqual(error.place, "3")
        self.refused(b"Name\n" + b"x\n" * 50_001, "too_many_rows")
        self.refused(b",".join([b"x"] * 300) + b"\n", "too_many_columns")

    def test_text_that_begins_like_a_formula_is_text(self):
        cells = ["=1+1", "+49 1", "-x", "@home", "'=cmd()", "'quoted"]
        table = read(("a,b,c,d,e,f\n" + ",".join(cells) + "\n").encode())
        told = ["=1+1", "+49 1", "-x", "@home", "=cmd()", "'quoted"]
        self.assertEqual(table.rows[0][1], told)

    def test_workbook(self):
        import datetime  # noqa: PLC0415

        day = datetime.date(2024, 3, 4)
        table = read(xlsx([["Name", "Bought", "Memory"], ["A", day, 16.0], [], ["=1+1", None, 2]]))
        self.assertEqual(table.head, ["Name", "Bought", "Memory"])
        self.assertEqual(table.rows[0], (2, ["A", "2024-03-04", "16"]))
        self.assertEqual(table.rows[1], (4, [import_file.FORMULA, "", "2"]))

    def test_damaged_workbooks(self):
        whole = xlsx([["Name"], ["A"]])
        self.refused(whole[: len(whole) // 2], "not_xlsx")
        self.refused(xlsx([["Name"], ["A"]], change=b"<worksheet><sheetData><row"), "not_xlsx")
        self.refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old_excel")

    def test_bombs(self):
        self.refused(xlsx([["Name"], ["A"]], change=b" " * 260_000_000), "bomb")
        head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        cell = b'<c r="A%d" t="inlineStr"><is><t>x</t></is></c>'
        rows = b"".join(b'<row r="%d">%s</row>' % (n, cell % n) for n in (1, 1_048_576))
        sheet = head + b"<sheetData>" + rows + b"</sheetData></worksheet>"
        self.refused(xlsx([["Name"]], change=sheet), "too_many_rows")
        long = cell % 2
        long = long.replace(b"x", b"x" * 5_000_000)
        sheet = head + b"<sheetData><row r='1'>" + cell % 1 + b"</row><row r='2'>" + long
        sheet += b"</row></sheetData></worksheet>"
        self.refused(xlsx([["Name"]], change=sheet), "big_cell")
        texts = b"<sst>" + b"<si><t>a</t></si>" * 4_000_000 + b"</sst>"
        self.refused(xlsx([["Name"], ["A"]], "xl/sharedStrings.xml", texts), "bomb")

    def test_memory_stays_bounded(self):
        """A small file of very many cells is given up before they fill the memory."""
        content = b"Name" + b",b" * 150 + b"\n" + (b"ab," * 150 + b"ab\n") * 40_000
        self.assertLess(len(content), import_file.FILE_LIMIT)
        with patch.object(import_file, "CELLS_LIMIT", 100_000):
            tracemalloc.start()
            try:
                self.refused(content, "too_many_cells")
                peak = tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()
        self.assertLess(peak, 8 * len(content), "a few copies of the text and no more")
