from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import RoadmapCommon

TODAY = "2026-02-10"


class AssetPlanCommon(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.laptop = cls.env.ref("roadmap_msp.asset_type_laptop").copy(
            {"code": "plan_laptop", "name": "Plan laptop"}
        )
        cls.server = cls.env.ref("roadmap_msp.asset_type_server").copy(
            {"code": "plan_server", "name": "Plan server", "product_id": False}
        )
        cls.laptop.write({"product_id": cls._product("New laptop", 1490).id})
        cls.laptop.write({"labour_product_id": cls._product("Set up", 180, "service").id})
        cls.server.labour_product_id = False
        cls.Asset = cls.env["roadmap.asset"].with_user(cls.user_csm)

    @classmethod
    def _product(cls, name, price, kind="consu"):
        return cls.env["product.product"].create(
            {"name": name, "list_price": price, "type": kind, "taxes_id": False}
        )

    def _assets(self, count, kind=None, roadmap=None, **vals):
        return (
            self.env["roadmap.asset"]
            .with_user(self.user_all)
            .create(
                [
                    {
                        "name": f"DEV-{n}",
                        "roadmap_id": (roadmap or self.roadmap).id,
                        "type_id": (kind or self.laptop).id,
                        "purchase_date": "2021-01-15",
                        **vals,
                    }
                    for n in range(count)
                ]
            )
        )


@tagged("post_install", "-at_install")
class TestAssetPlan(AssetPlanCommon):
    def _items(self, roadmap=None):
        return self.env["roadmap.item"].search(
            [("roadmap_id", "=", (roadmap or self.roadmap).id)], order="id"
        )

    @freeze_time(TODAY)
    def test_one_item_per_client_and_type(self):
        laptops = self._assets(3)
        servers = self._assets(1, self.server)
        others = self._assets(2, roadmap=self.other_roadmap)
        (laptops | servers | others).action_plan_replacement()
        items = self._items()
        self.assertEqual(len(items), 2)
        item = items.filtered(lambda row: row.asset_ids == laptops.sudo())
        price, labour = item.line_ids.sorted("sequence")
        self.assertEqual((price.product_id, price.quantity), (self.laptop.product_id, 3))
        self.assertTrue(price.per_asset)
        self.assertEqual(price.price_unit, 1490)
        self.assertEqual((labour.product_id.name, labour.quantity), ("Set up", 3))
        self.assertEqual(laptops.sudo().replacement_line_id, price)
        self.assertIn("3", item.name)
        self.assertIn("3 past 4 years", item.summary)
        self.assertEqual(len(self._items(self.other_roadmap)), 1)

    @freeze_time(TODAY)
    def test_the_age_told_is_that_of_the_policy(self):
        never = {"roadmap_id": self.other_roadmap.id, "type_id": self.laptop.id}
        self.env["roadmap.asset.policy"].create({**never, "life_rule": "never"})
        assets = self._assets(3)
        assets[0].write({"own_life_rule": "years", "own_life_years": 3})
        assets[1].write({"own_life_rule": "years", "own_life_years": 7})
        (assets | self._assets(1, roadmap=self.other_roadmap)).action_plan_replacement()
        self.assertIn("1 past 3 years, 1 past 4 years", self._items().summary)
        self.assertNotIn("7 years", self._items().summary)
        self.assertNotIn("past", self._items(self.other_roadmap).summary)

    @freeze_time(TODAY)
    def test_the_summary_names_cover_and_support(self):
        self._assets(2, purchase_date=False, warranty_end="2025-01-01")
        self._assets(1, purchase_date=False, operating_system="Windows Server 2012 R2")
        self.Asset.search([("type_id", "=", self.laptop.id)]).action_plan_replacement()
        self.assertIn("2 without warranty", self._items().summary)
        self.assertIn("1 no longer supported by the maker", self._items().summary)

    @freeze_time(TODAY)
    def test_past_due_goes_to_the_next_fiscal_quarter(self):
        self.roadmap.fiscal_year_start = "2"
        self._assets(1).action_plan_replacement()
        self.assertEqual(str(self._items().target_date), "2026-05-01")

    @freeze_time(TODAY)
    def test_future_due_is_the_target(self):
        assets = self._assets(1, purchase_date="2024-03-01")
        assets |= self._assets(1, purchase_date="2024-01-20")
        assets.action_plan_replacement()
        self.assertEqual(str(self._items().target_date), "2028-01-20", "the earliest")

    @freeze_time(TODAY)
    def test_client_price_list_decides(self):
        feature = self.env.ref("product.group_product_pricelist")
        self.env.ref("base.group_user").implied_ids += feature
        rule = {"compute_price": "percentage", "percent_price": 10, "applied_on": "3_global"}
        pricelist = self.env["product.pricelist"].create(
            {"name": "Client", "item_ids": [(0, 0, rule)]}
        )
        self.client.specific_property_product_pricelist = pricelist
        self.roadmap.invalidate_recordset()
        self._assets(2).action_plan_replacement()
        line = self._items().line_ids.filtered("per_asset")[:1]
        self.assertAlmostEqual(line.price_unit, 1341)

    @freeze_time(TODAY)
    def test_guide_price_is_converted(self):
        currency = (
            self.env["res.currency"].with_context(active_test=False).search([("name", "=", "CHF")])
        )
        currency.active = True
        usd = self.env.ref("base.USD")
        company = self.roadmap.company_id
        self.env["res.currency.rate"].search([("currency_id", "in", (currency | usd).ids)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": "2020-01-01", "rate": 2, "company_id": company.id}
        )
        self.server.write({"currency_id": currency.id, "price_low": 4000, "price_high": 8000})
        self._assets(1, self.server).action_plan_replacement()
        line = self._items().line_ids
        self.assertAlmostEqual(line.price_unit, 3000)
        self.assertAlmostEqual(line.price_low, 2000)
        self.assertAlmostEqual(line.price_high, 4000)

    @freeze_time(TODAY)
    def test_never_twice(self):
        first = self._assets(2)
        first.action_plan_replacement()
        more = self._assets(1)
        action = (first | more).action_plan_replacement()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("DEV-0", action["params"]["message"])
        self.assertEqual(self._items()[-1].asset_ids, more.sudo())
        with self.assertRaisesRegex(UserError, "in the plan"):
            first.action_plan_replacement()
        self._items()[0].line_ids.unlink()
        first.action_plan_replacement()
        self.assertEqual(len(self._items()), 3, "a line that is gone frees its assets")

    @freeze_time(TODAY)
    def test_a_dead_item_frees_its_assets(self):
        assets = self._assets(1)
        assets.action_plan_replacement()
        self.assertTrue(assets.planned)
        self.assertIn(assets, self.Asset.search([("planned", "=", True)]))
        self._items().closing_reason = "bought_elsewhere"
        assets.invalidate_recordset(["planned"])
        self.assertFalse(assets.planned)
        self.assertIn(assets, self.Asset.search([("planned", "=", False)]))

    @freeze_time(TODAY)
    def test_what_cannot_be_planned_is_named(self):
        retired = self._assets(1, state="retired")
        with self.assertRaisesRegex(UserError, "DEV-0.*retired"):
            retired.action_plan_replacement()
        with self.assertRaisesRegex(UserError, "DEV-9.*retired; and 2 more"):
            self._assets(12, state="retired").action_plan_replacement()
        with self.assertRaisesRegex(UserError, "type"):
            self._assets(1, type_id=False).action_plan_replacement()
        with self.assertRaises(UserError):
            self.Asset.browse().action_plan_replacement()

    @freeze_time(TODAY)
    def test_plan_all_due_of_a_client(self):
        due = self._assets(2)
        fine = self._assets(1, purchase_date="2026-01-01")
        self.roadmap.with_user(self.user_csm).action_plan_due_assets()
        self.assertTrue(due[0].planned and due[1].planned)
        self.assertFalse(fine.planned)
        with self.assertRaisesRegex(UserError, "Nothing is due"):
            self.roadmap.with_user(self.user_csm).action_plan_due_assets()

    @freeze_time(TODAY)
    def test_rights(self):
        foreign = self._assets(1, roadmap=self.other_roadmap)
        with self.assertRaises(AccessError):
            foreign.with_user(self.user_csm).action_plan_replacement()
        own = self._assets(1)
        with self.assertRaises(AccessError):
            own.with_user(self.user_technician).action_plan_replacement()
        with self.assertRaises(AccessError):
            self.roadmap.with_user(self.user_technician).action_plan_due_assets()

    @freeze_time(TODAY)
    def test_planning_does_not_grow(self):
        self._assets(1).action_plan_replacement()
        few, many = self._assets(10), self._assets(90)
        first = self.queries_of(few.action_plan_replacement)
        self.assertLessEqual(self.queries_of(many.action_plan_replacement), first + 2)
