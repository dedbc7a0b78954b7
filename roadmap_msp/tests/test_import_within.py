from odoo.tests import tagged

from .import_common import HEAD, ImportCommon

WITHIN = {**HEAD, "partner_id": "Client's Contact", "parent_id": "Part Of"}


@tagged("post_install", "-at_install")
class TestImportWithin(ImportCommon):
    """Contacts and parent devices, found by name among those of the row's client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Partner = cls.env["res.partner"]
        cls.ann = Partner.create({"name": "Ann Ash", "parent_id": cls.client.id})
        Partner.create({"name": "Bob Birch", "parent_id": cls.other_client.id})
        names = [("RACK", {}), ("RACK", {"state": "retired"}), ("TWIN", {}), ("TWIN", {})]
        cls.rack, *_others = cls.env["roadmap.asset"].create(
            [{"name": name, "roadmap_id": cls.roadmap.id, **vals} for name, vals in names]
        )
        cls.env["roadmap.asset"].create({"name": "FAR", "roadmap_id": cls.other_roadmap.id})

    def test_found_within_the_client(self):
        row = self.row(partner_id="ann ash", parent_id="RACK")
        self.assertEqual(self.load({**row, "partner_id": "Ann Ash"}), ["new"])
        asset = self.env["roadmap.asset"].browse(self.judged[0].asset_id)
        self.assertEqual((asset.partner_id, asset.parent_id), (self.ann, self.rack))
        none = self.env["roadmap.roadmap"]
        said = {**row, "roadmap_id": "Example Client", "partner_id": "Example Client, Ann Ash"}
        self.assertEqual(self.load(said, roadmap=none), ["unchanged"])
        self.assertEqual(self.load({**said, "partner_id": ""}, roadmap=none), ["unchanged"])
        self.assertEqual(
            self.load({**said, "partner_id": ""}, roadmap=none, clear=True), ["changed"]
        )
        self.assertFalse(asset.partner_id)

    def test_refused_with_what_to_do(self):
        for cells, words in (
            ({"partner_id": "Bob Birch"}, "no contact of this name"),
            ({"parent_id": "FAR"}, "import that asset first"),
            ({"parent_id": "TWIN"}, "several assets of this name"),
        ):
            run = self.wizard(self.csv([self.row(**cells)], WITHIN), roadmap_id=self.roadmap.id)
            run.action_read()
            run.action_preview()
            self.assertEqual(run.line_ids.verdict, "refused", cells)
            self.assertIn(words, run.line_ids.reason)
            self.assertIn(next(iter(cells.values())), run.line_ids.reason)
        self.load(self.row())
        self.assertEqual(self.load(self.row(parent_id="LAP-1")), ["refused"])
        run = self.Asset._import_start(self.roadmap, "rmm")
        self.assertIn("part of itself", self.Asset._import_reason(run, self.judged[0]))

    def test_export_is_read_back_unchanged(self):
        self.load(self.row(partner_id="Ann Ash", parent_id="RACK"), self.row(
            name="B", serial="S2", import_ref="R2"
        ))  # fmt: skip
        assets = self.env["roadmap.asset"].search([("serial_key", "!=", False)])
        assets = assets.filtered(lambda asset: asset.roadmap_id == self.roadmap)
        content = assets.with_user(self.user_technician)._export_sheet_bytes()
        run = self.wizard(content, source=False, filename="x.xlsx", roadmap_id=self.roadmap.id)
        run.action_read()
        self.assertLessEqual({"partner_id", "parent_id"}, set(run.column_ids.mapped("field")))
        run.action_preview()
        self.assertEqual(run.line_ids.mapped("changes"), [False, False])
        self.assertEqual((run.unchanged_count, run.bad_count), (2, 0))

    def test_looked_up_once_for_all_rows(self):
        people = self.env["res.partner"].create(
            [{"name": f"Person {n}", "parent_id": self.client.id} for n in range(40)]
        )

        def queries(people):
            rows = [
                self.row(name=p.name, serial=f"S{p.id}", import_ref=f"{p.id}", partner_id=p.name)
                for p in people
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(self.load(*rows), ["new"] * len(rows))
            return self.env.cr.sql_log_count - before

        queries(people[:1])
        few = queries(people[1:4])
        self.assertLessEqual(queries(people[4:]), few)
