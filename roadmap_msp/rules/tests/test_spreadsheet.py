import datetime as dt
import io
import unittest
import zipfile

from .. import spreadsheet
from ..spreadsheet import SheetError


def archive(**parts):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return output.getvalue()


class TestCheckArchive(unittest.TestCase):
    def refuse(self, content, key):
        with self.assertRaises(SheetError) as caught:
            spreadsheet.check_archive(content)
        self.assertEqual(caught.exception.key, key)

    def test_not_a_spreadsheet(self):
        self.refuse(b"", "not_xlsx")
        self.refuse(b"code;answer\nBUS-1;x", "not_xlsx")
        self.refuse(archive(readme="hello"), "not_xlsx")

    def test_truncated(self):
        whole = archive(**{"[Content_Types].xml": "x" * 999, "xl/workbook.xml": "y" * 999})
        spreadsheet.check_archive(whole)
        self.refuse(whole[: len(whole) // 2], "not_xlsx")

    def test_too_big(self):
        self.refuse(b"x" * (spreadsheet.FILE_LIMIT + 1), "too_big")

    def test_bomb(self):
        self.refuse(archive(bomb=b"0" * (spreadsheet.UNPACKED_LIMIT + 1)), "bomb")
        self.refuse(archive(**{f"p{n}": "" for n in range(300)}), "bomb")


class TestText(unittest.TestCase):
    def test_text(self):
        self.assertEqual(spreadsheet.as_text(None), "")
        self.assertEqual(spreadsheet.as_text(12.0), "12")
        self.assertEqual(spreadsheet.as_text(12.5), "12.5")
        self.assertEqual(spreadsheet.as_text(dt.datetime(2026, 3, 1, 12)), "2026-03-01")
        self.assertEqual(spreadsheet.as_text(" Yes "), "Yes")
