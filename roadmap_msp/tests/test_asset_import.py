from odoo.tests import tagged
from odoo.tools import file_open

from .import_screen_common import ScreenCommon

TEMPLATE = "roadmap_msp/static/xls/asset_import_template.xlsx"


@tagged("post_install", "-at_install")
class TestAssetImport(ScreenCommon):
    def test_template_is_read_without_mapping(self):
        template = self.Asset.get_import_templates()[0]["template"]
        self.assertEqual(template, f"/{TEMPLATE}")
        with file_open(TEMPLATE, "rb") as file:
            wizard = (
                self.env["base_import.import"]
                .with_user(self.user_technician)
                .create(
                    {
                        "res_model": "roadmap.asset",
                        "file": file.read(),
                        "file_name": "asset_import_template.xlsx",
                        "file_type": "application/vnd.openxmlformats-officedocument."
                        "spreadsheetml.sheet",
                    }
                )
            )
        options = {"has_headers": True, "quoting": '"'}
        preview = wizard.parse_preview(options)
        self.assertNotIn("error", preview)
        matched = {column: path[0] for column, path in preview["matches"].items()}
        self.assertEqual(len(matched), len(preview["headers"]), "every column is recognised")
        fields = [matched[n] for n in range(len(matched))]
        result = wizard.execute_import(fields, preview["headers"], preview["options"])
        self.assertFalse(result["messages"])
        assets = self._assets()
        self.assertEqual(assets.mapped("name"), ["LAP-001", "SRV-01", "Office printer"])
        self.assertEqual(
            [asset.type_id.code for asset in assets], ["laptop", "server", "printer_mfp"]
        )
        server = assets[1]
        self.assertEqual(
            {(row.kind, row.source): str(row.date) for row in server.date_ids},
            {
                ("purchase", "our tool"): "2023-02-01",
                ("warranty_end", "our tool"): "2028-02-01",
                ("warranty_end", "maker"): "2027-02-01",
            },
        )
        self.assertEqual(server.ref_ids.external_id, "1002")

    def test_separators_encodings_and_date_orders(self):
        row = ["Example Client", "Büro-PC", "Workstation", "ABC1", None, None, "t", "1"]
        for number, (encoding, separator, form, day) in enumerate(
            (
                ("utf-8", ",", "%Y-%m-%d", "2024-03-04"),
                ("utf-8-sig", ",", "%Y-%m-%d", "2024-03-04"),
                ("cp1252", ";", "%d/%m/%Y", "04/03/2024"),
                ("utf-16", "\t", "%m/%d/%Y", "03/04/2024"),
            )
        ):
            row[3], row[4], row[7] = f"ABC{number}", day, str(number)
            result = self._import([row], encoding, separator, form)
            self.assertFalse(result["messages"], encoding)
            asset = self._assets()[-1]
            self.assertEqual((asset.name, str(asset.purchase_date)), ("Büro-PC", "2024-03-04"))

    def test_device_twice_in_a_file_is_refused_with_its_row(self):
        result = self._import(
            [
                ["Example Client", "A", "Laptop", "S-1", "", "", "rmm", "1"],
                ["Example Client", "B", "Laptop", "S-2", "", "", "rmm", "2"],
                ["Example Client", "A again", "Laptop", "s1", "", "", "rmm", "3"],
            ]
        )
        self.assertEqual([m["type"] for m in result["messages"]], ["error"])
        message = result["messages"][0]
        self.assertEqual(message["rows"], {"from": 2, "to": 2})
        self.assertIn("A again", message["message"])
        self.assertFalse(self._assets(), "all rows or none")

    def test_bad_rows_are_named_and_nothing_is_stored(self):
        good = ["Example Client", "A", "Laptop", "S-1", "2024-01-01", "", "rmm", "1"]
        for place, value, part in (
            (0, "Nobody Inc", "Nobody Inc"),
            (1, "", "Name"),
            (2, "Flux capacitor", "Flux capacitor"),
            (4, "2024-02-30", "line 1"),
            (4, "31/12/2024", "line 1"),
        ):
            bad = list(good)
            bad[place] = value
            result = self._import([bad])
            text = " ".join(message["message"] for message in result["messages"])
            self.assertIn(part, text)
            self.assertFalse(self._assets(), part)

    def test_known_rows_are_updated_not_doubled(self):
        first = ["Example Client", "A", "Laptop", "S-1", "2024-01-01", "2026-01-01", "rmm", "1"]
        self.assertFalse(self._import([first])["messages"])
        self.assertFalse(self._import([first])["messages"])
        asset = self._assets()
        self.assertEqual(len(asset), 1)
        self.assertEqual(len(asset.date_ids), 2)
        moved = ["Example Client", "A renamed", "Laptop", "", "", "2027-01-01", "rmm", "1"]
        self.assertFalse(self._import([moved])["messages"])
        self.assertEqual((asset.name, asset.serial), ("A renamed", "S-1"), "empty cells are silent")
        self.assertEqual(str(asset.warranty_end), "2027-01-01")
        self.assertEqual(len(asset.date_ids), 2, "the same source, told anew")

    def test_a_second_source_adds_its_dates(self):
        first = ["Example Client", "A", "Laptop", "S-1", "2024-01-01", "2026-01-01", "rmm", "1"]
        other = ["Example Client", "A", "Laptop", "s1", "2023-12-20", "2027-01-01", "psa", "77"]
        nameless = ["Example Client", "A", "Laptop", "N/A", "", "", "network", "n5"]
        for row in (first, other, nameless):
            self.assertFalse(self._import([row])["messages"])
        asset = self._assets()
        self.assertEqual(len(asset), 1)
        self.assertEqual(str(asset.purchase_date), "2023-12-20", "the earliest")
        self.assertEqual(str(asset.warranty_end), "2027-01-01", "the latest")
        self.assertTrue(asset.date_conflict)
        self.assertEqual(
            set(asset.ref_ids.mapped("source")), {"rmm", "psa", "network"}, "known by all"
        )

    def test_matched_as_by_the_engine(self):
        """Serial number before the source's id; two devices are nobody's guess; names as typed."""
        head = ["Example Client", "A", "Laptop", "S-1", "2024-01-01", "", "rmm", "1"]
        other = ["Example Client", "B", "Laptop", "S-2", "2024-01-01", "", "rmm", "2"]
        self.assertFalse(self._import([head, other])["messages"])
        between = ["Example Client", "C", "Laptop", "S-1", "", "", "rmm", "2"]
        message = self._import([between])["messages"][0]["message"]
        self.assertIn('belongs to "A"', message)
        self.assertIn('id to "B"', message)
        self.assertEqual(self._assets().mapped("name"), ["A", "B"])
        spelt = ["Example Client", " b ", "Laptop", "", "2023-01-01", "", "psa", ""]
        self.assertFalse(self._import([spelt])["messages"])
        self.assertEqual(len(self._assets()), 2)

    def test_retired_devices_are_reported(self):
        row = ["Example Client", "A", "Laptop", "S-1", "2024-01-01", "", "rmm", "1"]
        self.assertFalse(self._import([row])["messages"])
        self._assets()._retire("Sold", "2026-01-01")
        message = self._import([row])["messages"][0]["message"]
        self.assertIn("retired or archived", message)

    def test_other_clients_devices_stay_apart(self):
        self.Asset.create({"name": "A", "roadmap_id": self.other_roadmap.id, "serial": "S-1"})
        row = ["Example Client", "A", "Laptop", "S-1", "2024-01-01", "", "rmm", "1"]
        self.assertFalse(self._import([row])["messages"])
        self.assertEqual(len(self._assets()), 1)

    def test_without_a_source_a_known_serial_is_refused(self):
        row = ["Example Client", "A", "Laptop", "S-1", "2024-01-01", "", "", ""]
        self.assertFalse(self._import([row])["messages"])
        again = self._import([row])
        self.assertIn("S-1", again["messages"][0]["message"])
        self.assertEqual(self._assets().date_ids.source, "manual")

    def test_exports_of_the_demo(self):
        """The three files load; what is refused is named in the client's log."""
        Roadmap = self.env["roadmap.roadmap"]
        clients = (
            "Orchard Law",
            "Bay Dental",
            "Ridge Supply",
            "Harbor Freight Forwarding",
            "Maple Grove School",
            "Cedar & Stone Architects",
        )
        # Clients are found by their name; those of a loaded demo step aside.
        for partner in self.env["res.partner"].search([("name", "in", clients)]):
            partner.name = f"{partner.name} (demo)"
        roadmaps = Roadmap.create(
            [
                {
                    "partner_id": self.env["res.partner"].create({"name": name}).id,
                    "entitlement": "entitled",
                }
                for name in clients
            ]
        )
        self.env["roadmap.asset"]._load_demo_exports()
        assets = self.env["roadmap.asset"].search([("roadmap_id", "in", roadmaps.ids)])
        self.assertEqual(len(assets), 399)
        orchard = assets.filtered(lambda asset: asset.roadmap_id.name == "Orchard Law")
        laptops = orchard.filtered(lambda asset: asset.type_id.code == "laptop")
        due = laptops.filtered(lambda asset: asset.lifecycle_status in ("overdue", "due_soon"))
        self.assertEqual(len(due), 8)
        self.assertEqual(len(due.filtered(lambda a: a.warranty_status == "expired")), 3)
        server = orchard.filtered(lambda asset: asset.name == "SRV-02")
        self.assertEqual(server.warranty_status, "expired")
        self.assertEqual(server.lifecycle_id.code, "windows_server_2016")
        self.assertTrue(assets.filtered("date_conflict"))
        self.assertTrue(assets.filtered(lambda a: a.system_key and not a.lifecycle_id))
        ridge = roadmaps.filtered(lambda roadmap: roadmap.name == "Ridge Supply")
        notes = " ".join(map(str, ridge.message_ids.mapped("body")))
        self.assertIn("-OLD", notes)
        unknown = " ".join(map(str, self.env.company.partner_id.message_ids.mapped("body")))
        self.assertIn("ORC-PRI-99", unknown, "the client is unknown: in our own log")
