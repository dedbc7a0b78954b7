from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .sale_common import SaleCommon


@tagged("post_install", "-at_install")
class TestClientSnapshot(SaleCommon):
    def _value(self, measure, month="2026-11-01", roadmap=None):
        rows = self.env["roadmap.snapshot"].search(
            [
                ("roadmap_id", "=", (roadmap or self.roadmap).id),
                ("measure", "=", measure),
                ("month", "=", month),
            ]
        )
        self.assertLessEqual(len(rows), 1)
        return rows.value if rows else None

    def _take(self, day="2026-11-25"):
        with freeze_time(f"{day} 02:00:00"):
            self.env["roadmap.snapshot"]._cron_snapshot()

    def test_backlog_of_the_month(self):
        self._take()
        self.assertEqual(self._value("backlog_count"), 2)
        self.assertEqual(self._value("backlog_one_off"), 1450.0)
        self.assertEqual(self._value("backlog_recurring"), 160.0)
        self.assertEqual(self._value("queue_one_off"), 1450.0)
        self.assertEqual(self._value("backlog_one_off", roadmap=self.other_roadmap), 0.0)

    def test_a_second_run_writes_the_same_row_anew(self):
        self._take()
        self._quote(self.firewall).action_confirm()
        self._take("2026-11-26")
        self.assertEqual(self._value("backlog_one_off"), 250.0)
        self._take("2026-12-01")
        self.firewall.roadmap_id.item_ids.active = False
        self._take("2026-12-02")
        self.assertEqual(self._value("backlog_one_off"), 250.0, "November is over and stays")
        self.assertEqual(self._value("backlog_one_off", "2026-12-01"), 0.0)

    def test_figures_that_only_python_knows(self):
        Snapshot = type(self.env["roadmap.snapshot"])
        figures = {"backlog_count": {self.roadmap.id: 7}, "queue_count": {}}
        with patch.object(Snapshot, "_snapshot_measures", lambda self: figures):
            self._take()
        self.assertEqual(self._value("backlog_count"), 7)
        self.assertIsNone(self._value("backlog_count", roadmap=self.other_roadmap))

    def test_every_measure_has_a_label(self):
        Snapshot = self.env["roadmap.snapshot"]
        labels = dict(Snapshot._selection_measure())
        self.assertEqual(set(Snapshot._snapshot_measures()) - set(labels), set())

    def test_ended_clients_are_left_out(self):
        self.other_roadmap.state = "ended"
        self._take()
        self.assertIsNone(self._value("backlog_count", roadmap=self.other_roadmap))

    def test_statements_do_not_grow_with_clients(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Client {number}", "is_company": True} for number in range(20)]
        )
        counts = []
        for batch in (partners[:1], partners[1:]):
            self.env["roadmap.roadmap"].create(
                [{"partner_id": partner.id, "state": "running"} for partner in batch]
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["roadmap.snapshot"]._take(date(2026, 11, 25))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_who_reads(self):
        self._take()
        rows = self.env["roadmap.snapshot"].with_user(self.user_csm).search([])
        self.assertEqual(rows.sudo().roadmap_id, self.roadmap)
