from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_asset_register import DAY, AssetRegisterCommon


@tagged("post_install", "-at_install")
class TestAssetSerial(AssetRegisterCommon):
    """One device stands once in the register of a client."""

    def test_same_serial_is_refused_with_names(self):
        self._asset(serial="5CG-1234", maker="HP Inc.")
        with self.assertRaisesRegex(ValidationError, "5cg1234.*LAP-2.*LAP-1"):
            self._asset(name="LAP-2", serial="5cg1234", maker="Hewlett-Packard")
        with self.assertRaisesRegex(ValidationError, "LAP-1"):
            self._asset(name="LAP-2", serial="5cg1234")
        self._asset(name="LAP-2", serial="5cg1234", maker="Dell")
        other = self._asset(
            name="LAP-3", serial="5cg1234", maker="HP", roadmap_id=self.other_roadmap.id
        )
        with self.assertRaisesRegex(ValidationError, "LAP-1"):
            other.roadmap_id = self.roadmap
        for serial in (False, "", "N/A", "To be filled by O.E.M."):
            self._asset(serial=serial)

    def test_same_serial_twice_in_one_batch(self):
        vals = {"roadmap_id": self.roadmap.id, "serial": "ABC123"}
        with self.assertRaisesRegex(ValidationError, '"B".*"A"'):
            self.Asset.create([{"name": "A", **vals}, {"name": "B", **vals}])

    def test_retired_twin_is_named(self):
        self._asset(serial="ABC123")._retire("sold", DAY)
        with self.assertRaisesRegex(ValidationError, "retired or archived"):
            self._asset(name="LAP-2", serial="ABC123")

    @mute_logger("odoo.sql_db")
    def test_database_guards_serials_too(self):
        first, second = self._asset(serial="ABC123"), self._asset(name="LAP-2", serial="ABC124")
        self.env.flush_all()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.cr.execute(
                "UPDATE roadmap_asset SET serial_key = %s WHERE id = %s",
                [first.serial_key, second.id],
            )

    def test_source_id_stands_once(self):
        self._asset(import_source="rmm", import_ref="77")
        with self.assertRaisesRegex(ValidationError, "77.*LAP-2.*rmm.*LAP-1"):
            self._asset(name="LAP-2", import_source="rmm", import_ref="77")
        self._asset(name="LAP-3", import_source="psa", import_ref="77")

    def test_copy_is_another_device(self):
        twin = self._asset(serial="ABC123").copy()
        self.assertFalse(twin.serial)
        self.assertIn("copy", twin.name)
