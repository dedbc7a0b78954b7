from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..models.asset import roadmap_roadmap_asset
from .test_asset_plan import TODAY, AssetPlanCommon


@tagged("post_install", "-at_install")
class TestAssetFindings(AssetPlanCommon):
    """Findings about assets."""

    def _findings(self, roadmap=None):
        return self.env["roadmap.finding"].search(
            [
                ("roadmap_id", "=", (roadmap or self.roadmap).id),
                ("source", "in", ["asset", "lifecycle"]),
            ]
        )

    @freeze_time(TODAY)
    def test_findings_are_grouped(self):
        self._assets(3, warranty_end="2025-01-01")
        self._assets(1, self.server, operating_system="Windows Server 2012 R2")
        self._assets(1, warranty_end="2025-01-01", state="retired")
        monitor = self.env.ref("roadmap_msp.asset_type_monitor")
        self._assets(2, monitor, warranty_end="2020-01-01")
        self.roadmap.with_user(self.user_csm).action_raise_asset_findings()
        findings = self._findings()
        self.assertEqual(len(findings), 2)
        cover = findings.filtered(lambda row: row.source == "asset")
        self.assertIn("Plan laptop: 3 without warranty", cover.name)
        self.assertIn("DEV-0", cover.description)
        support = findings - cover
        self.assertEqual(support.lifecycle_id.code, "windows_server_2012_r2")
        self.assertEqual(support.risk, "high")
        self.assertFalse(self._findings(self.other_roadmap))

    @freeze_time(TODAY)
    def test_findings_follow_the_assets(self):
        assets = self._assets(2, warranty_end="2025-01-01")
        self.roadmap._raise_asset_findings()
        self.roadmap._raise_asset_findings()
        finding = self._findings()
        self.assertEqual(len(finding), 1, "nothing twice")
        assets[0].warranty_end = "2028-01-01"
        self.roadmap._raise_asset_findings()
        self.assertIn("1 without", finding.name)
        assets[1]._retire("sold", fields.Date.to_date(TODAY))
        self.roadmap._raise_asset_findings()
        self.assertEqual(finding.state, "resolved")
        finding.closed_on = "2026-01-01 00:00:00"
        self.roadmap._raise_asset_findings()
        self.assertEqual(str(finding.closed_on)[:10], "2026-01-01", "resolved once")
        assets[1].action_return_to_use()
        self.roadmap._raise_asset_findings()
        self.assertEqual(finding.state, "open")
        finding.state = "dismissed"
        assets[1]._retire("sold", fields.Date.to_date(TODAY))
        self.roadmap._raise_asset_findings()
        self.assertEqual(finding.state, "dismissed", "a person's word stays")

    @freeze_time(TODAY)
    def test_long_lists_are_cut(self):
        self._assets(23, warranty_end="2025-01-01")
        self.roadmap._raise_asset_findings()
        lines = self._findings().description.splitlines()
        self.assertEqual((len(lines), lines[-1]), (21, "and 3 more"))

    def test_the_night_stops_between_batches(self):
        for roadmap in self.roadmap | self.other_roadmap:
            self._assets(1, roadmap=roadmap, warranty_end="2020-01-01")
        self.patch(roadmap_roadmap_asset, "FINDING_BATCH", 1)
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=0) as progress:
            self.env["roadmap.roadmap"]._cron_asset_findings()
        self.assertEqual(progress.call_count, 2, "announced, then out of time after one batch")
        done = [bool(self._findings(roadmap)) for roadmap in self.roadmap | self.other_roadmap]
        self.assertLess(sum(done), 2)

    def test_nightly_job(self):
        self._assets(1, warranty_end="2020-01-01")
        self._assets(1, roadmap=self.other_roadmap, warranty_end="2020-01-01")
        with self.enter_registry_test_mode():
            self.env.ref("roadmap_msp.ir_cron_asset_findings").method_direct_trigger()
        self.assertTrue(self._findings())
        self.assertTrue(self._findings(self.other_roadmap))
