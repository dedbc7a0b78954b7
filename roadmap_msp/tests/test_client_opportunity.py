from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestClientOpportunity(RoadmapCommon):
    def test_one_open_lead_per_fiscal_year(self):
        self.roadmap.fiscal_year_start = "7"
        first = self.roadmap._ensure_opportunity(self._date("2026-03-01"))
        self.assertEqual(first.roadmap_fiscal_year, 2026)
        self.assertEqual(first.name, "Roadmap FY26: Orchard Test Law")
        self.assertEqual(first.type, "opportunity")
        self.assertEqual(self.roadmap._ensure_opportunity(self._date("2026-06-30")), first)
        second = self.roadmap._ensure_opportunity(self._date("2026-07-01"))
        self.assertNotEqual(second, first)
        self.assertEqual(second.roadmap_fiscal_year, 2027)

    @staticmethod
    def _date(text):
        return fields.Date.to_date(text)

    def test_leads_come_in_the_order_of_the_clients(self):
        both = self.other_roadmap | self.roadmap
        self.roadmap._ensure_opportunity()
        leads = both._ensure_opportunity()
        self.assertEqual(leads.roadmap_id, both)
        self.assertEqual(leads.mapped("roadmap_id.id"), both.ids)

    def test_a_closed_one_does_not_count(self):
        day = self._date("2026-03-01")
        first = self.roadmap._ensure_opportunity(day)
        first.action_set_lost()
        second = self.roadmap._ensure_opportunity(day)
        self.assertNotEqual(first, second)

    def test_tag_team_and_stage_of_the_settings(self):
        company = self.env.company
        team = self.env["crm.team"].create({"name": "Roadmaps", "use_opportunities": True})
        stage = self.env["crm.stage"].create({"name": "Planned", "team_ids": team.ids})
        lead = self.roadmap._ensure_opportunity()
        self.assertEqual(lead.tag_ids, self.env.ref("roadmap_msp.crm_tag_roadmap"))
        company.roadmap_opportunity_tag_id = self.env["crm.tag"].create({"name": "Plan"})
        company.roadmap_opportunity_team_id = team
        company.roadmap_opportunity_stage_id = stage
        lead = self.other_roadmap._ensure_opportunity()
        self.assertEqual(lead.tag_ids, company.roadmap_opportunity_tag_id)
        self.assertEqual((lead.team_id, lead.stage_id), (team, stage))
        self.assertEqual(lead.user_id, self.user_other_csm)

    def test_the_forecast_stays_as_it_is(self):
        """Also once items give it a revenue, and Odoo thinks of a probability of its own."""
        Lead = self.env["crm.lead"]
        before = Lead._read_group([], [], ["prorated_revenue:sum"])[0][0]
        lead = self.roadmap._ensure_opportunity()
        self.assertFalse(lead.date_deadline)
        lead.expected_revenue = 20000
        self.env["crm.lead.scoring.frequency"].create(
            {
                "variable": "stage_id",
                "value": str(lead.stage_id.id),
                "won_count": 50,
                "lost_count": 10,
                "team_id": lead.team_id.id,
            }
        )
        lead._compute_probabilities()
        lead.phone = "+1 555 0100"
        self.env.flush_all()
        self.assertEqual(lead.probability, 0)
        self.assertEqual(lead.won_status, "pending")
        self.assertEqual(Lead._read_group([], [], ["prorated_revenue:sum"])[0][0], before)

    def test_counted_in_the_forecast_where_wanted(self):
        self.env.company.roadmap_in_forecast = True
        self.roadmap.fiscal_year_start = "7"
        lead = self.roadmap._ensure_opportunity(self._date("2026-03-01"))
        self.assertEqual(lead.date_deadline, self._date("2026-06-30"))

    def test_no_mail_to_the_account_manager_or_client(self):
        mails = self.env["mail.mail"].search_count([])
        lead = self.roadmap.with_context(tracking_disable=False)._ensure_opportunity()
        self.env.flush_all()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertNotIn(self.client, lead.message_partner_ids)

    def test_queries_do_not_grow_with_the_clients(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Client {number}", "is_company": True} for number in range(25)]
        )
        roadmaps = self.env["roadmap.roadmap"].create(
            [
                {"partner_id": partner.id, "account_manager_id": self.user_csm.id}
                for partner in partners
            ]
        )
        roadmaps._ensure_opportunity()
        self.env.flush_all()
        self.env.invalidate_all()
        roadmaps.mapped("fiscal_year_start")
        with self.assertQueryCount(1):
            roadmaps._ensure_opportunity()

    def test_two_at_once_make_one(self):
        """The second transaction has to start over, and then finds the lead of the first."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            partner = env["res.partner"].create({"name": "Twice", "is_company": True})
            roadmap_id = env["roadmap.roadmap"].create({"partner_id": partner.id}).id
            partner_id = partner.id
        self.addCleanup(self._forget, roadmap_id, partner_id)
        with self.registry.cursor() as one, self.registry.cursor() as two:
            first = api.Environment(one, SUPERUSER_ID, {})["roadmap.roadmap"].browse(roadmap_id)
            second = api.Environment(two, SUPERUSER_ID, {})["roadmap.roadmap"].browse(roadmap_id)
            second.name  # noqa: B018 (takes the snapshot before the other one commits)
            lead_id = first._ensure_opportunity().id
            one.commit()
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                second._ensure_opportunity()
            two.rollback()
            second.invalidate_recordset()
            self.assertEqual(second._ensure_opportunity().id, lead_id)

    def _forget(self, roadmap_id, partner_id):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["crm.lead"].search([("roadmap_id", "=", roadmap_id)]).unlink()
            env["roadmap.roadmap"].browse(roadmap_id).unlink()
            env["res.partner"].browse(partner_id).unlink()
