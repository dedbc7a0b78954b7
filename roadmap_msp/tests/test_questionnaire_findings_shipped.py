from odoo import fields
from odoo.tests import tagged

from ..rules import contradictions, prefill, prefill_contacts, prefill_contracts
from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireFindingsShipped(QuestionnaireCommon):
    """Rules that speak of questions of the shipped questionnaire, and the budget of a full run."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assessment.action_cancel()
        cls.questionnaire = cls.env.ref("roadmap_msp.questionnaire_technology_1")
        cls.assessment = cls._create_run(cls.roadmap)
        cls.assessment.action_send()
        cls.q = {question.code: question for question in cls.questionnaire.question_ids}

    def keys(self):
        return self.assessment.finding_ids.mapped("source_key")

    def submit(self, values):
        self.save(values, source="staff")
        self.assessment._submit(self.contact_owner, force=True)

    def test_contradiction_with_the_asset_register(self):
        server = self.env["roadmap.asset.type"].search([("code", "=", "server")])
        self.assertTrue(server)
        asset = self.env["roadmap.asset"].create(
            {
                "name": "SRV-02",
                "roadmap_id": self.roadmap.id,
                "type_id": server.id,
                "warranty_end": fields.Date.add(fields.Date.today(), months=-3),
            }
        )
        self.submit(
            {
                "SRV-1": next(c.id for c in self.q["SRV-1"].choice_ids if c.code != "None"),
                "SRV-3": self.key("SRV-3", "Yes, fully"),
            }
        )
        finding = self.assessment.finding_ids.filtered(lambda row: row.kind == "contradiction")
        self.assertEqual(finding.asset_id, asset)
        self.assertIn("SRV-02", finding.name)
        self.assertEqual(
            self.env["roadmap.finding"].search([("roadmap_id", "=", self.roadmap.id)], limit=1),
            finding,
            "it stands on top",
        )
        asset.warranty_end = fields.Date.add(fields.Date.today(), months=3)
        self.assessment._update_findings()
        self.assertEqual(finding.state, "resolved")

    def contradictions(self):
        found = self.assessment.finding_ids.filtered(lambda row: row.kind == "contradiction")
        return {row.source_key.partition(":")[2]: row for row in found if row.state == "open"}

    def device(self, kind, **values):
        kinds = self.env["roadmap.asset.type"].search([("code", "=", kind)])
        return self.env["roadmap.asset"].create(
            {"name": kind.upper(), "roadmap_id": self.roadmap.id, "type_id": kinds.id, **values}
        )

    def test_every_rule_speaks_of_a_shipped_question_and_its_choices(self):
        for rules, source in (
            (prefill, "assets"), (prefill_contracts, "contracts"), (prefill_contacts, "contacts"),
        ):  # fmt: skip
            named = {code for code, question in self.q.items() if question.prefill == source}
            self.assertEqual(named, rules.CODES, source)
        for code in contradictions.CODES:
            known = set(self.q[code].choice_ids.mapped("code"))
            self.assertLessEqual(set(contradictions.claims(code)), known, code)
        for _least, word in prefill.SERVER_COUNTS:
            self.assertTrue(self.key("SRV-1", word))
        self.assertTrue(self.key("STO-1", "NAS"))

    def test_contradictions_with_register_contracts_roles_and_insurance(self):
        today = fields.Date.today()
        self.device("server", purchase_date=fields.Date.subtract(today, years=9))
        self.device("server")
        phones = [self.device("tablet_or_phone") for _number in range(4)]
        lifecycle = self.env["roadmap.lifecycle"].create(
            {"name": "Old System", "support_end": fields.Date.subtract(today, days=9)}
        )
        old, _other = (self.device("desktop_pc", lifecycle_id=lifecycle.id) for _n in range(2))
        self.env["roadmap.contract"].create(
            {
                "name": "Line",
                "roadmap_id": self.roadmap.id,
                "category_id": self.env.ref("roadmap_msp.category_connectivity").id,
                "date_end": fields.Date.add(today, months=20),
                "price": 5,
            }
        )
        self.submit(
            {
                "SRV-1": self.key("SRV-1", "One"),
                "SRV-2": 2,
                "OSS-1": 0,
                "MOB-1": 9,
                "ISP-2": str(fields.Date.add(today, months=7)),
                "GRO-1": 5,
                "GRO-9": 8,
                "INS-1": self.key("INS-1", "Yes, limit fits our risk"),
                "INS-2": str(fields.Date.subtract(today, days=3)),
            }
        )
        found = self.contradictions()
        self.assertEqual(
            set(found), {"SRV-1", "SRV-2", "OSS-1", "MOB-1", "ISP-2", "GRO-9", "INS-2"}
        )
        self.assertEqual(found["OSS-1"].asset_id, old)
        self.assertRegex(found["OSS-1"].name, r"DESKTOP_PC ended .* \(and 1 more\)$")
        self.assertIn("; but the register has 4", found["MOB-1"].name)
        self.assertTrue(found["INS-2"].owner_only)
        self.assertEqual({key for key, row in found.items() if row.owner_only}, {"INS-2"})
        high = {key for key, row in found.items() if row.urgency > 1000}
        self.assertEqual(high, {"OSS-1", "INS-2"}, "only what is a high risk stands on top")
        phones[0].state = phones[1].state = "retired"
        self.save({"MOB-1": 2, "SRV-1": self.key("SRV-1", "Two to five")}, source="staff")
        self.assessment._update_findings()
        self.assertFalse({"MOB-1", "SRV-1"} & set(self.contradictions()), "resolved by itself")

    def test_nobody_on_file_as_decision_maker(self):
        self.roadmap.stakeholder_ids.filtered(lambda row: row.role == "decision_maker").unlink()
        self.submit({"BUS-2": self.key("BUS-2", "Decision maker joins")})
        self.assertIn("nobody is on file as decision maker", self.contradictions()["BUS-2"].name)

    def test_a_restore_that_was_proven_later_last_time(self):
        today = fields.Date.today()
        self.submit({"BCK-4": str(fields.Date.subtract(today, days=200))})
        self.assertFalse(self.contradictions())
        before = self.assessment
        before.state = "closed"
        self.assessment = self._create_run(self.roadmap, previous_id=before.id)
        self.assessment.action_send()
        self.submit({"BCK-4": str(fields.Date.subtract(today, days=300))})
        self.assertIn("last time the answer was", self.contradictions()["BCK-4"].name)

    def test_looking_for_contradictions_costs_the_same_for_many_devices(self):
        self.save({"SRV-1": self.key("SRV-1", "One"), "OSS-1": 0}, source="staff")

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            rows = self.assessment.sudo()._read_answer_rows()
            before = self.env.cr.sql_log_count
            self.assessment.sudo()._contradictions(rows, 1.0)
            return self.env.cr.sql_log_count - before

        self.device("server")
        self.device("server")
        few = queries()
        for _number in range(12):
            self.device("server")
        self.assertLessEqual(queries(), few)

    def test_growth_suggests_a_capacity_review(self):
        self.submit({"GRO-1": 10, "GRO-2": 12})
        finding = self.assessment.finding_ids.filtered(lambda row: row.source_key == "growth")
        self.assertEqual(finding.template_ids.mapped("code"), ["R-101"])

    def test_another_questionnaire_says_nothing_about_them(self):
        role = self.roadmap.stakeholder_ids.filtered(lambda row: row.role == "decision_maker")
        role.role = "contributor"
        self.submit({"GRO-1": 10, "GRO-2": 12, "BUS-2": self.key("BUS-2", "Decision maker joins")})
        role.role = "decision_maker"
        found = self.assessment.finding_ids.filtered(
            lambda row: row.source_key in ("growth", "contradiction:BUS-2")
        )
        self.assertEqual(found.mapped("state"), ["open"] * 2)
        run = self.env["roadmap.assessment"].create(
            {
                "roadmap_id": self.roadmap.id,
                "questionnaire_id": self.env.ref("roadmap_msp.questionnaire_yearly_1").id,
            }
        )
        run.action_send()
        run.action_submit()
        run.action_close()
        self.assertEqual(found.mapped("state"), ["open"] * 2)

    def test_little_growth_does_not(self):
        self.submit({"GRO-1": 10, "GRO-2": 11, "GRO-10": 13})
        self.assertNotIn("growth", self.keys())

    def test_business_dependence_multiplies_urgency(self):
        self.submit({"BUD-1": self.key("BUD-1", "None")})
        plain = self.assessment.finding_ids.urgency
        self.save({"BUS-6": self.key("BUS-6", "Under 1 hour")}, source="staff")
        self.assessment._update_findings()
        self.assertAlmostEqual(self.assessment.finding_ids.urgency, plain * 1.3)
        self.assertEqual(self.roadmap._business_dependence(), 1.3)
        self.assertEqual(self.other_roadmap._business_dependence(), 1.0)

    def test_many_questionnaires_of_customers_multiply_urgency(self):
        """More than three a year, and of the items that answer them only."""
        none = {"POL-1": [self.key("POL-1", "None")], "BUD-1": self.key("BUD-1", "None")}
        self.submit({**none, "CMP-6": 3})
        findings = {row.source_key: row for row in self.assessment.finding_ids}
        before = {key: finding.urgency for key, finding in findings.items()}
        self.save({"CMP-6": 4}, source="staff")
        self.assessment._update_findings()
        more = {key: row.urgency / before[key] for key, row in findings.items()}
        self.assertEqual(more, {"answer:POL-1": 1.25, "answer:BUD-1": 1})

    def test_service_feedback_never_lowers_the_score(self):
        self.submit(
            {"SAT-1": self.q["SAT-1"].choice_ids[0].id}
            if self.q["SAT-1"].choice_ids
            else {"SAT-1": 1}
        )
        self.assertFalse(self.assessment.is_scored)
