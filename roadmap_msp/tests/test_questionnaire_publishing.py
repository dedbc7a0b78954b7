from odoo.exceptions import UserError
from odoo.tests import tagged

from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnairePublishing(QuestionnaireCommon):
    """What a published page tells whom: owner-only answers tell nobody but decision makers.

    Page OWN asks owner-only questions alone; of page MIX only the score rests on one; page ALL is
    for everybody.
    """

    @classmethod
    def _create_questionnaire(cls):
        return cls.env["roadmap.questionnaire"].create(
            {
                "name": "Secret",
                "family_code": "secret",
                "section_ids": [
                    cls._page("OWN", "About the sale", 1, [
                        cls._question("OWN-1", "yes_no", 1, cls._yes_no("high"), audience="owner"),
                    ]),
                    cls._page("MIX", "Money", 1, [
                        cls._question("MIX-1", "yes_no", 1, cls._yes_no("high"), audience="owner"),
                        cls._question("MIX-2", "text", 0, []),
                    ]),
                    cls._page("ALL", "Laptops", 1, [
                        cls._question("ALL-1", "yes_no", 1, cls._yes_no("high")),
                    ]),
                ],
            }
        )  # fmt: skip

    def setUp(self):
        super().setUp()
        self.save({code: self.key(code, "No") for code in ("OWN-1", "MIX-1", "ALL-1")})
        self.assessment._submit(self.contact_owner, force=True)
        self.assessment.section_ids.with_user(self.user_vcio).action_publish()

    def published(self, role):
        return {row["code"]: row for row in self.assessment.sudo()._portal_published({role})}

    def test_the_decision_maker_sees_all(self):
        pages = self.published("decision_maker")
        self.assertEqual(list(pages), ["OWN", "MIX", "ALL"])
        self.assertEqual({row["score"] for row in pages.values()}, {0})
        counts = [len(row["findings"]) for row in pages.values()]
        self.assertEqual(sorted(counts), [0, 0, 1], "one line for what needs the same item")

    def test_finance_learns_nothing_of_owner_only_answers(self):
        pages = self.published("finance")
        self.assertEqual(list(pages), ["MIX", "ALL"])
        self.assertEqual([row["score"] for row in pages.values()], [None, 0])
        self.assertEqual([row["band"] for row in pages.values()], [None, "at_risk"])
        self.assertEqual([len(row["findings"]) for row in pages.values()], [0, 1])
        self.assertEqual(self.published("contributor"), {})

    def test_the_common_book_names_no_owner_only_page(self):
        book = self.env["roadmap.book"].create({"roadmap_id": self.roadmap.id})
        book.owner_copy = False
        self.assertEqual([row["name"] for row in book._pages()], ["Money", "Laptops"])
        self.assertEqual([row["score"] for row in book._pages()], ["", "0"])
        book.owner_copy = True
        names = [row["name"] for row in book._pages()]
        self.assertEqual(names, ["About the sale", "Money", "Laptops"])

    def test_a_risk_folded_into_an_owner_only_line_is_not_lost(self):
        parent = self.assessment.finding_ids.filtered(lambda row: not row.parent_id)
        self.assertTrue(parent.owner_only)
        book = self.env["roadmap.book"].create({"roadmap_id": self.roadmap.id})
        book.owner_copy = False
        names = book._visible_findings("open").mapped("name")
        self.assertEqual(names, ["Question ALL-1? No"])
        book.owner_copy = True
        self.assertEqual(book._visible_findings("open"), parent)

    def test_all_pages_at_once_is_for_the_team(self):
        pages = self.assessment.section_ids
        pages.with_user(self.user_vcio).action_withdraw()
        for user in (self.user_technician, self.user_other_csm, self.portal_owner):
            with self.assertRaises(UserError):
                self.assessment.with_user(user).action_publish_pages()
        self.assertFalse(pages.filtered("published_on"))
        self.assessment.with_user(self.user_vcio).action_publish_pages()
        self.assertEqual(pages.filtered("published_on"), pages.filtered("is_scored"))
        with self.assertRaisesRegex(UserError, "published already"):
            self.assessment.with_user(self.user_vcio).action_publish_pages()

    def test_it_costs_two_queries_more(self):
        self.env.invalidate_all()
        self.assessment.section_ids.mapped("published_on")
        self.env.flush_all()
        with self.assertQueryCount(2):
            self.assessment.section_ids._shown_to(owner=False)


@tagged("post_install", "-at_install")
class TestQuestionnairePublishingMixed(QuestionnaireCommon):
    """Page TWO holds a bad owner-only answer and a good one for everybody; page ALL a bad one."""

    @classmethod
    def _create_questionnaire(cls):
        return cls.env["roadmap.questionnaire"].create(
            {
                "name": "Mixed",
                "family_code": "mixed",
                "section_ids": [
                    cls._page("TWO", "Money", 1, [
                        cls._question("TWO-1", "yes_no", 1, cls._yes_no("high"), audience="owner"),
                        cls._question("TWO-2", "yes_no", 1, cls._yes_no("high")),
                    ]),
                    cls._page("ALL", "Laptops", 1, [
                        cls._question("ALL-1", "yes_no", 1, cls._yes_no("high")),
                    ]),
                ],
            }
        )  # fmt: skip

    def setUp(self):
        super().setUp()
        answers = {"TWO-1": "No", "TWO-2": "Yes", "ALL-1": "No"}
        self.save({code: self.key(code, label) for code, label in answers.items()})
        self.assessment._submit(self.contact_owner, force=True)
        self.assessment.section_ids.with_user(self.user_vcio).action_publish()

    def page_for(self, role):
        row = self.assessment.sudo()._portal_published({role})[0]
        return row["code"], row["score"], row["band"]

    def test_finance_reads_the_score_of_the_other_answers(self):
        self.assertEqual(self.page_for("decision_maker"), ("TWO", 50, "needs_work"))
        self.assertEqual(self.page_for("finance"), ("TWO", 100, "good"))

    def test_the_common_book_neither(self):
        book = self.env["roadmap.book"].create({"roadmap_id": self.roadmap.id})
        for owner, scores, total in ((True, ["50", "0"], "25"), (False, ["100", "0"], "50")):
            book.owner_copy = owner
            pages = book._pages()
            self.assertEqual([row["score"] for row in pages], scores)
            self.assertEqual(book._score(pages)["value"], total)

    def test_the_preread_neither(self):
        meeting = self.env["roadmap.meeting"].create(
            {"name": "Review", "roadmap_id": self.roadmap.id, "due_date": "2030-01-05"}
        )
        meeting = meeting.with_user(self.user_csm)
        for client, text in ((True, "Score 50 of 100"), (False, "Score 25 of 100")):
            rows = meeting._prepare_part_score(for_client=client)["rows"]
            self.assertEqual(rows[0]["text"], text)
        self.assessment.section_ids[1].with_user(self.user_vcio).action_withdraw()
        self.assertFalse(meeting._prepare_part_score(for_client=True)["rows"])

    def test_the_preread_waits_for_no_page_without_a_score(self):
        meeting = self.env["roadmap.meeting"].create(
            {"name": "Review", "roadmap_id": self.roadmap.id, "due_date": "2030-01-05"}
        )
        page = self.assessment.section_ids[1]
        page.with_user(self.user_vcio).action_withdraw()
        page.sudo().is_scored = False
        rows = meeting.with_user(self.user_csm)._prepare_part_score(for_client=True)["rows"]
        self.assertEqual(rows[0]["text"], "Score 100 of 100")
