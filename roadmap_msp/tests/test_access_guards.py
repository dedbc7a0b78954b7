"""What record rules alone would allow: values, links, decisions, owner-only answers."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from . import access_configuration, access_records
from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestAccessGuards(RoadmapCommon):
    """What record rules alone would allow."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shared = access_configuration.configuration(cls.env)
        cls.own = access_records.of_client(cls.env, cls.roadmap, cls.contact_owner, shared)
        cls.other = access_records.of_client(cls.env, cls.other_roadmap, cls.other_contact, shared)
        cls.env.flush_all()

    def test_answers_are_stored_in_one_way_only(self):
        answer = self.own["roadmap.answer"]
        for user in (self.user_csm, self.user_manager, self.user_technician):
            for values in (
                {"state": "verified"},
                {"score": 100, "is_scored": True},
                {"version": 7},
                {"respondent_id": self.contact_owner.id},
                {"assessment_id": self.other["roadmap.assessment"].id},
                {"value_text": "x", "source": "client"},
            ):
                with self.assertRaises(AccessError):
                    answer.with_user(user).write(values)
        answer.with_user(self.user_technician).write({"value_text": "by hand"})
        self.assertEqual((answer.value_text, answer.source), ("by hand", "staff"))
        self.assertEqual(answer.version, 1)

    def test_technician_learns_nothing_of_owner_only_answers(self):
        answer = self.own["roadmap.answer:owner_only"]
        answer.assessment_id._save_answers(
            {answer.question_id.id: {"value": "We sell the firm"}},
            respondent=self.contact_owner,
            source="client",
        )
        run = answer.assessment_id.with_user(self.user_technician)
        self.assertNotIn(answer, run.answer_ids.with_env(self.env))
        self.assertNotIn("We sell", str(run.answer_ids.read()))
        result = run._save_answers(
            {answer.question_id.id: {"value": "x", "version": 0}},
            respondent=self.user_technician.partner_id,
            source="staff",
        )[answer.question_id.id]
        self.assertIsNone(result["conflict"])
        self.assertTrue(result["error"])
        for model, path in (
            ("roadmap.answer", "audience"),
            ("roadmap.answer.revision", "answer_id.audience"),
        ):
            found = self.env[model].with_user(self.user_technician).search([])
            self.assertNotIn("owner", found.sudo().mapped(path))
        with self.assertRaises(AccessError):
            self.env["roadmap.assessment.sheet"].with_user(self.user_technician).create(
                {"assessment_id": run.id}
            )
        # Should a technician ever get at the spreadsheet, the rules still leave these out.
        self.assertNotIn(answer.id, run.answer_ids.ids)

    def test_contributor_neither_reads_nor_meets_owner_only_answers(self):
        answer = self.own["roadmap.answer:owner_only"]
        run, question = answer.assessment_id, answer.question_id
        answer.assessment_section_id.respondent_ids |= self.contact_office
        run._save_answers(
            {question.id: {"value": "We sell the firm"}},
            respondent=self.contact_owner,
            source="client",
        )
        roles = self.roadmap._roles_of(self.contact_office)
        pages = run._portal_sections(self.contact_office, roles)
        self.assertIn(answer.assessment_section_id, pages)
        shown = run._page_values(answer.assessment_section_id, self.contact_office, roles)
        self.assertNotIn("Sell the firm", str(shown))
        self.assertNotIn("We sell", str(run._prepare_portal_values(self.contact_office, roles)))
        result = run._save_answers(
            {question.id: {"value": "x", "version": 0}},
            respondent=self.contact_office,
            source="client",
            allowed=pages,
        )[question.id]
        self.assertTrue(result["error"])
        self.assertIsNone(result["conflict"])

    def test_findings_of_owner_only_questions_stay_hidden(self):
        finding = self.own["roadmap.finding:owner_only"]
        template = self.env["roadmap.item.template"].search([], limit=1)
        items = self.env["roadmap.item"]._create_from_templates(self.roadmap, template, finding)
        self.assertFalse(items.client_visible)
        both = finding | self.own["roadmap.finding"]
        items = self.env["roadmap.item"]._create_from_templates(self.roadmap, template, both)
        self.assertTrue(items.client_visible, "others found it too")
        alone = finding.copy({"item_ids": False})
        alone.with_user(self.user_csm).action_create_items()
        self.assertFalse(alone.item_ids.client_visible)
        with self.assertRaises(UserError):
            alone.item_ids.action_propose()

    def test_technician_sets_neither_respondents_nor_publishing(self):
        page = self.own["roadmap.assessment.section"].with_user(self.user_technician)
        for values in (
            {"published_on": "2026-01-01 10:00:00"},
            {"respondent_ids": self.contact_office.ids},
            {"score": 100},
            {"assessment_id": self.other["roadmap.assessment"].id},
        ):
            with self.assertRaises(AccessError):
                page.write(values)

    def test_technician_sees_no_page_of_owner_only_questions(self):
        secret = self.env["roadmap.questionnaire.section"].create(
            {
                "questionnaire_id": self.own["roadmap.assessment"].questionnaire_id.id,
                "code": "SEC",
                "name": "Secret",
            }
        )
        self.env["roadmap.question"].create(
            {
                "section_id": secret.id,
                "code": "SEC-1",
                "name": "?",
                "question_type": "text",
                "audience": "owner",
            }
        )
        page = self.env["roadmap.assessment.section"].create(
            {"assessment_id": self.own["roadmap.assessment"].id, "section_id": secret.id}
        )
        self.assertFalse(page.with_user(self.user_technician).has_access("read"))
        self.assertTrue(page.with_user(self.user_csm).has_access("read"))

    def test_technician_sees_no_money(self):
        """No amount on any model that technicians read; prices of orders and items are closed."""
        shown = {
            f"{name}.{field}"
            for name in self.env.registry
            if name.startswith("roadmap.")
            and not self.env[name]._abstract
            and not self.env[name]._transient
            and self.env[name].with_user(self.user_technician).has_access("read")
            for field, values in self.env[name].with_user(self.user_technician).fields_get().items()
            if values["type"] == "monetary" or "price" in field or "amount" in field
        }
        self.assertEqual(shown, set())
        company = self.env["res.company"].with_user(self.user_technician)
        self.assertNotIn("roadmap_hour_cost", company.fields_get())

    def test_a_link_leads_where_it_was_made_for(self):
        link = self.own["roadmap.link"].with_user(self.user_csm)
        for values in (
            {"res_id": self.other["roadmap.assessment"].id},
            {"partner_id": self.user_csm.partner_id.id},
            {"roadmap_id": self.other_roadmap.id},
            {"purpose": "decide"},
            {"section_ids": [(5,)]},
        ):
            with self.assertRaises(AccessError):
                link.write(values)
        link.action_withdraw()
        self.assertEqual(link.state, "withdrawn")

    def test_decisions_are_kept(self):
        decision = self.own["roadmap.decision"]
        for user in (self.user_csm, self.user_manager):
            with self.assertRaises(AccessError):
                decision.with_user(user).write({"content_hash": "x"})
            with self.assertRaises(AccessError):
                decision.with_user(user).unlink()
        with self.assertRaises(UserError):
            decision.write({"decision": "declined"})
        item = decision.item_id.copy({"name": "Decided"})
        finding = self.own["roadmap.finding"].copy()
        topic = self.own["roadmap.meeting.topic"].copy()
        for field, record in (("item_id", item), ("finding_id", finding), ("topic_id", topic)):
            decision.create(
                {"roadmap_id": self.roadmap.id, field: record.id, "decision": "approved"}
            )
            with self.assertRaisesRegex(UserError, "decision about it"):
                record.with_user(self.user_manager).unlink()

    def test_reports_follow_the_rules_of_their_records(self):
        """A report's address with somebody else's ids gives nothing away."""
        report = self.env["ir.actions.report"]
        shown = []
        outsiders = self.portal_stranger, self.portal_other, self.user_salesman
        for name, model, users in (
            ("report_minutes", "roadmap.meeting", (self.portal_owner, self.user_technician)),
            ("report_preparation", "roadmap.meeting", (self.portal_owner, self.user_technician)),
            (
                "report_roadmap_decision",
                "roadmap.decision",
                (self.portal_owner, self.user_technician),
            ),
            ("report_roadmap_book", "roadmap.book", (self.portal_owner, self.user_technician)),
            ("report_roadmap_budget", "roadmap.budget", (self.user_technician,)),
        ):
            for user in (*outsiders, *users, self.user_other_csm):
                self.env.invalidate_all()
                try:
                    report.with_user(user)._render_qweb_html(
                        f"roadmap_msp.{name}", self.own[model].ids
                    )
                except Exception as error:  # noqa: BLE001 the template wraps it
                    if "access" not in str(error).lower():
                        shown.append((name, user.login, str(error)[-200:]))
                else:
                    shown.append((name, user.login))
        self.assertFalse(shown)
