from collections import Counter

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from ..rules import conditions, scoring


@tagged("post_install", "-at_install")
class TestQuestionnaireContent(TransactionCase):
    """The questionnaire that ships holds all of its source, and every reference resolves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.questionnaire = cls.env.ref("roadmap_msp.questionnaire_technology_1")
        cls.questions = cls.questionnaire.question_ids
        cls.structure = cls.questionnaire._structure()

    def test_counts(self):
        pages = self.questionnaire.section_ids
        self.assertEqual((len(pages), len(pages.filtered("weight"))), (40, 38))
        self.assertEqual(len(self.questions), 295)
        self.assertEqual(len(self.questions.filtered("weight")), 228)
        self.assertEqual(len(self.questions.filtered("required")), 127)
        self.assertEqual(len(self.questions.filtered("help")), 138)
        self.assertEqual(len(self.questions.filtered("prefill")), 25)
        self.assertEqual(
            Counter(self.questions.mapped("audience")), {"all": 148, "msp": 99, "owner": 48}
        )
        self.assertEqual(
            Counter(self.questions.mapped("question_type")),
            {
                "single": 202,
                "number": 27,
                "text": 21,
                "yes_no": 21,
                "multiple": 10,
                "date": 9,
                "money": 3,
                "file": 2,
            },
        )
        lengths = Counter(self.questions.mapped("length"))
        self.assertEqual((lengths["start"], lengths["business"]), (14, 46 - 14))

    def test_conditions(self):
        parsed = [q.condition for q in self.structure.questions.values() if q.condition]
        self.assertEqual(len(parsed), 50)
        self.assertEqual(len(set().union(*map(conditions.referenced, parsed))), 13)
        client_only = [c for c in parsed if any(t.op == "client" for part in c for t in part)]
        self.assertEqual(len(client_only), 9)
        self.assertFalse(
            [c for q in self.questions for c in [q.condition] if c and not conditions.parse(c)]
        )

    def test_it_can_be_published_as_it_stands(self):
        self.assertEqual(self.questionnaire.state, "published")
        self.questionnaire._check_publishable()

    def test_scored_questions_can_be_good_bad_and_not_applicable(self):
        for question in self.structure.questions.values():
            scored = [choice for choice in question.choices if choice.scored]
            if not question.weight:
                self.assertFalse(scored, question.code)
                continue
            scores = [choice.score for choice in scored]
            self.assertEqual(max(scores), 100, question.code)
            self.assertLessEqual(min(scores), 50, question.code)
            self.assertTrue(question.special("na"), question.code)
            self.assertIsNone(scoring.bands_have_gap(question.choices), question.code)

    def test_every_question_says_why_and_pages_have_an_area(self):
        self.assertFalse(self.questions.filtered(lambda q: not q.why))
        self.assertFalse(self.questionnaire.section_ids.filtered(lambda s: not s.category_id))
        self.assertEqual(
            self.questionnaire.section_ids.filtered("provider_fills").mapped("code"),
            ["SRV", "OSS", "NET", "FWL", "PWR", "IDN", "EPS", "BCK", "DOC"],
        )

    def test_suggested_items(self):
        suggesting = self.questions.filtered("template_ids")
        self.assertEqual(len(suggesting), 258)
        codes = self.questions.filtered(lambda q: q.code == "GRO-7").template_ids.mapped("code")
        self.assertEqual(sorted(codes), ["R-005", "R-010"])

    def test_scales(self):
        def rows(code):
            question = self.structure.by_code[code]
            return [(c.code, c.scored and c.score, c.risk) for c in question.choices]

        self.assertEqual(
            rows("GOA-4"),
            [
                ("Written and reviewed this year", 100, "low"),
                ("Written, older", 70, "low"),
                ("By habit only", 35, "low"),
                ("None", 0, "medium"),
                ("Do not know", False, None),
                ("Not applicable", False, None),
            ],
        )
        self.assertEqual(rows("SRV-2")[2], ("5-7", 35, "medium"))
        self.assertTrue(self.structure.by_code["POL-1"].count_scored)

    def test_a_published_version_is_frozen(self):
        question = self.questions[0]
        for change in (
            lambda: question.write({"name": "Other?"}),
            lambda: question.unlink(),
            lambda: question.section_id.write({"weight": 1}),
            lambda: self.questions.choice_ids[0].write({"score": 1}),
            lambda: self.questions.choice_ids[0].copy({"code": "new"}),
            lambda: self.questionnaire.write({"family_code": "other"}),
            lambda: self.questionnaire.unlink(),
        ):
            with self.assertRaisesRegex(UserError, "published"):
                change()
        self.env["res.lang"]._activate_lang("fr_FR")
        question.with_context(lang="fr_FR").write({"name": "Décrivez votre entreprise."})
        self.assertEqual(question.with_context(lang="fr_FR").name, "Décrivez votre entreprise.")

    def test_new_version_copies_everything(self):
        draft = self.questionnaire.browse(self.questionnaire.action_new_version()["res_id"])
        self.assertEqual((draft.version, draft.state), (2, "draft"))
        self.assertEqual(len(draft.question_ids), 295)
        self.assertEqual(len(draft.question_ids.choice_ids), len(self.questions.choice_ids))
        before = {q.code: q.template_ids for q in self.questions}
        self.assertEqual({q.code: q.template_ids for q in draft.question_ids}, before)
        again = self.questionnaire.action_new_version()["res_id"]
        self.assertEqual(again, draft.id, "one draft at a time")
        draft.question_ids.filtered(lambda q: q.code == "GOA-5").condition = "GOA-4 != Nothing"
        with self.assertRaisesRegex(UserError, "GOA-5"):
            draft.action_publish()
        draft.question_ids.filtered(lambda q: q.code == "GOA-5").condition = "GOA-4 != None"
        draft.action_publish()
        self.assertEqual(draft.state, "published")


@tagged("post_install", "-at_install")
class TestQuestionnairePublish(TransactionCase):
    def draft(self, *questions):
        return self.env["roadmap.questionnaire"].create(
            {
                "name": "Draft",
                "family_code": "draft",
                "section_ids": [
                    (0, 0, {
                        "code": "AAA",
                        "name": "Page",
                        "question_ids": [(0, 0, {"name": "Q?", **values}) for values in questions],
                    })
                ],
            }
        )  # fmt: skip

    def refuse(self, text, *questions):
        with self.assertRaisesRegex(UserError, text):
            self.draft(*questions).action_publish()

    def choice(self, code, kind="option", **values):
        return (0, 0, {"code": code, "name": code, "kind": kind, **values})

    def test_refuses_with_the_question_named(self):
        good, bad = (
            self.choice("0", "number", scored=True, score=100, risk="low"),
            self.choice("2 or more", "number", scored=True, score=0, risk="high"),
        )
        number = {"code": "AAA-1", "question_type": "number"}
        text = {"code": "AAA-1", "question_type": "text"}
        single = {"code": "AAA-1", "choice_ids": [self.choice("Yes"), self.choice("No")]}
        self.refuse("no question yet")
        self.refuse("AAA-1: it needs at least one choice", {"code": "AAA-1"})
        self.refuse("AAA-1: 1 falls between", {**number, "weight": 2, "choice_ids": [good, bad]})
        self.refuse(
            "AAA-1: the band lots cannot be read",
            {
                **number,
                "weight": 1,
                "choice_ids": [good, self.choice("lots", "number", scored=True)],
            },
        )
        self.refuse("AAA-1: it has a weight", {**number, "weight": 2})
        self.refuse("AAA-1: a text or a file", {**text, "choice_ids": [self.choice("x")]})
        self.refuse("cannot be read", {**text, "condition": "whatever"})
        self.refuse("ZZZ-9, which does not exist", {**text, "condition": "ZZZ-9 = x"})
        other = {"code": "AAA-2", "question_type": "text"}
        self.refuse("the choice Maybe", single, {**other, "condition": "AAA-1 = Maybe"})
        self.refuse('use "has"', single, {**other, "condition": "AAA-1 has Yes"})
        self.refuse("no number", single, {**other, "condition": "AAA-1 > 3"})
        self.refuse(
            "AAA-1 > AAA-2 > AAA-1",
            {**single, "condition": "AAA-2 = Yes"},
            {**single, "code": "AAA-2", "condition": "AAA-1 = Yes"},
        )

    def test_publishes_what_is_right(self):
        draft = self.draft({"code": "AAA-1", "question_type": "text"})
        draft.action_publish()
        self.assertEqual(draft.state, "published")
        self.assertTrue(draft.published_on)
        draft.action_archive_version()
        self.assertEqual(draft.state, "archived")
