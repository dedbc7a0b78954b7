from odoo.tests import tagged

from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireTodo(QuestionnaireCommon):
    """The entry of a questionnaire on the client's To do page."""

    def test_the_entry_says_how_much_is_left(self):
        """Much, a minute, all answered; what came back; late by a day or more."""
        roles = {"decision_maker"}

        def detail():
            return self.assessment._portal_todo(self.contact_owner, roles)["detail"]

        self.assertRegex(detail(), r"^0 of 7 answered, about [2-9] minutes$")
        values = {"AAA-1": self.key("AAA-1", "No"), "AAA-3": 1, "AAA-6": "x", "AAA-7": "y"}
        values |= {"AAA-4": "2026-01-01", "AAA-5": [self.key("AAA-5", "a")]}
        self.save(values)
        said = self.assessment._portal_todo(self.contact_owner, roles)
        self.assertRegex(said["detail"], "^6 of 7 answered, about a minute$")
        file = {"name": "a.txt", "raw": b"x", "res_model": "roadmap.answer"}
        file["res_id"] = self.answer("AAA-8").id
        self.save({"AAA-8": self.env["ir.attachment"].create(file).ids})
        self.assertEqual(self.answer("AAA-8").display_value, "a.txt")
        self.assertEqual(detail(), "All 7 answered")
        self.assessment._submit(self.contact_owner)
        self.assertIsNone(self.assessment._portal_todo(self.contact_owner, roles))
        self.assertIsNone(self.assessment._portal_todo(self.contact_office, {"contributor"}))

    def handed_in(self, contact):
        values = self.roadmap._prepare_todo_values(contact)
        return [(row["url"], row["detail"]) for row in values["handed_in"]]

    def test_what_was_handed_in_stays_to_be_read(self):
        url = self.assessment.access_url
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        self.save({"AAA-1": self.key("AAA-1", "No")})
        self.assertEqual(self.handed_in(self.contact_owner), [], "still to be done")
        self.assessment._submit(self.contact_owner, force=True)
        self.assessment.submitted_on = "2026-05-03 09:00:00"
        reading = [(url, "Handed in on 3 May, we are reading it")]
        self.assertEqual(self.handed_in(self.contact_owner), reading)
        self.assertEqual(self.handed_in(self.contact_office), [], "no page of theirs")
        page.respondent_ids = self.contact_office
        self.assertEqual(self.handed_in(self.contact_office), reading)
        self.answer("AAA-6").write({"state": "clarify", "returned_reason": "Please say more"})
        self.assertEqual(self.handed_in(self.contact_owner), [], "stands above, to be done")
        self.save({"AAA-6": "More"})
        page.action_publish()
        self.assertEqual(
            self.handed_in(self.contact_owner), [(url, "The result of one page is here")]
        )
        self.assertEqual(self.handed_in(self.contact_office), reading, "results are not for them")
        self.assessment.state = "closed"
        self.assertEqual(self.handed_in(self.contact_office), [(url, "Your answers, to read")])
        page.respondent_ids = False
        office = self.roadmap.stakeholder_ids.filtered(
            lambda row: row.partner_id == self.contact_office
        )
        self.assertEqual(self.handed_in(self.contact_office), [])
        office.role = "finance"
        self.assertEqual(
            self.handed_in(self.contact_office), [(url, "The result of one page is here")]
        )

    def test_only_the_last_few_are_shown(self):
        runs = self._create_run(self.roadmap)
        for _ in range(6):
            runs |= self._create_run(self.roadmap)
        for day, run in enumerate(runs, 1):
            run.write({"state": "closed", "submitted_on": f"2026-01-0{day} 09:00:00"})
        urls = [url for url, _detail in self.handed_in(self.contact_owner)]
        self.assertEqual(urls, [run.access_url for run in reversed(runs[2:])])

    def test_a_technician_counts_no_findings(self):
        self.save({"AAA-1": self.key("AAA-1", "No")})
        self.assessment._submit(self.contact_owner, force=True)
        self.assertEqual(self.assessment.with_user(self.user_vcio).finding_count, 1)
        self.assessment.invalidate_recordset()
        self.assertEqual(self.assessment.with_user(self.user_technician).finding_count, 0)

    def test_days_as_people_say_them(self):
        words = [self.assessment._days_in_words(days) for days in (3, 1, 0, -1, -2)]
        expected = ["in 3 days", "tomorrow", "today", "one day late", "2 days late"]
        self.assertEqual(words, expected)
