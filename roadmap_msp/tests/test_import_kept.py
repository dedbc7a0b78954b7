from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..models.asset.roadmap_import import KEEP_DAYS
from .import_common import HEAD
from .test_import_files import ImportFilesCommon


@tagged("post_install", "-at_install")
class TestImportKept(ImportFilesCommon):
    """How long an import keeps the client's data, whose it is, and what its changes say."""

    def age(self, run, days):
        self.env.flush_all()
        created = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        self.env.cr.execute(
            "UPDATE roadmap_import SET create_date = %s WHERE id = %s", [created, run.id]
        )
        self.env.invalidate_all()

    def test_after_a_while_only_the_counts_stay(self):
        old, young = (self.finish(self.preview(self.csv([self.row(site=n)]))) for n in "ab")
        self.age(old, KEEP_DAYS + 1)
        self.age(young, KEEP_DAYS - 1)
        self.env["roadmap.import"]._gc_imports()
        self.env.invalidate_all()
        self.assertFalse(old.file or old.line_ids)
        self.assertEqual((old.new_count, old.state), (1, "done"))
        self.assertTrue(young.file and young.line_ids)

    def test_what_was_opened_and_left(self):
        Import = self.env["roadmap.import"].with_user(self.user_technician)
        left, fresh = Import.create([{}, {}])
        chosen = self.wizard(self.csv([self.row()]))
        for run in (left, chosen):
            self.age(run, 2)
        self.env["roadmap.import"]._gc_imports()
        self.assertEqual((left | fresh | chosen).exists(), fresh | chosen)

    def test_an_import_of_one_company(self):
        run = self.wizard(self.csv([self.row()]), roadmap_id=self.roadmap.id)
        company = self.env["res.company"].create({"name": "Second MSP"})
        with self.assertRaisesRegex(ValidationError, "another company"):
            run.sudo().company_id = company

    def test_changes_name_records_and_what_is_emptied(self):
        self.load(self.row(site="Attic"))
        change = self.row(type_id="Server", site="", model="Latitude 5440")
        self.assertEqual(self.load(change, clear=True), ["changed"])
        words = self.Asset._import_change_text(self.judged[0])
        self.assertIn("Laptop → Server", words)
        self.assertIn("Attic → ", words)

    def test_cells_are_stored_as_they_are(self):
        note = 'C:\\temp\\new\n"two" lines,\tand a tab; \\N \\.'
        row = self.row(name="A\\B", note=note, site="\\N")
        run = self.finish(self.preview(self.csv([row], {**HEAD, "note": "Note", "site": "Site"})))
        [asset] = self.assets()
        self.assertEqual((asset.name, asset.note, asset.site), ("A\\B", note, "\\N"))
        self.assertEqual(run.line_ids.name, "A\\B")
        self.assertIn(note, run.line_ids.cells)
        self.assertFalse(asset.user_name, "what no cell says is nothing, not an empty text")
