from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireReview(QuestionnaireCommon):
    def submit(self, values, run=None):
        self.save(values, run=run)
        (run or self.assessment)._submit(self.contact_owner, force=True)

    def correct(self, code, user=None, **values):
        answer = self.answer(code).with_user(user or self.user_vcio)
        action = answer.action_correct()
        wizard = (
            self.env[action["res_model"]]
            .with_user(user or self.user_vcio)
            .with_context(**action["context"])
            .create(values)
        )
        wizard.action_correct()
        return answer

    def test_a_correction_needs_a_reason_and_keeps_both_values(self):
        self.submit({"AAA-1": self.key("AAA-1", "No"), "AAA-6": "ten"})
        finding = self.assessment.finding_ids
        self.assertEqual(finding.state, "open")
        answer = self.answer("AAA-1").with_user(self.user_vcio)
        with self.assertRaisesRegex(UserError, "Correct"):
            answer.write({"choice_id": self.key("AAA-1", "Yes")})
        self.correct("AAA-1", choice_id=self.key("AAA-1", "Yes"), reason="We looked")
        self.assertEqual((answer.display_value, answer.source), ("Yes", "staff"))
        kept = answer.revision_ids
        self.assertEqual(
            (kept.kind, kept.display_value, kept.reason, kept.user_id, kept.partner_id),
            ("corrected", "No", "We looked", self.user_vcio, self.contact_owner),
        )
        self.assertEqual((self.assessment.score, finding.state), (100, "resolved"))
        text = self.correct("AAA-6", value_text="eleven", reason="Counted")
        self.assertEqual((text.value_text, text.revision_ids.display_value), ("eleven", "ten"))

    def test_corrections_by_type(self):
        self.submit({"AAA-3": 1, "AAA-5": [self.key("AAA-5", "a")], "AAA-4": "2026-01-01"})
        self.assertEqual(self.correct("AAA-3", value_number=4, reason="x").value_number, 4)
        ticks = self.correct("AAA-5", choice_ids=[(6, 0, [self.key("AAA-5", "b")])], reason="x")
        self.assertEqual(ticks.choice_ids.code, "b")
        day = fields.Date.to_date("2025-02-03")
        self.assertEqual(self.correct("AAA-4", value_date=day, reason="x").value_date, day)
        with self.assertRaisesRegex(UserError, "file"):
            self.correct("AAA-8", reason="x")

    def filtered(self, name):
        """Codes that a filter of the review leaves, as a technician sees them."""
        arch = etree.fromstring(self.env.ref("roadmap_msp.roadmap_answer_view_search").arch)
        domain = safe_eval(arch.xpath(f"//filter[@name='{name}']")[0].get("domain"))
        model = self.env["roadmap.answer"].with_user(self.user_technician)
        found = model.search([("assessment_id", "=", self.assessment.id), *domain])
        return found.mapped("question_id.code")

    def test_filters_of_the_review(self):
        proof = self.env["ir.attachment"].create(
            {
                "name": "proof.pdf",
                "raw": b"%PDF",
                "res_model": "roadmap.answer",
                "res_id": self.answer("AAA-8").id,
            }
        )
        self.submit(
            {
                "AAA-1": self.key("AAA-1", "Yes"),
                "AAA-2": self.key("AAA-2", "No"),
                "AAA-4": {"value": {"special": "unknown"}},
                "AAA-8": {"value": proof.ids},
                "AAA-6": "words",
            }
        )
        self.env.cr.execute(
            "UPDATE roadmap_answer SET changed = true WHERE id = %s", [self.answer("AAA-6").id]
        )
        photo = self.env["ir.attachment"].create({"name": "rack.png", "raw": b"x"})
        self.answer("AAA-6").message_post(body="Here", attachment_ids=photo.ids)
        self.assertEqual(self.filtered("unanswered"), ["AAA-3", "AAA-5", "BBB-1"])
        self.assertEqual(self.filtered("unknown"), ["AAA-4"])
        self.assertEqual(self.filtered("risk"), ["AAA-2"])
        self.assertEqual(self.filtered("changed"), ["AAA-6"])
        self.assertEqual(self.filtered("evidence"), ["AAA-6", "AAA-8"])
        self.assertEqual(self.filtered("no_evidence"), ["AAA-1", "AAA-2", "AAA-4"])
        counts = [self.answer(code).evidence_count for code in ("AAA-1", "AAA-6", "AAA-8")]
        self.assertEqual(counts, [0, 1, 1])

    def test_a_page_is_verified_by_a_technician(self):
        """What they may see of it, while we review; the decision maker's answer stays unseen."""
        page = self.answer("AAA-6").assessment_section_id.with_user(self.user_technician)
        with self.assertRaises(UserError):
            page.action_verify()
        self.submit({"AAA-6": "ten", "AAA-3": 1, "AAA-7": "We sell"})
        self.env.invalidate_all()
        page.action_verify()
        states = {code: self.answer(code).state for code in ("AAA-3", "AAA-6", "AAA-5", "AAA-7")}
        self.assertEqual(
            states,
            {"AAA-3": "verified", "AAA-6": "verified", "AAA-5": "unanswered", "AAA-7": "answered"},
        )
        self.assertEqual(page.verified_by_id, self.user_technician)

    def test_filter_of_talks_that_wait_for_us(self):
        answer = self.answer("AAA-6").with_user(self.user_vcio)
        self.assertEqual(self.filtered("talk"), [])
        answer._post_from_client(self.contact_owner, "What do you mean?")
        self.assertEqual(self.filtered("talk"), ["AAA-6"])
        self.assertTrue(answer.client_wrote_last)
        answer.message_post(body="Ask them", subtype_xmlid="mail.mt_note")
        self.assertEqual(self.filtered("talk"), ["AAA-6"], "a note of ours is no reply")
        answer.message_post(body="Laptops", message_type="comment", subtype_xmlid="mail.mt_comment")
        self.assertEqual(self.filtered("talk"), [])

    def test_others_do_not_correct(self):
        self.submit({"AAA-1": self.key("AAA-1", "No")})
        for user in (self.user_other_csm, self.user_technician):
            with self.assertRaises(AccessError):
                self.correct("AAA-1", user, choice_id=self.key("AAA-1", "Yes"), reason="x")

    def test_the_dialog_shows_no_answer_of_somebody_elses_client(self):
        self.submit({"AAA-6": "confidential"})
        wizard = (
            self.env["roadmap.answer.correct"]
            .with_user(self.user_other_csm)
            .create({"answer_id": self.answer("AAA-6").id, "reason": "x"})
        )
        for name in ("display_value", "respondent_id"):
            self.env.invalidate_all()
            with self.assertRaises(AccessError, msg=name):
                wizard.mapped(name)


@tagged("post_install", "-at_install")
class TestQuestionnaireFacts(QuestionnaireCommon):
    """What answers say about the client is written to it only by a person who accepts it."""

    @classmethod
    def _create_questionnaire(cls):
        def fact(target, kind, **values):
            code = f"FAC-{len(questions) + 1}"
            questions.append(cls._question(code, kind, 0, [], fact=target, **values))

        questions = []
        fact("headcount", "number")
        fact("sites", "number")
        fact("fiscal_year_end", "date", audience="owner")
        fact("insurance_renewal", "date", audience="owner")
        fact("decision_maker", "text")
        return cls.env["roadmap.questionnaire"].create(
            {
                "name": "Facts",
                "family_code": "facts",
                "section_ids": [cls._page("FAC", "Facts", 1, questions)],
            }
        )

    def submit(self, values):
        self.save(values)
        self.assessment._submit(self.contact_owner, force=True)

    def wizard(self, user=None):
        run = self.assessment.with_user(user or self.user_vcio)
        action = run.action_open_facts()
        return run.env[action["res_model"]].browse(action["res_id"])

    def test_accept_reject_and_later(self):
        self.roadmap.site_count = 1
        self.submit({"FAC-1": 31, "FAC-2": 3, "FAC-3": "2026-06-30", "FAC-4": "2027-03-01"})
        self.assertEqual(self.assessment.fact_count, 4)
        self.assertEqual(self.roadmap.headcount, 0, "nothing by itself")
        wizard = self.wizard()
        lines = {line.target: line for line in wizard.line_ids}
        self.assertEqual((lines["headcount"].known, lines["headcount"].new), ("unknown", "31"))
        lines["sites"].decision = "reject"
        lines["insurance_renewal"].decision = "later"
        wizard.action_apply()
        self.assertEqual((self.roadmap.headcount, self.roadmap.site_count), (31, 1))
        self.assertEqual(self.roadmap.fiscal_year_start, "7")
        self.assertFalse(self.roadmap.insurance_renewal)
        self.assertEqual(self.wizard().line_ids.mapped("target"), ["insurance_renewal"])
        note = self.roadmap.message_ids[0].body
        self.assertIn("31", note)
        self.assertNotIn("July", note, "technicians read notes, the answer is owner-only")
        self.save({"FAC-2": 4}, source="staff")
        self.assertEqual(self.assessment.fact_count, 2, "another answer is offered anew")

    def test_only_the_team_takes_over(self):
        self.submit({"FAC-1": 31})
        for user in (self.user_other_csm, self.user_technician):
            with self.assertRaises(AccessError):
                self.wizard(user)
        with self.assertRaises(AccessError):
            self.roadmap.with_user(self.user_technician).read(["insurance_renewal"])

    def test_a_line_of_another_run_changes_nothing(self):
        self.submit({"FAC-1": 31})
        wizard = self.wizard()
        wizard.assessment_id = self._create_run(self.other_roadmap)
        with self.assertRaises(AccessError):
            wizard.action_apply()
        self.assertFalse(self.other_roadmap.headcount)

    def test_what_makes_no_fact_is_not_offered(self):
        self.submit({"FAC-1": 31.5, "FAC-2": 1})
        self.assertEqual(self.assessment.fact_count, 0, "half a person; one site is known")

    def test_the_decision_maker_is_found_by_name(self):
        self.submit({"FAC-5": "oscar office"})
        self.wizard().action_apply()
        self.assertIn("decision_maker", self.roadmap._roles_of(self.contact_office))

    def test_nobody_of_that_name(self):
        self.submit({"FAC-5": "Nobody Known"})
        line = self.wizard().line_ids
        self.assertEqual(line.decision, "later")
        self.assertIn("Add the contact", line.problem)
        line.decision = "accept"
        line.wizard_id.action_apply()
        self.assertEqual(len(self.roadmap.stakeholder_ids), 3)

    def test_facts_fill_in_the_next_run(self):
        self.roadmap.write({"headcount": 31, "insurance_renewal": "2027-03-01"})
        run = self._create_run(self.roadmap)
        run.action_send()
        given = {row.question_id.code: row.display_value for row in run.answer_ids if row.source}
        self.assertEqual(set(given), {"FAC-1", "FAC-4", "FAC-5"})
        self.assertEqual((given["FAC-1"], given["FAC-5"]), ("31", self.contact_owner.name))

    def test_a_wrong_type_cannot_be_published(self):
        draft = self.env["roadmap.questionnaire"].browse(
            self.questionnaire.action_new_version()["res_id"]
        )
        draft.question_ids.filtered(lambda q: q.code == "FAC-1").question_type = "text"
        with self.assertRaisesRegex(UserError, "FAC-1.*fact"):
            draft.action_publish()
