from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .import_screen_common import ScreenCommon


@tagged("post_install", "-at_install")
class TestAssetImportValues(ScreenCommon):
    def test_values_are_judged_as_the_engine_judges_them(self):
        client = "Example Client"
        rows = [
            [client, "LAP-1", "", "To be filled by O.E.M.", "2024-01-01", "", "rmm", "R1"],
            [client, "LAP-2", "", "Default string", "", "2027-01-01", "rmm", "R2"],
            [client, " LAP-3 ", "", " N/A", "", "", "rmm", "R3"],
        ]
        self.assertFalse(self._import(rows)["messages"])
        assets = self._assets()
        self.assertEqual(assets.mapped("name"), ["LAP-1", "LAP-2", "LAP-3"])
        self.assertFalse(any(assets.mapped("serial")), "what is no serial number is not stored")
        for bad, words in (
            (["1970-01-01", ""], "tools write this"),
            (["", "1900-01-01"], "tools write this"),
            (["", "0001-01-01"], "valid date"),
            (["2024-06-01", "2024-05-31"], "before the purchase"),
            (["0000-00-00", ""], "format|date"),
        ):
            result = self._import(
                [
                    [client, "GOOD", "", "", "", "", "rmm", "G"],
                    [client, "B", "", "", *bad, "rmm", "B"],
                ]
            )
            self.assertFalse(result.get("ids"), bad)
            self.assertRegex(str(result["messages"]), words)
        long = self._import([[client, "x" * 250, "", "", "", "", "rmm", "L"]])
        self.assertIn("250 characters", str(long["messages"]))
        self.assertEqual(self._assets(), assets, "nothing of a bad file is stored")

    def test_update_by_odoo_s_screen_is_judged_too(self):
        self._import([["Example Client", "LAP-1", "", "S1", "2024-01-01", "", "rmm", "R1"]])
        self._import([["Example Client", "LAP-1", "", "Default string", "", "", "rmm", "R1"]])
        self.assertEqual(self._assets().serial, "S1")
        result = self._import([["Example Client", "LAP-1", "", "", "1970-01-01", "", "rmm", "R1"]])
        self.assertIn("tools write this", str(result["messages"]))
        self.assertEqual(str(self._assets().purchase_date), "2024-01-01")

    def test_a_script_that_names_its_source_is_judged_too(self):
        vals = {"name": "S", "roadmap_id": self.roadmap.id, "import_source": "script"}
        asset = self.Asset.create({**vals, "serial": "System Serial Number", "site": "unknown"})
        self.assertFalse(asset.serial or asset.site)
        for bad in ({"warranty_end": date(1970, 1, 1)}, {"purchase_cost": -1}, {"model": "a\x00"}):
            with self.assertRaises(ValidationError):
                self.Asset.create({**vals, **bad})
        del vals["import_source"]
        self.assertEqual(self.Asset.create({**vals, "site": "unknown"}).site, "unknown")
