from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..rules.health import Facts
from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestClientHealth(RoadmapCommon):
    def refresh(self):
        self.run_job("cron_health")
        return self.roadmap.health

    def critical(self, count=1):
        return self.env["roadmap.finding"].create(
            [
                {"name": f"Gap {n}", "roadmap_id": self.roadmap.id, "risk": "critical"}
                for n in range(count)
            ]
        )

    def facts(self):
        return self.roadmap._health_facts()[self.roadmap.id]

    def test_a_client_without_trouble(self):
        self.assertEqual(self.refresh(), 100)
        self.assertEqual(self.roadmap.health_band, "thriving")
        self.assertEqual(self.other_roadmap.health, 100)

    def test_facts(self):
        today = fields.Date.today()
        self.critical(2)
        self.env["roadmap.finding"].create(
            {"name": "Check", "roadmap_id": self.roadmap.id, "risk": "critical", "kind": "check"}
        )
        self.env["roadmap.meeting"].create(
            {
                "name": "Next",
                "roadmap_id": self.roadmap.id,
                "due_date": today,
                "slip_count": 2,
            }
        )
        self.env["roadmap.assessment"].create(
            {
                "roadmap_id": self.roadmap.id,
                "questionnaire_id": self.env["roadmap.questionnaire"].search([], limit=1).id,
            }
        ).write({"state": "sent", "deadline": today - timedelta(days=5)})
        facts = self.facts()
        self.assertEqual((facts.critical_findings, facts.slips, facts.days_form_late), (2, 2, 5))
        self.assertEqual(self.other_roadmap._health_facts()[self.other_roadmap.id][0], 0)

    def test_untapped(self):
        self.roadmap.started_on = fields.Date.today() - timedelta(days=400)
        self.assertTrue(self.facts().untapped)

    def test_overdue_invoices(self):
        today = fields.Date.today()
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.contact_owner.id,
                "invoice_date": today - timedelta(days=50),
                "invoice_date_due": today - timedelta(days=20),
                "invoice_line_ids": [fields.Command.create({"name": "Work", "price_unit": 100})],
            }
        )
        self.assertEqual(self.facts().days_overdue, 0, "a draft is owed by nobody")
        move.action_post()
        self.assertEqual(self.facts().days_overdue, 20)
        self.assertEqual(self.other_roadmap._health_facts()[self.other_roadmap.id].days_overdue, 0)

    def test_ratings(self):
        meeting = self.env["roadmap.meeting"].create(
            {"name": "Held", "roadmap_id": self.roadmap.id, "due_date": fields.Date.today()}
        )
        for value in (5, 1):
            token = meeting._rating_get_access_token(self.contact_owner)
            meeting.rating_apply(value, token=token)
            self.env.flush_all()
        self.assertEqual(self.facts().rating, 3.0)

    def test_detail_explains(self):
        self.critical(2)
        self.refresh()
        detail = self.roadmap.with_user(self.user_csm).health_detail
        self.assertIn("2 open", detail)
        self.assertIn("nobody rated yet", detail)
        self.assertEqual(detail.count("<tr>"), 6)
        self.env.company.roadmap_health_findings = 0
        self.roadmap.invalidate_recordset()
        self.assertEqual(self.roadmap.health_detail.count("<tr>"), 5, "switched off, not shown")
        self.assertEqual(self.refresh(), 100)
        with self.assertRaises(AccessError):
            self.roadmap.with_user(self.user_technician).mapped("health_detail")

    def test_reasons_in_words(self):
        def reason(key, **facts):
            return self.roadmap._health_reason(key, Facts(**facts))

        for expected, found in (
            ("on track", reason("meetings")),
            ("2 moves or misses in a row", reason("meetings", slips=2)),
            ("no meeting with a decision maker for a long time",
             reason("meetings", slips=2, untapped=True)),
            ("3.5 of 5 on average", reason("ratings", rating=3.5)),
            ("oldest is 9 days overdue", reason("invoices", days_overdue=9)),
            ("nothing late", reason("forms")),
            ("1 critical ones refused", reason("risks", refused_risks=1)),
        ):  # fmt: skip
            self.assertEqual(found, expected)

    def test_refused_risks(self):
        self.critical(3)[:2].write({"state": "accepted"})
        item = self.env["roadmap.item"].create(
            {"name": "Backup", "roadmap_id": self.roadmap.id, "risk": "critical"}
        )
        self.env["roadmap.decision"].create(
            {"roadmap_id": self.roadmap.id, "item_id": item.id, "decision": "declined"}
        )
        self.assertEqual(self.facts().refused_risks, 3)

    def test_nothing_weighs(self):
        """A company that switched all parts off has no health; what it had stays."""
        self.refresh()
        company = self.env.company
        for name in company._fields:
            if name.startswith("roadmap_health_") and name != "roadmap_health_drop":
                company[name] = 0
        self.critical()
        self.assertEqual(self.refresh(), 100)

    def test_drop_alerts_once(self):
        self.roadmap.service_manager_id = self.user_vcio
        self.refresh()
        self.critical(5)
        self.assertEqual(self.refresh(), 78)
        calls = self.roadmap.activity_ids
        self.assertEqual(calls.user_id, self.user_vcio)
        self.assertIn("78", calls.summary)
        self.refresh()
        self.assertEqual(len(self.roadmap.activity_ids), 1, "told once")
        self.env["roadmap.finding"].search([("roadmap_id", "=", self.roadmap.id)]).unlink()
        self.assertEqual(self.refresh(), 100)
        self.assertEqual(self.roadmap.health_peak, 100, "measured anew from here")

    def test_trend(self):
        self.critical(2)
        self.refresh()
        self.env["roadmap.snapshot"]._cron_snapshot()
        rows = self.env["roadmap.snapshot"].search([("roadmap_id", "=", self.roadmap.id)])
        values = {row.measure: row.value for row in rows}
        self.assertEqual(values["health"], self.roadmap.health)
        self.assertEqual(values["health_findings"], 60)
        self.assertEqual(values["health_meetings"], 100)
        self.assertNotIn("health_ratings", values, "unknown is no figure")
        self.assertNotIn("score", values)

    def test_second_run_writes_nothing(self):
        self.critical()
        self.refresh()
        self.env.flush_all()
        before = self.roadmap.write_date
        self.env.cr.execute("UPDATE roadmap_roadmap SET write_date = '2020-01-01'")
        self.env.invalidate_all()
        self.refresh()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(before)
        self.assertEqual(str(self.roadmap.write_date)[:4], "2020")

    def test_queries_do_not_grow(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            Roadmap = self.env["roadmap.roadmap"]
            Roadmap.search([("state", "=", "running")])._refresh_health()
            self.env.flush_all()
            return self.cr.sql_log_count - start

        count()
        few = count()
        partners = self.env["res.partner"].create(
            [{"name": f"Firm {n}", "is_company": True} for n in range(50)]
        )
        self.env["roadmap.roadmap"].create(
            [{"partner_id": partner.id, "state": "running"} for partner in partners]
        )
        self.assertLessEqual(count(), few + 3)

    def test_night_stops_between_batches(self):
        cron, module = type(self.env["ir.cron"]), "odoo.addons.roadmap_msp.models.client"
        Roadmap = self.env["roadmap.roadmap"]
        running = Roadmap.search([("state", "=", "running")])
        with (
            patch(f"{module}.roadmap_roadmap_health.BATCH", 1),
            patch.object(cron, "_commit_progress", return_value=0) as progress,
        ):
            Roadmap._cron_health()
        self.assertEqual(progress.call_args.kwargs["remaining"], len(running) - 1)
        self.assertEqual(len(running.filtered("health_band")), 1, "committed, then out of time")

    def test_those_alike_are_written_together(self):
        self.critical()
        writes = []
        origin = type(self.env["roadmap.roadmap"]).write

        def write(records, vals):
            writes.append((records.ids, vals["health"]))
            return origin(records, vals)

        partners = self.env["res.partner"].create([{"name": f"Firm {n}"} for n in range(5)])
        more = self.env["roadmap.roadmap"].create(
            [{"partner_id": partner.id, "state": "running"} for partner in partners]
        )
        with patch.object(type(self.env["roadmap.roadmap"]), "write", write):
            self.refresh()
        together = next(ids for ids, _health in writes if more[0].id in ids)
        self.assertLessEqual(set(more.ids), set(together))
        self.assertNotIn(self.roadmap.id, together, "it has a finding")
