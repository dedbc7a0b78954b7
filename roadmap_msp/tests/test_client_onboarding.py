from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestClientOnboarding(RoadmapCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls.env["res.partner.category"].create({"name": "Agreement"})
        cls.silver = cls.env.ref("roadmap_msp.tier_silver")

    def _customers(self, count, **values):
        return self.env["res.partner"].create(
            [
                {
                    "name": f"Customer {number:03}",
                    "is_company": True,
                    "category_id": self.tag.ids,
                    **values,
                }
                for number in range(count)
            ]
        )

    def _wizard(self, user=None, **values):
        user = user or self.user_all
        return (
            self.env["roadmap.onboarding"]
            .with_user(user)
            .create(
                {
                    "category_ids": self.tag.ids,
                    "tier_id": self.silver.id,
                    "account_manager_id": self.user_csm.id,
                    "vcio_id": self.user_vcio.id,
                    "first_due": "2026-03-02",
                    "weeks": 8,
                    **values,
                }
            )
        )

    def test_ten_customers_by_tag(self):
        customers = self._customers(10)
        with freeze_time("2026-02-10"):
            action = self._wizard(fiscal_year_start="7").action_apply()
        roadmaps = self.env["roadmap.roadmap"].search(action["domain"])
        self.assertEqual(roadmaps.partner_id, customers)
        self.assertEqual(set(roadmaps.mapped("state")), {"running"})
        self.assertEqual(set(roadmaps.mapped("started_on")), {date(2026, 2, 10)})
        self.assertEqual(roadmaps.tier_id, self.silver)
        self.assertEqual(roadmaps.member_ids, self.user_csm | self.user_vcio)
        leads = roadmaps.lead_ids
        self.assertEqual(len(leads), 10)
        self.assertEqual(set(leads.mapped("roadmap_fiscal_year")), {2026})
        self.assertEqual(leads.tag_ids, self.env.ref("roadmap_msp.crm_tag_roadmap"))

    def test_meetings_and_activities(self):
        self._customers(10)
        with freeze_time("2026-02-10"):
            action = self._wizard().action_apply()
        roadmaps = self.env["roadmap.roadmap"].search(action["domain"])
        meetings = roadmaps.meeting_ids
        self.assertEqual(len(meetings), 10)
        self.assertEqual(set(meetings.mapped("state")), {"to_book"})
        self.assertGreaterEqual(min(meetings.mapped("due_date")), date(2026, 3, 2))
        self.assertLess(max(meetings.mapped("due_date")), date(2026, 4, 27))
        activities = roadmaps.lead_ids.activity_ids
        self.assertEqual(len(activities), 10)
        self.assertEqual(activities.user_id, self.user_csm)

    def test_nothing_leaves_and_the_forecast_stays(self):
        self._customers(5)
        mails = self.env["mail.mail"].search_count([])
        Lead = self.env["crm.lead"]
        before = Lead._read_group([], [], ["prorated_revenue:sum"])
        action = self._wizard().with_context(tracking_disable=False).action_apply()
        roadmaps = self.env["roadmap.roadmap"].search(action["domain"])
        self.assertFalse(self.env["roadmap.outbox"].search([("roadmap_id", "in", roadmaps.ids)]))
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(Lead._read_group([], [], ["prorated_revenue:sum"]), before)

    def test_preview_says_who_when_and_why_not(self):
        self._customers(4)
        self.client.category_id = self.tag
        archived = self._customers(1, name="Gone Ltd")
        archived.active = False
        own = self.env.company.partner_id
        wizard = self._wizard(partner_ids=(self.other_client | archived | own).ids)
        self.assertEqual(wizard.start_count, 4)
        preview = str(wizard.preview)
        for text in ("Customer 000", "2 Mar 2026", "Vera Vcio", "Carl Csm", "No mail goes"):
            self.assertIn(text, preview)
        for text in ("Orchard Test Law", "already has a roadmap: Running", "Gone Ltd", "archived"):
            self.assertIn(text, preview)
        self.assertIn("is a company of our own", preview)
        self.assertFalse(self._wizard(weeks=0).preview, "nothing to show yet")

    def test_contacts_stand_for_their_company(self):
        customer = self._customers(1, category_id=False)
        contact = self.env["res.partner"].create({"name": "Her", "parent_id": customer.id})
        contact.category_id = self.tag
        action = self._wizard(partner_ids=contact.ids).action_apply()
        roadmap = self.env["roadmap.roadmap"].search(action["domain"])
        self.assertEqual(roadmap.partner_id, customer)

    def test_form_updates_the_preview(self):
        customers = self._customers(3)
        Wizard = self.env["roadmap.onboarding"].with_user(self.user_all)
        form = Form(
            Wizard.with_context(active_model="res.partner", active_ids=customers.ids),
            "roadmap_msp.roadmap_onboarding_view_form",
        )
        self.assertEqual(form.start_count, 3)
        form.weeks = 1
        self.assertIn("Customer 002", str(form.preview))

    def test_a_tag_that_nobody_has(self):
        wizard = self._wizard()
        self.assertEqual(wizard.start_count, 0)
        self.assertIn("No customer has such a tag", str(wizard.preview))

    def test_nothing_to_do_is_said(self):
        with self.assertRaisesRegex(UserError, "None of the chosen customers"):
            self._wizard(partner_ids=self.client.ids).action_apply()
        self._customers(1)
        with self.assertRaisesRegex(UserError, "at least one week"):
            self._wizard(weeks=0).action_apply()
        with self.assertRaisesRegex(UserError, "account manager"):
            self._wizard(account_manager_id=False).action_apply()

    def test_twice_starts_nobody_twice(self):
        self._customers(2)
        self._wizard().action_apply()
        with self.assertRaisesRegex(UserError, "None of the chosen"):
            self._wizard().action_apply()

    def test_own_user_starts_clients_of_his_own_team_only(self):
        self._customers(1)
        self._wizard(user=self.user_csm).action_apply()
        self._customers(1, name="Another")
        with self.assertRaises(AccessError):
            self._wizard(user=self.user_other_csm).action_apply()

    def test_other_companies(self):
        company = self.env["res.company"].create({"name": "Other MSP"})
        foreign = self._customers(1, company_id=company.id, name="Foreign")
        user = new_test_user(
            self.env,
            "rm_two",
            "roadmap_msp.group_roadmap_user_all",
            company_ids=[(6, 0, (self.env.company | company).ids)],
        )
        wizard = self._wizard(user=user)
        self.assertNotIn(foreign, wizard._sort_out()[0])
        hers = {"name": "Her", "parent_id": foreign.id, "company_id": False}
        contact = self.env["res.partner"].create(hers)
        wizard = self._wizard(user=user, partner_ids=contact.ids, category_ids=False)
        wizard = wizard.with_context(allowed_company_ids=user.company_ids.ids)
        self.assertEqual(
            wizard._sort_out(), (foreign.browse(), [(foreign, "belongs to Other MSP")])
        )

    def test_reasons_are_in_the_words_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        running = self.env.ref("roadmap_msp.selection__roadmap_roadmap__state__running")
        running.with_context(lang="fr_FR").name = "En marche"
        wizard = self._wizard(partner_ids=self.client.ids).with_context(lang="fr_FR")
        ((_client, reason),) = wizard._sort_out()[1]
        self.assertIn("En marche", reason)

    def _count_queries(self, size):
        self._customers(size, name=f"Batch of {size}")
        wizard = self._wizard()
        return self.queries_of(wizard.action_apply)

    def test_queries_do_not_grow_with_the_customers(self):
        """Ten and forty customers cost the same, but for Odoo's own prefetching by blocks."""
        self._count_queries(2)
        ten = self._count_queries(10)
        forty = self._count_queries(40)
        self.assertLess(forty - ten, 6, f"{ten} queries for 10, {forty} for 40")
