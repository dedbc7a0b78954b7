from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..models.questionnaire import roadmap_finding_fold
from .common import PIXEL
from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireFindings(QuestionnaireCommon):
    def findings(self, roadmap=None):
        return self.env["roadmap.finding"].search(
            [("roadmap_id", "=", (roadmap or self.roadmap).id)]
        )

    def by_key(self, key):
        return self.findings().filtered(lambda finding: finding.source_key == key)

    def submit(self, values):
        self.save(values)
        self.assessment._submit(self.contact_owner, force=True)

    def test_bad_answers_raise_once_and_unknown_is_a_check(self):
        self.submit(
            {
                "AAA-1": self.key("AAA-1", "Do not know"),
                "AAA-2": self.key("AAA-2", "No"),
                "AAA-3": 1,
                "AAA-5": [self.key("AAA-5", "None")],
            }
        )
        self.assertEqual(
            sorted(self.findings().mapped("source_key")), ["answer:AAA-1", "answer:AAA-2"]
        )
        self.assertEqual(self.by_key("answer:AAA-1").kind, "check")
        gap = self.by_key("answer:AAA-2")
        self.assertEqual((gap.kind, gap.risk, gap.state), ("risk", "critical", "open"))
        self.assertEqual(gap.template_ids, self.template)
        self.assertEqual(gap.name, "Question AAA-2? No")
        self.assessment._update_findings()
        self.assessment.action_close()
        self.assertEqual(len(self.findings()), 2)

    def test_hidden_answers_raise_nothing(self):
        self.save({"AAA-1": self.key("AAA-1", "Yes"), "AAA-2": self.key("AAA-2", "No")})
        self.submit({"AAA-1": self.key("AAA-1", "No")})
        self.assertEqual(self.findings().mapped("source_key"), ["answer:AAA-1"])

    def test_better_answer_resolves_worse_answer_reopens(self):
        self.submit({"AAA-1": self.key("AAA-1", "No")})
        self.save({"AAA-1": self.key("AAA-1", "Yes")}, source="staff")
        self.assessment._update_findings()
        self.assertEqual(self.findings().state, "resolved")
        self.save({"AAA-1": self.key("AAA-1", "No")}, source="staff")
        self.assessment._update_findings()
        self.assertEqual((len(self.findings()), self.findings().state), (1, "open"))

    def test_dismissed_stays_so_within_the_run(self):
        self.submit({"AAA-1": self.key("AAA-1", "No")})
        self._close(self.findings(), "dismissed", reason="Not true")
        self.assessment._update_findings()
        self.assertEqual(self.findings().state, "dismissed")

    def test_same_item_folds_into_one_line(self):
        self.submit({"AAA-1": self.key("AAA-1", "No"), "AAA-3": 5})
        lines = self.findings().filtered(lambda finding: not finding.parent_id)
        self.assertEqual(lines.source_key, "answer:AAA-1")
        self.assertEqual(lines.child_ids.source_key, "answer:AAA-3")
        self.assertTrue(lines.proposed)
        self.assertFalse(lines.child_ids.proposed)

    def test_at_most_ten_lines_are_proposed(self):
        self.env["roadmap.finding"].create(
            [
                {"name": str(n), "roadmap_id": self.roadmap.id, "urgency": n, "source_key": str(n)}
                for n in range(15)
            ]
        )
        self.env["roadmap.finding"]._fold(self.roadmap)
        proposed = self.findings().filtered("proposed")
        self.assertEqual(sorted(map(int, proposed.mapped("name"))), list(range(5, 15)))

    def test_covered_by_the_agreement_is_ours(self):
        tier = self.env["roadmap.tier"].create(
            {"name": "T", "code": "test", "covered_template_ids": [(6, 0, self.template.ids)]}
        )
        self.roadmap.tier_id = tier
        self.submit({"AAA-1": self.key("AAA-1", "No")})
        finding = self.findings()
        self.assertTrue(finding.covered)
        self.assertFalse(finding.proposed)
        finding.with_user(self.user_csm).action_create_items()
        self.assertTrue(finding.item_ids.covered)

    def test_owner_only_and_technicians(self):
        self.submit({"AAA-1": self.key("AAA-1", "No")})
        with self.assertRaises(AccessError):
            self.findings().with_user(self.user_technician).read(["name"])
        self.assertFalse(
            self.env["roadmap.finding"]
            .with_user(self.user_other_csm)
            .search([("roadmap_id", "=", self.roadmap.id)])
        )

    def test_plan_as_items(self):
        self.submit({"AAA-1": self.key("AAA-1", "No"), "AAA-3": 5})
        line = self.findings().filtered(lambda finding: not finding.parent_id)
        manual = self.env["roadmap.finding"].create(
            {"name": "Old fax", "roadmap_id": self.roadmap.id}
        )
        (line | manual).with_user(self.user_csm).action_create_items()
        items = self.roadmap.item_ids
        self.assertEqual(sorted(items.mapped("name")), ["Old fax", "Test item"])
        self.assertEqual(set(self.findings().mapped("state")), {"planned"})
        templated = items.filtered("template_id")
        self.assertEqual(templated.finding_ids, line | line.child_ids)
        with self.assertRaisesRegex(UserError, "no longer open"):
            line.action_create_items()

    def _close(self, findings, decision, **values):
        wizard = (
            self.env["roadmap.finding.close"]
            .with_user(self.user_manager)
            .create({"finding_ids": [(6, 0, findings.ids)], "decision": decision, **values})
        )
        wizard.action_confirm()

    def test_accept_until_then_open_again(self):
        self.submit({"AAA-1": self.key("AAA-1", "No")})
        finding = self.findings()
        with self.assertRaises(UserError):
            self._close(finding, "accepted")
        with self.assertRaises(UserError):
            self._close(finding, "accepted", reason="x", until=fields.Date.today())
        until = fields.Date.add(fields.Date.today(), days=10)
        finding.risk = "critical"
        accepted = {"reason": "Moving soon", "until": until}
        for who in ({}, {"partner_id": self.contact_office.id}):
            with self.assertRaisesRegex(UserError, "Choose who accepts"):
                self._close(finding, "accepted", **accepted, **who)
        accepted["partner_id"] = self.contact_owner.id
        with self.assertRaisesRegex(UserError, "by a signature"):
            self._close(finding, "accepted", **accepted)
        self.assertEqual(finding.state, "open")
        self._close(finding, "accepted", **accepted, signature=PIXEL)
        self._close(finding, "accepted", **accepted, signature=PIXEL)
        decision = self.env["roadmap.decision"].search([("finding_id", "=", finding.id)])
        self.assertEqual(len(decision), 1, "a double click decides once")
        self.assertEqual((decision.decision, decision.until), ("declined", until))
        self.assertEqual(decision.partner_id, self.contact_owner)
        self.assertEqual(decision.user_id, self.user_manager)
        self.assertTrue(decision.risk_text and decision.content_hash and decision.signed_by)
        self.assertEqual((finding.state, finding.proposed), ("accepted", False))
        cron = self.env.ref("roadmap_msp.finding_accepted_cron")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(finding.state, "accepted")
        finding.accepted_until = fields.Date.add(fields.Date.today(), days=-1)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(finding.state, "open")
        self.assertIn("The accepted period has ended", str(finding.message_ids.mapped("body")))

    def test_findings_open_again_until_the_time_is_up(self):
        past = fields.Date.subtract(fields.Date.today(), days=1)
        rows = [
            {
                "name": name,
                "roadmap_id": self.roadmap.id,
                "state": "accepted",
                "accepted_until": past,
            }
            for name in ("One", "Two")
        ]
        findings = self.env["roadmap.finding"].create(rows)
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=0)
        with patch.object(roadmap_finding_fold, "REOPEN_BATCH", 1), progress:
            self.env["roadmap.finding"]._cron_accepted_until()
            self.assertEqual(sorted(findings.mapped("state")), ["accepted", "open"])
            self.env["roadmap.finding"]._cron_accepted_until()
        self.assertEqual(set(findings.mapped("state")), {"open"})

    def test_link_to_existing_items_of_the_same_client_only(self):
        self.submit({"AAA-1": self.key("AAA-1", "No")})
        own, foreign = self.env["roadmap.item"].create(
            [
                {"name": "Own", "roadmap_id": self.roadmap.id},
                {"name": "Foreign", "roadmap_id": self.other_roadmap.id},
            ]
        )
        with self.assertRaisesRegex(UserError, "another client"):
            self._close(self.findings(), "planned", item_ids=[(6, 0, foreign.ids)])
        with self.assertRaisesRegex(UserError, "Choose the items"):
            self._close(self.findings(), "planned")
        self._close(self.findings(), "planned", item_ids=[(6, 0, own.ids)])
        self.assertEqual(self.findings().item_ids, own)
        for action in ("action_accept", "action_dismiss", "action_link"):
            with self.assertRaisesRegex(UserError, "no longer open"):
                getattr(self.findings().with_user(self.user_csm), action)()

    def test_the_dialog_asks_what_the_finding_needs(self):
        """Opened by the team: whose risk it is, who may live with it, whether that is signed."""
        rows = [
            {"name": "No MFA", "roadmap_id": self.roadmap.id, "risk": "critical"},
            {"name": "Old fax", "roadmap_id": self.roadmap.id, "risk": "low"},
            {"name": "Theirs", "roadmap_id": self.other_roadmap.id, "risk": "low"},
        ]
        great, small, foreign = self.env["roadmap.finding"].create(rows)

        def dialog(findings, user=self.user_csm, name="action_accept"):
            action = getattr(findings.with_user(user), name)()
            model = self.env[action["res_model"]].with_user(user).with_context(**action["context"])
            return Form(model)

        form = dialog(great | small)
        self.assertEqual((form.decision, form.roadmap_id.id), ("accepted", self.roadmap.id))
        self.assertEqual(form.decider_ids[:].ids, self.contact_owner.ids, "no contributor")
        self.assertTrue(form.is_signed and form.risk_text, "the worst of them decides")
        form.partner_id = self.contact_owner
        self.assertEqual(form.signed_by, "Olive Owner")
        form = dialog(small)
        self.assertFalse(form.is_signed or form.risk_text)
        both = dialog(small | foreign, self.user_all, "action_dismiss")
        self.assertFalse(both.roadmap_id, "of two clients: no item fits both")
        self.assertEqual(both.decision, "dismissed")
        self.assertEqual(dialog(small, name="action_link").decision, "planned")
        self.assertFalse(self.env["roadmap.finding.close"].new({}).risk_text)
