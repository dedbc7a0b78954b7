from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestPlanBulk(RoadmapCommon):
    """Lanes of the board, grouping, splitting, duplicating to many clients."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.items = cls.env["roadmap.item"].with_user(cls.user_csm)
        cls.product = cls.env["product.product"].create(
            {"name": "Server", "list_price": 4000, "taxes_id": False}
        )

    def item(self, name="Server", lines=(("Server", 4000),), **values):
        return self.items.create(
            {
                "name": name,
                "roadmap_id": self.roadmap.id,
                "line_ids": [(0, 0, {"name": n, "price_unit": price}) for n, price in lines],
                **values,
            }
        )

    @freeze_time("2026-08-10")
    def test_lanes(self):
        self.roadmap.fiscal_year_start = "7"
        days = {
            "FY2026 Q4": "2026-05-10",
            "FY2027 Q1": "2026-08-15",
            "FY2028 Q4": "2028-06-30",
            "FY2029": "2028-07-01",
            "FY2030": "2030-01-15",
        }
        items = self.items.browse()
        for lane, day in days.items():
            item = self.item(lane, target_date=day)
            self.assertEqual(item.board_lane, lane)
            items |= item
        groups = self.items._read_group([("id", "in", items.ids)], ["board_lane"], ["id:recordset"])
        self.assertEqual({lane: rows.name for lane, rows in groups}, {k: k for k in days})
        self.assertEqual(
            self.items.search([("id", "in", items.ids), ("board_lane", "=", "FY2029")]), items[3]
        )
        lanes = self.items.with_context(default_roadmap_id=self.roadmap.id)._expand_board_lanes(
            ["FY2031"], []
        )
        self.assertEqual(lanes[0], False)
        self.assertEqual(lanes[-3:], ["FY2029", "FY2030", "FY2031"])
        items[0].board_lane = "FY2030"
        self.assertEqual(str(items[0].target_date), "2030-06-30")
        items[0].board_lane = "FY2027 Q2"
        self.assertEqual(str(items[0].target_date), "2026-12-31")
        items[0].board_lane = False
        self.assertFalse(items[0].target_date)
        with self.assertRaises(ValidationError):
            items[0].board_lane = "soon"
        for year in ("FY1", "FY9999", "20290"):
            with self.assertRaisesRegex(ValidationError, "is no fiscal year"):
                items[0].board_lane = year
        found = self.items.search(
            [("id", "in", items.ids), ("board_lane", "in", ["FY2029", False])]
        )
        self.assertEqual(found, items[0] | items[3])

    def test_group_into_one(self):
        one, two = self.item("One", risk="high"), self.item("Two", risk="low")
        with self.assertRaisesRegex(UserError, "two or more"):
            one.action_group()
        result = (one | two).action_group()
        kept, gone = self.items.browse(result["res_id"]), (one | two).browse(two.id)
        self.assertEqual((kept, kept.amount_one_off, kept.risk), (one, 8000, "high"))
        self.assertEqual((gone.state, gone.superseded_by_id), ("superseded", one))
        with self.assertRaisesRegex(UserError, "stay where they are: Two"):
            (one | two).action_group()
        free = self.item("Free", covered=True)
        with self.assertRaisesRegex(UserError, "stay apart"):
            (self.item("Priced") | free).action_group()
        self.assertEqual(free.state, "idea")

    def test_group_keeps_request_and_dependencies(self):
        one, two, three = (self.item(name) for name in ("One", "Two", "Three"))
        before, after = self.item("Before"), self.item("After")
        (two | three)._request_quote("portal", self.contact_owner)
        asked = two.quote_requested_on
        one.depends_on_ids = two
        two.depends_on_ids = before
        after.depends_on_ids = three
        (one | two | three).action_group()
        self.assertEqual(
            (one.quote_requested_on, one.quote_requested_by_id, one.quote_source),
            (asked, self.contact_owner, "portal"),
        )
        self.assertTrue(one.quote_waiting)
        self.assertFalse((two | three).filtered("quote_waiting"))
        self.assertEqual((one.depends_on_ids, after.depends_on_ids), (before, one))

    def test_group_changes_no_amount(self):
        """Lines per device go on counting their own; options of two items exclude nothing more."""
        laptops, servers = (self.item(name, ((name, price),)) for name, price in
                            (("Laptops", 1000), ("Servers", 5000)))  # fmt: skip
        kind = self.env.ref("roadmap_msp.asset_type_server")
        for item, number in ((laptops, 3), (servers, 2)):
            item.asset_ids = self.env["roadmap.asset"].create(
                [
                    {"name": f"{item.name} {n}", "roadmap_id": self.roadmap.id, "type_id": kind.id}
                    for n in range(number)
                ]
            )
            item.line_ids.per_asset = True
            item.line_ids = [
                (0, 0, {"name": name, "price_unit": price, "option_group": "Care"})
                for name, price in (("Small", 10), ("Large", 70))
            ]
        both = laptops | servers
        self.assertEqual(both.mapped("amount_one_off"), [3010, 10010])
        both.action_group()
        self.assertEqual(laptops.amount_one_off, 13020)
        self.assertEqual(
            set(laptops.line_ids.mapped("option_group")), {False, "Care", "Care (2)"}
        )  # fmt: skip

    def test_group_makes_no_circle(self):
        one, two, between = (self.item(name) for name in ("One", "Two", "Between"))
        between.depends_on_ids = one
        two.depends_on_ids = between
        with self.assertRaisesRegex(ValidationError, "wait for each other"):
            (one | two).action_group()

    def test_split(self):
        item = self.item(lines=(("Server", 4000), ("Work", 900), ("Licence", 300)))
        action = item.action_split()
        parts = self.items.search(action["domain"])
        self.assertEqual(sorted(parts.mapped("amount_one_off")), [300, 900, 4000])
        with self.assertRaisesRegex(UserError, "one line"):
            item.action_split()

    def test_split_keeps_options_together(self):
        item = self.item(lines=(("Server", 4000), ("Rented", 900), ("Bought", 1300)))
        item.line_ids[1:].option_group = "Storage"
        parts = self.items.search(item.action_split()["domain"]) - item
        self.assertEqual(parts.name, "Server: Storage")
        self.assertEqual(parts.line_ids.mapped("name"), ["Rented", "Bought"])
        self.assertEqual((item.amount_one_off, parts.amount_one_off), (4000, 900))
        with self.assertRaisesRegex(UserError, "one line"):
            parts.action_split()

    def test_every_client_with_such_a_server(self):
        release = self.env["roadmap.lifecycle"].create({"name": "Testserver 2016"})
        rows = [(self.roadmap, 1), (self.other_roadmap, 3)]
        self.env["roadmap.asset"].create(
            [
                {"name": f"S{n}", "roadmap_id": roadmap.id, "lifecycle_id": release.id}
                for roadmap, count in rows
                for n in range(count)
            ]
        )
        line = {"name": "Server", "product_id": self.product.id, "per_asset": True}
        item = self.item(lines=(), line_ids=[(0, 0, line)])
        spread = self.env["roadmap.item.spread"]
        values = {"item_id": item.id, "lifecycle_ids": [(6, 0, release.ids)]}
        mine = spread.with_user(self.user_csm).create(values)
        self.assertFalse(mine.client_count, "other people's clients are not reached")
        with self.assertRaisesRegex(UserError, "No client fits"):
            mine.action_apply()
        wizard = spread.with_user(self.user_all).create(values)
        self.assertEqual(wizard.client_count, 1)
        self.assertIn("12,000", wizard.preview, "three servers at the client's price")
        made = self.items.sudo().search(wizard.action_apply()["domain"])
        self.assertEqual((made.roadmap_id, made.amount_one_off), (self.other_roadmap, 12000))
        self.assertEqual(len(made.asset_ids), 3)
        again = spread.with_user(self.user_all).create(values)
        self.assertFalse(again.client_count)
        self.assertIn("already", again.preview)

    def test_clients_by_kind_of_device_in_their_currency(self):
        """A price without a product is converted; only clients with such a device are offered."""
        kind, other = self.env["roadmap.asset.type"].create(
            [{"name": name, "code": f"t-{name}"} for name in ("Rack", "Camera")]
        )
        release = self.env["roadmap.lifecycle"].create({"name": "Rack OS 1"})
        rack = {"name": "R", "type_id": kind.id, "lifecycle_id": release.id}
        mine, _theirs = self.env["roadmap.asset"].create(
            [{**rack, "roadmap_id": row.id} for row in (self.roadmap, self.other_roadmap)]
        )
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "rate": 0.5, "name": "2020-01-01"}
        )
        self.roadmap.currency_id = self.env.company.currency_id
        self.other_roadmap.currency_id = euro
        item = self.item(lines=(("Work", 900),), asset_ids=[(6, 0, mine.ids)])
        spread = self.env["roadmap.item.spread"].with_user(self.user_all)
        offered = spread.with_context(default_item_id=item.id).default_get(
            ["item_id", "lifecycle_ids"]
        )
        self.assertEqual(offered["lifecycle_ids"], [(6, 0, release.ids)], "of the item's devices")
        self.assertFalse(spread.create({"item_id": item.id, "type_ids": other.ids}).client_count)
        wizard = spread.create({"item_id": item.id, "type_ids": kind.ids})
        made = self.items.sudo().search(wizard.action_apply()["domain"])
        self.assertEqual((made.roadmap_id, made.amount_one_off), (self.other_roadmap, 450))
        self.assertEqual(made.asset_ids.roadmap_id, self.other_roadmap)

    def test_clients_of_one_price_list_are_priced_once(self):
        clients = self.env["res.partner"].create(
            [{"name": f"<b>Client {n}</b>", "is_company": True} for n in range(4)]
        )
        self.env["roadmap.roadmap"].create(
            [{"partner_id": client.id, "state": "running"} for client in clients]
        )
        item = self.item(lines=(), line_ids=[(0, 0, {"name": "S", "product_id": self.product.id})])
        wizard = (
            self.env["roadmap.item.spread"].with_user(self.user_all).create({"item_id": item.id})
        )
        Pricelist = self.env.registry["product.pricelist"]
        with patch.object(
            Pricelist,
            "_compute_price_rule",
            autospec=True,
            side_effect=Pricelist._compute_price_rule,
        ) as asked:
            self.assertGreaterEqual(wizard.client_count, 5)
        self.assertEqual(asked.call_count, 1)
        self.assertIn("&lt;b&gt;Client 1", wizard.preview, "names are text, not markup")
        self.assertNotIn("<b>Client 1", wizard.preview)
