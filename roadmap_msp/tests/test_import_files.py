import base64
import io

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import file_open

from .import_common import HEAD, ImportCommon

DEMO = "roadmap_msp/demo/assets"


class ImportFilesCommon(ImportCommon):
    def preview(self, content, **vals):
        run = self.wizard(content, **{"roadmap_id": self.roadmap.id, **vals})
        run.action_read()
        run.action_preview()
        return run

    def one_bad(self, *parts, order="ymd", user=None, head=HEAD, **cells):
        """A file of a bad row between two good ones: the good ones are stored, and only they."""
        rows = [
            self.row(name="First", serial="F1", import_ref="F1"),
            self.row(**{"name": "Bad", "serial": "B1", "import_ref": "B1", **cells}),
            self.row(name="Last", serial="L1", import_ref="L1"),
        ]
        run = self.wizard(self.csv(rows, head), user=user, roadmap_id=self.roadmap.id)
        run.action_read()
        run.date_order = order
        run.action_preview()
        self.assertEqual((run.new_count, run.refused_count), (2, 1), cells)
        line = run.line_ids.filtered(lambda line: line.verdict == "refused")
        self.assertEqual(line.number, 3)
        for part in parts:
            self.assertIn(part, line.reason)
        run.mode = "all"
        with self.assertRaises(UserError):
            run.action_import()
        self.assertFalse(self.assets())
        run.mode = "good"
        self.finish(run)
        self.assertEqual(self.assets().mapped("name"), ["First", "Last"])
        self.assertEqual(self.assets().mapped("serial"), ["F1", "L1"])
        self.assets().unlink()
        return line

    def refused_file(self, content, part, **vals):
        run = self.wizard(content, roadmap_id=self.roadmap.id, **vals)
        with self.assertRaisesRegex(UserError, part):
            run.action_read()
            run.action_preview()
        self.assertFalse(self.assets())


@tagged("post_install", "-at_install")
class TestImportFiles(ImportFilesCommon):
    """The screen, step by step, with good and bad files."""

    def test_from_file_to_assets(self):
        rows = [self.row(), self.row(name="B", serial="S2", import_ref="R2")]
        run = self.preview(self.csv(rows))
        self.assertEqual((run.state, run.new_count, run.stored_count), ("preview", 2, 0))
        self.assertFalse(self.assets(), "a preview stores nothing")
        self.finish(run)
        self.assertEqual((run.state, run.stored_count), ("done", 2))
        self.assertEqual(self.assets().mapped("name"), ["LAP-1", "B"])
        self.assertEqual(run.action_open_assets()["domain"], [("id", "in", self.assets().ids)])
        again = self.preview(self.csv(rows))
        self.assertEqual((again.unchanged_count, again.todo_count), (2, 0))

    def test_preview_says_what_changes(self):
        self.load(self.row())
        run = self.preview(self.csv([self.row(model="Other", warranty_end="2028-01-01")]))
        line = run.line_ids
        self.assertEqual(line.verdict, "changed")
        self.assertIn("Model: Latitude 5440 → Other", line.changes)
        self.assertIn("→ 01/01/2028", line.changes)
        self.assertEqual(line.says, line.changes)

    def test_exports_of_three_tools_without_any_choice(self):
        """Encoding, separator, columns and date order are recognised in the demo's exports."""
        for name, encoding, separator, order, known in (
            ("rmm_devices", "UTF-8", "comma", "ymd", 13),
            ("psa_configurations", "Windows-1252", "semicolon", "dmy", 13),
            ("network_inventory", "UTF-16", "tab", "mdy", 11),
        ):
            with file_open(f"{DEMO}/{name}_2026-11-23.csv", "rb") as file:
                run = self.wizard(file.read())
            run.action_read()
            self.assertIn(encoding, run.file_note)
            self.assertIn(separator, run.file_note)
            self.assertEqual((run.date_order, run.dates_open), (order, False))
            self.assertEqual(len(run.column_ids.filtered("field")), known, name)
            run.any_type = True
            run.action_preview()
            self.assertGreater(run.row_count, 20)

    def test_choices_are_remembered_per_client_and_source(self):
        head = {**HEAD, "name": "Bezeichnung", "serial": "Nummer"}
        run = self.wizard(
            self.csv([self.row(purchase_date="03/04/2024")], head), roadmap_id=self.roadmap.id
        )
        run.action_read()
        self.assertTrue(run.dates_open)
        for column in run.column_ids:
            choice = {"Bezeichnung": "name", "Nummer": "serial", "Model": False}
            column.field = choice.get(column.title, column.field)
        run.date_order = "dmy"
        run.action_preview()
        self.finish(run)
        again = self.wizard(self.csv([self.row()], head), roadmap_id=self.roadmap.id)
        again.action_read()
        fields = dict(
            zip(again.column_ids.mapped("title"), again.column_ids.mapped("field"), strict=True)
        )
        self.assertEqual((fields["Bezeichnung"], fields["Nummer"]), ("name", "serial"))
        self.assertFalse(fields["Model"])
        blank = self.wizard(self.csv([self.row()], head), source=False, roadmap_id=self.roadmap.id)
        blank.action_read()
        self.assertEqual(blank.source, "rmm", "the same headings come from the same tool")
        mapping = self.env["roadmap.import.mapping"].search([("roadmap_id", "=", self.roadmap.id)])
        self.assertEqual(mapping.date_order, "ymd" if len(mapping) > 1 else "dmy")

    # Results

    def test_refused_rows_come_back_as_a_file_that_can_be_imported(self):
        bad = self.row(name="=1+1", serial="B1", import_ref="B1", purchase_date="2024-02-30")
        run = self.preview(self.csv([self.row(), bad]))
        action = run.action_download_refused()
        number = int(action["url"].split("/")[-1].split("?")[0])
        content = self.env["ir.attachment"].browse(number).raw
        import openpyxl  # noqa: PLC0415

        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        self.assertEqual(rows[0][-1], "Why It Was Refused")
        self.assertIn("does not exist", rows[1][-1])
        self.assertEqual(sheet["B2"].data_type, "s", "nothing in it is run")
        sheet["H2"] = "2024-02-28"
        buffer = io.BytesIO()
        sheet.parent.save(buffer)
        again = self.wizard(buffer.getvalue(), roadmap_id=self.roadmap.id)
        again.action_read()
        self.assertFalse(again.column_ids[-1].field)

    def test_export_is_read_back_unchanged(self):
        rows = [
            self.row(memory_gb="16", disk_type="SSD", site="=1+1", note='two\nlines; "x"'),
            self.row(name="@home", serial="", import_ref="R2", purchase_date="", warranty_end=""),
        ]
        self.load(*rows)
        assets = self.assets()
        template = self.env.ref("roadmap_msp.asset_export")
        names = template.export_fields.mapped("name")
        heads = [assets._fields[name]._description_string(self.env) for name in names]
        data = assets.export_data(names)["datas"]
        from odoo.addons.web.controllers.export import CSVExport  # noqa: PLC0415

        columns = [{"name": name, "label": head, "type": assets._fields[name].type}
                   for name, head in zip(names, heads, strict=True)]  # fmt: skip
        csv = CSVExport().from_data(columns, heads, data)
        run = self.preview(csv.encode() if isinstance(csv, str) else csv, source=False)
        self.assertFalse(run.bad_count, run.line_ids.mapped("reason"))
        self.assertEqual(run.line_ids.mapped("changes"), [False, False])
        self.assertEqual((run.unchanged_count, run.todo_count), (2, 0))

    def test_sheet_to_edit_is_read_back_unchanged(self):
        self.load(
            self.row(memory_gb="16", disk_type="SSD", site="=1+1", note='two\nlines; "x"'),
            self.row(name="@home", serial="", import_ref="R2", purchase_date="", warranty_end=""),
        )
        self.user_technician.group_ids += self.env.ref("base.group_allow_export")
        action = self.assets().with_user(self.user_technician).action_export_sheet()
        number = int(action["url"].split("/")[-1].split("?")[0])
        content = self.env["ir.attachment"].with_user(self.user_technician).browse(number).raw
        run = self.preview(content, source=False, filename="x.xlsx")
        self.assertEqual(run.line_ids.mapped("changes"), [False, False])
        self.assertEqual((run.unchanged_count, run.todo_count, run.bad_count), (2, 0, 0))

    def test_where_it_was_bought_and_its_state_are_read_back_too(self):
        shop = self.env["res.partner"].create({"name": "Box Shop", "is_company": True})
        clerk = self.env["res.partner"].create({"name": "Ann", "parent_id": shop.id})
        self.load(
            self.row(name="A", serial="A1", import_ref="1"),
            self.row(name="B", serial="B1", import_ref="2"),
        )
        one, two = self.assets()
        one.write({"state": "spare", "vendor_id": clerk.id, "invoice_ref": "INV-7"})
        two._retire("Sold", "2026-01-05")
        one.purchase_cost = 1234.5
        user = self.user_csm
        user.group_ids += self.env.ref("base.group_allow_export")
        content = self.assets().with_user(user)._export_sheet_bytes()
        run = self.preview(content, user=user, source=False, filename="x.xlsx")
        self.assertFalse(run.bad_count, run.line_ids.mapped("reason"))
        self.assertEqual(run.line_ids.mapped("changes"), [False, False])
        given = {"vendor_id", "invoice_ref", "state", "purchase_cost"}
        self.assertLessEqual(given, set(run.column_ids.mapped("field")))

    def test_what_only_its_place_tells_apart_is_read_back_too(self):
        refs = ("1", "2", "3")
        self.load(*(self.row(name="Screen", serial="", import_ref=ref) for ref in refs))
        one, two, three = self.assets()
        one.memory_gb = 2048
        three._retire("Sold", "2026-01-05")
        content = self.assets().with_user(self.user_technician)._export_sheet_bytes()
        run = self.preview(content, source=False, filename="x.xlsx")
        self.assertEqual((run.unchanged_count, run.bad_count), (3, 0), run.line_ids.mapped("says"))
        edited = {"own_ref": "Register Id", "site": "Site", "serial": "Serial Number"}
        rows = [{"own_ref": str(two.id), "site": "Attic", "serial": "S2"}]
        self.finish(self.preview(self.csv(rows, edited), source=False))
        self.assertEqual((two.site, two.serial, one.site), ("Attic", "S2", False))
        far = self.Asset.create({"name": "Far", "roadmap_id": self.other_roadmap.id})
        for own, words in ((str(far.id), "Name is empty"), ("x", "no id that our export wrote")):
            run = self.preview(self.csv([{"own_ref": own}], edited), source=False)
            self.assertEqual(run.line_ids.verdict, "refused")
            self.assertIn(words, run.line_ids.reason)
        rows = [{"own_ref": str(one.id), "serial": "S2"}]
        run = self.preview(self.csv(rows, edited), source=False)
        self.assertIn("Correct one of the two", run.line_ids.reason)

    def test_state_vendor_and_invoice_of_a_file(self):
        shop = self.env["res.partner"].create({"name": "Box Shop"})
        head = {**HEAD, "vendor_id": "Supplier", "invoice_ref": "Invoice", "state": "Asset State"}
        row = self.row(vendor_id="box shop", invoice_ref="INV-7", state="spare")
        self.one_bad("no contact", head=head, vendor_id="Nobody Inc")
        self.one_bad("no state", head=head, state="Online")
        self.finish(self.preview(self.csv([{**row, "vendor_id": "Box Shop"}], head)))
        asset = self.assets()
        self.assertEqual(
            (asset.vendor_id, asset.invoice_ref, asset.state), (shop, "INV-7", "spare")
        )
        self.finish(self.preview(self.csv([{**row, "vendor_id": "", "state": "Retired"}], head)))
        self.assertEqual((asset.state, asset.retired_on), ("retired", fields.Date.today()))
        self.assertIn("rmm", asset.retire_reason)
        gone = self.row(name="Gone", serial="G1", import_ref="G", state="retired")
        self.finish(self.preview(self.csv([gone], head)))
        self.assertEqual(self.assets()[1].retired_on, fields.Date.today())

    def test_sheet_needs_the_right_to_export(self):
        self.load(self.row())
        with self.assertRaises(AccessError):
            self.assets().with_user(self.user_csm).action_export_sheet()

    def test_form_can_be_opened(self):
        run = self.wizard(self.csv([self.row()]), roadmap_id=self.roadmap.id)
        run.action_read()
        view = run.get_view(view_type="form")
        self.assertIn("roadmap_import_progress", view["arch"])
        self.assertEqual(base64.b64decode(run.file)[:6], b"Client")
