from freezegun import freeze_time

from odoo.tests import tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestClientYearEnd(RoadmapCommon):
    def _run(self):
        with self.enter_registry_test_mode():
            self.env.ref("roadmap_msp.ir_cron_close_year").method_direct_trigger()
        self.env.invalidate_all()

    def _order(self, lead, state):
        return self.env["sale.order"].create(
            {"partner_id": self.client.id, "opportunity_id": lead.id, "state": state}
        )

    @freeze_time("2026-12-20")
    def _last_year(self):
        lead = self.roadmap._ensure_opportunity()
        meeting = self.env["roadmap.meeting"].create(
            {
                "roadmap_id": self.roadmap.id,
                "name": "Review",
                "due_date": "2027-01-10",
                "opportunity_id": lead.id,
            }
        )
        return lead, meeting

    def test_without_an_order_it_is_lost_and_open_work_moves(self):
        lead, meeting = self._last_year()
        quotation = self._order(lead, "sent")
        refused = self._order(lead, "cancel")
        activity = lead.activity_schedule("mail.mail_activity_data_todo", user_id=self.env.uid)
        with freeze_time("2027-01-02"):
            self._run()
            fresh = self.roadmap._ensure_opportunity()
        self.assertEqual(lead.won_status, "lost")
        self.assertEqual(lead.lost_reason_id.name, "Roadmap year over without an order")
        self.assertEqual(fresh.roadmap_fiscal_year, 2027)
        self.assertEqual(quotation.opportunity_id, fresh)
        self.assertEqual(refused.opportunity_id, lead)
        self.assertEqual(meeting.opportunity_id, fresh)
        self.assertEqual(activity.res_id, fresh.id)

    def test_with_a_confirmed_order_it_is_won(self):
        lead, _meeting = self._last_year()
        order = self._order(lead, "sale")
        with freeze_time("2027-01-02"):
            self._run()
        self.assertEqual(lead.won_status, "won")
        self.assertEqual(order.opportunity_id, lead)

    def test_the_year_is_the_clients(self):
        """A year that begins in July is not over in January."""
        self.roadmap.fiscal_year_start = "7"
        lead, _meeting = self._last_year()
        with freeze_time("2027-06-30"):
            self._run()
        self.assertEqual(lead.won_status, "pending")
        with freeze_time("2027-07-01"):
            self._run()
        self.assertEqual(lead.won_status, "lost")

    def test_an_ended_client_gets_no_new_year(self):
        lead, _meeting = self._last_year()
        self.roadmap.state = "ended"
        with freeze_time("2027-01-02"):
            self._run()
        self.assertEqual(lead.won_status, "lost")
        every = self.env["crm.lead"].with_context(active_test=False)
        self.assertEqual(every.search([("roadmap_id", "=", self.roadmap.id)]), lead)
