from odoo.tests import HttpCase, new_test_user, tagged

from .budget_common import BudgetCommon


@tagged("post_install", "-at_install")
class TestBudgetTour(BudgetCommon, HttpCase):
    """The client signs on a phone, with real taps."""

    browser_size = "390x844"
    touch_enabled = True

    def _tour(self, name, user):
        url = f"/my/roadmap/budget/{self.budget.id}"
        self.start_tour(url, name, login=user.login, timeout=120)
        self.env.invalidate_all()

    def test_finance_reads_and_two_sign(self):
        self.propose()
        finance = new_test_user(
            self.env, "rm_money", "base.group_portal", email="m@c.example.com",
            parent_id=self.client.id,
        )  # fmt: skip
        self.env["roadmap.stakeholder"].create(
            {
                "roadmap_id": self.roadmap.id,
                "partner_id": finance.partner_id.id,
                "role": "finance",
            }
        )
        self._tour("roadmap_budget_finance", finance)
        self.assertFalse(self.budget.first_partner_id)
        self._tour("roadmap_budget_first_of_two", self.portal_office)
        self.assertEqual((self.budget.state, self.budget.signed_by), ("proposed", False))
        self.assertEqual(self.budget.first_partner_id, self.contact_office)
        self._tour("roadmap_budget_second_of_two", self.portal_owner)
        self.assertEqual(self.budget.state, "approved")
        self.assertEqual(self.budget.signed_partner_id, self.contact_owner)
        self.assertTrue(self.budget.first_signature and self.budget.signature)
