from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.questionnaire import roadmap_assessment_given
from .test_portal_questionnaire import PortalQuestionnaireCommon


@tagged("post_install", "-at_install")
class TestPortalQuestionnaireGiven(PortalQuestionnaireCommon):
    def give(self, **values):
        data = {"csrf_token": self.csrf(), **values}
        return self.url_open(f"{self.page}/give", data=data)

    def links(self):
        return self.assessment._given_links()

    def test_give_to_somebody_new(self):
        page = self.give(name="Nora New", email="NORA@client.example.com", note="You know this")
        link = self.links()
        self.assertEqual(link.partner_id.parent_id, self.client)
        self.assertEqual(link.partner_id.email, "nora@client.example.com")
        self.assertEqual(link.section_ids.mapped("code"), ["AAA"])
        self.assertEqual(link.sender_id, self.contact_owner)
        self.assertIn("Nora New", page.text)
        mail = self.env["roadmap.outbox"].search([("link_id", "=", link.id)])
        self.assertEqual((mail.state, mail.kind), ("prepared", "invitation"))
        self.assertIn("Olive Owner", mail.name)
        self.assertIn("You know this", mail.body)

    def test_give_to_a_colleague_and_take_back(self):
        self.give(partner_id=self.contact_stranger.id)
        link = self.links()
        self.assertEqual(link.partner_id, self.contact_stranger)
        self.give(partner_id=self.contact_stranger.id)
        self.assertEqual(self.links(), link)
        data = {"csrf_token": self.csrf(), "link_id": link.id}
        self.url_open(f"{self.base}/take_back", data=data)
        self.assertEqual(link.state, "withdrawn")
        mails = self.env["roadmap.outbox"].search([("link_id", "=", link.id)])
        self.assertEqual(mails.mapped("state"), ["cancelled"])

    def test_a_colleague_with_a_part_in_it_finds_the_page_by_login(self):
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        self.give(partner_id=self.contact_stranger.id)
        self.assertNotIn(self.contact_stranger, page.respondent_ids, "by the link alone")
        self.give(partner_id=self.contact_office.id)
        self.assertIn(self.contact_office, page.respondent_ids)

    def test_only_so_many_are_out_at_once(self):
        self.give(partner_id=self.contact_stranger.id)
        with patch.object(roadmap_assessment_given, "OPEN_GIVEN_LIMIT", 1):
            page = self.give(partner_id=self.contact_office.id)
            self.assertIn("Take one back first", page.text)
            self.assertEqual(self.links().partner_id, self.contact_stranger)

    def test_wrong_people(self):
        cases = [
            {"partner_id": self.other_contact.id},
            {"partner_id": self.contact_owner.id},
            {"name": "Nora", "email": "nobody"},
            {"name": " ", "email": "nora@client.example.com"},
        ]
        for case in cases:
            self.assertIn("alert-danger", self.give(**case).text)
        self.assertFalse(self.links())

    def test_someone_elses_link_is_not_taken_back(self):
        link = self.given_link()
        self.assessment.section_ids[0].respondent_ids |= self.contact_office
        self.login(self.portal_office)
        data = {"csrf_token": self.csrf(), "link_id": link.id}
        response = self.url_open(f"{self.base}/take_back", data=data)
        self.assertEqual(response.status_code, 404)
        self.assertEqual(link.state, "valid")

    def test_a_delegate_sees_the_given_page_only_until_it_is_taken_back(self):
        link = self.given_link()
        self.enter_by(link)
        page = self.url_open(self.page).text
        self.assertIn("Question AAA-6?", page)
        for text in ("Question AAA-7?", "o_roadmap_doors", "Give this page", "Bea Boss"):
            self.assertNotIn(text, page)
        overview = self.url_open(self.base).text
        self.assertNotIn("Submit to", overview)
        self.assertIsNone(self.save_one("AAA-6", value="By Nora")["error"])
        self.assertTrue(self.save_one("AAA-7", value="x")["error"])
        self.assertEqual(self.answer("AAA-6").respondent_id, link.partner_id)
        other = (
            self.env["roadmap.assessment"]
            .sudo()
            .create({"roadmap_id": self.roadmap.id, "questionnaire_id": self.questionnaire.id})
        )
        other.action_send()
        self.assertEqual(self.url_open(f"/my/roadmap/questionnaire/{other.id}").status_code, 404)
        self.assertEqual(self.url_open(f"/my/roadmap/{self.roadmap.id}").url.count("login"), 1)
        self.assertEqual(self.give(name="X", email="x@client.example.com").status_code, 404)
        # An open page dies with the link.
        self.assessment._take_back(link)
        self.assertEqual(self.url_open(self.page).status_code, 404)
        with self.assertRaisesRegex(Exception, "NotFound"), mute_logger("odoo.http"):
            self.save_one("AAA-6", value="late")
        self.assertEqual(self.answer("AAA-6").value_text, "By Nora")


@tagged("post_install", "-at_install")
class TestPortalQuestionnaireScale(PortalQuestionnaireCommon):
    """The same queries for a page of few and of many questions."""

    PAGE_QUERIES, SAVE_QUERIES = 20, 14

    def count(self, call):
        call()
        return self.queries_of(call)

    def test_page_and_save(self):
        pages, saves = [], []
        roles = {"decision_maker"}
        for size in (10, 60):
            run = self._create_long_run(size)
            section = run.section_ids
            pages.append(
                self.count(lambda r=run, s=section: r._page_values(s, self.contact_owner, roles))
            )
            choices = {q.id: q.choice_ids for q in run.answer_ids.question_id}
            turn = iter((0, 1))

            def save(run=run, choices=choices, turn=turn):
                place = next(turn)
                run._save_answers(
                    {key: {"value": rows[place].id} for key, rows in choices.items()},
                    respondent=self.contact_owner,
                    source="client",
                )

            saves.append(self.count(save))
        self.assertEqual(len(set(pages)), 1, pages)
        self.assertLessEqual(pages[0], self.PAGE_QUERIES)
        self.assertLessEqual(max(saves), self.SAVE_QUERIES)
