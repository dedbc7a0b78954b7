from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import RoadmapCommon


class PlanItemCommon(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env["product.product"].create(
            {"name": "Switch", "list_price": 400, "standard_price": 250, "taxes_id": False}
        )
        cls.items = cls.env["roadmap.item"].with_user(cls.user_csm)

    def item(self, **values):
        return self.items.create(
            {
                "name": "Replace switches",
                "roadmap_id": self.roadmap.id,
                "line_ids": [
                    (0, 0, {"name": "Switch", "quantity": 2, "product_id": self.product.id}),
                    (0, 0, {"name": "Care", "kind": "recurring", "price_unit": 30}),
                ],
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestPlanItem(PlanItemCommon):
    """States, stages, amounts, quarters and the queue of quotations."""

    def order(self, item, state="draft"):
        """A quotation of all lines of the item, as the sales team sees it."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.client.id,
                "order_line": [
                    (
                        0,
                        0,
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": line.quantity,
                            "roadmap_item_line_id": line.id,
                        },
                    )
                    for line in item.line_ids
                ],
            }
        )
        if state == "sent":
            order.action_quotation_sent()
        elif state == "sale":
            order.action_confirm()
        return order

    def decide(self, item, decision, at):
        return self.env["roadmap.decision"].create(
            {
                "item_id": item.id,
                "roadmap_id": item.roadmap_id.id,
                "decision": decision,
                "decided_on": at,
            }
        )

    def test_amounts_and_margin(self):
        item = self.item()
        self.assertEqual((item.amount_one_off, item.amount_recurring), (800, 30))
        self.assertEqual(item.line_ids[0].price_source, "pricelist")
        self.assertEqual(item.margin, 300)
        self.assertFalse(item.changed_since_proposal)
        item.covered = True
        self.assertEqual((item.amount_one_off, item.amount_recurring), (0, 0))
        self.assertEqual(len(item.activity_ids), 1)
        item.covered = True
        self.assertEqual(len(item.activity_ids), 1, "the action is owed once")

    def test_typed_price_is_our_estimate(self):
        item = self.item()
        with Form(item.with_user(self.user_csm)) as form, form.line_ids.edit(0) as line:
            line.price_unit = 350
        line = item.line_ids[0]
        self.assertEqual((line.price_source, line.price_low, line.price_high), ("manual", 350, 350))
        self.assertIn("our estimate", line.based_on)

    def test_template_fills_a_new_item(self):
        form = Form(self.items.with_context(default_roadmap_id=self.roadmap.id))
        form.template_id = self.env.ref("roadmap_msp.item_template_r_305")
        item = form.save()
        self.assertEqual(item.name, "Endpoint detection with 24x7 response")
        form = Form(self.items.with_context(default_roadmap_id=self.roadmap.id))
        form.name = "Watch the laptops"
        form.template_id = item.template_id
        self.assertEqual(form.save().name, "Watch the laptops")
        self.assertEqual(len(item.line_ids), 2)

    def test_nobody_writes_the_state(self):
        item = self.item()
        for name, value in (("state", "ordered"), ("approved_on", "2026-01-01 10:00:00")):
            with self.assertRaisesRegex(UserError, "cannot be set by hand"):
                item.write({name: value})
        with self.assertRaisesRegex(UserError, "cannot be set by hand"):
            self.item(state="approved")
        self.assertTrue(self.items.fields_get(["state"])["state"]["readonly"])
        self.assertEqual(item.state, "idea")

    def test_decisions_and_closing(self):
        item = self.item()
        self.decide(item, "approved", "2026-01-02 10:00:00")
        self.assertEqual(item.state, "approved")
        self.assertEqual(str(item.approved_on), "2026-01-02 10:00:00")
        self.decide(item, "talk", "2026-01-03 10:00:00")
        self.assertEqual(item.state, "approved", "let us talk settles nothing")
        self.decide(item, "declined", "2026-01-04 10:00:00")
        self.assertEqual(item.state, "declined")
        self.decide(item, "approved", "2026-01-05 10:00:00")
        self.assertEqual(str(item.approved_on), "2026-01-02 10:00:00", "set once")
        for action, state in (
            ("action_done", "done"),
            ("action_bought_elsewhere", "bought_elsewhere"),
            ("action_supersede", "superseded"),
        ):
            getattr(item, action)()
            self.assertEqual(item.state, state)
            item.action_reopen()
            self.assertEqual(item.state, "approved")

    def test_quoted_ordered_and_left_out(self):
        item = self.item()
        self.decide(item, "approved", "2026-01-02 10:00:00")
        order = self.order(item)
        self.assertEqual(item.state, "quoted")
        self.assertTrue(item.quoted_on)
        self.assertFalse(item.sent_on)
        order.action_quotation_sent()
        self.assertTrue(item.sent_on)
        order.action_confirm()
        self.assertEqual(item.state, "ordered")
        self.assertEqual(item.ordered_on, order.date_order)
        order.order_line.product_uom_qty = 0
        self.assertEqual(item.state, "proposed", "left out of the order")

    def test_declined_quotation_returns_to_proposed(self):
        item = self.item()
        self.decide(item, "approved", "2026-01-02 10:00:00")
        order = self.order(item, "sent")
        order.with_context(disable_cancel_warning=True).action_cancel()
        self.assertEqual(item.state, "proposed")
        second = self.order(item)
        self.assertEqual(item.state, "quoted")
        second.unlink()
        self.assertEqual(item.state, "proposed")

    def test_queue(self):
        approved, requested, covered, idea = (self.item(name=n) for n in "ARCI")
        covered.covered = True
        for item in approved | covered:
            self.decide(item, "approved", "2026-01-02 10:00:00")
        requested.action_request_quote()
        self.assertEqual(requested.quote_source, "staff")
        self.assertEqual(requested.quote_user_id, self.user_csm)
        everything = approved | requested | covered | idea
        domain = [("id", "in", everything.ids), ("quote_waiting", "=", True)]
        self.assertEqual(self.items.search(domain), approved | requested)
        order = self.order(approved)
        self.assertTrue(approved.quote_waiting, "a draft is not out yet")
        order.action_quotation_sent()
        self.assertFalse(approved.quote_waiting)
        first = requested.quote_requested_on
        requested.action_request_quote()
        self.assertEqual(requested.quote_requested_on, first)

    def test_mapping_makes_products(self):
        lines = self.env.ref("roadmap_msp.item_template_r_109").line_ids
        lines.product_id = False
        with self.assertRaises(AccessError):
            lines.with_user(self.user_csm).action_create_products()
        self.user_manager.group_ids += self.env.ref("product.group_product_manager")
        lines.with_user(self.user_manager).action_create_products()
        hardware, subscription = lines.product_id
        self.assertEqual((hardware.type, subscription.type), ("consu", "service"))
        self.assertEqual(hardware.invoice_policy, "order")
        self.assertIn("per month", subscription.name)
        with self.assertRaisesRegex(UserError, "have a product already"):
            lines.with_user(self.user_manager).action_create_products()

    def test_lines_count_the_devices(self):
        kind = self.env["roadmap.asset.type"].search([], limit=1)
        devices = self.env["roadmap.asset"].create(
            [
                {"name": f"PC {n}", "roadmap_id": self.roadmap.id, "type_id": kind.id}
                for n in range(3)
            ]
        )
        line = {"name": "PC", "per_asset": True, "product_id": self.product.id}
        item = self.item(asset_ids=devices.ids, line_ids=[(0, 0, line)])
        self.assertEqual((item.line_ids.quantity, item.amount_one_off), (3, 1200))
        self.assertIn("3 of your devices", item.based_on)
        later = self.env["roadmap.item.line"].create({**line, "item_id": item.id})
        self.assertEqual(later.quantity, 3)
        other = self.item(line_ids=[(0, 0, line)])
        self.assertEqual(other.line_ids.quantity, 1)
        other.asset_ids = devices
        self.assertEqual(other.line_ids.quantity, 3)

    def test_priorities_of_many_clients_cost_as_many_queries(self):
        roadmaps = self.roadmap | self.other_roadmap
        items = self.env["roadmap.item"].create(
            [{"name": "Item", "roadmap_id": roadmap.id} for roadmap in roadmaps]
        )
        counts = []
        for some in (items[0], items[:1], items):
            self.env.flush_all()
            self.env.invalidate_all()
            self.env.add_to_compute(items._fields["priority_score"], some)
            before = self.env.cr.sql_log_count
            some.mapped("priority_score")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[2], counts[1], "the first one warms up")

    def test_without_a_price_it_is_unknown_and_not_zero(self):
        finding = self.env["roadmap.finding"].create(
            {"name": "No backup at all", "roadmap_id": self.roadmap.id}
        )
        action = finding.with_user(self.user_csm).action_create_items()
        item = self.items.browse(action["res_id"])
        self.assertTrue(item.price_unknown)
        self.env.flush_all()
        rows = self.env["roadmap.forecast"].search([("item_id", "=", item.id)])
        self.assertEqual((rows.stage, rows.unknown_count), ("no_price", 1))
        unpriced = [("covered", "=", False), ("amount_one_off", "=", 0)]
        self.assertIn(item, self.items.search(unpriced))
        item.line_ids = [(0, 0, {"name": "Backup", "price_unit": 90})]
        self.assertFalse(item.price_unknown)
        item.write({"line_ids": [(5,)], "covered": True})
        self.assertFalse(item.price_unknown, "covered is not unknown")
