from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ..models.asset import roadmap_roadmap_alert
from .common import RoadmapCommon

TODAY = date(2026, 2, 10)


@tagged("post_install", "-at_install")
class TestAssetAlert(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.laptop = cls.env.ref("roadmap_msp.asset_type_laptop").copy(
            {"code": "alert_laptop", "name": "Alert laptop", "renewal_price": 200}
        )
        cls.kind = cls.env.ref("roadmap_msp.activity_type_warranty")

    def _assets(self, count, ends_in, roadmap=None, mark="DEV", **vals):
        return self.env["roadmap.asset"].create(
            [
                {
                    "name": f"{mark}-{n}",
                    "roadmap_id": (roadmap or self.roadmap).id,
                    "type_id": self.laptop.id,
                    "warranty_end": TODAY + timedelta(days=ends_in),
                    **vals,
                }
                for n in range(count)
            ]
        )

    def _alerts(self, roadmap=None, state="open"):
        domain = [("roadmap_id", "=", (roadmap or self.roadmap).id), ("state", "=", state)]
        return self.env["roadmap.asset.alert"].search(domain)

    def _activities(self, roadmap=None):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "roadmap.roadmap"),
                ("res_id", "=", (roadmap or self.roadmap).id),
                ("activity_type_id", "=", self.kind.id),
            ]
        )

    def _night(self, days=0):
        with freeze_time(TODAY + timedelta(days=days)):
            (self.roadmap | self.other_roadmap)._raise_warranty_alerts()

    def test_one_activity_for_the_account_manager(self):
        self._assets(3, 30)
        self._assets(1, 700, mark="FAR")
        self._assets(1, 30, mark="OLD", state="retired")
        self._assets(1, 30, mark="FREE", own_cover="optional")
        self._night()
        self.assertEqual(len(self._alerts()), 3)
        activity = self._activities()
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.user_csm)
        self.assertIn("3", activity.summary)
        self.assertFalse(self._activities(self.other_roadmap))
        self._night()
        self.assertEqual(len(self._alerts()), 3, "told once")
        self.assertEqual(self._activities(), activity)

    def test_a_missed_night_loses_nothing(self):
        days = self.roadmap.company_id.roadmap_warranty_alert_days
        self._assets(1, days + 5)
        self._night(4)
        self.assertFalse(self._alerts())
        self._night(9)
        self.assertEqual(len(self._alerts()), 1)

    def test_the_night_stops_between_batches(self):
        for roadmap in self.roadmap | self.other_roadmap:
            self._assets(1, 30, roadmap)
        cron = type(self.env["ir.cron"])
        self.patch(roadmap_roadmap_alert, "ALERT_BATCH", 1)
        with (
            freeze_time(TODAY),
            patch.object(cron, "_commit_progress", side_effect=lambda *args, **_kw: 0) as progress,
        ):
            self.env["roadmap.roadmap"]._cron_warranty_alerts()
        self.assertEqual(progress.call_count, 2, "announced, then out of time after one batch")
        done = [bool(self._alerts(roadmap)) for roadmap in self.roadmap | self.other_roadmap]
        self.assertLess(sum(done), 2)

    def test_acknowledged_stays_quiet_until_the_date_moves(self):
        asset = self._assets(1, 30)
        self._night()
        self._alerts().with_user(self.user_csm).action_acknowledge()
        self.assertEqual(self._alerts(state="acknowledged").acknowledged_by_id, self.user_csm)
        self.assertFalse(self._activities(), "nothing is left to do")
        self._night(1)
        self.assertFalse(self._alerts() or self._activities())
        asset.warranty_end = TODAY + timedelta(days=60)
        self._night(2)
        self.assertEqual(self._alerts().end_date, TODAY + timedelta(days=60))
        self.assertEqual(len(self._activities()), 1)

    def test_a_date_that_moves_away_and_back(self):
        asset = self._assets(1, 30)
        self._night()
        asset.warranty_end = TODAY + timedelta(days=1500)
        self._night(1)
        self.assertFalse(self._alerts() or self._activities())
        self.assertEqual(len(self._alerts(state="moved")), 1)
        asset.warranty_end = TODAY + timedelta(days=30)
        self._night(2)
        self.assertEqual(len(self._alerts()), 1)

    def test_finishing_the_activity_acknowledges(self):
        self._assets(2, 30)
        self._night()
        self._activities().with_user(self.user_csm).action_feedback(feedback="All known")
        self.assertFalse(self._alerts())
        self.assertEqual(len(self._alerts(state="acknowledged")), 2)
        self._night(1)
        self.assertFalse(self._activities())

    def test_renewal_is_planned_once_and_not_for_what_is_replaced(self):
        renewed = self._assets(2, 30)
        replaced = self._assets(1, 20, mark="REP")
        self._night()
        with freeze_time(TODAY):
            replaced.with_user(self.user_csm).action_plan_replacement()
            action = self._alerts().with_user(self.user_csm).action_plan_renewal()
        item = self.env["roadmap.item"].search(action["domain"])
        self.assertEqual(item.asset_ids, renewed)
        self.assertEqual((item.line_ids.quantity, item.line_ids.amount), (2, 400))
        self.assertEqual(item.target_date, TODAY + timedelta(days=30))
        planned = self._alerts(state="planned")
        self.assertEqual(len(planned), 3)
        self.assertEqual(
            planned.filtered(lambda row: row.asset_id == replaced).item_id,
            replaced.replacement_line_id.item_id,
        )
        self.assertFalse(self._alerts() or self._activities())

    def test_renewal_by_a_product_of_ours(self):
        self.laptop.renewal_product_id = self.env["product.product"].create(
            {"name": "One year more", "list_price": 95, "taxes_id": False}
        )
        item = self.env["roadmap.item"].create(
            self._assets(2, 30)._prepare_renewal_item(self.roadmap, self.laptop)
        )
        line = item.line_ids
        self.assertEqual((line.product_id, line.quantity), (self.laptop.renewal_product_id, 2))
        self.assertEqual((line.price_unit, line.price_source), (95, "pricelist"))

    def test_renewal_by_itself_or_nothing(self):
        self.roadmap.warranty_action = "item"
        self.other_roadmap.warranty_action = "none"
        self._assets(2, 30)
        self._assets(1, 30, self.other_roadmap)
        with self.enter_registry_test_mode(), freeze_time(TODAY):
            self.env.ref("roadmap_msp.ir_cron_warranty_alerts").method_direct_trigger()
        self.assertEqual(len(self._alerts(state="planned").item_id), 1)
        self.assertIn("prepared", self._activities().summary)
        self.assertFalse(self._alerts(self.other_roadmap))

    def test_the_night_costs_the_same_for_any_number(self):
        self._assets(1, 30)
        self._night()

        def night(more, mark):
            for roadmap in (self.roadmap, self.other_roadmap):
                self._assets(more, 40, roadmap, mark=mark)
            return self.queries_of(self._night)

        few = night(2, "FEW")
        self.assertLessEqual(night(60, "MANY"), few)

    def test_deleting_a_client_or_a_type_finds_its_rows_by_index(self):
        for table, column in (
            ("roadmap_asset_alert", "roadmap_id"),
            ("roadmap_asset_policy", "type_id"),
        ):
            self.cr.execute(
                """SELECT count(*) FROM pg_index i
                     JOIN pg_attribute c ON c.attrelid = i.indrelid AND c.attnum = i.indkey[0]
                    WHERE i.indrelid = %s::regclass AND c.attname = %s AND i.indpred IS NULL""",
                (table, column),
            )
            self.assertTrue(self.cr.fetchone()[0], f"{table}.{column}")
