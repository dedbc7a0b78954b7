from unittest.mock import patch

from odoo import fields
from odoo.tests import new_test_user, tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestClientLeadMerge(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesman_all = new_test_user(
            cls.env, "rm_sales_all", "sales_team.group_sale_salesman_all_leads", name="Sally"
        )
        cls.lead = cls.roadmap._ensure_opportunity()
        cls.meeting = cls.env["roadmap.meeting"].create(
            {
                "roadmap_id": cls.roadmap.id,
                "name": "Review",
                "due_date": "2027-01-10",
                "opportunity_id": cls.lead.id,
            }
        )
        cls.item = cls.env["roadmap.item"].create(
            {"roadmap_id": cls.roadmap.id, "name": "Item", "opportunity_id": cls.lead.id}
        )
        cls.plain = cls.env["crm.lead"].create(
            {"name": "Website enquiry", "partner_id": cls.client.id, "type": "opportunity"}
        )

    def _merge(self, leads):
        return leads.with_user(self.salesman_all).merge_opportunity().with_env(self.env)

    def test_links_follow_whichever_stays(self):
        """Odoo keeps the lead it is surest of: here the one that is not ours."""
        self.plain.probability = 90
        year = self.lead.roadmap_fiscal_year
        head = self._merge(self.lead | self.plain)
        self.assertEqual(head, self.plain)
        self.assertEqual(head.roadmap_id, self.roadmap)
        self.assertEqual(head.roadmap_fiscal_year, year)
        self.assertEqual(self.meeting.opportunity_id, head)
        self.assertEqual(self.item.opportunity_id, head)
        self.assertEqual(self.roadmap._ensure_opportunity(), head)

    def test_two_years_of_one_client(self):
        other_day = fields.Date.add(fields.Date.today(), years=1)
        next_year = self.roadmap._ensure_opportunity(other_day)
        head = self._merge(self.lead | next_year)
        self.assertEqual(head.roadmap_id, self.roadmap)
        self.assertEqual(self.meeting.opportunity_id, head)

    def test_two_clients(self):
        other = self.other_roadmap._ensure_opportunity()
        head = self._merge(self.lead | other)
        self.assertIn(head.roadmap_id, self.roadmap | self.other_roadmap)
        self.assertEqual(self.meeting.opportunity_id, head)
        left = (self.roadmap | self.other_roadmap) - head.roadmap_id
        self.assertNotEqual(left._ensure_opportunity(), head)

    def test_leads_without_a_roadmap_cost_nothing(self):
        leads = self.env["crm.lead"].create(
            [{"name": f"Plain {number}", "type": "opportunity"} for number in range(2)]
        )
        head, tail = leads
        self.assertFalse(leads.roadmap_id)
        calls = []
        # A function: Odoo takes a mock, which has any attribute, for a method to run at unlinking.
        ours = patch.object(
            self.registry["crm.lead"], "_roadmap_merge_links", lambda *args: calls.append(args)
        )
        with ours:
            self.assertIn(self._merge(head | tail), leads)
        self.assertFalse(calls)
