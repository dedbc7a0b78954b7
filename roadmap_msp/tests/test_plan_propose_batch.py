from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import format_date

from .test_plan_proposal import PlanProposalCommon

SIZE = "odoo.addons.roadmap_msp.models.plan.roadmap_item_batch.CLIENTS_AT_ONCE"


@tagged("post_install", "-at_install")
class TestPlanProposeBatch(PlanProposalCommon):
    """A selection over several clients: a preview, then a proposal to each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.items = cls.env["roadmap.item"].with_user(cls.user_all)
        cls.mine = cls.items.create(cls._item("Mine", 700, 30))
        theirs = {"roadmap_id": cls.other_roadmap.id}
        cls.theirs, cls.dear = cls.items.create(
            [cls._item("Theirs", 400, 0, **theirs), cls._item("<b>Dear</b>", 100, 5, **theirs)]
        )
        cls.chosen = cls.mine | cls.theirs | cls.dear
        cls.clients = cls.roadmap | cls.other_roadmap

    def wizard(self, items):
        context = items.action_propose_selected()["context"]
        return (
            self.env["roadmap.item.propose"]
            .with_user(self.user_all)
            .create({"item_ids": context["default_item_ids"]})
        )

    def proposals(self):
        proposals = self.env["roadmap.proposal"].search([("roadmap_id", "in", self.clients.ids)])
        return proposals - self.proposal

    def test_preview(self):
        self.other_contact.email = False
        wizard = self.wizard(self.chosen)
        self.assertEqual(wizard.client_count, 2)
        for words in (self.client.name, "Mine", "$700", "$30", "Olive Owner, Oscar Office"):
            self.assertIn(words, wizard.preview)
        for words in (self.other_client.name, "$500", "$5", "no mail address: Bea Boss"):
            self.assertIn(words, wizard.preview)
        self.assertIn("&lt;b&gt;Dear", wizard.preview)
        self.assertNotIn("stay behind", wizard.preview)
        self.assertFalse(self.proposals(), "nothing is proposed by looking")

    def test_one_proposal_for_each_client(self):
        action = self.wizard(self.chosen).action_apply()
        proposals = self.proposals()
        self.assertEqual(proposals.search(action["domain"]), proposals)
        self.assertEqual(
            {row.roadmap_id: row.line_ids.item_id for row in proposals},
            {self.roadmap: self.mine, self.other_roadmap: self.theirs | self.dear},
        )
        mails = self.env["roadmap.outbox"].search(
            [("res_model", "=", proposals._name), ("res_id", "in", proposals.ids)]
        )
        self.assertEqual(set(mails.mapped("state")), {"prepared"})

    def test_what_stays_behind(self):
        internal = self.items.create(self._item("Ours", 1, 0, client_visible=False))
        closed = self.items.create(self._item("Old", 1, 0))
        closed.action_done()
        covered = self.items.create(
            self._item("Patching", 1, 0, covered=True, roadmap_id=self.other_roadmap.id)
        )
        shown = self.wifi.with_user(self.user_all)
        self.laptops.line_ids.price_unit = 13000
        changed = self.laptops.with_user(self.user_all)
        wizard = self.wizard(internal | closed | covered | shown | changed)
        for words in (
            "Ours: our own, never shown",
            "Old: past its proposal: Done",
            "Patching: covered by the agreement",
            "New Wi-Fi: the client was shown it as it is",
        ):
            self.assertIn(words, wizard.preview)
        self.assertEqual(wizard.client_count, 1)
        wizard.action_apply()
        self.assertEqual(self.proposals().line_ids.item_id, self.laptops)
        nothing = self.wizard(internal | covered)
        self.assertEqual(nothing.client_count, 0)
        with self.assertRaisesRegex(UserError, "Nothing of this can be proposed"):
            nothing.action_apply()

    def test_what_was_put_off_is_not_asked_before_its_day(self):
        self.decide(self.laptops, "deferred", until=self.later)
        self.decide(self.wifi, "declined", reason="No", until=self.later)
        put_off = (self.laptops | self.wifi).with_user(self.user_all)
        wizard = self.wizard(put_off | self.theirs)
        day = format_date(self.env, self.later, date_format="d MMM y")
        self.assertEqual(wizard.preview.count(f"wants to be asked again on {day}"), 2)
        self.assertEqual(wizard.client_count, 1)
        with freeze_time(self.later):
            self.assertFalse(put_off._not_proposable())

    def test_one_client_needs_no_preview(self):
        action = (self.theirs | self.dear).action_propose_selected()
        self.assertEqual(action["res_model"], "roadmap.proposal")
        self.assertEqual(self.proposals().roadmap_id, self.other_roadmap)

    def test_many_clients_in_the_background(self):
        with patch(SIZE, 1):
            wizard = self.wizard(self.chosen)
            wizard.action_apply()
            self.assertFalse(self.proposals(), "nothing before the job runs")
            again = self.wizard(self.chosen)
            self.assertIn("is being proposed already", again.preview)
            self.run_job("ir_cron_propose_batch")
            self.run_job("ir_cron_propose_batch")
        self.assertEqual(self.proposals().roadmap_id, self.clients)
        self.assertEqual(set(self.chosen.mapped("state")), {"proposed"})
        self.assertFalse(self.chosen.propose_batch_user_id)
        self.assertEqual(len(self.proposals()), 2, "a restart repeats nothing")

    def test_the_problem_of_one_client_is_not_everybodys(self):
        with patch(SIZE, 1):
            self.wizard(self.chosen).action_apply()
        self.mine.client_visible = False
        self.run_job("ir_cron_propose_batch")
        self.assertEqual(self.proposals().roadmap_id, self.other_roadmap)
        self.assertIn("Not proposed in the batch", self.mine.message_ids[0].body)
        self.assertFalse(self.chosen.propose_batch_user_id)
