from freezegun import freeze_time

from odoo.tests import tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestAssetNotice(RoadmapCommon):
    def _findings(self, notice, roadmap=None):
        return self.env["roadmap.finding"].search(
            [
                ("source_key", "=", f"notice:{notice.id}"),
                ("roadmap_id", "in", (roadmap or self.roadmap | self.other_roadmap).ids),
            ]
        )

    def _server(self, system="Windows Server 2012 R2 Standard"):
        return self.env["roadmap.asset"].create(
            {"name": "SRV-1", "roadmap_id": self.roadmap.id, "operating_system": system}
        )

    def test_shipped_events(self):
        shipped = self.env["ir.model.data"].search(
            [("module", "=", "roadmap_msp"), ("model", "=", "roadmap.notice")]
        )
        notices = self.env["roadmap.notice"].browse(shipped.mapped("res_id"))
        self.assertEqual(len(notices), 13)
        by_scope = notices.grouped("scope")
        self.assertEqual((len(by_scope["all"]), len(by_scope["assets"])), (5, 8))
        self.assertFalse(by_scope["assets"].filtered(lambda row: not row.systems))
        self.assertEqual({row.sure for row in notices}, {"a", "b", "c"})

    @freeze_time("2026-06-15")
    def test_event_reaches_the_clients_that_it_touches(self):
        notice = self.env.ref(
            "roadmap_msp.notice_windows_server_2012_and_2012_r2_extended_updates_end"
        )
        server = self._server()
        (self.roadmap | self.other_roadmap)._raise_asset_findings()
        finding = self._findings(notice)
        self.assertEqual(finding.roadmap_id, self.roadmap)
        self.assertIn("SRV-1", finding.description)
        self.assertEqual((finding.source, finding.risk), ("notice", "high"))
        self.roadmap._raise_asset_findings()
        self.assertEqual(self._findings(notice), finding, "told once")
        server.operating_system = "Windows Server 2022"
        self.roadmap._raise_asset_findings()
        self.assertEqual(finding.state, "resolved")

    def test_event_for_every_client_comes_and_goes(self):
        notice = self.env["roadmap.notice"].create(
            {"name": "Certificates last 100 days", "date": "2027-03-15", "lead_days": 100}
        )
        both = self.roadmap | self.other_roadmap
        with freeze_time("2026-11-01"):
            both._raise_asset_findings()
            self.assertFalse(self._findings(notice), "too early")
        with freeze_time("2026-12-10"):
            both._raise_asset_findings()
            findings = self._findings(notice)
            self.assertEqual(findings.roadmap_id, both)
            findings[0].state = "dismissed"
        with freeze_time("2027-08-01"):
            both._raise_asset_findings()
        self.assertEqual(set(findings.mapped("state")), {"dismissed", "resolved"})

    def test_risk_device_and_rank_follow_until_a_person_changes_them(self):
        self.env["roadmap.notice"].search([]).active = False
        notice = self.env["roadmap.notice"].create(
            {
                "name": "End",
                "date": "2027-10-01",
                "scope": "assets",
                "systems": "windows server 2012",
                "lead_days": 9000,
            }
        )
        server = self._server()
        with freeze_time("2027-01-15"):
            self.roadmap._raise_asset_findings()
            finding = self._findings(notice)
            self.assertEqual((finding.risk, finding.asset_id), ("medium", server))
        before, lines = finding.urgency, self._lines_above(finding)
        self.assertFalse(finding.proposed, "ten lines are more urgent")
        with freeze_time("2027-09-01"):
            self._server()
            self.roadmap._raise_asset_findings()
        self.assertEqual((finding.risk, finding.asset_id.ids), ("high", []))
        self.assertGreater(finding.urgency, before)
        self.assertTrue(finding.proposed, "its place follows its urgency")
        self.assertFalse(all(lines.mapped("proposed")), "there are ten places")
        finding.risk = "low"
        with freeze_time("2027-09-02"):
            self.roadmap._raise_asset_findings()
            notice.date = "2028-12-01"
            self.roadmap._raise_asset_findings()
            self.assertIn("1 Dec 2028", finding.name)
            notice.date = "2027-10-01"
            self.roadmap._raise_asset_findings()
        self.assertEqual(finding.risk, "low", "a person said so")

    def _lines_above(self, finding):
        """Ten lines a little more urgent than this one, which leaves the proposed ones."""
        self.env["roadmap.finding"].search(
            [("roadmap_id", "=", self.roadmap.id), ("id", "!=", finding.id)]
        ).unlink()
        lines = self.env["roadmap.finding"].create(
            [
                {
                    "name": f"Line {n}",
                    "roadmap_id": self.roadmap.id,
                    "urgency": finding.urgency + 0.1,
                }
                for n in range(10)
            ]
        )
        self.env["roadmap.finding"]._fold(self.roadmap)
        return lines

    def test_rank_costs_no_query_more_for_more_clients(self):
        notice = self.env["roadmap.notice"].create({"name": "E", "date": "2027-10-01"})
        both = self.roadmap | self.other_roadmap
        partners = self.env["res.partner"].create([{"name": f"F {n}"} for n in range(4)])
        six = both | both.create([{"partner_id": p.id, "state": "running"} for p in partners])
        six._raise_asset_findings()

        def queries(roadmaps, risk):
            self._findings(notice, roadmaps).write({"risk": risk})
            self.env.invalidate_all()
            findings = self._findings(notice, roadmaps)
            before = self.env.cr.sql_log_count
            findings._rank()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(six, "low")
        self.assertLessEqual(queries(six, "high"), queries(both, "medium"))

    def test_count_and_button(self):
        self._server()
        notice = self.env["roadmap.notice"].create(
            {
                "name": "End",
                "date": "2026-10-13",
                "scope": "assets",
                "systems": "win srv 2012",
                "lead_days": 9000,
            }
        )
        before = notice.client_count
        self.assertGreaterEqual(before, 1)
        action = notice.with_user(self.user_manager).action_reach_clients()
        found = self.env["roadmap.finding"].search(action["domain"])
        self.assertIn(self.roadmap, found.roadmap_id)
        self.assertEqual(len(found), before)

    def test_count_by_release_and_of_everybody(self):
        release = self.env["roadmap.lifecycle"].create({"name": "Notice OS 1"})
        server = self._server("Notice OS 1")
        everybody, some = self.env["roadmap.notice"].create(
            [
                {"name": "All", "date": "2026-10-13"},
                {
                    "name": "Some",
                    "date": "2026-10-13",
                    "scope": "assets",
                    "lifecycle_ids": [(6, 0, release.ids)],
                },
            ]
        )
        running = [("state", "in", ["onboarding", "running"])]
        self.assertEqual(everybody.client_count, self.env["roadmap.roadmap"].search_count(running))
        self.assertEqual(some.client_count, 1)
        server.state = "retired"
        some.invalidate_recordset()
        self.assertEqual(some.client_count, 0)

    def test_models_are_named_as_systems_are(self):
        firewall = self.env["roadmap.asset"].create(
            {"name": "FW", "roadmap_id": self.roadmap.id, "model": "NetBox-60E rev. 2"}
        )
        notice = self.env["roadmap.notice"].create(
            {"name": "E", "date": "2026-10-13", "scope": "assets", "systems": "netbox 60e"}
        )
        self.assertEqual(self.env["roadmap.asset"].search(notice._asset_domain()), firewall)

    def test_without_a_condition_nobody_is_touched(self):
        self._server()
        notice = self.env["roadmap.notice"].create(
            {"name": "None", "date": "2026-10-13", "scope": "assets"}
        )
        self.assertFalse(self.env["roadmap.asset"].search(notice._asset_domain()))
        self.assertEqual(notice.client_count, 0)
