from odoo.tests import tagged

from .import_common import ImportCommon

CHANGES = {
    "user_name": "Ann",
    "site": "Attic",
    "serial": "S-2",
    "purchase_date": "2025-01-02",
    "warranty_end": "2029-01-02",
}


@tagged("post_install", "-at_install")
class TestAssetHistory(ImportCommon):
    def setUp(self):
        super().setUp()
        self.env = self.env(context={})  # the tests' own one tracks nothing
        self.Asset = self.env["roadmap.asset"].with_user(self.user_technician)
        self.load(self.row())
        self.asset = self.assets()
        self._tell()

    def _tell(self):
        """{field: (old, new)} of what the history tells since the last call."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        values = self.asset.message_ids.sudo().tracking_value_ids
        fresh = values - getattr(self, "told", values.browse())
        self.told = values
        return {row.field_id.name: row for row in fresh}

    def test_a_person_s_changes_stand_in_the_history(self):
        asset = self.asset.with_user(self.user_technician)
        server = self.env.ref("roadmap_msp.asset_type_server")
        asset.write({**CHANGES, "type_id": server.id, "partner_id": self.contact_owner.id})
        told = self._tell()
        self.assertEqual(told.keys(), {*CHANGES, "type_id", "partner_id"})
        self.assertEqual(
            (told["serial"].old_value_char, told["serial"].new_value_char), ("7XK-21Q3", "S-2")
        )
        self.assertEqual(str(told["warranty_end"].old_value_datetime)[:10], "2027-03-04")
        asset.date_ids.filtered(lambda row: row.source == "rmm").locked = False
        asset.date_ids.filtered(lambda row: row.kind == "purchase").unlink()
        self.assertEqual(self._tell().keys(), {"purchase_date"}, "also what sources bring about")

    def test_imports_write_no_message(self):
        self.assertFalse(self.told, "nothing at creation")
        row = self.row(name="LAP-1", import_ref="R1", type_id="Server", **CHANGES)
        self.assertEqual(self.load(row), ["changed"])
        self.assertEqual((self.asset.site, str(self.asset.warranty_end)), ("Attic", "2029-01-02"))
        self.assertFalse(self._tell())
        asset = self.Asset.create({"name": "New", "roadmap_id": self.roadmap.id, "site": "B"})
        self.assertFalse(asset.message_ids)
