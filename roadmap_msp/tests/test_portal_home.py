from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestPortalHome(RoadmapCommon, HttpCase):
    def login(self, user):
        self.authenticate(user.login, user.login)

    def counter(self):
        return self.make_jsonrpc_request("/my/counters", {"counters": ["roadmap_count"]})

    def test_tile_only_for_contacts_with_a_role(self):
        self.login(self.portal_owner)
        self.assertEqual(self.counter(), {"roadmap_count": 1})
        self.assertIn("/my/roadmap", self.url_open("/my").text)
        self.login(self.portal_stranger)
        self.assertEqual(self.counter(), {"roadmap_count": 0})

    def test_contact_without_a_role_sees_nothing(self):
        self.login(self.portal_stranger)
        for path in ("/my/roadmap", f"/my/roadmap/{self.roadmap.id}"):
            response = self.url_open(path)
            self.assertEqual(response.status_code, 404)
            self.assertNotIn("Orchard", response.text)

    def test_own_foreign_missing_and_ended_roadmap(self):
        self.login(self.portal_owner)
        own = self.url_open("/my/roadmap")
        self.assertTrue(own.url.endswith(f"/my/roadmap/{self.roadmap.id}"))
        self.assertIn("Nothing waits for you", own.text)
        pages = {
            self.url_open(f"/my/roadmap/{roadmap_id}").text
            for roadmap_id in (self.other_roadmap.id, self.other_roadmap.id + 10**6)
        }
        self.assertEqual(len({page.partition("<main>")[2] for page in pages}), 1)
        self.roadmap.state = "ended"
        self.assertEqual(self.url_open(f"/my/roadmap/{self.roadmap.id}").status_code, 404)

    def test_visitors_must_sign_in(self):
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open("/my/roadmap").url)

    def test_pages_say_their_language(self):
        """A screen reader reads them aloud in it."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.portal_owner.lang = "fr_FR"
        self.login(self.portal_owner)
        for path in (f"/my/roadmap/{self.roadmap.id}", "/my/roadmap/0", "/roadmap/link"):
            self.assertRegex(self.url_open(path).text, r'<html[^>]* lang="fr-FR"', path)

    def test_two_roadmaps_are_offered(self):
        company = self.env["res.company"].create({"name": "Our Second Firm"})
        second = self.env["roadmap.roadmap"].create(
            {"partner_id": self.client.id, "company_id": company.id, "entitlement": "none"}
        )
        self.env["roadmap.stakeholder"].create(
            {"roadmap_id": second.id, "partner_id": self.contact_owner.id}
        )
        self.login(self.portal_owner)
        page = self.url_open("/my/roadmap").text
        self.assertIn(f"/my/roadmap/{self.roadmap.id}", page)
        self.assertIn(f"/my/roadmap/{second.id}", page)
        self.assertIn("Our Second Firm", page)

    def test_doors_follow_the_roles(self):
        roadmap = self.roadmap
        keys = {
            roles: [door["key"] for door in roadmap._portal_doors(set(roles))]
            for roles in (("contributor",), ("technical",), ("signer", "contributor"))
        }
        self.assertEqual(keys["contributor",], ["todo"])
        self.assertEqual(keys["technical",], ["todo", "assets"])
        self.assertEqual(keys["signer", "contributor"], ["todo", "plan", "assets"])

    def test_next_meeting(self):
        start = fields.Datetime.now() + timedelta(days=3)
        meeting = self.env["roadmap.meeting"].create(
            {
                "name": "Spring review",
                "roadmap_id": self.roadmap.id,
                "due_date": start.date(),
                "user_id": self.user_csm.id,
            }
        )
        event = meeting._book(start, start + timedelta(hours=1), self.user_csm)
        event.with_context(dont_notify=True).partner_ids = self.user_csm.partner_id
        event.name = "Internal name"
        values = self.roadmap._prepare_todo_values(self.contact_owner)
        self.assertEqual(values["meeting"]["name"], "Spring review")
        self.assertIsNone(self.roadmap._prepare_todo_values(self.contact_office)["meeting"])
        self.login(self.portal_owner)
        page = self.url_open(f"/my/roadmap/{self.roadmap.id}").text
        self.assertIn("Next meeting", page)
        self.assertNotIn("Internal name", page)
        event.with_context(dont_notify=True).partner_ids |= self.contact_office
        invited = self.roadmap._prepare_todo_values(self.contact_office)["meeting"]
        self.assertEqual((invited["name"], invited["url"]), ("Spring review", False))
        self.login(self.portal_office)
        page = self.url_open(f"/my/roadmap/{self.roadmap.id}").text
        self.assertIn("Spring review", page)
        self.assertNotIn(values["meeting"]["url"], page)
