from odoo.tests import tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestClientRoadmap(RoadmapCommon):
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
