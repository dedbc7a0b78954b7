from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.asset import roadmap_asset_rule
from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestAssetPolicy(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.laptop = cls.env.ref("roadmap_msp.asset_type_laptop")
        cls.Asset = cls.env["roadmap.asset"].with_user(cls.user_technician)
        cls.Policy = cls.env["roadmap.asset.policy"].with_user(cls.user_manager)

    def _asset(self, **vals):
        values = {"name": "LAP-1", "roadmap_id": self.roadmap.id, "type_id": self.laptop.id}
        dates = {"purchase_date": "2024-01-01", "warranty_end": "2027-01-01"}
        return self.Asset.create({**values, **dates, **vals})

    def _due(self, asset):
        return str(asset.replacement_due)

    def test_a_slip_of_the_finger_is_a_late_date_and_no_crash(self):
        asset = self._asset(own_life_rule="years", own_life_years=100_000)
        self.assertEqual(self._due(asset), "9999-12-31")
        asset.own_life_years = 4
        asset.purchase_date = "9999-12-31"
        self.assertEqual(self._due(asset), "9999-12-31")

    def test_asset_wins_over_client_over_type(self):
        asset = self._asset()
        other = self._asset(roadmap_id=self.other_roadmap.id)
        self.assertEqual(self._due(asset), "2028-01-01")
        policy = self.Policy.create(
            {
                "roadmap_id": self.roadmap.id,
                "type_id": self.laptop.id,
                "life_rule": "years",
                "life_years": 5,
                "cover": "optional",
                "warranty_days": "90",
            }
        )
        self.assertEqual(self._due(asset), "2029-01-01")
        self.assertEqual(self._due(other), "2028-01-01")
        self.assertFalse(asset.warranty_required)
        self.assertEqual(str(asset.warranty_alert_from), "2026-10-03")
        asset.write({"own_life_rule": "years", "own_life_years": 2, "own_cover": "replace"})
        self.assertEqual(self._due(asset), "2026-01-01")
        self.assertTrue(asset.warranty_required)
        asset.own_life_rule = "never"
        self.assertEqual(self._due(asset), "2027-01-01", "its cover ends")
        asset.write({"own_life_rule": False, "own_cover": False})
        policy.life_rule = "never"
        self.assertFalse(asset.replacement_due)
        policy.unlink()
        self.assertEqual(self._due(asset), "2028-01-01")
        self.assertTrue(asset.warranty_required)

    def test_a_policy_that_moves_frees_the_assets_it_left(self):
        asset = self._asset()
        policy = self.Policy.create(
            {"roadmap_id": self.roadmap.id, "type_id": self.laptop.id, "life_rule": "never"}
        )
        self.assertFalse(asset.replacement_due)
        policy.type_id = self.env.ref("roadmap_msp.asset_type_monitor")
        self.assertEqual(self._due(asset), "2028-01-01")

    def test_thresholds_of_a_client_are_two(self):
        asset = self._asset()
        roadmap = self.roadmap.with_user(self.user_csm)
        roadmap.warranty_alert_days = "90"
        self.assertEqual(str(asset.warranty_alert_from), "2026-10-03")
        self.assertEqual(str(asset.replacement_alert_from), "2027-01-01")
        roadmap.replacement_alert_days = "120"
        self.assertEqual(str(asset.replacement_alert_from), "2027-09-03")
        company = self.roadmap.company_id
        company.roadmap_warranty_alert_days = 10
        self.assertEqual(str(asset.warranty_alert_from), "2026-10-03", "the client's word stays")
        roadmap.warranty_alert_days = False
        self.assertEqual(str(asset.warranty_alert_from), "2026-12-22")

    def test_new_assets_follow_the_policy(self):
        self.Policy.create(
            {
                "roadmap_id": self.roadmap.id,
                "type_id": self.laptop.id,
                "life_rule": "years",
                "life_years": 7,
            }
        )
        self.assertEqual(self._due(self._asset()), "2031-01-01")
        one = self._asset(own_life_rule="years", own_life_years=1)
        self.assertEqual(self._due(one), "2025-01-01")

    def test_many_assets_follow_in_a_job_that_can_stop(self):
        assets = self.Asset.create(
            [
                {
                    "name": f"P{n}",
                    "roadmap_id": self.roadmap.id,
                    "type_id": self.laptop.id,
                    "purchase_date": "2024-01-01",
                }
                for n in range(9)
            ]
        )
        with patch.multiple(roadmap_asset_rule, AT_ONCE=5, BATCH=4):
            self.laptop.life_years = 6
            self.assertEqual(self._due(assets[0]), "2028-01-01", "not within the click")
            self.assertTrue(all(assets.mapped("policy_stale")))
            self.assertGreaterEqual(self.laptop.stale_count, 9)
            cron = type(self.env["ir.cron"])
            with patch.object(cron, "_commit_progress", return_value=0):
                self.env["roadmap.asset"]._cron_follow_policies()
            done = assets.filtered(lambda asset: not asset.policy_stale)
            self.assertEqual(len(done), 4, "stopped after one batch")
            with patch.object(cron, "_commit_progress", return_value=10):
                self.env["roadmap.asset"]._cron_follow_policies()
        self.assertEqual({self._due(asset) for asset in assets}, {"2030-01-01"})
        self.assertFalse(any(assets.mapped("policy_stale")))

    def test_recomputing_does_not_grow(self):
        rows = [
            {
                "name": f"P{n}",
                "roadmap_id": self.roadmap.id,
                "type_id": self.laptop.id,
                "purchase_date": "2024-01-01",
            }
            for n in range(220)
        ]
        assets = self.Asset.create(rows).sudo()

        def count(records):
            return self.queries_of(records._follow_policy)

        self.laptop.life_years = 6
        few = count(assets[:20])
        self.assertLessEqual(count(assets[20:]), few + 1)

    def test_who_may_change_policies(self):
        vals = {"roadmap_id": self.roadmap.id, "type_id": self.laptop.id}
        for user in (self.user_csm, self.user_technician):
            with self.assertRaises(AccessError):
                self.env["roadmap.asset.policy"].with_user(user).create(vals)

    def test_properties_of_a_type(self):
        self.laptop.asset_properties_definition = [
            {"name": "dock", "string": "Dock", "type": "char", "default": "none"}
        ]
        asset = self._asset()
        self.assertEqual(asset.asset_properties["dock"], "none")
        asset.asset_properties = {"dock": "WD19"}
        self.assertEqual(asset.asset_properties["dock"], "WD19")
