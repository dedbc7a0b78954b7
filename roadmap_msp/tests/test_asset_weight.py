import base64
import io
from datetime import date
from itertools import count
from unittest.mock import patch

import openpyxl

from odoo.tests import tagged

from .import_common import HEAD, ImportCommon

VENDOR_HEAD = {**HEAD, "vendor_id": "Bought From"}


@tagged("post_install", "-at_install")
class TestAssetWeight(ImportCommon):
    """What many rows and many clients cost: as many queries as a few."""

    def _clients(self, number):
        partners = self.env["res.partner"].create([{"name": f"F {n}"} for n in range(number)])
        return self.env["roadmap.roadmap"].create(
            [{"partner_id": partner.id, "state": "running"} for partner in partners]
        )

    def test_preview_reads_names_once(self):
        vendors = self.env["res.partner"].create([{"name": f"Vendor {n}"} for n in range(12)])
        rows = [
            self.row(name=f"PC-{n}", serial=f"S{n}", import_ref=f"R{n}", vendor_id=vendor.name)
            for n, vendor in enumerate(vendors)
        ]
        self.load(*[{**row, "vendor_id": ""} for row in rows])

        def preview(rows):
            run = self.wizard(self.csv(rows, VENDOR_HEAD), roadmap_id=self.roadmap.id)
            run.action_read()
            cost = self.queries_of(run.action_preview)
            self.assertEqual(run.changed_count, len(rows))
            self.assertIn(rows[0]["vendor_id"], run.line_ids[0].changes)
            return cost

        preview(rows[:1])
        self.assertLessEqual(preview(rows), preview(rows[:2]))

    def test_preview_reads_clients_once_for_all_batches(self):
        rows = [self.row(name=f"PC-{n}", serial=f"S{n}", import_ref=f"R{n}") for n in range(9)]
        run = self.wizard(self.csv(rows), roadmap_id=self.roadmap.id)
        run.action_read()
        reads = count()
        names = type(self.Asset)._import_clients

        def counted(model):
            next(reads)
            return names(model)

        path = "odoo.addons.roadmap_msp.models.asset.roadmap_import_run.BATCH"
        with patch(path, 2), patch.object(type(self.Asset), "_import_clients", counted):
            run.action_preview()
        self.assertEqual(next(reads), 1)
        self.assertEqual(set(run.line_ids.mapped("client")), {self.roadmap.name})

    def test_a_call_reads_what_rows_refer_to_once(self):
        reads = count()
        types = type(self.Asset)._import_types

        def counted(model):
            next(reads)
            return types(model)

        with patch.object(type(self.Asset), "_import_types", counted):
            bad = self.row(name="B", serial="S2", import_ref="R2", purchase_date="soon")
            answer = self.Asset.import_rows([self.row(), bad], "rmm", roadmap_id=self.roadmap.id)
        self.assertEqual((next(reads), answer["counts"]["refused"]), (1, 1))

    def test_refused_rows_are_written_batch_by_batch(self):
        good = [self.row()]
        bad = [self.row(name=f"B{n}", serial=f"B{n}", purchase_date="soon") for n in range(25)]
        run = self.wizard(self.csv(good + bad), roadmap_id=self.roadmap.id)
        run.action_read()
        run.action_preview()
        self.finish(run)
        self.env.flush_all()
        self.env.invalidate_all()
        cells = self.env["roadmap.import.line"]._fields["cells"]
        held, fetch = [], type(run.line_ids).fetch

        def watched(lines, names=None):
            fetch(lines, names)
            held.append(len(cells._get_cache(lines.env)))

        path = "odoo.addons.roadmap_msp.models.asset.roadmap_import_result.WRITE_BATCH"
        with patch(path, 10), patch.object(type(run.line_ids), "fetch", watched):
            url = run.action_download_refused()["url"]
        self.assertEqual(held, [10, 10, 5], "a batch is in memory at a time")
        attachment = self.env["ir.attachment"].browse(int(url.split("/")[3].split("?")[0]))
        content = base64.b64decode(attachment.datas)
        rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
        self.assertEqual([row[1] for row in rows[1:]], [row["name"] for row in bad])
        self.assertIn("is no date", rows[-1][-1])
        self.assertEqual(run.action_open_assets()["domain"], [("id", "in", self.assets().ids)])

    def test_requests_of_many_clients_are_answered_in_sets(self):
        clients = self._clients(9)

        def told(roadmaps, kind):
            assets = self.env["roadmap.asset"].create(
                [{"name": kind, "roadmap_id": roadmap.id} for roadmap in roadmaps]
            )
            Request = self.env["roadmap.asset.request"]
            return Request.create(
                [
                    {
                        "asset_id": a.id,
                        "partner_id": self.contact_owner.id,
                        "kind": kind,
                        "text": "B",
                    }
                    for a in assets
                ]
            )

        def refreshed(requests):
            return self.queries_of(requests.roadmap_id._refresh_request_activity)

        refreshed(told(clients[:1], "other"))
        few, many = told(clients[1:3], "user"), told(clients[3:], "user")
        self.assertLessEqual(refreshed(many), refreshed(few))
        activities = clients.activity_ids
        self.assertEqual(len(activities), 9)
        (few | many).action_accept()
        self.assertEqual(set((few | many).mapped("asset_id.user_name")), {"B"})
        self.assertEqual(clients.activity_ids, clients[:1].activity_ids)

    def test_alerts_read_all_clients_at_once(self):
        clients = self._clients(9)
        kind = self.env.ref("roadmap_msp.activity_type_warranty")
        values = [
            roadmap._prepare_alert_activity(kind, "W", date(2026, 1, 1)) for roadmap in clients
        ]
        self.env["mail.activity"].create(values)
        few, many = clients[:2], clients[2:]
        (few | many).warranty_action = "item"
        kept = self.queries_of(few._refresh_alert_activities)
        self.assertLessEqual(self.queries_of(many._refresh_alert_activities), kept)
        self.assertEqual(len(clients.activity_ids), 9)
        clients.warranty_action = "alert"
        clients._refresh_alert_activities()
        self.assertFalse(clients.activity_ids)
