from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import format_date

from .common import RoadmapCommon


class PlanProposalCommon(RoadmapCommon):
    """A proposal of three points, one of them critical, and a second signer with a limit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.items = cls.env["roadmap.item"].with_user(cls.user_csm)
        cls.laptops, cls.wifi, cls.factor = cls.items.create(
            [
                cls._item("Replace 8 laptops", 12800, 0, internal_note="Margin 31 %, push it"),
                cls._item("New Wi-Fi", 3000, 20),
                cls._item("Second factor for all", 1200, 90, risk="critical"),
            ]
        )
        cls.env["roadmap.stakeholder"].create(
            {
                "roadmap_id": cls.roadmap.id,
                "partner_id": cls.contact_office.id,
                "role": "signer",
                "sign_limit": 4000,
            }
        )
        action = (cls.laptops | cls.wifi | cls.factor).action_propose()
        cls.proposal = cls.env["roadmap.proposal"].browse(action["res_id"])
        cls.line = {line.item_id: line for line in cls.proposal.line_ids}
        cls.later = fields.Date.to_string(fields.Date.add(fields.Date.today(), months=6))

    @classmethod
    def _item(cls, name, once, monthly, **values):
        lines = [(0, 0, {"name": "Work", "price_unit": once})]
        if monthly:
            lines.append((0, 0, {"name": "Fee", "kind": "recurring", "price_unit": monthly}))
        return {
            "name": name,
            "summary": f"Why {name}",
            "roadmap_id": cls.roadmap.id,
            "target_date": fields.Date.today(),
            "line_ids": lines,
            **values,
        }

    def decide(self, item, decision, user=None, **values):
        return self.proposal._decide(self.line[item], decision, user or self.portal_owner, **values)


@tagged("post_install", "-at_install")
class TestPlanProposal(PlanProposalCommon):
    def test_the_opportunity_follows_proposal_and_decisions(self):
        lead = self.roadmap._ensure_opportunity()
        self.assertEqual(lead.expected_revenue, 12800 + 3000 + 1200)
        self.decide(self.laptops, "declined", reason="Later", until=self.later)
        self.assertEqual(lead.expected_revenue, 3000 + 1200)
        self.decide(self.laptops, "approved")
        self.assertEqual(lead.expected_revenue, 12800 + 3000 + 1200)

    def test_frozen_numbered_and_mailed(self):
        self.assertRegex(self.proposal.name, r"^P\d{5}$")
        self.assertEqual(set((self.laptops | self.wifi).mapped("state")), {"proposed"})
        self.assertTrue(self.laptops.proposed_on)
        line = self.line[self.wifi]
        self.assertEqual((line.amount_one_off, line.amount_recurring), (3000, 20))
        self.wifi.line_ids[0].price_unit = 3500
        self.assertEqual(line.amount_one_off, 3000)
        self.assertIn("3,000 → ", self.wifi.changed_since_proposal)
        self.assertFalse(self.laptops.changed_since_proposal)
        mails = self.env["roadmap.outbox"].search([("res_id", "=", self.proposal.id)])
        self.assertEqual(mails.partner_id, self.contact_owner | self.contact_office)
        self.assertEqual(set(mails.mapped("state")), {"prepared"}, "nothing leaves by itself")
        self.assertEqual(set(mails.link_id.mapped("purpose")), {"decide"})
        self.assertNotIn("Margin", "".join(mails.mapped("body")))

    def test_proposal_is_shown_to_its_client_only(self):
        proposals = self.env["roadmap.proposal"]
        self.assertIn(self.proposal, proposals.with_user(self.portal_owner).search([]))
        for user in (self.portal_other, self.portal_stranger):
            self.assertFalse(proposals.with_user(user).search([]))
        for name in ("line_ids", "amount_one_off", "user_id", "access_token"):
            with self.assertRaises(AccessError):
                self.proposal.with_user(self.portal_owner).read([name])
        with self.assertRaises(AccessError):
            self.line[self.wifi].with_user(self.portal_owner).read(["name"])

    def test_internal_and_closed_items_are_refused(self):
        internal = self.items.create(self._item("Ours", 1, 0, client_visible=False))
        with self.assertRaisesRegex(UserError, "never shown to a client: Ours"):
            (internal | self.wifi).action_propose()
        closed = self.items.create(self._item("Old", 1, 0))
        closed.action_done()
        with self.assertRaisesRegex(UserError, r"past their proposal: Old \(Done\)"):
            closed.action_propose()
        covered = self.items.create(self._item("Patching", 1, 0, covered=True))
        with self.assertRaisesRegex(UserError, "the agreement covers all of Patching"):
            covered.action_propose()
        action = (covered | self.wifi).action_propose()
        line = covered.proposal_line_ids
        self.assertEqual(line.proposal_id.id, action["res_id"])
        self.assertEqual((line.amount_one_off, covered.state), (0, "idea"))

    def test_one_proposal_per_client(self):
        other = self.env["roadmap.item"].create(
            {"name": "Theirs", "roadmap_id": self.other_roadmap.id}
        )
        mine = self.items.create(self._item("Mine", 1, 0))
        action = (other | mine).with_user(self.user_all).action_propose()
        proposals = self.env["roadmap.proposal"].search(action["domain"])
        self.assertEqual(proposals.roadmap_id, self.roadmap | self.other_roadmap)

    def test_a_newer_proposal_replaces_the_line(self):
        self.wifi.name = "Better Wi-Fi"
        self.wifi.action_propose()
        old = self.line[self.wifi]
        self.assertEqual((old.is_open, old.replaced_by_id.name), (False, "Better Wi-Fi"))
        with self.assertRaisesRegex(UserError, "newer proposal"):
            self.decide(self.wifi, "approved")
        self.assertFalse(self.wifi.changed_since_proposal)

    def test_what_changed_since_it_was_shown(self):
        """Ours to see before we propose anew: names without their texts, days, risks in words."""
        self.wifi.write({"name": "Better Wi-Fi", "target_date": "2031-02-03", "risk": "high"})
        words = self.wifi.changed_since_proposal
        self.assertRegex(words, r"Name; .*→ 2031-02-03; Risk: Medium → High$")
        self.assertNotIn("Better", words)
        self.wifi.target_date = False
        self.assertIn("→ none", self.wifi.changed_since_proposal)

    def test_what_changed_in_the_words_of_the_client(self):
        self.wifi.write(
            {
                "name": "Better Wi-Fi",
                "summary": "The old one is slow",
                "target_date": False,
                "risk": "high",
            }
        )
        self.laptops.target_date = "2031-02-03"
        action = (self.wifi | self.laptops).action_propose()
        lines = self.env["roadmap.proposal"].browse(action["res_id"]).line_ids
        difference = {line.item_id: line.difference for line in lines}
        month = format_date(self.env, fields.Date.today(), date_format="MMMM yyyy")
        self.assertEqual(
            difference[self.wifi],
            f"was planned for {month}, now for no date; was called “New Wi-Fi”; the reason is"
            " worded anew; the risk is judged anew",
        )
        self.assertEqual(
            difference[self.laptops], f"was planned for {month}, now for February 2031"
        )
        self.assertFalse(self.line[self.laptops].difference, "nothing was shown before it")

    def test_nothing_is_proposed_to_a_client_that_has_left(self):
        self.roadmap.state = "ended"
        with self.assertRaisesRegex(UserError, "Orchard Test Law.* has ended"):
            self.wifi.action_propose()

    def test_who_gets_no_mail_is_named(self):
        self.contact_office.email = False
        action = self.wifi.action_propose()
        proposal = self.env["roadmap.proposal"].browse(action["res_id"])
        mails = self.env["roadmap.outbox"].search([("res_id", "=", proposal.id)])
        self.assertEqual(mails.partner_id, self.contact_owner)
        self.assertIn("prepared for: Oscar Office.", proposal.message_ids[0].body)
        self.roadmap.stakeholder_ids.unlink()
        action = self.wifi.action_propose()
        proposal = self.env["roadmap.proposal"].browse(action["res_id"])
        self.assertIn("nobody may decide for this client", proposal.message_ids[0].body)

    def test_withdrawn(self):
        link = self.env["roadmap.link"].search([("res_id", "=", self.proposal.id)], limit=1)
        self.proposal.with_user(self.user_csm).action_withdraw()
        self.assertEqual((self.wifi.state, self.proposal.status), ("idea", "withdrawn"))
        self.assertEqual(link.state, "withdrawn")
        mails = self.env["roadmap.outbox"].search([("res_id", "=", self.proposal.id)])
        self.assertEqual(set(mails.mapped("state")), {"cancelled"})
        with self.assertRaisesRegex(UserError, "no longer open"):
            self.decide(self.wifi, "approved")

    def test_what_was_shown_stays(self):
        proposal = self.proposal.with_user(self.user_manager)
        line = self.line[self.laptops]
        values = {
            "name": "P99999",
            "roadmap_id": self.other_roadmap.id,
            "currency_id": self.env.ref("base.EUR").id,
            "fiscal_year": 2050,
            "line_ids": [(1, line.id, {"amount_one_off": 1})],
            "proposed_on": False,
            "withdrawn_on": fields.Datetime.now(),
        }
        for name, value in values.items():
            with self.assertRaisesRegex(UserError, "Propose the items anew"):
                proposal.write({name: value})
        with self.assertRaises(AccessError):
            line.with_user(self.user_manager).amount_one_off = 1
        proposal.note = "Dear Olive"
        proposal.user_id = self.user_vcio
        self.decide(self.wifi, "approved")
        with self.assertRaisesRegex(UserError, "Words to the Client"):
            proposal.note = "Nothing changed"
        proposal.action_withdraw()
        with self.assertRaisesRegex(UserError, "stays as it was"):
            proposal.withdrawn_on = False

    def test_foreign_user_proposes_nothing(self):
        with self.assertRaises(AccessError):
            self.wifi.with_user(self.user_other_csm).action_propose()

    def test_todo_entry(self):
        roles = self.roadmap._roles_of(self.contact_owner)
        entry = self.roadmap._portal_todo_plan(self.contact_owner, roles)[0]
        self.assertEqual((entry["title"], entry["detail"]), ("3 decisions", "about 4 minutes"))
        self.decide(self.laptops, "approved")
        self.decide(self.wifi, "deferred", until=self.later)
        entry = self.roadmap._portal_todo_plan(self.contact_owner, roles)[0]
        self.assertEqual(entry["title"], "1 decision")
        self.assertFalse(self.roadmap._portal_todo_plan(self.contact_owner, {"contributor"}))
        entry = self.roadmap._portal_todo_plan(self.contact_owner, {"decision_maker"})[0]
        self.assertIn("Olive Owner", entry["detail"], "who decides, for one who does not sign")
