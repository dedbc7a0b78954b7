from freezegun import freeze_time

from odoo.tests import Form, tagged

from .sale_common import SaleCommon


@tagged("post_install", "-at_install")
class TestSaleOrder(SaleCommon):
    def test_confirm_with_one_item_left_out(self):
        self.firewall._request_quote("staff")
        order = self._quote()
        heading = self._line(order, "Replace the firewall")
        heading._roadmap_take(False)
        self.assertFalse(heading._roadmap_is_taken())
        self.assertEqual(order.amount_untaxed, 1450.0)
        order.action_confirm()
        self.assertEqual(self.backups.state, "ordered")
        self.assertEqual(self.firewall.state, "proposed")
        decision = self.firewall.decision_ids.sorted("id")[-1]
        self.assertEqual(decision.reason, f"Left out of {order.name}.")
        self.assertFalse(self.firewall.quote_waiting, "nobody has to quote it anew")
        contract = self.roadmap.contract_ids
        self.assertEqual(contract.item_id, self.backups)
        self.assertEqual(contract.order_id, order)
        self.assertIn(self.backups.name, contract.name, "told apart from others")
        self.assertEqual((contract.seats, contract.price, contract.period), (1, 1200.0, "year"))
        self.assertEqual(contract.date_start, order.date_order.date())

    def test_left_out_item_can_be_taken_in_again(self):
        order = self._quote()
        heading = self._line(order, "Replace the firewall")
        before = order.order_line.mapped("product_uom_qty")
        heading._roadmap_take(False)
        heading._roadmap_take(True)
        self.assertEqual(order.order_line.mapped("product_uom_qty"), before)

    def test_recurring_lines_follow_their_item(self):
        order = self._quote()
        firewall, labour = self._line(order, "Firewall"), self._line(order, "Labour")
        service = self._line(order, "Firewall service")
        self.assertTrue(service._can_be_edited_on_portal())
        firewall.product_uom_qty = 0
        firewall._roadmap_follow()
        self.assertEqual(service.product_uom_qty, 2)
        service.product_uom_qty = 1
        service._roadmap_follow()
        self.assertEqual((labour.product_uom_qty, service.product_uom_qty), (4, 1), "its own will")
        labour.product_uom_qty = 0
        labour._roadmap_follow()
        self.assertEqual(service.product_uom_qty, 0)
        firewall.product_uom_qty = 1
        firewall._roadmap_follow()
        self.assertEqual(service.product_uom_qty, 2)

    def test_pinned_section_cannot_be_changed(self):
        order = self._quote()
        self._line(order, "Replace the firewall").is_optional = False
        self.assertFalse(self._line(order, "Firewall")._can_be_edited_on_portal())
        self.assertFalse(self._line(order, "Firewall service")._can_be_edited_on_portal())
        self.assertTrue(self._line(order, "Backup")._can_be_edited_on_portal())

    def test_second_order_adds_seats_to_the_contract(self):
        self._quote().action_confirm()
        contract = self.roadmap.contract_ids.filtered(lambda c: c.period == "month")
        line = contract.item_line_id
        extra = self.env["sale.order"].create(
            {
                "partner_id": self.client.id,
                "roadmap_id": self.roadmap.id,
                "order_line": [
                    (
                        0,
                        0,
                        {
                            "product_id": self.backup.id,
                            "product_uom_qty": 5,
                            "price_unit": 28.0,
                            "roadmap_item_line_id": line.id,
                        },
                    )
                ],
            }
        )
        extra.action_confirm()
        self.assertEqual(len(self.roadmap.contract_ids), 2)
        self.assertEqual((contract.seats, contract.price), (7, 28.0))
        extra._action_cancel()
        self.assertEqual((contract.seats, contract.price), (2, 30.0))
        self.assertTrue(contract.active)

    def test_cancel_returns_items_and_ends_contracts(self):
        order = self._quote()
        order.action_confirm()
        monthly = self.roadmap.contract_ids.filtered(lambda c: c.period == "month")
        yearly = self.roadmap.contract_ids - monthly
        monthly.date_start = "2020-01-01"
        order._action_cancel()
        self.assertEqual(set(self.items.mapped("state")), {"proposed"})
        self.assertFalse(yearly.active)
        self.assertTrue(monthly.active)
        self.assertFalse(monthly.renews)
        self.assertTrue(monthly.date_end)
        self.assertFalse(monthly.item_line_id)

    def test_what_ended_with_a_cancelled_order_stays_ended(self):
        """The order confirmed anew has a contract of its own; the old one is over."""
        order = self._quote(self.firewall)
        with freeze_time("2030-01-10"):
            order.action_confirm()
            first = self.roadmap.contract_ids
        with freeze_time("2030-03-10"):
            order._action_cancel()
            order.action_draft()
        with freeze_time("2030-05-10"):
            order.action_confirm()
            second = self.roadmap.contract_ids - first
        with freeze_time("2030-08-10"):
            order._action_cancel()
        ends = [str(contract.date_end) for contract in first + second]
        self.assertEqual(ends, ["2030-03-10", "2030-08-10"])

    def test_deleted_quotation_returns_items(self):
        self._quote().unlink()
        self.assertEqual(set(self.items.mapped("state")), {"approved"})

    def test_declined_quotation_keeps_the_reason(self):
        order = self._quote()
        order._action_cancel()
        order._roadmap_declined("Too expensive this year")
        self.assertEqual(set(self.items.mapped("state")), {"proposed"})
        self.assertEqual(
            set(self.items.decision_ids.mapped("reason")) - {False}, {"Too expensive this year"}
        )

    def test_a_copy_is_no_second_quotation_of_the_items(self):
        copy = self._quote().copy()
        self.assertFalse(copy.roadmap_id)
        self.assertFalse(copy.order_line.roadmap_item_line_id)

    # === People ===

    def test_salesman_without_roadmap_rights(self):
        self.client.user_id = self.user_salesman
        order = self._quote()
        order.user_id = self.user_salesman
        mine = order.with_user(self.user_salesman)
        view = mine.get_view(self.env.ref("sale.view_order_form").id, "form")
        self.assertNotIn("roadmap", view["arch"])
        with Form(mine) as form:
            form.client_order_ref = "PO 1"
        mine.action_quotation_sent()
        mine.action_confirm()
        self.assertEqual(self.firewall.state, "ordered")
        self.assertEqual(len(self.roadmap.contract_ids), 2)
        mine._action_cancel()
        self.assertEqual(self.firewall.state, "proposed")

    def test_team_member_without_sales_rights_reads_the_order(self):
        order = self._quote()
        mine = order.with_user(self.user_csm)
        view = "roadmap_msp.sale_order_view_form_roadmap"
        self.assertEqual(Form(mine, view).name, order.name)
        self.assertTrue(mine.has_access("read"))
        self.assertFalse(mine.has_access("write"))
        self.assertFalse(order.with_user(self.user_other_csm).has_access("read"))
        self.assertTrue(order.with_user(self.user_all).has_access("read"))
        plain = self.env["sale.order"].create({"partner_id": self.client.id})
        self.assertFalse(plain.with_user(self.user_all).has_access("read"))

    # === Weight ===

    def _confirm_queries(self, order):
        return self.queries_of(order.action_confirm)

    def test_confirmation_adds_few_queries_however_many_items(self):
        counts = {}
        self._quote().action_confirm()
        for size in (2, 20):
            line = {
                "name": "Seats",
                "product_id": self.backup.id,
                "price_unit": 10.0,
                "kind": "recurring",
                "period": "month",
            }
            items = self.env["roadmap.item"].union(
                *(self._create_item(f"Item {i} of {size}", [line] * 2) for i in range(size // 2))
            )
            self._approve(items)
            order = self._quote(items)
            native = order.copy({"opportunity_id": self.env["crm.lead"].create({"name": "X"}).id})
            counts[size, "native"] = self._confirm_queries(native)
            counts[size, "ours"] = self._confirm_queries(order)
        few, many = (counts[size, "ours"] - counts[size, "native"] for size in (2, 20))
        self.assertEqual(few, many, counts)
        self.assertLessEqual(many, 6, counts)
