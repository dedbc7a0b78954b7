from odoo.tests import tagged

from .test_plan_proposal import PlanProposalCommon


@tagged("post_install", "-at_install")
class TestPlanProposalAgain(PlanProposalCommon):
    """A double click or a retry proposes once; mails that lead nowhere do not leave."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.all = cls.laptops | cls.wifi | cls.factor

    def propose(self, items):
        return self.proposal.browse(items.action_propose()["res_id"])

    def mails(self, proposal, state="prepared"):
        return self.env["roadmap.outbox"].search(
            [
                ("res_model", "=", proposal._name),
                ("res_id", "=", proposal.id),
                ("state", "=", state),
            ]
        )

    def test_the_same_again_is_the_same_proposal(self):
        mails = self.mails(self.proposal)
        for _click in range(2):
            self.assertEqual(self.propose(self.all), self.proposal)
        self.assertEqual(self.mails(self.proposal), mails)
        self.assertEqual(len(self.all.proposal_line_ids), 3)
        self.assertEqual(set(self.all.mapped("state")), {"proposed"})

    def test_whoever_decides_since_then_is_asked_as_well(self):
        self.env["roadmap.stakeholder"].create(
            {
                "roadmap_id": self.roadmap.id,
                "partner_id": self.contact_stranger.id,
                "role": "decision_maker",
            }
        )
        before = self.mails(self.proposal)
        self.assertEqual(self.propose(self.all), self.proposal)
        new = self.mails(self.proposal) - before
        self.assertEqual(new.partner_id, self.contact_stranger)
        before.action_cancel()
        self.propose(self.all)
        self.assertEqual(len(self.mails(self.proposal)), 3, "what was cancelled is prepared anew")

    def test_another_selection_or_an_answer_is_something_new(self):
        part = self.propose(self.laptops | self.wifi)
        self.assertNotEqual(part, self.proposal)
        part._decide(self.wifi.open_proposal_line_id, "talk", self.portal_owner)
        self.assertNotEqual(self.propose(self.laptops | self.wifi), part)

    def test_what_the_client_would_read_otherwise_is_something_new(self):
        """Even what the team is not warned of: here the options of an item."""
        group = {"option_group": "Kind"}
        self.laptops.line_ids.write(group)
        self.laptops.write(
            {"line_ids": [(0, 0, {"name": "Dearer", "price_unit": 15000, "sequence": 20, **group})]}
        )
        self.assertFalse(self.laptops.changed_since_proposal)
        self.assertNotEqual(self.propose(self.all), self.proposal)

    def test_mails_of_what_was_proposed_anew_do_not_leave(self):
        self.wifi.name = "Better Wi-Fi"
        self.propose(self.wifi)
        self.assertEqual(len(self.mails(self.proposal)), 2, "two points still wait there")
        self.mails(self.proposal)[:1].action_release()
        self.laptops.name = "Better laptops"
        newer = self.propose(self.laptops | self.factor)
        self.assertFalse(self.mails(self.proposal) | self.mails(self.proposal, "released"))
        self.assertEqual(len(self.mails(newer)), 2)
