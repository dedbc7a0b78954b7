from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestClientRoadmap(RoadmapCommon):
    def test_technician_opens_a_client(self):
        form = Form(self.roadmap.with_user(self.user_technician))
        self.assertEqual(form.record.name, self.roadmap.name)

    def test_own_users_see_their_clients_only(self):
        Roadmap = self.env["roadmap.roadmap"]
        both = self.roadmap | self.other_roadmap
        for user, expected in (
            (self.user_csm, self.roadmap),
            (self.user_vcio, self.roadmap),
            (self.user_other_csm, self.other_roadmap),
            (self.user_all, both),
            (self.user_manager, both),
            (self.user_technician, both),
        ):
            seen = Roadmap.with_user(user).search([("id", "in", both.ids)])
            self.assertEqual(set(seen.ids), set(expected.ids), user.name)

    def test_roles_of_a_contact(self):
        self.assertEqual(self.roadmap._roles_of(self.contact_owner), {"decision_maker", "signer"})
        self.assertEqual(self.roadmap._roles_of(self.contact_stranger), set())
        self.assertEqual(self.other_roadmap._roles_of(self.contact_owner), set())

    def test_team_follows_the_three_roles(self):
        self.assertEqual(self.roadmap.member_ids, self.user_csm | self.user_vcio)
        self.roadmap.with_user(self.user_csm).service_manager_id = self.user_all
        self.assertIn(self.user_all, self.roadmap.member_ids)

    def test_a_roadmap_belongs_to_the_client_itself(self):
        with self.assertRaisesRegex(ValidationError, "Olive Owner is a contact of Orchard"):
            self.env["roadmap.roadmap"].create({"partner_id": self.contact_owner.id})

    def test_a_role_needs_a_contact_of_the_client(self):
        with self.assertRaisesRegex(ValidationError, "Bea Boss does not belong to Orchard"):
            self.env["roadmap.stakeholder"].with_user(self.user_csm).create(
                {"roadmap_id": self.roadmap.id, "partner_id": self.other_contact.id}
            )

    def test_the_client_itself_may_have_a_role(self):
        row = self.env["roadmap.stakeholder"].create(
            {"roadmap_id": self.roadmap.id, "partner_id": self.client.id, "role": "finance"}
        )
        self.assertEqual(self.roadmap._roles_of(self.client), {"finance"})
        self.assertEqual(row.company_id, self.roadmap.company_id)

    def test_team_and_client_are_of_the_company(self):
        company = self.env["res.company"].create({"name": "Other MSP"})
        with self.assertRaises(UserError):
            self.roadmap.company_id = company
        stranger = self.env["res.partner"].create({"name": "Theirs", "company_id": company.id})
        with self.assertRaises(UserError):
            self.env["roadmap.roadmap"].create({"partner_id": stranger.id})

    def test_form_as_account_manager(self):
        partner = self.env["res.partner"].create({"name": "New Client", "is_company": True})
        form = Form(self.env["roadmap.roadmap"].with_user(self.user_csm))
        form.partner_id = partner
        form.tier_id = self.env.ref("roadmap_msp.tier_silver")
        roadmap = form.save()
        self.assertEqual(roadmap.account_manager_id, self.user_csm)
        self.assertEqual(roadmap.entitlement, "entitled")
        self.assertEqual(roadmap.state, "prospect")

    def test_form_as_technician_hides_the_money(self):
        roadmap = self.roadmap.with_user(self.user_technician)
        arch = roadmap.get_view(view_type="form")["arch"]
        self.assertIn("asset_count", arch)
        for name in ("contract_count", "order_count", "finding_count", "score", "auto_minutes"):
            self.assertNotIn(f'name="{name}"', arch)
        with self.assertRaises(AccessError):
            roadmap.read(["order_count"])
        with self.assertRaises(AccessError):
            roadmap.write({"seat_count": 5})

    def test_counts_are_grouped_reads(self):
        self.env["roadmap.contract"].create(
            [{"name": "Line", "roadmap_id": self.roadmap.id} for _number in range(3)]
        )
        both = self.roadmap | self.other_roadmap
        self.assertEqual(both.mapped("contract_count"), [3, 0])
        self.env.invalidate_all()
        both.mapped("name")
        with self.assertQueryCount(6):
            both._compute_counts()

    def test_next_meeting_is_the_first_booked_else_to_book(self):
        Meeting = self.env["roadmap.meeting"]
        roadmap = self.roadmap.with_user(self.user_csm)
        common = {"roadmap_id": self.roadmap.id, "name": "Meeting"}
        later = Meeting.create({**common, "due_date": "2026-09-01"})
        sooner = Meeting.create({**common, "due_date": "2026-08-01"})
        self.assertEqual(roadmap.next_meeting_id, sooner)
        self.assertEqual(roadmap.next_meeting_state, "to_book")
        with freeze_time("2026-07-01 12:00:00"):
            later._book(datetime(2026, 9, 3, 10), datetime(2026, 9, 3, 11), self.user_csm)
            self.assertEqual(roadmap.next_meeting_id, later)
            self.assertEqual(roadmap.next_meeting_state, "booked")
            self.assertEqual(str(roadmap.next_meeting_on), "2026-09-03")

    def test_untapped(self):
        self.roadmap.started_on = "2026-01-01"
        self.other_roadmap.started_on = "2026-06-01"
        self.env.company.roadmap_untapped_days = 90
        Roadmap = self.env["roadmap.roadmap"].with_user(self.user_all)
        mine = [("id", "in", (self.roadmap | self.other_roadmap).ids)]
        with freeze_time("2026-07-01"):
            found = Roadmap.search([("is_untapped", "=", True), *mine])
            self.assertEqual(found.ids, self.roadmap.ids)
            self.assertEqual(found.mapped("is_untapped"), [True])
            rest = Roadmap.search([("is_untapped", "=", False), *mine])
            self.assertEqual(rest.ids, self.other_roadmap.ids)
            self.env["roadmap.meeting"].create(
                {
                    "roadmap_id": self.roadmap.id,
                    "name": "Held",
                    "due_date": "2026-05-01",
                    "state": "held",
                    "decision_maker_present": True,
                    "held_on": "2026-05-01",
                }
            )
            self.assertFalse(Roadmap.search([("is_untapped", "=", True), *mine]))

    def test_smart_buttons_open_this_client_only(self):
        both = self.roadmap | self.other_roadmap
        both._ensure_opportunity()
        for model in ("roadmap.contract", "roadmap.finding", "roadmap.item"):
            self.env[model].create([{"name": "Row", "roadmap_id": row.id} for row in both])
        for row in both:
            self.env["roadmap.meeting"].create(
                {"name": "Meeting", "roadmap_id": row.id, "due_date": "2026-09-01"}
            )
        roadmap = self.roadmap.with_user(self.user_manager)
        for name in ("findings", "items", "meetings", "contracts", "leads"):
            action = getattr(roadmap, f"action_open_{name}")()
            records = self.env[action["res_model"]].with_user(self.user_manager)
            found = records.search(action["domain"])
            self.assertEqual(len(found), 1, name)
            self.assertEqual(found.roadmap_id, roadmap, name)
            self.assertEqual(action["context"]["default_roadmap_id"], roadmap.id)
        for name in ("assessments", "assets"):
            action = getattr(roadmap, f"action_open_{name}")()
            self.assertIn(("roadmap_id", "=", roadmap.id), action["domain"])
        self.assertEqual(roadmap.action_open_leads()["res_id"], roadmap.lead_ids.id)

    def test_smart_button_of_the_contact(self):
        contact = self.contact_owner.with_user(self.user_csm)
        self.assertEqual(contact.roadmap_count, 1)
        self.assertEqual(contact.action_open_roadmap()["res_id"], self.roadmap.id)
        fresh = self.env["res.partner"].create({"name": "Fresh"}).with_user(self.user_csm)
        action = fresh.action_open_roadmap()
        self.assertFalse(action["res_id"])
        self.assertEqual(action["context"]["default_partner_id"], fresh.id)

    def test_a_contact_of_two_of_our_companies_opens_a_list(self):
        company = self.env["res.company"].create({"name": "Our Second Firm"})
        self.env["roadmap.roadmap"].create(
            {"partner_id": self.client.id, "company_id": company.id, "entitlement": "none"}
        )
        self.user_manager.company_ids |= company
        contact = self.contact_owner.with_user(self.user_manager).with_context(
            allowed_company_ids=self.user_manager.company_ids.ids
        )
        action = contact.action_open_roadmap()
        found = contact.env["roadmap.roadmap"].search(action["domain"])
        self.assertEqual((len(found), found.partner_id), (2, self.client))
        self.assertFalse(action.get("res_id"))

    def test_contact_without_our_groups(self):
        contact = self.contact_owner.with_user(self.user_salesman)
        self.assertNotIn("roadmap_count", contact.fields_get())
        self.assertEqual(contact.name, "Olive Owner")

    def test_tiers_of_the_starting_content(self):
        for code in ("gold", "silver", "bronze"):
            tier = self.env.ref(f"roadmap_msp.tier_{code}")
            self.assertEqual((tier.code, tier.entitlement), (code, "entitled"))
        self.roadmap.tier_id = gold = self.env.ref("roadmap_msp.tier_gold")
        found = self.env["roadmap.roadmap"].search_count([("tier_id", "=", gold.id)])
        self.assertEqual(gold.roadmap_count, found)
        tier = self.roadmap.tier_id.with_user(self.user_manager)
        self.assertEqual(
            self.env["roadmap.roadmap"].search(tier.action_open_roadmaps()["domain"]),
            self.roadmap.tier_id.roadmap_ids,
        )
        with self.assertRaises(AccessError):
            self.roadmap.tier_id.with_user(self.user_csm).name = "Mine"

    def test_categories_have_stable_names(self):
        category = self.env.ref("roadmap_msp.category_network_security")
        self.assertEqual(category.code, "network_security")
        self.assertEqual(category.parent_id, self.env.ref("roadmap_msp.category_group_security"))
