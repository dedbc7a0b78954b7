from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireAnswerCounts(QuestionnaireCommon):
    """How many clients gave which answer, from the last run that each handed in."""

    def hand_in(self, roadmap, values, day="2026-05-10 09:00:00"):
        run = self._create_run(roadmap)
        run.action_send()
        self.save(values, run=run, source="staff")
        run.write({"state": "closed", "submitted_on": day})
        return run

    def counted(self, user=None, version=None):
        questionnaires = self.env["roadmap.questionnaire"].with_user(user or self.user_all)
        return questionnaires.get_answer_counts((version or self.questionnaire).id)

    def groups(self, code, **options):
        """`{name: count}` of a question, and the question."""
        data = self.counted(**options)
        rows = [row for page in data["pages"] for row in page["questions"]]
        row = next(row for row in rows if row["code"] == code)
        return {answer["name"]: answer["count"] for answer in row["answers"]}, row

    def setUp(self):
        super().setUp()
        yes, no = self.key("AAA-1", "Yes"), self.key("AAA-1", "No")
        ticks = [self.key("AAA-5", word) for word in ("a", "b")]
        first = {"AAA-1": no, "AAA-3": 9, "AAA-6": "old"}
        self.hand_in(self.roadmap, first, day="2026-01-10 09:00:00")
        self.hand_in(
            self.roadmap, {"AAA-1": yes, "AAA-3": 1, "AAA-4": "2026-05-01", "AAA-5": ticks}
        )
        self.hand_in(
            self.other_roadmap,
            {
                "AAA-1": no,
                "AAA-3": 7,
                "AAA-4": {"value": {"special": "unknown"}},
                "AAA-5": ticks[:1],
                "AAA-6": "new",
            },
        )

    def test_each_client_counts_once_with_its_last_run(self):
        self.assertEqual(self.counted()["clients"], 2)
        groups, row = self.groups("AAA-1")
        self.assertEqual(groups, {"Yes": 1, "No": 1, "Do not know": 0, "Not applicable": 0})
        self.assertEqual((row["asked"], row["spread"]), (2, None))
        groups, row = self.groups("AAA-2")
        self.assertEqual(row["asked"], 1, "not asked where it did not show")
        self.assertEqual(groups["No answer"], 1)
        self.assertEqual(self.groups("AAA-6")[0], {"Answered": 1, "No answer": 1})

    def test_figures_and_dates_by_band_and_ticks(self):
        groups, row = self.groups("AAA-3")
        self.assertEqual(groups, {"up to 1": 1, "2 or more": 1, "Never": 0})
        self.assertEqual(row["spread"], ["1", "4", "7"])
        groups, row = self.groups("AAA-4")
        self.assertEqual(groups, {"within 90 days ago": 1, "over 90 days ago": 0, "Do not know": 1})
        self.assertEqual(row["spread"], ["05/01/2026"] * 3)
        groups, row = self.groups("AAA-5")
        self.assertEqual((groups, row["asked"]), ({"a": 2, "b": 1, "None": 0}, 2))

    def test_a_group_opens_the_clients_behind_it(self):
        def opened(code, group, user=None):
            model = self.env["roadmap.questionnaire"].with_user(user or self.user_all)
            action = model.get_counted_answers(self.questionnaire.id, code, group)
            return self.env["roadmap.answer"].search(action["domain"]).roadmap_id

        self.assertEqual(opened("AAA-1", "choice:Yes"), self.roadmap)
        self.assertEqual(opened("AAA-3", "choice:2 or more"), self.other_roadmap)
        self.assertEqual(opened("AAA-5", "choice:a"), self.roadmap | self.other_roadmap)
        self.assertEqual(opened("AAA-6", "none"), self.roadmap)
        self.assertFalse(opened("AAA-1", "choice:No", self.user_csm), "not theirs")
        with self.assertRaises(UserError):
            opened("ZZZ-1", "none")

    def test_ones_own_clients_only_and_nobody_else(self):
        self.assertEqual(self.counted(self.user_csm)["clients"], 1)
        groups, _row = self.groups("AAA-1", user=self.user_csm)
        self.assertEqual((groups["Yes"], groups["No"]), (1, 0))
        for user in (self.user_technician, self.portal_owner, self.user_salesman):
            with self.assertRaises(AccessError):
                self.counted(user)
            with self.assertRaises(AccessError):
                model = self.env["roadmap.questionnaire"].with_user(user)
                model.get_counted_answers(self.questionnaire.id, "AAA-1", "none")

    def test_a_new_version_starts_with_what_clients_said_before(self):
        draft = self.env["roadmap.questionnaire"].browse(
            self.questionnaire.action_new_version()["res_id"]
        )
        question = draft.question_ids.filtered(lambda row: row.code == "AAA-1")
        question.choice_ids.filtered(lambda row: row.code == "No").unlink()
        groups, _row = self.groups("AAA-1", version=draft)
        self.assertEqual(list(groups), ["Yes", "Do not know", "Not applicable", "No"])
        self.assertEqual((groups["Yes"], groups["No"]), (1, 1))

    def test_one_grouped_query_for_many_clients(self):
        few = self.queries_of(self.counted)
        partners = self.env["res.partner"].create(
            [{"name": f"Other {n}", "email": f"{n}@other.example.com"} for n in range(6)]
        )
        for partner in partners:
            boss = {"partner_id": partner.id, "role": "decision_maker"}
            roadmap = self.env["roadmap.roadmap"].create(
                {"partner_id": partner.id, "stakeholder_ids": [Command.create(boss)]}
            )
            self.hand_in(roadmap, {"AAA-1": self.key("AAA-1", "Yes"), "AAA-3": 4})
        self.env.flush_all()
        self.assertLessEqual(self.queries_of(self.counted), few)
        self.assertEqual(self.groups("AAA-1")[0]["Yes"], 7)

    def test_the_button_opens_the_page(self):
        action = self.questionnaire.with_user(self.user_csm).action_answer_counts()
        self.assertEqual(action["tag"], "roadmap_msp.answer_counts")
        self.assertEqual(action["context"], {"active_id": self.questionnaire.id})
