from datetime import timedelta

from markupsafe import Markup

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_portal_questionnaire import PortalQuestionnaireCommon


@tagged("post_install", "-at_install")
class TestPortalThread(PortalQuestionnaireCommon):
    """The conversation about a question, on the page and in mails."""

    def ask(self, text, code="AAA-6"):
        values = {"question_id": self.q[code].id, "text": text}
        return self.make_jsonrpc_request(f"{self.base}/ask", values)

    def staff_says(self, text, code="AAA-6", **options):
        answer = self.answer(code).with_user(self.user_vcio)
        return answer.message_post(
            body=text, message_type="comment", **{"subtype_xmlid": "mail.mt_comment", **options}
        )

    def mails(self):
        return self.env["roadmap.outbox"].search(
            [("roadmap_id", "=", self.roadmap.id), ("kind", "=", "reminder")]
        )

    def test_a_question_reaches_the_responsible_as_a_message(self):
        result = self.ask("Which laptops <b>do</b> you mean?\nAll?")
        self.assertEqual(result["message"]["author"], "Olive Owner")
        message = self.answer("AAA-6").message_ids[:1]
        self.assertEqual(message.author_id, self.contact_owner)
        self.assertIn("&lt;b&gt;", message.body)
        self.assertEqual(message.notified_partner_ids, self.user_vcio.partner_id)
        self.assertFalse(self.answer("AAA-6").message_partner_ids & self.contact_owner)
        page = self.url_open(self.page).text
        self.assertIn("Which laptops &lt;b&gt;do", page)
        self.assertIn("Messages (1)", page)
        self.assertFalse(self.mails(), "nobody is mailed their own words")

    def test_our_answer_waits_in_the_outbox_and_stands_on_the_page(self):
        self.ask("Which laptops?")
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            sent = self.env["mail.mail"].search_count([])
            self.staff_says(Markup("<p>All <i>of</i> them</p>"))
            self.assertEqual(self.env["mail.mail"].search_count([]), sent, "by the outbox only")
        mail = self.mails()
        self.assertEqual((mail.partner_id, mail.state), (self.contact_owner, "prepared"))
        self.assertIn("All <i>of</i> them", mail.body)
        self.assertIn("Question AAA-6?", mail.body)
        self.assertEqual(mail.link_id.res_id, self.assessment.id)
        self.assertIn("All <i>of</i> them", self.url_open(self.page).text)

    def test_files_of_our_messages_are_handed_out_with_the_same_checks(self):
        def file(name):
            files = self.env["ir.attachment"].with_user(self.user_vcio)
            return files.create({"name": name, "raw": b"<script>", "mimetype": "text/html"})

        shown, inside = file("plan.html"), file("note.html")
        answer = self.answer("AAA-6")
        self.staff_says("See the plan", attachment_ids=shown.ids)
        self.staff_says("Ours", attachment_ids=inside.ids, subtype_xmlid="mail.mt_note")
        text = self.url_open(self.page).text
        key = answer.question_id.id
        url = f"{self.base}/question/{key}/file/{shown.id}"
        self.assertIn(url, text)
        self.assertNotIn("note.html", text)
        response = self.url_open(url)
        self.assertEqual(response.content, b"<script>")
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        refused = (
            f"{self.base}/question/{key}/file/{inside.id}",
            f"{self.base}/question/{self.q['AAA-1'].id}/file/{shown.id}",
            f"{self.base}/question/{self.q['BBB-1'].id}/file/{shown.id}",
            f"{self.base}/question/999999999999/file/{shown.id}",
            f"{self.base}/question/{key}/file/999999999999",
        )
        for wrong in refused:
            self.assertEqual(self.url_open(wrong).status_code, 404, wrong)
        self.login(self.portal_other)
        self.assertEqual(self.url_open(url).status_code, 404)
        self.login(self.portal_office)
        self.assertEqual(self.url_open(url).status_code, 404, "the page is not theirs")

    def test_internal_notes_stay_inside(self):
        self.staff_says("They never pay", subtype_xmlid="mail.mt_note")
        self.assertNotIn("They never pay", self.url_open(self.page).text)
        self.assertFalse(self.mails())

    def test_owner_only_talk_is_for_decision_makers(self):
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        page.respondent_ids = self.contact_office
        self.staff_says("About the sale", code="AAA-7")
        self.assertEqual(self.mails().partner_id, self.contact_owner)
        self.login(self.portal_office)
        self.assertNotIn("About the sale", self.url_open(self.page).text)
        with self.assertRaisesRegex(Exception, "NotFound"), mute_logger("odoo.http"):
            self.ask("Are we sold?", code="AAA-7")

    def test_a_delegate_talks_by_link(self):
        link = self.given_link()
        self.enter_by(link)
        self.ask("What is meant?")
        self.staff_says("Your backups")
        mail = self.mails()
        self.assertEqual((mail.partner_id, mail.link_id), (link.partner_id, link))

    def test_without_javascript(self):
        token = self.csrf()
        key = self.q["AAA-6"].id
        data = {"csrf_token": token, "ask": key, f"m_{key}": "By form", f"v_{key}": "0"}
        page = self.url_open(self.page, data={**data, f"q_{key}": "kept"})
        self.assertIn("Your message is with", page.text)
        self.assertIn("By form", page.text)
        self.assertEqual(self.answer("AAA-6").value_text, "kept")
        page = self.url_open(self.page, data={**data, f"m_{key}": " "}).text
        self.assertIn("Write your message first", page)

    def test_refused(self):
        for text in ("", " \n", "x" * 2001, None, 5, ["x"]):
            self.assertTrue(self.ask(text)["error"])
        for code in ("BBB-1",):
            with self.assertRaisesRegex(Exception, "NotFound"), mute_logger("odoo.http"):
                self.ask("x", code=code)
        self.assessment.sudo().state = "closed"
        self.assertTrue(self.ask("late")["error"])
        self.assertFalse(self.env["mail.message"].search(self.answer("AAA-6")._domain_thread()))

    def test_too_many_in_a_day(self):
        for _turn in range(3):
            self.ask("x")
        self.patch_limit(3)
        self.assertIn("one day", self.ask("x")["error"])

    def patch_limit(self, limit):
        from ..models.questionnaire import roadmap_answer_thread

        self.patch(roadmap_answer_thread, "MESSAGES_PER_DAY", limit)

    def test_after_submit_the_talk_goes_on(self):
        self.assessment._submit(self.contact_owner, force=True)
        self.assertIn("message", self.ask("One more thing"))
        page = self.url_open(self.page).text
        self.assertIn("One more thing", page)


@tagged("post_install", "-at_install")
class TestPortalNews(PortalQuestionnaireCommon):
    """Two people on one page."""

    def news(self, versions=None, code="AAA"):
        values = {"code": code, "versions": versions if versions is not None else {}}
        return self.make_jsonrpc_request(f"{self.base}/news", values)

    def setUp(self):
        super().setUp()
        self.assessment.section_ids[0].respondent_ids |= self.contact_office

    def test_who_else_is_on_the_page(self):
        self.assertEqual(self.news()["others"], [])
        self.login(self.portal_office)
        self.assertIn("Olive Owner</span> also on this page", self.url_open(self.page).text)
        self.assertEqual(self.news()["others"], ["Olive Owner"])
        self.login(self.portal_owner)
        self.assertEqual(self.news()["others"], ["Oscar Office"])
        rows = self.env["roadmap.presence"].sudo().search([])
        self.assertEqual(len(rows), 2)
        rows.seen_on = fields.Datetime.now() - timedelta(seconds=90)
        self.assertEqual(self.news()["others"], [], "gone again")
        rows.seen_on = fields.Datetime.now() - timedelta(hours=2)
        self.env["roadmap.presence"]._gc_presence()
        self.assertFalse(self.env["roadmap.presence"].sudo().search([]))

    def test_reading_the_page_notes_nothing(self):
        self.url_open(self.page)
        self.assertFalse(self.env["roadmap.presence"].sudo().search([]))

    def test_what_others_answered(self):
        known = {self.q[code].id: 0 for code in ("AAA-1", "AAA-6", "AAA-8")}
        self.assertEqual(self.news(known)["answers"], {})
        self.save({"AAA-6": "Mine"}, respondent=self.contact_office)
        answers = self.news(known)["answers"]
        self.assertEqual(list(answers), [str(self.q["AAA-6"].id)])
        row = answers[str(self.q["AAA-6"].id)]
        self.assertEqual((row["value"], row["version"], row["by"]), ("Mine", 1, "Oscar Office"))
        self.assertEqual(self.news({**known, self.q["AAA-6"].id: 1})["answers"], {})

    def test_nothing_owner_only_is_told(self):
        self.save({"AAA-7": "We sell"})
        key = str(self.q["AAA-7"].id)
        self.assertIn(key, self.news({key: 0})["answers"])
        self.login(self.portal_office)
        news = self.news({key: 0})
        self.assertEqual(news["answers"], {})
        self.assertNotIn(int(key), news["page"]["visible"])

    def test_shapeless_requests(self):
        for versions in (None, [], "x", 5, {"'; --": "x"}, {str(n): 0 for n in range(900)}):
            self.assertEqual(self.news(versions)["answers"], {})
        with self.assertRaisesRegex(Exception, "NotFound"), mute_logger("odoo.http"):
            self.news(code="BBB")
