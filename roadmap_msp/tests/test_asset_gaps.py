from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestAssetGaps(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.laptop = cls.env.ref("roadmap_msp.asset_type_laptop")
        cls.monitor = cls.env.ref("roadmap_msp.asset_type_monitor")
        cls.Asset = cls.env["roadmap.asset"].with_user(cls.user_technician)

    def _asset(self, **vals):
        full = {
            "name": "LAP-1",
            "roadmap_id": self.roadmap.id,
            "type_id": self.laptop.id,
            "model": "5540",
            "purchase_date": "2024-01-01",
            "user_name": "Ann",
        }
        return self.Asset.create({**full, **vals})

    def test_each_gap_is_named_searched_and_counted(self):
        words = self.Asset._gap_words()
        lacking = {
            "type": {"type_id": False, "serial": "S1"},
            "serial": {},
            "date": {"purchase_date": False, "serial": "S2"},
            "model": {"model": False, "serial": "S3"},
            "user": {"user_name": False, "serial": "S4"},
            "system": {"operating_system": "TillOS 9", "serial": "S5"},
        }
        for key, vals in lacking.items():
            asset = self._asset(**vals)
            self.assertEqual(asset.gaps, words[key])
            self.assertEqual(self.Asset.search([("gaps", "=", key), ("id", "=", asset.id)]), asset)
        full = self._asset(serial="S6")
        scope = [("roadmap_id", "=", self.roadmap.id)]
        self.assertFalse(full.gaps)
        self.assertEqual(self.Asset.search([*scope, ("gaps", "=", False)]), full)
        self.assertEqual(self.Asset.search_count([*scope, ("gaps", "!=", False)]), 6)
        roadmap = self.roadmap.with_user(self.user_csm)
        self.assertEqual(roadmap.register_gap_count, 6)
        self.assertEqual(roadmap.register_score, int(100 * (49 - 6) / 49))

    def test_what_is_not_asked_is_no_gap(self):
        self.assertFalse(self._asset(type_id=self.monitor.id, user_name=False, serial="MON1").gaps)
        machine = self.env.ref("roadmap_msp.asset_type_virtual_machine")
        self.assertFalse(self._asset(type_id=machine.id).gaps)
        self.assertFalse(self._asset(state="retired").gaps)
        asset = self._asset(user_name=False, serial="LAP2")
        asset.partner_id = self.contact_owner
        self.assertFalse(asset.gaps)
        known = self._asset()
        known.action_accept_gaps()
        self.assertFalse(known.gaps)

    def test_worklist_of_a_client(self):
        gap = self._asset()
        action = self.roadmap.with_user(self.user_csm).action_open_gaps()
        self.assertEqual(self.Asset.search(action["domain"]), gap)
        gap.write({"serial": "S9"})
        self.assertFalse(self.Asset.search(action["domain"]))

    def test_score_costs_the_same_for_any_number(self):
        roadmaps = self.roadmap | self.other_roadmap
        self._asset()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        roadmaps.sudo().mapped("register_score")
        self.assertLessEqual(self.cr.sql_log_count - before, 2)

    def test_suggested_date_is_the_makers_word(self):
        asset = self._asset(
            date_ids=[
                (0, 0, {"kind": "warranty_end", "source": "rmm", "date": "2027-05-01"}),
                (0, 0, {"kind": "warranty_end", "source": "dell", "date": "2026-05-01"}),
                (0, 0, {"kind": "purchase", "source": "rmm", "date": "2024-05-01"}),
                (0, 0, {"kind": "purchase", "source": "psa", "date": "2023-05-01"}),
            ]
        )
        self.assertTrue(asset.date_conflict)
        self.assertIn("dell", asset.suggestion)
        asset.action_lock_suggested()
        self.assertEqual(str(asset.warranty_end), "2026-05-01")
        self.assertEqual(str(asset.purchase_date), "2023-05-01")
        self.assertFalse(asset.date_conflict or asset.suggestion)

    def test_a_locked_date_of_a_source_stays(self):
        asset = self._asset(import_source="rmm", warranty_end="2027-01-01")
        asset.date_ids.filtered(lambda r: r.kind == "warranty_end").locked = True
        asset.write({"import_source": "rmm", "warranty_end": "2029-01-01"})
        self.assertEqual(str(asset.warranty_end), "2027-01-01")

    def test_certificate_is_kept_with_each_asset(self):
        File = self.env["ir.attachment"].with_user(self.user_technician)
        file = File.create({"name": "wiped.pdf", "raw": b"%PDF wiped"})
        assets = self._asset() | self._asset(name="LAP-2")
        wizard = self.env["roadmap.asset.retire"].with_user(self.user_technician)
        wizard.create(
            {
                "asset_ids": [(6, 0, assets.ids)],
                "reason": "recycled",
                "certificate_ids": [(6, 0, file.ids)],
            }
        ).action_retire()
        for asset in assets:
            self.assertEqual(asset.state, "retired")
            self.assertEqual(asset.certificate_ids.raw, b"%PDF wiped")
            self.assertEqual(asset.certificate_ids.res_id, asset.id)

    @freeze_time("2026-06-15")
    def test_as_of_a_future_date(self):
        server = self._asset(operating_system="Windows Server 2016")
        self.assertEqual(server.support_status, "supported")
        wizard = self.env["roadmap.asset.as.of"].with_user(self.user_technician)
        action = wizard.create({"day": date(2028, 1, 1)}).action_open()
        later = self.Asset.with_context(**action["context"])
        self.assertEqual(later.browse(server.id).support_status, "ended")
        found = later.search([("support_status", "=", "ended"), ("id", "=", server.id)])
        self.assertEqual(found, server)
        groups = dict(later._read_group([("id", "=", server.id)], ["support_status"], ["__count"]))
        self.assertEqual(groups, {"ended": 1})

    def test_views_open_for_technicians(self):
        views = [(False, kind) for kind in ("list", "form", "search", "calendar", "pivot", "graph")]
        found = self.Asset.get_views(views)["views"]
        self.assertEqual(len(found), 6)
        gap = self.env.ref("roadmap_msp.roadmap_asset_view_list_gap")
        self.assertIn("gaps", self.Asset.get_view(gap.id, "list")["arch"])
