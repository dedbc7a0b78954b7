from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireSending(QuestionnaireCommon):
    """Many clients at once, reminders that stop by themselves, the call when nobody answers."""

    def batch(self, roadmaps, user=None):
        roadmaps = roadmaps.with_user(user or self.user_all)
        action = roadmaps.action_send_questionnaires()
        return roadmaps.env[action["res_model"]].browse(action["res_id"])

    def test_mails_to_many_people_cost_what_one_does(self):
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        people = self.env["res.partner"].create(
            [
                {
                    "name": f"Person {n}",
                    "email": f"p{n}@client.example.com",
                    "parent_id": self.client.id,
                }
                for n in range(9)
            ]
        )
        self.env["roadmap.stakeholder"].create(
            [
                {"roadmap_id": self.roadmap.id, "partner_id": person.id, "role": "contributor"}
                for person in people
            ]
        )
        mails = self.env["roadmap.outbox"].search([("roadmap_id", "=", self.roadmap.id)])
        today = fields.Date.today()
        self.assessment.deadline = today

        def queries(work, partners):
            mails.search([("roadmap_id", "=", self.roadmap.id)]).unlink()
            page.respondent_ids = partners
            self.assessment.write({"reminded_on": False, "sent_on": "2020-01-01"})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            work()
            self.env.flush_all()
            spent = self.env.cr.sql_log_count - before
            made = mails.search([("roadmap_id", "=", self.roadmap.id)])
            self.assertEqual(made.partner_id, partners)
            self.assertEqual(made.link_id.partner_id, partners)
            return spent

        for work in (
            self.assessment._prepare_invitations,
            lambda: self.assessment._remind(today),
        ):
            queries(work, people[:2])
            known, some = queries(work, people[:2]), queries(work, people[2:4])
            self.assertLessEqual(queries(work, people[:4]), known)
            self.env["roadmap.link"].search([("partner_id", "in", people[4:].ids)]).unlink()
            self.assertLessEqual(queries(work, people[4:]), some)

    def test_batch_shows_who_would_be_asked(self):
        self.assessment.action_cancel()
        lonely = self.env["roadmap.roadmap"].create(
            {"partner_id": self.env["res.partner"].create({"name": "Lonely"}).id}
        )
        wizard = self.batch(self.roadmap | self.other_roadmap | lonely)
        wizard.questionnaire_id = self.questionnaire
        lines = {line.roadmap_id: line for line in wizard.line_ids}
        self.assertEqual(lines[self.roadmap].respondent_ids, self.contact_owner)
        self.assertEqual(wizard.line_ids.mapped("send"), [True, True, False])
        self.assertIn("nobody", lines[lonely].problem)
        self.assertIn(self.contact_owner.name, str(wizard.preview))
        self.assertIn("2 of 3 clients, 2 mails", wizard.summary)
        wizard.length = "full"
        self.assertEqual(
            lines[self.roadmap].respondent_ids, self.contact_owner | self.contact_office
        )
        runs = self.env["roadmap.assessment"].search(wizard.action_send()["domain"])
        self.assertEqual(runs.roadmap_id, self.roadmap | self.other_roadmap)
        self.assertEqual(set(runs.mapped("state")), {"sent"})
        self.assertEqual(set(runs.mapped("deadline")), {wizard.deadline})
        mails = self.env["roadmap.outbox"].search([("res_id", "in", runs.ids)])
        self.assertEqual(set(mails.mapped("state")), {"prepared"}, "nothing leaves by itself")

    def test_batch_warns_of_an_open_run_and_needs_somebody(self):
        wizard = self.batch(self.roadmap)
        self.assertIn("open already", wizard.line_ids.problem)
        with self.assertRaisesRegex(UserError, "Tick"):
            wizard.action_send()
        wizard.line_ids.respondent_ids = False
        wizard.line_ids.send = True
        with self.assertRaisesRegex(UserError, "Nobody could answer"):
            wizard.action_send()

    def test_what_speaks_against_a_client_of_a_batch(self):
        self.assessment.action_cancel()
        self.contact_owner.email = False
        self.other_roadmap.state = "ended"
        wizard = self.batch(self.roadmap | self.other_roadmap)
        problems = {line.roadmap_id: line.problem for line in wizard.line_ids}
        self.assertIn("no mail address", problems[self.roadmap])
        self.assertIn("has ended", problems[self.other_roadmap])
        self.assertFalse(any(wizard.line_ids.mapped("send")))
        line = wizard.line_ids.filtered(lambda row: row.roadmap_id == self.roadmap)
        self.assertEqual(line.contact_ids, self.contact_owner | self.contact_office, "to choose")

    def test_a_line_tells_nothing_of_somebody_elses_client(self):
        wizard = self.batch(self.roadmap, self.user_csm)
        with self.assertRaises(AccessError):
            line = wizard.line_ids.create(
                {"batch_id": wizard.id, "roadmap_id": self.other_roadmap.id}
            )
            line.mapped("respondent_ids.name")

    def test_batch_is_for_ones_own_clients(self):
        with self.assertRaises(AccessError):
            self.batch(self.roadmap | self.other_roadmap, self.user_csm)

    # -------------------------------------------------------------- reminders
    def mails(self, kind="reminder"):
        return self.env["roadmap.outbox"].search(
            [("res_id", "=", self.assessment.id), ("kind", "=", kind)]
        )

    def remind_on(self, offset):
        day = fields.Date.to_date(self.assessment.deadline) + timedelta(days=offset)
        self.env.flush_all()
        with freeze_time(f"{day} 09:00:00"), self.enter_registry_test_mode():
            self.env.ref("roadmap_msp.questionnaire_remind_cron").method_direct_trigger()
        self.env.invalidate_all()

    def invited(self, days=20):
        """As if the invitation had left, long before the deadline."""
        self.assessment.deadline = fields.Date.add(fields.Date.today(), days=days)
        self.mails("invitation").state = "sent"
        self.env["roadmap.assessment"].search([("id", "!=", self.assessment.id)]).deadline = False

    def test_who_owes_is_reminded_and_the_rest_is_silence(self):
        self.invited()
        self.remind_on(-10)
        self.assertFalse(self.mails())
        self.remind_on(-7)
        mail = self.mails()
        self.assertEqual((mail.partner_id, mail.state), (self.contact_owner, "prepared"))
        self.assertEqual(mail.link_id, self.mails("invitation").link_id, "the same link")
        self.assertIn("Client page", mail.body)
        self.remind_on(-1)
        self.assertEqual(len(self.mails()), 1, "one waits already")
        mail.state = "sent"
        for offset in range(0, 40):
            self.remind_on(offset)
        self.assertEqual(len(self.mails()), 2)

    def test_who_is_done_hears_nothing(self):
        self.invited()
        self.save({"AAA-1": self.key("AAA-1", "Yes"), "AAA-6": "x"})
        self.remind_on(-7)
        self.assertFalse(self.mails())

    def test_owner_only_questions_remind_the_decision_maker_only(self):
        self.invited()
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        page.respondent_ids = self.contact_owner | self.contact_office
        self.env.cr.execute("UPDATE roadmap_question SET required = (code = 'AAA-7')")
        self.env.invalidate_all()
        self.remind_on(-7)
        self.assertEqual(self.mails().partner_id, self.contact_owner)

    def test_a_call_is_planned_once_and_goes_with_the_answers(self):
        self.invited()
        call = self.env.ref("mail.mail_activity_data_call")

        def calls():
            return self.assessment.activity_ids.filtered(lambda a: a.activity_type_id == call)

        self.remind_on(0)
        self.assertFalse(calls())
        self.remind_on(1)
        self.remind_on(2)
        self.assertEqual((len(calls()), calls().user_id), (1, self.user_vcio))
        self.assessment._submit(self.contact_owner, force=True)
        self.assertFalse(calls())

    def test_submitting_cancels_what_waits(self):
        self.invited()
        self.remind_on(-7)
        self.assessment._submit(self.contact_owner, force=True)
        self.assertEqual(self.mails().state, "cancelled")
        self.assertEqual(self.mails("invitation").state, "sent")

    def test_paused_clients_are_left_in_peace(self):
        self.invited()
        self.roadmap.state = "paused"
        self.remind_on(-7)
        self.assertFalse(self.mails())

    def test_a_page_due_earlier_reminds_earlier(self):
        self.invited(days=40)
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        page.with_user(self.user_csm).deadline = fields.Date.add(fields.Date.today(), days=20)
        self.assertEqual(self.assessment.last_due, self.assessment.deadline)
        self.remind_on(-30)
        self.assertFalse(self.mails())
        self.remind_on(-27)
        mail = self.mails()
        self.assertEqual(mail.partner_id, self.contact_owner)
        self.assertIn("by <strong>", mail.body)
        day = page.deadline
        self.assertIn(f"{day.day} {day:%B} {day.year}", mail.body)

    def test_a_page_that_is_done_reminds_of_nothing(self):
        self.invited(days=40)
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        page.deadline = fields.Date.add(fields.Date.today(), days=20)
        self.save({"AAA-1": self.key("AAA-1", "Yes"), "AAA-6": "x"})
        for offset in range(-40, 10):
            self.remind_on(offset)
        self.assertFalse(self.mails())

    def test_days_of_pages_alone_are_enough(self):
        self.invited()
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        page.deadline, day = self.assessment.deadline, self.assessment.deadline
        self.assessment.deadline = False
        found = self.env["roadmap.assessment"].search([("last_due", ">=", day)])
        self.assertEqual(found, self.assessment)
        self.env.flush_all()
        with freeze_time(f"{day - timedelta(days=7)} 09:00:00"), self.enter_registry_test_mode():
            self.env.ref("roadmap_msp.questionnaire_remind_cron").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.mails().partner_id, self.contact_owner)
