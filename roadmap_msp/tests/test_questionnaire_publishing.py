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

    def test_it_costs_one_query_more(self):
        self.env.invalidate_all()
        self.assessment.section_ids.mapped("published_on")
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.assessment.section_ids._shown_to(owner=False)
