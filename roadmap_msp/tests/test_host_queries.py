import re
import sys
from unittest.mock import patch

from odoo import Command
from odoo.sql_db import Cursor
from odoo.tests import tagged

from .common import RoadmapCommon

# A statement names our table itself; our columns on Odoo's tables are read along for nothing.
OURS = re.compile(r'\b(?:FROM|JOIN|UPDATE|INTO)\s+"?(roadmap_\w+)')


@tagged("post_install", "-at_install")
class TestHostQueries(RoadmapCommon):
    """Odoo's own work on records without a roadmap asks nothing of our tables."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env["product.product"].create(
            {"name": "Cable", "type": "service", "list_price": 10.0, "taxes_id": False}
        )
        cls.lead_values = {"name": "Lead", "type": "opportunity", "email_from": "a@b.example.com"}
        cls.event_values = {
            "name": "Talk",
            "start": "2030-05-06 09:00:00",
            "stop": "2030-05-06 10:00:00",
        }

    def our_tables(self, work, early=()):
        """What the work asks of our tables, or asks of any table because of us.

        Tables and files of ours; nothing is in the record cache before.

        :param early: files that may ask for what Odoo would ask for a moment later
        """
        self.env.flush_all()
        self.env.invalidate_all()
        statements, asked_by = [], set()
        execute = Cursor.execute

        def spy(cursor, query, *args, **kwargs):
            statements.append(getattr(query, "code", str(query)))
            asked_by.add(self.asked_by())
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, "execute", spy):
            work()
            self.env.flush_all()
        self.assertTrue(statements)
        tables = {table for query in statements for table in OURS.findall(query)}
        return sorted(tables | (asked_by - {None, *early}))

    @staticmethod
    def asked_by():
        """The file of our models from which the query comes, if no other addon is nearer to it."""
        frame = sys._getframe(2)
        while frame:
            path = frame.f_code.co_filename
            if "/roadmap_msp/models/" in path:
                return path.rsplit("/", 1)[1]
            if "/addons/" in path and "/addons/base/" not in path:
                break
            frame = frame.f_back
        return None

    def test_the_spy_sees_our_tables(self):
        self.assertEqual(self.our_tables(lambda: self.roadmap.name), ["roadmap_roadmap"])
        self.assertIn(
            "roadmap_roadmap", self.our_tables(lambda: self.roadmap.write({"seat_count": 2}))
        )

    def test_orders(self):
        Order = self.env["sale.order"].with_user(self.user_salesman)

        def work():
            order = Order.create(
                {
                    "partner_id": self.other_client.id,
                    "order_line": [Command.create({"product_id": self.product.id})],
                }
            )
            order.action_confirm()
            order.order_line.product_uom_qty = 3
            order._action_cancel()

        # What users set as defaults is looked up once for both, by whoever comes first.
        self.assertEqual(self.our_tables(work, early=("roadmap_tied.py",)), [])

    def test_order_of_an_opportunity(self):
        lead = self.env["crm.lead"].create({**self.lead_values, "partner_id": self.other_client.id})
        order = self.env["sale.order"].create(
            {
                "partner_id": self.other_client.id,
                "opportunity_id": lead.id,
                "order_line": [Command.create({"product_id": self.product.id})],
            }
        )
        found = self.our_tables(order.action_confirm, early=("crm_lead_revenue.py",))
        self.assertEqual(found, [])

    def test_leads(self):
        Lead = self.env["crm.lead"].with_user(self.user_salesman)

        def work():
            leads = Lead.create([self.lead_values] * 3)
            leads[0].write({"expected_revenue": 5.0, "probability": 10})
            leads.merge_opportunity()

        self.assertEqual(self.our_tables(work, early=("roadmap_tied.py",)), [])

    def test_lost_and_won(self):
        leads = self.env["crm.lead"].create([self.lead_values] * 2)

        def work():
            leads[0].action_set_lost()
            leads[1].action_set_won()

        self.assertEqual(self.our_tables(work), [])

    def test_events(self):
        Event = self.env["calendar.event"].with_user(self.user_salesman)

        def work():
            event = Event.create(self.event_values)
            event.write({"start": "2030-05-07 09:00:00", "stop": "2030-05-07 10:00:00"})
            event.unlink()

        self.assertEqual(self.our_tables(work), [])

    def test_activity_done(self):
        lead = self.env["crm.lead"].create(self.lead_values)
        activity = lead.activity_schedule("mail.mail_activity_data_call", summary="Call")
        self.assertEqual(self.our_tables(activity.action_done), [])
