import re
import time

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..controllers.portal import VERIFIED
from .questionnaire_common import QuestionnaireCommon


class PortalQuestionnaireCommon(QuestionnaireCommon, HttpCase):
    """Requests as a browser makes them, and by hand."""

    def setUp(self):
        super().setUp()
        self.base = f"/my/roadmap/questionnaire/{self.assessment.id}"
        self.page = f"{self.base}/AAA"
        self.login(self.portal_owner)

    def login(self, user):
        self.authenticate(user.login, user.login)

    def enter_by(self, link):
        """A session in which the code of the link was given."""
        session = self.authenticate(None, None)
        session[VERIFIED] = {str(link.id): time.time() + 3600}
        self.store_session(session)

    def store_session(self, session):
        from odoo.http import root

        root.session_store.save(session)

    def csrf(self, path=None):
        text = self.url_open(path or self.page).text
        return re.search(r'name="csrf_token" value="([^"]+)"', text).group(1)

    def autosave(self, values, path=None):
        return self.make_jsonrpc_request(f"{path or self.base}/save", {"values": values})

    def save_one(self, code, **entry):
        question = self.q[code].id
        return self.autosave({question: entry})[str(question)]

    def given_link(self, giver=None, name="Nora New", email="nora@client.example.com"):
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        return self.assessment._give_page(
            page, giver or self.contact_owner, name=name, email=email, note="Please"
        )


@tagged("post_install", "-at_install")
class TestPortalQuestionnaire(PortalQuestionnaireCommon):
    def test_overview(self):
        page = self.url_open(self.base).text
        self.assertIn("Client page", page)
        self.assertNotIn("Our page", page)
        self.assertIn("0 of 7 questions answered", " ".join(page.split()))
        self.assertIn("Submit to", page)

    def test_overview_says_what_is_due_when(self):
        today = fields.Date.today()
        self.assessment.deadline = fields.Date.add(today, days=30)
        self.assertNotIn("due", self.overview_part())
        page = self.assessment.section_ids.filtered(lambda row: row.code == "AAA")
        page.deadline = fields.Date.add(today, days=3)
        words = f"due {page.deadline.day} {page.deadline:%B}, in 3 days"
        self.assertIn(words, self.overview_part())
        page.deadline = fields.Date.subtract(today, days=2)
        self.assertIn("2 days late", self.overview_part())
        self.save({"AAA-1": self.key("AAA-1", "No"), "AAA-6": "x"})
        self.assertNotIn("late", self.overview_part(), "what is complete is not due")

    def overview_part(self):
        """The entry of the page in the overview, as text."""
        links = self.url_open(self.base).text.split("<a ")
        part = next(row for row in links if self.page in row and "list-group-item" in row)
        words = re.sub(r"<[^>]+>", " ", "<" + part[: part.index("</a>")])
        return " ".join(words.split()).replace(" ,", ",")

    def test_page_shows_why_choices_and_owner_only(self):
        page = self.url_open(self.page).text
        self.assertIn("Question AAA-1?", page)
        self.assertIn("Question AAA-7?", page)
        self.assertIn("only decision makers see this", page)
        self.assertIn("special:unknown", page)
        self.assertEqual(self.url_open(f"{self.base}/BBB").status_code, 404)
        self.assertEqual(self.url_open(f"{self.base}/ZZZ").status_code, 404)

    def test_autosave_tells_version_and_progress_but_no_score(self):
        result = self.autosave({self.q["AAA-1"].id: {"value": self.key("AAA-1", "No")}})
        self.assertEqual(
            result[str(self.q["AAA-1"].id)], {"version": 1, "error": None, "conflict": None}
        )
        self.assertEqual((result["_page"]["done"], result["_page"]["required"]), (1, 2))
        self.assertNotIn(self.q["AAA-2"].id, result["_page"]["visible"])
        self.assertEqual(self.answer("AAA-1").respondent_id, self.contact_owner)

    def test_bad_requests_are_refused_one_by_one(self):
        other = self.other_run_question()
        result = self.autosave(
            {
                self.q["AAA-1"].id: {"value": self.key("AAA-2", "Yes")},
                self.q["AAA-3"].id: {"value": {"a": 1}},
                self.q["AAA-4"].id: {"value": "2026-02-31"},
                self.q["AAA-5"].id: {"value": "a"},
                self.q["AAA-6"].id: {"value": "x" * 1_000_000},
                self.q["AAA-8"].id: {"value": [1]},
                self.q["BBB-1"].id: {"value": self.key("BBB-1", "Yes")},
                other.id: {"value": "x"},
                "'; --": {"value": 1},
                self.q["AAA-7"].id: {"value": "kept"},
            }
        )
        page = result.pop("_page")
        good = result.pop(str(self.q["AAA-7"].id))
        self.assertIsNone(good["error"])
        self.assertEqual(len(result), 9)
        self.assertTrue(all(row["error"] for row in result.values()))
        self.assertTrue(page["visible"])
        self.assertEqual(self.answer("AAA-7").value_text, "kept")

    def other_run_question(self):
        return self.env["roadmap.question"].search(
            [("questionnaire_id", "!=", self.questionnaire.id)], limit=1
        )

    def test_shapeless_requests(self):
        for values in (None, [], "x", 5, {str(key): {} for key in range(500)}):
            self.assertTrue(self.autosave(values)["error"])
        result = self.autosave({self.q["AAA-6"].id: "text"})
        self.assertTrue(result[str(self.q["AAA-6"].id)]["error"])

    def test_stale_version_is_a_conflict(self):
        self.save_one("AAA-6", value="mine", version=0)
        self.login(self.portal_owner)
        result = self.save_one("AAA-6", value="yours", version=0)
        self.assertEqual(result["conflict"]["value"], "mine")
        self.assertEqual(self.answer("AAA-6").value_text, "mine")
        result = self.save_one("AAA-6", value="yours", version=result["conflict"]["version"])
        self.assertIsNone(result["conflict"])
        self.assertEqual(self.answer("AAA-6").value_text, "yours")

    def test_closed_and_cancelled_runs(self):
        self.assessment.sudo().state = "closed"
        self.assertTrue(self.save_one("AAA-6", value="late")["error"])
        self.assertIn("No answer", self.url_open(self.page).text)
        self.assessment.sudo().state = "cancelled"
        self.assertEqual(self.url_open(self.base).status_code, 404)

    def test_strangers_see_the_same_plain_page(self):
        for user in (self.portal_stranger, self.portal_other, self.user_salesman):
            self.login(user)
            for path in (self.base, self.page, f"{self.base}/thanks"):
                response = self.url_open(path)
                self.assertEqual(response.status_code, 404)
                self.assertNotIn("Client page", response.text)
            with self.assertRaisesRegex(Exception, "NotFound"), mute_logger("odoo.http"):
                self.autosave({self.q["AAA-6"].id: {"value": "x"}})
        self.authenticate(None, None)
        self.assertEqual(self.url_open(self.base).status_code, 404)
        self.assertEqual(self.answer("AAA-6").state, "unanswered")

    def test_contributor_without_a_page_gets_none(self):
        self.login(self.portal_office)
        self.assertEqual(self.url_open(self.base).status_code, 404)
        self.assertEqual(self.url_open(self.page).status_code, 404)
        with self.assertRaisesRegex(Exception, "NotFound"), mute_logger("odoo.http"):
            self.save_one("AAA-6", value="x")
        self.assertEqual(self.answer("AAA-6").state, "unanswered")

    def test_contributor_with_a_page_reads_nothing_owner_only(self):
        self.assessment.section_ids[0].respondent_ids |= self.contact_office
        self.login(self.portal_office)
        page = self.url_open(self.page).text
        self.assertIn("Question AAA-6?", page)
        self.assertNotIn("Question AAA-7?", page)
        self.assertTrue(self.save_one("AAA-7", value="x")["error"])
        self.assertNotIn("Submit to", self.url_open(self.base).text)

    def test_form_without_javascript(self):
        token = self.csrf()
        q = {code: question.id for code, question in self.q.items()}
        data = {
            "csrf_token": token,
            f"v_{q['AAA-1']}": "0",
            f"q_{q['AAA-1']}": "special:na",
            f"v_{q['AAA-3']}": "0",
            f"q_{q['AAA-3']}": "1,200",
            f"n_{q['AAA-3']}": "about",
            f"v_{q['AAA-4']}": "0",
            f"c_{q['AAA-4']}": "special:unknown",
            f"v_{q['AAA-5']}": "0",
            f"q_{q['AAA-5']}": [self.key("AAA-5", "a"), self.key("AAA-5", "b")],
            f"v_{q['AAA-6']}": "0",
            f"q_{q['AAA-6']}": "Hello",
        }
        response = self.url_open(self.page, data=data)
        self.assertTrue(response.url.endswith("/AAA?saved=1"))
        self.assertEqual(self.answer("AAA-1").special, "na")
        self.assertEqual(self.answer("AAA-3").value_number, 1200)
        self.assertEqual(self.answer("AAA-3").note, "about")
        self.assertEqual(self.answer("AAA-4").special, "unknown")
        self.assertEqual(self.answer("AAA-5").choice_ids.mapped("code"), ["a", "b"])
        stale = {**data, f"q_{q['AAA-6']}": "Other", f"q_{q['AAA-3']}": "many"}
        page = self.url_open(self.page, data=stale).text
        self.assertIn("answered this meanwhile", page)
        self.assertIn("Please enter a number", page)
        self.assertEqual(self.answer("AAA-6").value_text, "Hello")
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(self.page, data={"x": 1}).status_code, 400)

    def test_submit_lists_what_is_missing(self):
        token = self.csrf()
        page = self.url_open(f"{self.base}/submit", data={"csrf_token": token}).text
        self.assertIn("these answers are missing", page)
        self.assertIn(f"AAA#q{self.q['AAA-6'].id}", page)
        self.assertEqual(self.assessment.state, "sent")
        self.save({"AAA-6": "Hello", "AAA-1": self.key("AAA-1", "Yes")})
        response = self.url_open(f"{self.base}/submit", data={"csrf_token": token})
        self.assertTrue(response.url.endswith("/thanks"))
        self.assertIn("What happens next", response.text)
        self.assertEqual(self.assessment.state, "submitted")
        self.assertEqual(self.assessment.submitted_by_id, self.contact_owner)
        todo = self.url_open(f"/my/roadmap/{self.roadmap.id}").text
        self.assertIn("Answers and results", todo)
        self.assertIn(f'href="{self.base}"', todo)
        self.assertTrue(self.save_one("AAA-6", value="late")["error"])

    def test_submit_anyway(self):
        data = {"csrf_token": self.csrf(), "anyway": "1"}
        self.url_open(f"{self.base}/submit", data=data)
        self.assertEqual(self.assessment.state, "submitted")

    def test_a_run_that_is_over_shows_results_first_and_asks_for_nothing(self):
        self.save({"AAA-1": self.key("AAA-1", "No"), "AAA-3": 1})
        self.answer("AAA-3").source = "carried"
        asks = ('role="progressbar"', "1 filled in already, to confirm", "o_roadmap_go_on")
        before = self.url_open(self.base).text
        self.assertEqual([word in before for word in asks], [True] * 3)
        self.assessment._submit(self.contact_owner, force=True)
        self.assessment.section_ids.filtered(lambda row: row.code == "AAA").action_publish()
        for state in ("in_review", "closed"):
            self.assessment.sudo().state = state
            after = self.url_open(self.base).text
            self.assertEqual([word in after for word in asks], [False] * 3)
            self.assertLess(after.index("Results</h2>"), after.index(f'href="{self.page}"'))

    def test_only_decision_makers_submit(self):
        self.assessment.section_ids[0].respondent_ids |= self.contact_office
        self.login(self.portal_office)
        data = {"csrf_token": self.csrf(), "anyway": "1"}
        self.url_open(f"{self.base}/submit", data=data)
        self.assertEqual(self.assessment.state, "sent")
