import io

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from .import_common import HEAD
from .test_import_files import ImportFilesCommon


@tagged("post_install", "-at_install")
class TestImportBadFiles(ImportFilesCommon):
    """Files and cells that cannot be right: refused one by one, and told why."""

    def test_ambiguous_dates_need_a_choice(self):
        run = self.wizard(
            self.csv([self.row(purchase_date="03/04/2024")]), roadmap_id=self.roadmap.id
        )
        run.action_read()
        with self.assertRaisesRegex(UserError, "how dates are written"):
            run.action_preview()
        run.date_order = "dmy"
        run.action_preview()
        self.finish(run)
        self.assertEqual(str(self.assets().purchase_date), "2024-04-03")

    def test_columns_that_cannot_be_right(self):
        run = self.wizard(self.csv([self.row()]), roadmap_id=self.roadmap.id)
        run.action_read()
        run.column_ids.filtered(lambda c: c.field == "model").field = "name"
        with self.assertRaisesRegex(UserError, "Two columns go to Name"):
            run.action_preview()
        run.column_ids.field = False
        with self.assertRaisesRegex(UserError, "No column goes to Name"):
            run.action_preview()
        run = self.wizard(self.csv([self.row()], {"name": "Name"}))
        run.action_read()
        with self.assertRaisesRegex(UserError, "whose assets"):
            run.action_preview()

    def test_empty_file_and_only_a_heading(self):
        self.refused_file(b"\n", "is empty")
        self.refused_file(b"Name,Serial\n", "heading and no rows")

    def test_no_file(self):
        run = self.env["roadmap.import"].with_user(self.user_technician).create({})
        with self.assertRaisesRegex(UserError, "Choose a file"):
            run.action_read()

    def test_wrong_separator(self):
        self.refused_file(self.csv([self.row()]), "choose the separator", separator=";")

    def test_wrong_encoding(self):
        self.refused_file("Näme\nÄ\n".encode("cp1252"), "encoding", encoding="utf-8")

    def test_shuffled_heading(self):
        head = dict(reversed(HEAD.items()))
        self.finish(self.preview(self.csv([self.row()], head)))
        asset = self.assets()
        self.assertEqual(
            (asset.name, asset.serial, asset.model), ("LAP-1", "7XK-21Q3", "Latitude 5440")
        )

    def test_short_long_and_blank_rows(self):
        content = b"Name,Serial,Site\nA\n\n,,\nB,S2,Attic,more,and more\nC,S3\n"
        run = self.preview(content)
        self.assertEqual(run.line_ids.mapped("number"), [2, 5, 6])
        self.finish(run)
        self.assertEqual(self.assets().mapped("site"), [False, "Attic", False])

    def test_long_name(self):
        self.one_bad("Name", "xxx", "250", "Shorten", name="x" * 250)

    def test_huge_cell(self):
        self.refused_file(
            self.csv([self.row(), self.row(model="x" * 5_000_000)]), "Row 3 has a cell"
        )

    def test_impossible_dates(self):
        self.one_bad("Purchase Date", "2024-02-30", "does not exist", purchase_date="2024-02-30")
        self.one_bad("13/05/2024", "month first", order="mdy", purchase_date="13/05/2024")
        self.one_bad("1970-01-01", "Empty the cell", purchase_date="1970-01-01")
        self.one_bad("9999-12-31", "Empty the cell", purchase_date="9999-12-31", warranty_end="")
        self.one_bad("0000-00-00", "Empty the cell", warranty_end="0000-00-00")

    def test_warranty_before_purchase(self):
        self.one_bad(
            "Warranty Expiry", "2023-01-01", "before the purchase", warranty_end="2023-01-01"
        )

    def test_negative_cost(self):
        head = {**HEAD, "purchase_cost": "Cost"}
        self.one_bad(
            "Cost", "-5", "negative", purchase_cost="-5", head=head, user=self.user_manager
        )

    def test_unknown_client_and_type(self):
        self.one_bad("Client", "Nobody Inc", "create the client", roadmap_id="Nobody Inc")
        self.one_bad("Client", "not the client chosen", roadmap_id="Other Client")
        self.one_bad("Type", "Flux capacitor", "other names", type_id="Flux capacitor")

    def test_another_clients_serial(self):
        theirs = self.Asset.create(
            {"name": "Theirs", "roadmap_id": self.other_roadmap.id, "serial": "7XK21Q3"}
        )
        self.finish(self.preview(self.csv([self.row()])))
        self.assertEqual(len(self.assets()), 1)
        self.assertEqual(theirs.name, "Theirs")

    def test_formulas_and_scripts_stay_text(self):
        texts = ["=1+1", "+49 1", "-x", "@home", "<script>alert(1)</script>", "=cmd|' /C calc'!A0"]
        rows = [
            self.row(name=text, serial=f"T{n}", import_ref=f"T{n}") for n, text in enumerate(texts)
        ]
        self.finish(self.preview(self.csv(rows)))
        self.assertEqual(self.assets().mapped("name"), texts)

    def test_formula_of_a_workbook_is_refused(self):
        import openpyxl  # noqa: PLC0415

        book = openpyxl.Workbook()
        book.active.append(["Name", "Serial"])
        book.active.append(["=1+1", "S1"])
        book.active.append(["Good", "S2"])
        buffer = io.BytesIO()
        book.save(buffer)
        run = self.preview(buffer.getvalue(), filename="x.xlsx")
        self.assertEqual(run.line_ids.mapped("verdict"), ["refused", "new"])
        self.assertIn("formula", run.line_ids[0].reason)

    def test_a_quotation_mark_that_swallows_rows(self):
        self.one_bad("Name", "more than one line", "quotation mark", name="A,S1\nB,S2")
        self.refused_file(self.csv([self.row()]) + b'"B,S2\nC,S3\n', "Row 3 opens a quotation")
        run = self.preview(b'Name,Serial\nA,"S1\nB,"S2"\nC,S3\n')
        self.assertEqual(run.line_ids.mapped("verdict"), ["refused", "new"])

    def test_nul_bytes(self):
        line = self.one_bad("Model", "a?b", "cannot be stored", model="a\0b")
        self.assertNotIn("\0", str(line.cells))

    @mute_logger("odoo.tools.mimetypes")
    def test_damaged_and_oversized_files(self):
        with file_open("roadmap_msp/static/xls/asset_import_template.xlsx", "rb") as file:
            content = file.read()
        self.refused_file(content[: len(content) // 2], "damaged or incomplete")
        self.refused_file(b"x" * 60_000_000, "larger than")

    def test_zip_bomb(self):
        import zipfile  # noqa: PLC0415

        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
                archive.writestr(name, b" " * 100_000_000)
        self.assertLess(len(buffer.getvalue()), 1_000_000)
        self.refused_file(buffer.getvalue(), "unpacks to")
