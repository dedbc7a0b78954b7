from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .test_budget_five_years import FiveYearsCommon

ADVANCED = "roadmap_msp.group_roadmap_advanced"


@tagged("post_install", "-at_install")
class TestBudgetScenario(FiveYearsCommon):
    """Scenarios beside the plan."""

    @freeze_time("2030-01-10")
    def test_guide_price_without_a_rate_is_unknown(self):
        other = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search(
                [("id", "!=", self.env.company.currency_id.id), ("rate_ids", "=", False)], limit=1
            )
        )
        self.kind.currency_id = other
        self._assets(2)
        gaps = self._page()["gaps"]
        self.assertEqual([(gap["stage"], gap["count"]) for gap in gaps], [("no_rate", 2)])
        self.assertEqual(self.roadmap._budget_unknown(), ["2 amounts without an exchange rate"])
        # A scenario does not take the foreign price one to one either.
        share = {"rule": "share", "type_id": self.kind.id, "share_percent": 100.0}
        scenario = self._scenario(share)
        (_plan, what_if), _difference = self._compared(scenario)
        self.assertEqual(what_if[0], 1450.0)
        # And says so, which is not the same as a price that nobody knows.
        Forecast = self.env["roadmap.forecast"].with_context(forecast_scenario_id=scenario.id)
        domain = [("roadmap_id", "=", self.roadmap.id), ("asset_id", "!=", False)]
        self.assertEqual(Forecast._read_group(domain, ["stage"], []), [("no_rate",)])
        self.kind.write({"price_low": 0, "price_high": 0})
        self.env.flush_all()
        self.assertEqual(Forecast._read_group(domain, ["stage"], []), [("no_price",)])

    def _scenario(self, *lines, **values):
        self.user_csm.group_ids |= self.env.ref(ADVANCED)
        return (
            self.env["roadmap.scenario"]
            .with_user(self.user_csm)
            .create(
                {
                    "name": "What if",
                    "roadmap_id": self.roadmap.id,
                    "line_ids": [Command.create(line) for line in lines],
                    **values,
                }
            )
        )

    def test_a_line_says_what_it_supposes(self):
        item = self.env["roadmap.item"].create({"name": "Wi-Fi", "roadmap_id": self.roadmap.id})
        kind = self.kind
        scenario = self._scenario(
            {"rule": "item", "item_id": item.id, "shift_years": 2},
            {"rule": "item", "item_id": item.id, "shift_years": -2},
            {"rule": "life", "type_id": kind.id, "life_years": 6},
        )
        share = self._scenario({"rule": "share", "type_id": kind.id, "share_percent": 12.5})
        self.assertEqual(
            (scenario | share).line_ids.sorted("id").mapped("display_name"),
            [
                "Wi-Fi 2 years later",
                "Wi-Fi 2 years earlier",
                f"{kind.name} after 6 years",
                f"12.5 % of {kind.name} each year",
            ],
        )

    def _compared(self, scenario, kind="one_off"):
        page = self._page(scenario_ids=scenario.ids)
        (part,) = [part for part in page["compared"] if part["kind"] == kind]
        return [line["years"] for line in part["lines"]], part["lines"][-1]["difference"]

    @freeze_time("2030-01-10")
    def test_a_quarter_of_the_pcs_each_year(self):
        self._assets(8)
        scenario = self._scenario({"rule": "share", "type_id": self.kind.id, "share_percent": 25.0})
        plan_before = self.roadmap.item_ids.mapped("target_date")
        (plan, what_if), difference = self._compared(scenario)
        self.assertEqual(plan, [8 * 900.0 + 1450.0, 0, 0, 0, 0])
        self.assertEqual(what_if, [1800.0 + 1450.0, 1800.0, 1800.0, 1800.0, 1800.0])
        self.assertEqual(difference, 1800.0)
        self.assertEqual(self.roadmap.item_ids.mapped("target_date"), plan_before)

    @freeze_time("2030-01-10")
    def test_the_reserve_covers_the_devices_of_a_scenario(self):
        self._assets(8)
        self.roadmap.contingency_percent = 10.0
        scenario = self._scenario({"rule": "share", "type_id": self.kind.id, "share_percent": 25.0})
        (plan, what_if), _difference = self._compared(scenario)
        self.assertAlmostEqual(plan[0], 9515.0)
        self.assertEqual([round(amount, 2) for amount in what_if], [3575.0] + 4 * [1980.0])
        # As in the plan, none on what the client may not see.
        item, _skipped = (
            self.env["roadmap.asset"]
            .search([("type_id", "=", self.kind.id), ("roadmap_id", "=", self.roadmap.id)])
            ._plan_replacement()
        )
        item.client_visible = False
        (_plan, what_if), _difference = self._compared(scenario)
        self.assertEqual([round(amount, 2) for amount in what_if], [3395.0] + 4 * [1800.0])

    @freeze_time("2030-01-10")
    def test_planned_devices_move_with_their_own_price(self):
        assets = self._assets(4)
        items, _skipped = assets._plan_replacement()
        items.line_ids.price_unit = 1000.0
        scenario = self._scenario({"rule": "life", "type_id": self.kind.id, "life_years": 6})
        (plan, what_if), _difference = self._compared(scenario)
        self.assertEqual(plan[0], 4 * 1000.0 + 1450.0)
        self.assertEqual(what_if[0], 1450.0)
        self.assertGreater(what_if[2], 0)
        self.assertEqual(sum(what_if[1:2] + what_if[3:]), 0)

    @freeze_time("2030-01-10")
    def test_of_options_one_moves_and_what_recurs_stays(self):
        assets = self._assets(4)
        item, _skipped = assets._plan_replacement()
        item.line_ids.price_unit = 1000.0
        common = {"item_id": item.id, "option_group": "x", "price_unit": 800.0}
        self.env["roadmap.item.line"].create(
            [
                {**common, "name": "Dock"},
                {**common, "name": "Screen", "option_chosen": True, "price_unit": 400.0},
                {"item_id": item.id, "name": "Care", "price_unit": 9.0, "kind": "recurring"},
            ]
        )
        scenario = self._scenario({"rule": "life", "type_id": self.kind.id, "life_years": 6})
        (plan, what_if), _difference = self._compared(scenario)
        self.assertEqual((plan[0], sum(what_if)), (4400.0 + 1450.0, 4400.0 + 1450.0))
        (plan, what_if), _difference = self._compared(scenario, "recurring")
        self.assertEqual(plan, what_if)
        # An item that plans other devices as well stays as it is, with all its money.
        server = self._assets(1)
        server.type_id = self.kind.copy({"code": "other-test", "name": "Server"})
        item.asset_ids |= server
        (plan, what_if), _difference = self._compared(scenario)
        self.assertEqual(plan, what_if)
        server.unlink()
        # What the agreement covers costs nothing in a scenario either.
        item.covered = True
        (plan, what_if), _difference = self._compared(scenario)
        self.assertEqual((plan[0], sum(what_if)), (1450.0, 1450.0))

    @freeze_time("2030-01-10")
    def test_must_now_and_the_rest_later(self):
        self.firewall.risk = "critical"
        self.backups.risk = "low"
        self.assertEqual((self.firewall.need, self.backups.need), ("must", "wish"))
        scenario = self._scenario(include="must")
        (plan, what_if), _difference = self._compared(scenario)
        self.assertEqual((plan[0], what_if[0]), (1450.0, 1200.0))
        (_plan, recurring), _difference = self._compared(scenario, "recurring")
        self.assertEqual(recurring[0], 480.0)
        scenario.rest_years = 2
        (_plan, what_if), difference = self._compared(scenario)
        self.assertEqual((what_if[:3], difference), ([1200.0, 0.0, 250.0], 0.0))

    @freeze_time("2030-01-10")
    def test_one_item_a_year_later(self):
        scenario = self._scenario({"rule": "item", "item_id": self.firewall.id})
        (_plan, what_if), _difference = self._compared(scenario)
        self.assertEqual(what_if[:2], [250.0, 1200.0])

    def test_scenarios_are_advanced_and_explain_what_is_wrong(self):
        scenario = self._scenario()
        share = {"rule": "share", "type_id": self.kind.id}
        with self.assertRaises(ValidationError):
            scenario.line_ids = [Command.create(share), Command.create(share)]
        page = self._page(self.user_all, scenario_ids=scenario.ids)
        self.assertEqual((page["advanced"], page["compared"]), (False, []))
        foreign = self.env["roadmap.scenario"].create(
            {"name": "Theirs", "roadmap_id": self.other_roadmap.id}
        )
        self.assertEqual(self._page(scenario_ids=foreign.ids)["compared"], [])
        Forecast = self.env["roadmap.forecast"].with_user(self.user_csm)
        with self.assertRaises(AccessError):
            Forecast.with_context(forecast_scenario_id=foreign.id).search([], limit=1)
