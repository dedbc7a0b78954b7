from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from . import test_asset_plan

TODAY = test_asset_plan.TODAY


@tagged("post_install", "-at_install")
class TestAssetQuarters(test_asset_plan.TestAssetPlan):
    """Replacements over quarters, single assets that move, and what was bought elsewhere."""

    allow_inherited_tests_method = False

    def _spread(self, assets, share):
        wizard = self.env["roadmap.asset.spread"].with_user(self.user_csm)
        return wizard.create({"asset_ids": [(6, 0, assets.ids)], "share": share})

    @freeze_time(TODAY)
    def test_smoothed_over_quarters(self):
        assets = self._assets(8)
        wizard = self._spread(assets, 25)
        self.assertIn("FY2026 Q2", wizard.preview)
        self.assertIn("2 × Plan laptop", wizard.preview)
        wizard.action_plan()
        items = self._items()
        self.assertEqual(
            [(item.fiscal_period, len(item.asset_ids)) for item in items.sorted("target_date")],
            [("FY2026 Q2", 2), ("FY2026 Q3", 2), ("FY2026 Q4", 2), ("FY2027 Q1", 2)],
        )
        self.assertEqual({line.quantity for line in items.line_ids}, {2})
        self.assertTrue(all(assets.mapped("planned")))
        with self.assertRaisesRegex(UserError, "in the plan"):
            self._spread(assets, 50).action_plan()

    @freeze_time(TODAY)
    def test_what_is_planned_already_takes_room(self):
        self._assets(4, state="spare")
        self._assets(8, state="retired")
        first, second = self._assets(4), self._assets(4)
        self._spread(first, 25).action_plan()
        self._spread(second, 25).action_plan()
        count = dict.fromkeys(self._items().mapped("fiscal_period"), 0)
        for item in self._items():
            count[item.fiscal_period] += len(item.asset_ids)
        self.assertEqual(
            count, {"FY2026 Q2": 3, "FY2026 Q3": 3, "FY2026 Q4": 2}, "a quarter of 12 devices"
        )

    def test_a_share_is_a_percentage(self):
        for share in (0, 101):
            with self.assertRaises(ValidationError):
                self._spread(self._assets(1), share)

    @freeze_time(TODAY)
    def test_moving_single_assets_moves_their_money(self):
        assets = self._assets(4)
        assets.action_plan_replacement()
        item = self._items()
        total = sum(item.line_ids.mapped("amount"))
        one, rest = assets[0], assets[1:]
        wizard = self.env["roadmap.asset.move"].with_user(self.user_csm)
        wizard.create({"asset_ids": [(6, 0, one.ids)], "day": "2026-11-05"}).action_move()
        other = self._items() - item
        self.assertEqual(other.fiscal_period, "FY2026 Q4")
        self.assertEqual((item.asset_ids, other.asset_ids), (rest.sudo(), one.sudo()))
        self.assertEqual(set(item.line_ids.mapped("quantity")), {3})
        self.assertEqual(set(other.line_ids.mapped("quantity")), {1})
        self.assertAlmostEqual(sum((item | other).line_ids.mapped("amount")), total)
        self.assertEqual(one.sudo().replacement_line_id.item_id, other)
        self.assertTrue(one.planned)
        self.assertIn("3", item.name)
        self.assertIn("1", other.name)
        wizard.create({"asset_ids": [(6, 0, rest[0].ids)], "day": "2026-12-01"}).action_move()
        self.assertEqual(len(self._items()), 2, "joins the item of that quarter")
        self.assertEqual(set(other.line_ids.mapped("quantity")), {2})
        self.assertIn("2", other.name)

    @freeze_time(TODAY)
    def test_moving_all_moves_the_item(self):
        assets = self._assets(2)
        assets.action_plan_replacement()
        assets.with_user(self.user_csm)._move_to_quarter(assets[0].create_date.date())
        assets._move_to_quarter(self._day("2027-01-20"))
        item = self._items()
        self.assertEqual((len(item), item.fiscal_period), (1, "FY2027 Q1"))

    def _day(self, text):
        return self.env["roadmap.asset"]._fields["retired_on"].to_date(text)

    @freeze_time(TODAY)
    def test_moving_the_rest_closes_the_item(self):
        assets = self._assets(3)
        assets.action_plan_replacement()
        item = self._items()
        assets[0]._move_to_quarter(self._day("2026-11-05"))
        other = self._items() - item
        self.assertEqual(assets[1:]._move_to_quarter(self._day("2026-12-01")), other)
        self.assertEqual((item.state, item.superseded_by_id), ("superseded", other))
        self.assertEqual(set(other.line_ids.mapped("quantity")), {3})
        self.assertEqual(other.asset_ids, assets.sudo())
        self.assertIn("3", other.name)
        self.assertEqual(assets._move_to_quarter(self._day("2026-10-01")), other, "there already")
        self.assertEqual(len(self._items()), 2)

    @freeze_time(TODAY)
    def test_what_cannot_move_is_named(self):
        with self.assertRaisesRegex(UserError, "Select the assets"):
            self.Asset.browse()._move_to_quarter(self._day("2026-12-01"))
        with self.assertRaisesRegex(UserError, "DEV-0"):
            self._assets(1)._move_to_quarter(self._day("2026-12-01"))
        foreign = self._assets(1, roadmap=self.other_roadmap)
        wizard = self.env["roadmap.asset.move"].sudo()
        wizard = wizard.create({"asset_ids": [(6, 0, foreign.ids)], "day": "2026-11-05"})
        with self.assertRaises(UserError):
            wizard.with_user(self.user_csm).sudo(False).action_move()

    @freeze_time(TODAY)
    def test_price_of_the_client_and_of_the_asset(self):
        self.env["roadmap.asset.policy"].create(
            {"roadmap_id": self.roadmap.id, "type_id": self.laptop.id, "price": 1200}
        )
        assets = self._assets(2)
        special = self._assets(1, own_price=3000)
        (assets | special).action_plan_replacement()
        item = assets.sudo().replacement_line_id.item_id
        self.assertEqual(assets.sudo().replacement_line_id.price_unit, 1200)
        self.assertEqual(special.sudo().replacement_line_id.price_unit, 3000)
        self.assertNotEqual(special.sudo().replacement_line_id.item_id, item)

    def test_bought_elsewhere_shows_nothing_of_other_teams_clients(self):
        asset = self.env["roadmap.asset"].create(
            {"name": "THEIRS", "roadmap_id": self.other_roadmap.id, "type_id": self.laptop.id}
        )
        item = self.env["roadmap.item"].create(
            {"name": "Theirs", "roadmap_id": self.other_roadmap.id, "asset_ids": asset.ids}
        )
        Bought = self.env["roadmap.asset.bought"].with_user(self.user_csm)
        with self.assertRaises(AccessError):
            Bought.create({"item_id": item.id}).line_ids.mapped("name")

    @freeze_time(TODAY)
    def test_bought_elsewhere_registers_and_keeps_the_plan_true(self):
        assets = self._assets(3, user_name="Ann")
        assets.action_plan_replacement()
        item = self._items().with_user(self.user_csm)
        action = item.action_register_bought()
        Wizard = self.env["roadmap.asset.bought"].with_user(self.user_csm)
        form = Form(Wizard.with_context(**action["context"]))
        self.assertEqual(len(form.line_ids), 3)
        nothing = Wizard.with_context(**action["context"]).create({"line_ids": [(5,)]})
        with self.assertRaisesRegex(UserError, "at least one device"):
            nothing.action_register()
        form.line_ids.remove(2)
        with form.line_ids.edit(0) as line:
            line.name = "NEW-1"
            line.serial = "NEWSER1"
        wizard = form.save()
        wizard.action_register()
        new = self.env["roadmap.asset"].search([("name", "=", "NEW-1")])
        self.assertEqual((new.user_name, new.type_id), ("Ann", self.laptop))
        self.assertEqual(str(new.purchase_date), TODAY)
        self.assertEqual(assets.mapped("state"), ["retired", "retired", "in_use"])
        self.assertIn("NEW-1", assets[0].retire_reason)
        self.assertEqual(set(item.line_ids.mapped("quantity")), {1})
        self.assertFalse(item.closing_reason)
        Form(Wizard.with_context(**action["context"])).save().action_register()
        self.assertEqual(item.state, "bought_elsewhere")
        self.assertEqual(set(assets.mapped("state")), {"retired"})
