from odoo.tests import tagged

from .test_portal_questionnaire import PortalQuestionnaireCommon


@tagged("post_install", "-at_install")
class TestPortalQuestionnaireWay(PortalQuestionnaireCommon):
    """From page to page of one's own part, and at its end to handing it in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # AAA asks, BBB shows after a Yes only, CCC is for decision makers, DDD is a colleague's.
        pages = [
            ("AAA", [cls._question("AAA-1", "single", 1, cls._yes_no("high"), required=True)]),
            ("BBB", [cls._question("BBB-1", "text", 0, [], condition="AAA-1 = Yes")]),
            ("CCC", [cls._question("CCC-1", "text", 0, [], audience="owner")]),
            ("DDD", [cls._question("DDD-1", "text", 0, [])]),
            ("EEE", [cls._question("EEE-1", "text", 0, [])]),
        ]
        cls.questionnaire = cls.env["roadmap.questionnaire"].create(
            {
                "name": "Way",
                "family_code": "way",
                "section_ids": [
                    cls._page(code, f"Page {code}", 1, questions, sequence=place)
                    for place, (code, questions) in enumerate(pages)
                ],
            }
        )
        cls.questionnaire.action_publish()
        cls.assessment = cls._create_run(cls.roadmap)
        cls.assessment.action_send()
        cls.q = {question.code: question for question in cls.questionnaire.question_ids}
        cls.pages = cls.assessment.section_ids.grouped("code")
        cls.pages["DDD"].respondent_ids = cls.contact_office

    def step(self, code, way):
        """Where Next or Back leads from a page: the code of another, or "" for the overview."""
        url = self.url_open(f"{self.base}/{code}/{way}").url
        return url.partition(f"/questionnaire/{self.assessment.id}")[2].lstrip("/")

    def walk(self):
        codes = ["AAA"]
        while codes[-1]:
            codes.append(self.step(codes[-1], "next"))
        return codes

    def test_next_leads_through_ones_own_part(self):
        self.assertEqual(self.walk(), ["AAA", "CCC", "EEE", ""])
        self.save({"AAA-1": self.key("AAA-1", "Yes")})
        self.assertEqual(self.walk(), ["AAA", "BBB", "CCC", "EEE", ""])
        self.assertEqual(self.step("CCC", "back"), "BBB")
        self.save({"AAA-1": self.key("AAA-1", "No")})
        self.assertEqual(self.step("CCC", "back"), "AAA")
        self.assertEqual(self.step("AAA", "back"), "", "nothing is before the first")
        self.assertEqual(self.step("DDD", "next"), "EEE", "from a colleague's page to any")
        self.assertEqual(self.step("BBB", "next"), "CCC", "from a page that has just become empty")

    def test_a_page_says_its_place_in_the_part(self):
        for place, code in enumerate(("AAA", "CCC", "EEE"), 1):
            text = " ".join(self.url_open(f"{self.base}/{code}").text.split())
            self.assertIn(f"page {place} of 3", text)
            self.assertEqual("Next page <i" in text, code != "EEE")
            self.assertEqual("Done <i" in text, code == "EEE")
            self.assertEqual(f"/{code}/back" in text, code != "AAA")

    def test_a_colleague_sees_what_is_theirs(self):
        self.login(self.portal_office)
        self.assertEqual(self.step("DDD", "next"), "")
        for code in ("AAA", "CCC"):
            self.assertEqual(self.url_open(f"{self.base}/{code}/next").status_code, 404)
        self.pages["CCC"].respondent_ids = self.contact_office
        self.pages["EEE"].respondent_ids = self.contact_office
        self.assertEqual(self.step("DDD", "next"), "EEE", "nothing there that they may read")
        self.assertEqual(self.step("DDD", "back"), "")

    def test_what_a_colleague_holds_by_link_is_left_out(self):
        guest = {"name": "Nora New", "email": "nora@client.example.com"}
        link = self.assessment._give_page(self.pages["EEE"], self.contact_owner, **guest)
        self.assertEqual(self.walk(), ["AAA", "CCC", ""])
        self.enter_by(link)
        self.assertEqual(self.step("EEE", "next"), "")

    def test_save_and_go_on_without_javascript(self):
        key = self.q["AAA-1"].id
        data = {
            "csrf_token": self.csrf(),
            f"v_{key}": "0",
            f"q_{key}": self.key("AAA-1", "Yes"),
            "then": "next",
        }
        response = self.url_open(self.page, data=data)
        self.assertTrue(response.url.endswith("/BBB"), response.url)
        self.assertEqual(self.answer("AAA-1").choice_id.code, "Yes")

    def test_to_hand_it_in_stands_on_top_once_nothing_needed_is_missing(self):
        def places():
            text = self.url_open(self.base).text
            words = ("o_roadmap_go_on", "Submit to", 'role="progressbar"')
            return [text.find(word) for word in words]

        go_on, submit, progress = places()
        self.assertTrue(0 < go_on < progress < submit)
        self.save({"AAA-1": self.key("AAA-1", "No")})
        go_on, submit, progress = places()
        self.assertTrue(0 < go_on < submit < progress)
        self.save({"CCC-1": "x", "DDD-1": "x", "EEE-1": "x"})
        go_on, submit, progress = places()
        self.assertEqual(go_on, -1)
        self.assertTrue(0 < submit < progress)
