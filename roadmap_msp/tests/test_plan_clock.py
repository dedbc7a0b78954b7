from odoo.tests import tagged

from .sale_common import SaleCommon


@tagged("post_install", "-at_install")
class TestPlanClock(SaleCommon):
    """Days per stage: median and worst, by owner, tier and period."""

    def _reach(self, item, **stages):
        self.env.flush_all()
        for name, day in stages.items():
            self.env.cr.execute(
                f"UPDATE roadmap_item SET {name}_on = %s WHERE id = %s",
                (f"2026-03-{day:02} 08:00:00", item.id),
            )
        self.env.invalidate_all()

    def setUp(self):
        super().setUp()
        third = self._create_item("Third", [{"name": "X"}])
        self.three = self.items | third
        for item, approved in zip(self.three, (3, 5, 21), strict=True):
            self._reach(item, found=1, proposed=2, approved=approved)
        self._reach(third, sent=25)

    def _groups(self, groupby, domain=()):
        own = [("item_id", "in", self.three.ids), *domain]
        return self.env["roadmap.item.clock"]._read_group(
            own, groupby, ["days:median", "days_worst:max", "__count"]
        )

    def test_median_and_worst(self):
        rows = {stage: values for stage, *values in self._groups(["stage"])}
        self.assertEqual(rows["1_proposed"], [1.0, 1.0, 3])
        self.assertEqual(rows["2_approved"], [3.0, 19.0, 3])
        self.assertEqual(rows["4_sent"], [4.0, 4.0, 1], "from the stage before, whichever that is")
        self.assertNotIn("9_paid", rows)

    def test_by_owner_tier_and_period(self):
        self.roadmap.tier_id = self.env["roadmap.tier"].create({"name": "Gold", "code": "gold"})
        self.env.flush_all()
        for groupby in (["user_id"], ["tier_id"], ["reached_on:month"], ["account_manager_id"]):
            rows = self._groups(groupby)
            self.assertEqual(sum(row[-1] for row in rows), 7, groupby)
        ((owner, *_values),) = self._groups(["user_id"])
        self.assertEqual(owner, self.user_csm, "without an owner it is the account manager's")

    def test_as_the_web_client_asks(self):
        rows = self.env["roadmap.item.clock"].formatted_read_grouping_sets(
            [("item_id", "in", self.three.ids)],
            [[], ["stage"]],
            ["days:median", "days_worst:max", "__count"],
        )
        self.assertEqual(rows[0][0]["days:median"], 1.0)
        self.assertEqual(
            self.env["roadmap.item.clock"].fields_get()["days"]["aggregator"], "median"
        )

    def test_own_clients_only(self):
        for user, count in ((self.user_csm, 7), (self.user_other_csm, 0), (self.user_all, 7)):
            rows = self.env["roadmap.item.clock"].with_user(user)
            self.assertEqual(rows.search_count([("item_id", "in", self.three.ids)]), count)
