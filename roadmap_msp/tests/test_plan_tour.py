from odoo.tests import HttpCase, tagged

from .test_plan_proposal import PlanProposalCommon


@tagged("post_install", "-at_install")
class TestPlanTour(PlanProposalCommon, HttpCase):
    """The client decides on a phone, with real taps."""

    browser_size = "390x844"
    touch_enabled = True

    def _tour(self, name, user):
        self.start_tour(f"/my/roadmap/{self.roadmap.id}/plan", name, login=user.login, timeout=120)
        self.env.invalidate_all()

    def test_several_options_a_signed_refusal_and_a_talk(self):
        printer = self.items.create(
            {
                "name": "Printer",
                "roadmap_id": self.roadmap.id,
                "target_date": self.laptops.target_date,
                "line_ids": [
                    (0, 0, {"name": "Paper", "price_unit": 50}),
                    (0, 0, {"name": "Buy", "price_unit": 900, "option_group": "How"}),
                    (
                        0,
                        0,
                        {
                            "name": "Rent",
                            "price_unit": 40,
                            "option_group": "How",
                            "kind": "recurring",
                        },
                    ),
                ],
            }
        )
        printer.action_propose()
        self._tour("roadmap_decide_several", self.portal_owner)
        self.assertEqual((self.laptops | printer).mapped("state"), ["approved", "approved"])
        self.assertEqual((printer.amount_one_off, printer.amount_recurring), (50, 40))
        self.assertEqual(printer.decision_ids.option_text, "How: Rent")
        refusal = self.factor.decision_ids
        self.assertEqual((refusal.decision, refusal.reason), ("declined", "Next year"))
        self.assertEqual(refusal.signed_by, "Olive Owner")
        self.assertTrue(refusal.signature and refusal.risk_text and refusal.until)
        self.assertEqual(self.wifi.state, "proposed", "a talk decides nothing")
        self.assertEqual(self.wifi.decision_ids.decision, "talk")

    def test_two_signatures_and_not_now(self):
        self._tour("roadmap_decide_first_of_two", self.portal_office)
        self.assertEqual(self.laptops.state, "proposed")
        self.assertEqual(self.wifi.state, "deferred")
        self.assertEqual(self.wifi.decision_ids.reason, "The office moves first")
        self._tour("roadmap_decide_second_of_two", self.portal_owner)
        self.assertEqual(self.laptops.state, "approved")
        self.assertEqual(
            self.laptops.decision_ids.sorted("id").mapped("partner_id"),
            self.contact_office | self.contact_owner,
        )
