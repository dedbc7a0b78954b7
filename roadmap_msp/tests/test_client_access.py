from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestClientAccess(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.roadmap._ensure_opportunity()
        cls.other_lead = cls.other_roadmap._ensure_opportunity()
        cls.plain_lead = cls.env["crm.lead"].create(
            {"name": "Nobody's", "type": "opportunity", "user_id": cls.env.uid}
        )
        product = cls.env["product.product"].create({"name": "Thing", "list_price": 10})
        cls.order, cls.other_order, cls.plain_order = cls.env["sale.order"].create(
            [
                {
                    "partner_id": partner.id,
                    "roadmap_id": roadmap.id if roadmap else False,
                    "user_id": cls.env.uid,
                    "order_line": [(0, 0, {"product_id": product.id})],
                }
                for partner, roadmap in (
                    (cls.client, cls.roadmap),
                    (cls.other_client, cls.other_roadmap),
                    (cls.partner, None),
                )
            ]
        )

    def _seen(self, user, records):
        domain = [("id", "in", records.ids)]
        return self.env[records._name].with_user(user).search(domain).with_env(self.env)

    def test_team_reads_leads_orders_and_lines_of_its_clients(self):
        leads = self.lead | self.other_lead | self.plain_lead
        orders = self.order | self.other_order | self.plain_order
        for user, expected in (
            (self.user_csm, (self.lead, self.order)),
            (self.user_other_csm, (self.other_lead, self.other_order)),
            (self.user_all, (self.lead | self.other_lead, self.order | self.other_order)),
        ):
            self.assertEqual(self._seen(user, leads), expected[0].sorted(), user.name)
            self.assertEqual(self._seen(user, orders).sorted("id"), expected[1].sorted("id"))
            lines = self._seen(user, orders.order_line)
            self.assertEqual(lines.order_id.sorted("id"), expected[1].sorted("id"))

    def test_team_reads_only(self):
        for record in (self.lead, self.order, self.order.order_line):
            mine = record.with_user(self.user_csm)
            for operation in ("write", "unlink"):
                self.assertFalse(mine.has_access(operation), (record, operation))
            self.assertFalse(mine.browse().has_access("create"))
            with self.assertRaises(AccessError):
                mine.write({"name": "Mine"})

    def test_team_opens_the_native_forms(self):
        """What the smart buttons lead to opens without an access error."""
        lead = Form(self.lead.with_user(self.user_csm))
        self.assertEqual(lead.name, self.lead.name)
        order = Form(self.order.with_user(self.user_csm))
        self.assertEqual(order.partner_id, self.client)

    def test_technician_reads_no_opportunity(self):
        for record in (self.lead, self.order):
            with self.assertRaises(AccessError):
                record.with_user(self.user_technician).check_access("read")

    def test_salesman_of_the_team_gets_both_and_nothing_else(self):
        user = new_test_user(
            self.env,
            "rm_sales_csm",
            "sales_team.group_sale_salesman,roadmap_msp.group_roadmap_user",
        )
        self.roadmap.service_manager_id = user
        self.env.flush_all()
        own = self.plain_lead.copy({"user_id": user.id})
        leads = self.lead | self.other_lead | self.plain_lead | own
        self.assertEqual(self._seen(user, leads).sorted("id"), (self.lead | own).sorted("id"))
        self.assertTrue(own.with_user(user).has_access("write"))
        self.assertFalse(self.lead.with_user(user).has_access("write"))
        orders = self.order | self.other_order | self.plain_order
        self.assertEqual(self._seen(user, orders), self.order)

    def test_accountant_loses_nothing_by_joining_a_team(self):
        orders = self.order | self.other_order | self.plain_order
        groups = "account.group_account_invoice"
        before = new_test_user(self.env, "rm_account", groups)
        after = new_test_user(self.env, "rm_account2", f"{groups},roadmap_msp.group_roadmap_user")
        self.assertEqual(len(self._seen(before, orders)), 3)
        self.assertEqual(len(self._seen(after, orders)), 3)
        self.assertEqual(len(self._seen(after, orders.order_line)), 3)

    def test_salesman_without_our_groups(self):
        """Sees nothing of ours and works with CRM, sales and calendar as before."""
        with self.assertRaises(AccessError):
            self.env["roadmap.roadmap"].with_user(self.user_salesman).search([])
        env = self.env(user=self.user_salesman)
        partner = env["res.partner"].create({"name": "Prospect"})
        lead = env["crm.lead"].create({"name": "Own", "partner_id": partner.id})
        form = Form(lead)
        form.expected_revenue = 100
        form.save()
        order = env["sale.order"].create({"partner_id": partner.id, "opportunity_id": lead.id})
        order.action_confirm()
        event = env["calendar.event"].create(
            {
                "name": "Call",
                "start": "2026-05-01 10:00:00",
                "stop": "2026-05-01 11:00:00",
                "opportunity_id": lead.id,
            }
        )
        event.write({"start": "2026-05-02 10:00:00", "stop": "2026-05-02 11:00:00"})
        other = env["crm.lead"].create({"name": "Twin", "partner_id": partner.id})
        self.assertEqual((lead | other).merge_opportunity().order_ids, order)
        arch = env["crm.lead"].get_view(view_type="form")["arch"]
        self.assertNotIn("roadmap", arch)

    def test_stakeholder_rows_follow_the_roadmap(self):
        rows = self.roadmap.stakeholder_ids
        self.assertTrue(rows.with_user(self.user_csm).has_access("write"))
        self.assertFalse(rows.with_user(self.user_other_csm).has_access("read"))
        with self.assertRaises(AccessError):
            rows.with_user(self.user_technician).check_access("read")
        with self.assertRaises(AccessError):
            rows.with_user(self.portal_owner).check_access("read")

    def test_clients_contacts_read_no_roadmap(self):
        for user in (self.portal_owner, self.portal_office, self.portal_stranger):
            with self.assertRaises(AccessError):
                self.roadmap.with_user(user).check_access("read")
