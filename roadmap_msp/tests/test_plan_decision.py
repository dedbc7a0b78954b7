from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import PIXEL
from .test_plan_proposal import PlanProposalCommon


@tagged("post_install", "-at_install")
class TestPlanDecision(PlanProposalCommon):
    """Second signatures, options, several at once, what changed, silence, accepted risks."""

    def signed(self, item, **values):
        full = {
            "reason": "Next year",
            "until": self.later,
            "signature": PIXEL,
            "signed_by": "Olive Owner",
        }
        return self.decide(item, "declined", **{**full, **values})

    def topics(self, item):
        return self.env["roadmap.meeting.topic"].search([("item_id", "=", item.id)])

    # ------------------------------------------------------- second signature
    def test_above_the_limit_a_second_signature(self):
        before = self.env["roadmap.outbox"].search([])
        first = self.decide(self.laptops, "approved", self.portal_office)
        self.assertEqual((first.decision, self.laptops.state), ("endorsed", "proposed"))
        mail = self.env["roadmap.outbox"].search([]) - before
        self.assertEqual((mail.partner_id, mail.state), (self.contact_owner, "prepared"))
        self.assertIn("Oscar Office approved", mail.body)
        again = self.decide(self.laptops, "approved", self.portal_office)
        self.assertEqual(again, first, "a double click signs once")
        self.assertEqual(self.laptops.state, "proposed", "nobody signs twice")
        roles = {"signer"}
        waiting = self.proposal._waiting_lines(self.contact_office)
        self.assertNotIn(self.line[self.laptops], waiting)
        card = self.line[self.laptops]._prepare_portal_values(self.contact_office, roles)[0]
        self.assertFalse(card["waiting"])
        self.assertIn("waits for a second signature", card["status"])
        self.decide(self.laptops, "approved", self.portal_owner)
        self.assertEqual(self.laptops.state, "approved")

    def test_two_limits_together(self):
        row = self.roadmap.stakeholder_ids.filtered(
            lambda row: row.partner_id == self.contact_owner and row.role == "signer"
        )
        row.sign_limit = 5000
        self.decide(self.laptops, "approved", self.portal_office)
        self.decide(self.laptops, "approved", self.portal_owner)
        self.assertEqual(self.laptops.state, "approved", "two who sign, above both limits")

    def test_a_no_between_asks_for_both_again(self):
        self.decide(self.laptops, "approved", self.portal_office)
        self.decide(self.laptops, "declined", reason="Too expensive")
        second = self.decide(self.laptops, "approved", self.portal_office)
        self.assertEqual(second.decision, "endorsed")
        self.assertEqual(self.laptops.state, "declined", "the owner's no still stands")

    def test_nobody_else_may_sign(self):
        self.roadmap.stakeholder_ids.filtered(
            lambda row: row.partner_id == self.contact_owner
        ).unlink()
        with self.assertRaisesRegex(UserError, "above the .*4,000 that you may approve alone"):
            self.decide(self.laptops, "approved", self.portal_office)
        self.assertEqual((self.laptops.state, len(self.laptops.decision_ids)), ("proposed", 0))

    # --------------------------------------------------------- several at once
    def test_several_at_once(self):
        lines = self.line[self.laptops] | self.line[self.wifi]
        self.proposal._decide_several(lines, "approved", self.portal_owner)
        self.assertEqual(set((self.laptops | self.wifi).mapped("state")), {"approved"})

    def test_the_limit_counts_what_is_approved_at_once(self):
        mine = self.items.create(self._item("Printers", 3000, 0))
        proposal = self.env["roadmap.proposal"].browse(
            (mine | self.wifi).action_propose()["res_id"]
        )
        proposal._decide_several(proposal.line_ids, "approved", self.portal_office)
        self.assertEqual(
            proposal.line_ids.mapped("answer"), ["endorsed"] * 2, "3,240 + 3,000 is above 4,000"
        )

    def test_great_risks_are_refused_one_by_one(self):
        with self.assertRaisesRegex(UserError, "answer it on its own"):
            self.proposal._decide_several(
                self.proposal.line_ids, "declined", self.portal_owner, reason="no"
            )

    # ----------------------------------------------------------------- options
    def test_choose_between_options(self):
        printer = self.items.create(
            {
                "name": "Printer",
                "roadmap_id": self.roadmap.id,
                "line_ids": [
                    (0, 0, {"name": "Paper", "price_unit": 50}),
                    (0, 0, {"name": "Buy", "price_unit": 900, "option_group": "How"}),
                    (
                        0,
                        0,
                        {
                            "name": "Rent",
                            "price_unit": 40,
                            "kind": "recurring",
                            "option_group": "How",
                        },
                    ),
                ],
            }
        )
        proposal = self.env["roadmap.proposal"].browse(printer.action_propose()["res_id"])
        line = proposal.line_ids
        self.assertEqual((line.amount_one_off, line.amount_recurring), (950, 0))
        _paper, buy, rent = printer.line_ids
        groups = line._prepare_portal_values(self.contact_owner, {"signer"})[0]["options"]
        self.assertEqual([choice[0] for choice in groups[0][1]], [buy.id, rent.id])
        with self.assertRaisesRegex(UserError, "choose one of them"):
            proposal._decide(line, "approved", self.portal_owner, options=[buy.id, rent.id])
        decision = proposal._decide(line, "approved", self.portal_owner, options=[rent.id])
        self.assertEqual((decision.amount_one_off, decision.amount_recurring), (50, 40))
        self.assertEqual(decision.option_text, "How: Rent")
        self.assertEqual((printer.amount_one_off, printer.amount_recurring), (50, 40))
        self.assertFalse(printer.changed_since_proposal, "what was chosen is what was shown")
        self.assertFalse(printer.ask_again)
        self.assertEqual(line.amount_one_off, 950, "what was proposed stays as it was")
        self.assertEqual(printer.line_ids._split_options()[1], buy)
        proposal._decide(line, "approved", self.portal_owner, options=[buy.id])
        self.assertEqual((printer.amount_one_off, printer.amount_recurring), (950, 0))
        self.assertEqual(len(printer.decision_ids), 2)

    def test_the_limit_counts_the_options_chosen_at_once(self):
        row = self.roadmap.stakeholder_ids.filtered(
            lambda row: (row.partner_id, row.role) == (self.contact_office, "signer")
        )
        row.sign_limit = 7000
        lines = [
            (0, 0, {"name": name, "price_unit": price, "option_group": "How"})
            for name, price in (("Repair", 1000), ("Replace", 5000))
        ]
        points = self.items.create(
            [
                {"name": name, "roadmap_id": self.roadmap.id, "line_ids": lines}
                for name in ("Printer", "Scanner")
            ]
        )
        proposal = self.env["roadmap.proposal"].browse(points.action_propose()["res_id"])
        dear = points.line_ids.filtered(lambda line: line.name == "Replace").ids
        proposal._decide_several(proposal.line_ids, "approved", self.portal_office, options=dear)
        self.assertEqual(proposal.line_ids.mapped("answer"), ["endorsed"] * 2, "10,000 at once")

    def test_the_second_signature_is_for_the_same_choice(self):
        signers = self.roadmap.stakeholder_ids.filtered(lambda row: row.role == "signer")
        signers.sign_limit = 500
        lines = [
            (0, 0, {"name": name, "price_unit": price, "option_group": "How"})
            for name, price in (("Repair", 1000), ("Replace", 5000))
        ]
        printer = self.items.create(
            {"name": "Printer", "roadmap_id": self.roadmap.id, "line_ids": lines}
        )
        proposal = self.env["roadmap.proposal"].browse(printer.action_propose()["res_id"])
        repair, replace = printer.line_ids
        answers = []
        for user, option in (
            (self.portal_office, repair),
            (self.portal_owner, replace),
            (self.portal_office, replace),
        ):
            decision = proposal._decide(proposal.line_ids, "approved", user, options=option.ids)
            answers.append(decision.decision)
        self.assertEqual(answers, ["endorsed", "endorsed", "approved"])

    # ------------------------------------------------------ changed afterwards
    def propose_again(self, item):
        return self.env["roadmap.proposal"].browse(item.action_propose()["res_id"]).line_ids

    def test_a_small_change_is_shown_and_the_approval_stands(self):
        self.decide(self.wifi, "approved")
        self.wifi.line_ids[0].price_unit = 3200
        self.assertFalse(self.wifi.ask_again, "6.7 % is within 10 %")
        before = self.env["roadmap.outbox"].search([])
        line = self.propose_again(self.wifi)
        self.assertEqual((self.wifi.state, line.asks), ("approved", False))
        self.assertIn("3,000", line.difference)
        self.assertIn("now $3,200", line.difference.replace("\N{NO-BREAK SPACE}", ""))
        self.assertEqual(self.env["roadmap.outbox"].search([]), before, "nothing to decide")
        card = line._prepare_portal_values(self.contact_owner, {"signer"})[0]
        self.assertEqual((card["state"], card["difference"]), ("approved", line.difference))

    def test_small_changes_do_not_creep(self):
        with freeze_time("2026-01-05 10:00:00"):
            self.decide(self.wifi, "approved")
        for price in (3200, 3400):
            self.wifi.line_ids[0].price_unit = price
            line = self.propose_again(self.wifi)
        self.assertTrue(line.asks, "13 % above what was approved")
        self.assertEqual(self.wifi.state, "proposed")

    def test_a_great_change_asks_again(self):
        self.decide(self.wifi, "approved")
        self.wifi.line_ids[0].price_unit = 3400
        self.assertTrue(self.wifi.ask_again)
        self.assertIn("Propose it anew", self.wifi._quotation_problems()[-1])
        self.roadmap.company_id.roadmap_ask_again_percent = 20
        self.wifi.invalidate_recordset(["ask_again"])
        self.assertFalse(self.wifi.ask_again)

    # ------------------------------------------------------------------ silence
    def remind(self, day):
        with freeze_time(day), self.enter_registry_test_mode():
            self.env.ref("roadmap_msp.cron_proposal_remind").method_direct_trigger()

    def reminders(self):
        return self.env["roadmap.outbox"].search(
            [("res_id", "=", self.proposal.id), ("kind", "=", "reminder")]
        )

    def test_silence_is_reminded_of_twice_then_returns(self):
        mails = self.env["roadmap.outbox"].search([("res_id", "=", self.proposal.id)])
        days = [fields.Date.add(fields.Date.today(), days=7 * week + 1) for week in range(1, 5)]
        self.proposal._remind()
        with freeze_time(days[0]):
            self.proposal._remind()
        self.assertFalse(self.reminders(), "the first mail has not left yet")
        mails.write({"state": "sent", "sent_on": fields.Datetime.now()})
        self.decide(self.laptops, "talk")
        for number, day in enumerate(days[:2], start=1):
            with freeze_time(day):
                self.proposal._remind()
                self.proposal._remind()
            self.assertEqual(self.proposal.reminder_count, number)
            self.assertEqual(set(self.reminders().mapped("state")) & {"released"}, set())
            self.reminders().write({"state": "sent", "sent_on": fields.Datetime.now()})
        self.assertEqual(len(self.reminders()), 4, "two contacts, twice")
        self.assertNotIn("Replace 8 laptops", "".join(self.reminders().mapped("body")))
        self.assertFalse(self.topics(self.wifi))
        with freeze_time(days[2]):
            self.proposal._remind()
            self.proposal._remind()
        self.assertEqual(self.topics(self.wifi).state, "open")
        self.assertEqual(self.wifi.state, "proposed", "silence is never a refusal")
        self.assertFalse(self.topics(self.laptops), "we talk about it already")
        self.assertTrue(self.proposal.agenda_on)

    def test_many_silent_proposals_reach_the_agenda_in_as_many_queries(self):
        def proposals(count):
            items = self.items.create([self._item(f"Point {n}", 100, 0) for n in range(count)])
            found = [item.action_propose()["res_id"] for item in items]
            return self.env["roadmap.proposal"].browse(found)

        counts = []
        for rows in (proposals(1), proposals(1), proposals(6)):
            counts.append(self.queries_of(rows._bring_to_agenda))
            found = self.env["roadmap.meeting.topic"].search([])
            self.assertLessEqual(rows.line_ids.item_id, found.item_id)
        self.assertLessEqual(counts[2], counts[1], "the first one warms up")

    def test_many_reminders_cost_as_many_queries(self):
        def proposals(count):
            items = self.items.create([self._item(f"Point {n}", 100, 0) for n in range(count)])
            found = [item.action_propose()["res_id"] for item in items]
            self.env["roadmap.outbox"].search([("res_id", "in", found)]).action_cancel()
            return self.env["roadmap.proposal"].browse(found)

        counts = []
        groups = [proposals(count) for count in (1, 1, 6)]
        with freeze_time(fields.Date.add(fields.Date.today(), days=10)):
            for rows in groups:
                counts.append(self.queries_of(rows._remind))
                self.assertEqual(set(rows.mapped("reminder_count")), {1})
        links = self.env["roadmap.link"]
        again = links._issue(
            self.contact_owner, "decide", groups[0], sender=self.user_csm.partner_id
        )
        mails = self.env["roadmap.outbox"].search([("link_id", "in", again.ids)])
        self.assertEqual(mails.mapped("kind"), ["reminder", "proposal"], "one link for both")
        self.assertLessEqual(counts[2], counts[1], "the first one warms up")

    def test_the_job_takes_open_proposals_only(self):
        self.env["roadmap.outbox"].search([("res_id", "=", self.proposal.id)]).action_cancel()
        self.remind(fields.Date.add(fields.Date.today(), days=8))
        self.proposal.invalidate_recordset()
        self.assertEqual(self.proposal.reminder_count, 1, "read on the portal from the first day")
        self.proposal.action_withdraw()
        self.remind(fields.Date.add(fields.Date.today(), days=30))
        self.proposal.invalidate_recordset()
        self.assertEqual(self.proposal.reminder_count, 1)

    # ----------------------------------------------------------- refused risks
    def test_the_threshold_is_a_setting(self):
        self.assertEqual(
            self.line[self.factor].signed_refusal | self.line[self.wifi].signed_refusal, True
        )
        self.roadmap.company_id.roadmap_refusal_risk = "never"
        self.factor.line_ids[0].price_unit = 1300
        line = self.propose_again(self.factor)
        self.assertFalse(line.signed_refusal or line.risk_text)
        line.proposal_id._decide(line, "declined", self.portal_owner, reason="no")
        self.assertEqual(self.factor.state, "declined")
        self.roadmap.company_id.roadmap_refusal_risk = "medium"
        self.wifi.name = "Wi-Fi"
        line = self.propose_again(self.wifi)
        self.assertTrue(line.signed_refusal and line.risk_text)
        with self.assertRaisesRegex(UserError, "choose the date"):
            line.proposal_id._decide(line, "declined", self.portal_owner, reason="no")

    def test_a_plain_no_returns_after_a_year(self):
        decision = self.decide(self.laptops, "declined", reason="Too expensive")
        self.assertEqual(decision.until, fields.Date.add(fields.Date.today(), months=12))
        self.assertEqual(self.topics(self.laptops).review_on, decision.until)
        again = self.decide(self.laptops, "declined", reason="Too expensive")
        self.assertEqual(again, decision, "a double click")
        self.roadmap.company_id.roadmap_refusal_months = 0
        self.assertFalse(self.decide(self.wifi, "declined", reason="Never").until)

    def test_approved_after_all_leaves_the_agenda(self):
        finding = self.env["roadmap.finding"].create(
            {"name": "No MFA", "roadmap_id": self.roadmap.id, "item_ids": [(4, self.factor.id)]}
        )
        with freeze_time("2026-01-05 10:00:00"):
            self.signed(self.factor, until="2026-06-01")
        self.assertEqual(finding.state, "accepted")
        self.decide(self.factor, "approved")
        self.assertEqual(self.topics(self.factor).mapped("state"), ["decided"])
        self.assertEqual((finding.state, finding.accepted_until), ("planned", False))

    def test_open_accepted_risks(self):
        risks = self.env["roadmap.decision"].with_user(self.user_csm)
        domain = [("is_open_risk", "=", True), ("roadmap_id", "=", self.roadmap.id)]
        self.assertFalse(risks.search(domain))
        self.decide(self.laptops, "declined", reason="No")
        decision = self.signed(self.factor)
        self.assertEqual(risks.search(domain), decision)
        self.assertTrue(decision.is_open_risk)
        with freeze_time(fields.Datetime.add(fields.Datetime.now(), minutes=1)):
            self.decide(self.factor, "approved")
        self.assertFalse(risks.search(domain))

    def test_the_goal_is_frozen_but_what_was_told_in_confidence(self):
        goal = self.env["roadmap.goal"].create({"name": "Grow", "roadmap_id": self.roadmap.id})
        self.wifi.goal_id = goal
        self.assertEqual(self.propose_again(self.wifi).goal_name, "Grow")
        goal.owner_only = True
        self.assertFalse(self.propose_again(self.wifi).goal_name)
