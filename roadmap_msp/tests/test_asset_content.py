import ast

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..rules import matching
from .common import RoadmapCommon

SPELLINGS = {
    "Windows 10 Pro 22H2": "lifecycle_windows_10_22h2_home_pro_enterprise",
    "Microsoft Windows 10 Pro": "lifecycle_windows_10_22h2_home_pro_enterprise",
    "Microsoft Windows Server 2016 Standard": "lifecycle_windows_server_2016",
    "win srv 2016 std": "lifecycle_windows_server_2016",
    "Windows 11 Pro 24H2": "lifecycle_windows_11_24h2_home_pro",
    "Windows 11 Enterprise 24H2": "lifecycle_windows_11_24h2_enterprise_education",
    "macOS Sonoma": "lifecycle_macos_14_sonoma",
    "macOS 14.6.1": "lifecycle_macos_14_sonoma",
    "VMware ESXi 7.0.3": "lifecycle_vmware_esxi_7_0",
    "Rocky Linux 8.9": "lifecycle_red_hat_enterprise_linux_8_alma_8_rocky_8_same_end",
    "SBS 2011": "lifecycle_small_business_server_2011_standard",
}


@tagged("post_install", "-at_install")
class TestAssetContent(RoadmapCommon):
    def _ids(self, model):
        return self.env["ir.model.data"].search(
            [("module", "=", "roadmap_msp"), ("model", "=", model)]
        )

    def test_counts(self):
        types = self.env["roadmap.asset.type"].browse(
            self._ids("roadmap.asset.type").mapped("res_id")
        )
        self.assertEqual(len(types), 26)
        self.assertEqual(len(types.filtered("must_be_covered")), 11)
        self.assertEqual(
            types.filtered("replace_uncovered").mapped("code"),
            ["server", "server_cluster_3_plus_nodes"],
        )
        self.assertFalse(types.filtered(lambda kind: not kind.category_id or not kind.sure))
        self.assertEqual(set(types.currency_id.mapped("name")), {"USD"})
        releases = self.env["roadmap.lifecycle"].browse(
            self._ids("roadmap.lifecycle").mapped("res_id")
        )
        self.assertEqual(len(releases), 100)
        self.assertEqual(
            {sure: len(rows) for sure, rows in releases.grouped("sure").items()},
            {"a": 49, "b": 44, "c": 7},
        )
        self.assertEqual(len(releases.filtered("source")), 96)
        for release in releases.filtered(lambda row: not row.support_end):
            self.assertTrue(release.note.startswith("no fixed end"), release.name)

    def test_ages_are_ordered(self):
        for kind in self.env["roadmap.asset.type"].search([("life_years", ">", 0)]):
            self.assertLessEqual(kind.plan_from_years, kind.life_years, kind.name)
            self.assertLessEqual(kind.life_years, kind.latest_years, kind.name)
            self.assertLessEqual(kind.price_low, kind.price_high, kind.name)

    def test_usual_spellings_are_recognised(self):
        assets = self.env["roadmap.asset"].create(
            [
                {"name": text, "roadmap_id": self.roadmap.id, "operating_system": text}
                for text in SPELLINGS
            ]
        )
        for asset in assets:
            expected = self.env.ref(f"roadmap_msp.{SPELLINGS[asset.name]}")
            self.assertEqual(asset.lifecycle_id, expected, asset.name)

    def test_no_two_releases_share_a_spelling(self):
        lifecycles = self.env["roadmap.lifecycle"].search([])
        owner = {}
        for lifecycle in lifecycles:
            for key in matching.keys_of([lifecycle.name, *(lifecycle.aliases or "").splitlines()]):
                self.assertEqual(owner.setdefault(key, lifecycle), lifecycle, key)

    def test_teaching_reaches_every_asset(self):
        Asset = self.env["roadmap.asset"]
        assets = Asset.create(
            [
                {"name": f"till {n}", "roadmap_id": roadmap.id, "operating_system": text}
                for n, (roadmap, text) in enumerate(
                    [
                        (self.roadmap, "TillOS 5 Retail"),
                        (self.roadmap, "tillos 5 retail"),
                        (self.other_roadmap, "TillOS-5 Retail"),
                    ]
                )
            ]
        )
        self.assertFalse(assets.lifecycle_id)
        unknown = Asset.search([("system_key", "!=", False), ("lifecycle_id", "=", False)])
        self.assertLessEqual(assets, unknown)
        release = self.env.ref("roadmap_msp.lifecycle_windows_embedded_posready_7")
        wizard = (
            self.env["roadmap.asset.teach"]
            .with_user(self.user_technician)
            .create({"asset_ids": [(6, 0, assets[:1].ids)], "lifecycle_id": release.id})
        )
        self.assertEqual(wizard.asset_count, 3)
        wizard.action_teach()
        self.assertEqual(assets.lifecycle_id, release)
        self.assertEqual(set(assets.mapped("support_end")), {release.support_end})
        later = Asset.create(
            {"name": "t", "roadmap_id": self.roadmap.id, "operating_system": "TILLOS 5 RETAIL"}
        )
        self.assertEqual(later.lifecycle_id, release)

    def test_models_are_matched_listed_and_taught_as_systems_are(self):
        Asset = self.env["roadmap.asset"]
        names = ("NetBox 60E", "netbox  60e", "NetBox-60E", "Otherbox 1")
        assets = Asset.create(
            [
                {"name": f"fw {n}", "roadmap_id": roadmap.id, "model": model}
                for n, (model, roadmap) in enumerate(
                    zip(names, [self.roadmap, self.other_roadmap] * 2, strict=True)
                )
            ]
        )
        self.assertEqual(len(set(assets[:3].mapped("model_key"))), 1)
        action = self.env.ref("roadmap_msp.roadmap_asset_unknown_model_action")
        unknown = ast.literal_eval(action.domain.strip())
        self.assertLessEqual(assets, Asset.search(unknown))
        release = self.env["roadmap.lifecycle"].create(
            {"name": "Firewall X", "support_end": "2027-01-01"}
        )
        wizard = (
            self.env["roadmap.asset.teach"]
            .with_user(self.user_technician)
            .create({"asset_ids": [(6, 0, assets[:1].ids)], "lifecycle_id": release.id})
        )
        self.assertEqual((wizard.about, wizard.asset_count), ("model", 3))
        wizard.action_teach()
        self.assertEqual(assets[:3].lifecycle_id, release)
        self.assertEqual(str(assets[2].support_end), "2027-01-01")
        self.assertEqual(Asset.search(unknown) & assets, assets[3])
        self.env["roadmap.lifecycle"].create({"name": "OTHERBOX 1"})
        self.assertEqual(assets[3].lifecycle_id.name, "OTHERBOX 1", "a new release finds them")
        (later,) = Asset._import(self.roadmap, [{"name": "later", "model": "NETBOX 60E"}], "rmm")
        self.assertEqual(Asset.browse(later.asset_id).lifecycle_id, release)

    def test_a_recognised_system_goes_before_the_model(self):
        server = self.env.ref("roadmap_msp.lifecycle_windows_server_2016")
        boxes = self.env["roadmap.lifecycle"].create({"name": "Box 7"})
        asset = self.env["roadmap.asset"].create(
            {
                "name": "S",
                "roadmap_id": self.roadmap.id,
                "model": "Box 7",
                "operating_system": "win srv 2016",
            }
        )
        self.assertEqual(asset.lifecycle_id, server)
        asset.operating_system = False
        self.assertEqual(asset.lifecycle_id, boxes)
        wizard = self.env["roadmap.asset.teach"].create(
            {"asset_ids": [(6, 0, asset.ids)], "about": "model", "lifecycle_id": server.id}
        )
        self.assertEqual(wizard.spellings, "Box 7")
        wizard.about = "operating_system"
        with self.assertRaisesRegex(UserError, "to teach"):
            wizard.action_teach()
        view = self.env.ref("roadmap_msp.roadmap_asset_unknown_model_view_list")
        self.assertIn("default_about", self.env["roadmap.asset"].get_view(view.id)["arch"])
        action = asset.with_context(default_about="model").action_teach()
        self.assertEqual(action["context"]["default_about"], "model")

    def test_types_are_found_by_other_names(self):
        Type = self.env["roadmap.asset.type"].with_user(self.user_technician)
        for name, xmlid in (
            ("Workstation", "asset_type_desktop_pc"),
            ("notebook", "asset_type_laptop"),
            ("Server (physical)", "asset_type_server"),
            ("Laptop", "asset_type_laptop"),
        ):
            found = Type.name_search(name, operator="=")
            self.assertEqual([row[0] for row in found], [self.env.ref(f"roadmap_msp.{xmlid}").id])
        self.assertFalse(Type.name_search("Flux capacitor", operator="="))
        kind = self.env["roadmap.asset.type"].create({"name": "Flux capacitor", "code": "flux"})
        found = Type.name_search("flux capacitor", operator="=")
        self.assertEqual([row[0] for row in found], kind.ids)
        kind.aliases = "Warp coil"
        self.assertEqual(len(Type.name_search("warp coil", operator="=")), 1)
        gone = kind.id
        self.assertIn(gone, Type._names().values())
        kind.unlink()
        self.assertNotIn(gone, Type._names().values(), "an import would give it to assets")

    def test_a_release_that_is_gone_is_recognised_no_more(self):
        release = self.env["roadmap.lifecycle"].create({"name": "TillOS 9"})
        self.assertIn(release.id, release._keys().values())
        gone = release.id
        release.unlink()
        self.assertNotIn(gone, release._keys().values())
        asset = self.env["roadmap.asset"].create(
            {"name": "T", "roadmap_id": self.roadmap.id, "operating_system": "TillOS 9"}
        )
        self.assertFalse(asset.lifecycle_id)
        other = self.env["roadmap.lifecycle"].create({"name": "?!"})
        self.assertFalse(other.asset_ids, "a name without a letter means no system")
