from odoo.tests import tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestPlanLibrary(RoadmapCommon):
    """The shipped library, and items made from it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data = cls.env["ir.model.data"].search(
            [("module", "=", "roadmap_msp"), ("model", "=", "roadmap.item.template")]
        )
        cls.library = cls.env["roadmap.item.template"].browse(data.mapped("res_id"))

    def template(self, number):
        return self.env.ref(f"roadmap_msp.item_template_r_{number}")

    def test_counts(self):
        self.assertEqual(len(self.library), 91)
        self.assertEqual(len(self.library.filtered("may_be_covered")), 29)
        hidden = self.library.filtered(lambda row: not row.client_visible)
        self.assertEqual(hidden.mapped("code"), ["R-007"])
        self.assertEqual(len(set(self.library.mapped("code"))), 91)

    def test_every_template_is_complete(self):
        for template in self.library:
            with self.subTest(code=template.code):
                self.assertTrue(template.category_id)
                self.assertTrue(template.summary)
                self.assertGreater(template.due_days, 0)
                self.assertEqual(template.currency_id, self.env.ref("base.USD"))
        one_off = self.library.line_ids.filtered(lambda line: line.kind == "one_off")
        self.assertEqual((len(one_off), len(self.library.line_ids) - len(one_off)), (82, 49))
        for line in self.library.line_ids:
            self.assertGreaterEqual(line.price_high, line.price_low, line.display_name)
            self.assertFalse(line.product_id, "Templates ship without products")

    def test_money_is_counted_by_seat(self):
        self.env.ref("base.USD").active = True
        self.roadmap.currency_id = self.env.ref("base.USD")
        items = self.env["roadmap.item"].with_user(self.user_csm)
        roadmap = self.roadmap.with_user(self.user_csm)
        both = self.template(101) | self.template(305)
        refresh, detection = items._create_from_templates(roadmap, both)
        self.assertEqual(refresh.line_ids.quantity, 8, "a quarter of 30 seats, rounded up")
        self.assertEqual(refresh.amount_one_off, 8 * 1750)
        self.assertEqual((refresh.amount_one_off_low, refresh.amount_one_off_high), (10400, 17600))
        self.assertEqual(refresh.amount_recurring, 0)
        self.assertEqual(detection.amount_recurring, 30 * 12)
        self.assertEqual(detection.amount_one_off, 750)
        self.assertIn("guide price × 30 devices", detection.based_on)

    def test_sites_and_wholes_are_counted(self):
        """What a quantity of the library stands for; what nobody counted is unknown."""
        roadmap = self.roadmap.with_user(self.user_csm)
        roadmap.site_count = 0
        self.assertIsNone(roadmap._unit_quantity("site"))
        roadmap.site_count = 3
        counted = {unit: roadmap._unit_quantity(unit) for unit in ("site", "seat", "firm", "test")}
        self.assertEqual(counted, {"site": 3, "seat": 30, "firm": 1, "test": 1})
        for unit in ("server", "hour", False):
            self.assertIsNone(roadmap._unit_quantity(unit))

    def test_a_template_is_found_by_code_or_name(self):
        templates = self.env["roadmap.item.template"].with_user(self.user_csm)
        wanted = self.template(101)
        for text in (wanted.code, wanted.name, wanted.code.lower()):
            found = templates.browse([row[0] for row in templates.name_search(text)])
            self.assertIn(wanted, found, text)
            self.assertNotIn(self.template(305), found, text)
        others = templates.search([("display_name", "not ilike", wanted.name)])
        self.assertEqual(others & (wanted | self.template(305)), self.template(305))

    def test_a_template_tells_how_many_items_came_from_it(self):
        template, unused = self.template(101), self.template(305)
        for roadmap in (self.roadmap, self.other_roadmap):
            self.env["roadmap.item"]._create_from_templates(roadmap, template)
        pair = (template | unused).with_user(self.user_all)
        self.assertEqual(pair.mapped("item_count"), [2, 0])
        mine = (template | unused).with_user(self.user_csm)
        mine.invalidate_recordset()
        self.assertEqual(mine.mapped("item_count"), [1, 0], "of the own clients")

    def test_a_pool_is_a_share_of_the_devices(self):
        item = self.env["roadmap.item"].with_user(self.user_csm)
        pool = item._create_from_templates(self.roadmap, self.template(118))
        self.assertEqual(pool.line_ids.quantity, 2, "a spare for twenty, 30 seats, rounded up")
        few = item.with_user(self.user_other_csm)._create_from_templates(
            self.other_roadmap, self.template(118)
        )
        self.assertEqual(few.line_ids.quantity, 1, "nobody counted: one spare")

    def test_unknown_count_is_an_assumption(self):
        roadmap = self.other_roadmap.with_user(self.user_other_csm)
        item = self.env["roadmap.item"]._create_from_templates(roadmap, self.template(112))
        self.assertEqual(item.line_ids.quantity, 1)
        self.assertIn("assumed", item.based_on)

    def test_devices_of_the_item_count(self):
        assets = self.env["roadmap.asset"].create(
            [{"name": f"SW{n}", "roadmap_id": self.roadmap.id} for n in range(3)]
        )
        items = self.env["roadmap.item"].with_user(self.user_csm)
        item = items._create_from_templates(self.roadmap, self.template(110))
        self.assertEqual(item.line_ids.quantity, 1)
        item.asset_ids = assets
        self.assertEqual(item.line_ids.quantity, 3)
        self.assertIn("3 of your devices", item.based_on)

    def test_buy_or_rent_counts_once(self):
        items = self.env["roadmap.item"].with_user(self.user_csm)
        printer = items._create_from_templates(self.roadmap, self.template(115))
        self.assertEqual(len(printer.line_ids), 2)
        self.assertGreater(printer.amount_one_off, 0)
        self.assertEqual(printer.amount_recurring, 0)

    def test_yearly_and_quarterly_money_per_month(self):
        items = self.env["roadmap.item"].with_user(self.user_csm)
        self.roadmap.currency_id = self.env.ref("base.USD")
        warranty = items._create_from_templates(self.roadmap, self.template(107))
        self.assertEqual(warranty.line_ids.period, "year")
        self.assertAlmostEqual(warranty.amount_recurring, 1250 / 12, places=2)
        restore = items._create_from_templates(self.roadmap, self.template(404))
        self.assertEqual(restore.line_ids.period, "quarter")
        self.assertAlmostEqual(restore.amount_recurring, 250 / 3, places=2)

    def test_guide_prices_convert(self):
        euro, dollar = self.env.ref("base.EUR"), self.env.ref("base.USD")
        (euro | dollar).active = True
        self.env["res.currency.rate"].search([("currency_id", "in", (euro.id, dollar.id))]).unlink()
        foreign = euro if self.env.company.currency_id == dollar else dollar
        self.env["res.currency.rate"].create(
            {"currency_id": foreign.id, "rate": 0.5, "name": "2020-01-01"}
        )
        template = self.template(120)
        template.currency_id = foreign
        self.roadmap.currency_id = self.env.company.currency_id
        item = self.env["roadmap.item"]._create_from_templates(self.roadmap, template)
        self.assertEqual(item.line_ids.price_unit, 55, "27.50 at a rate of 0.5")

    def test_prices_are_without_the_tax_that_they_include(self):
        """Such as for private buyers; a tax that is added on top changes nothing."""
        taxes = self.env["account.tax"].create(
            [
                {"name": name, "amount": 20, "price_include_override": kind}
                for name, kind in (("In", "tax_included"), ("On top", "tax_excluded"))
            ]
        )
        for tax, price in zip(taxes, (100, 120), strict=True):
            product = self.env["product.product"].create(
                {"name": tax.name, "list_price": 120, "taxes_id": tax.ids}
            )
            roadmap = self.roadmap.with_user(self.user_csm)
            self.assertAlmostEqual(roadmap._product_prices(product)[product.id], price)

    def test_mapped_line_takes_the_price_list(self):
        product = self.env["product.product"].create({"name": "Laptop", "list_price": 1500})
        line = self.template(101).line_ids
        line.product_id = product
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Friends",
                "currency_id": self.roadmap.currency_id.id,
                "item_ids": [
                    (
                        0,
                        0,
                        {
                            "applied_on": "3_global",
                            "compute_price": "percentage",
                            "percent_price": 10,
                        },
                    )
                ],
            }
        )
        self.client.property_product_pricelist = pricelist
        item = (
            self.env["roadmap.item"]
            .with_user(self.user_csm)
            ._create_from_templates(self.roadmap, self.template(101))
        )
        self.assertEqual(item.line_ids.price_unit, 1350)
        self.assertEqual(item.line_ids.price_source, "pricelist")
        self.assertIn("your price list × 8 seats", item.based_on)

    def test_covered_costs_nothing_and_is_our_action(self):
        template = self.template(305)
        self.roadmap.tier_id = self.env["roadmap.tier"].create(
            {"name": "T", "code": "T", "covered_template_ids": [(6, 0, template.ids)]}
        )
        items = self.env["roadmap.item"].with_user(self.user_csm)
        item = items._create_from_templates(self.roadmap, template)
        self.assertTrue(item.covered)
        self.assertEqual((item.amount_one_off, item.amount_recurring), (0, 0))
        self.assertEqual(len(item.activity_ids), 1)

    def test_finding_brings_risk_and_devices(self):
        asset = self.env["roadmap.asset"].create({"name": "FW", "roadmap_id": self.roadmap.id})
        finding = self.env["roadmap.finding"].create(
            {
                "name": "Old firewall",
                "roadmap_id": self.roadmap.id,
                "risk": "critical",
                "urgency": 99.0,
                "asset_id": asset.id,
                "template_ids": [(6, 0, self.template(109).ids)],
            }
        )
        templates = self.template(109) | self.template(205)
        items = self.env["roadmap.item"].with_user(self.user_csm)
        firewall, audit = items._create_from_templates(self.roadmap, templates, finding)
        self.assertEqual((firewall.risk, firewall.asset_ids), ("critical", asset))
        self.assertEqual(firewall.priority_score, 99)
        self.assertFalse(audit.finding_ids)
        self.assertEqual(audit.risk, "medium")

    def test_library_is_the_managers(self):
        self.assertFalse(self.template(101).with_user(self.user_csm).has_access("write"))
        own = (
            self.env["roadmap.item.template"]
            .with_user(self.user_manager)
            .create({"name": "Ours", "category_id": self.template(101).category_id.id})
        )
        self.assertTrue(own.code.startswith("OWN-"))
