from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.questionnaire import roadmap_assessment_remind
from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireCheck(QuestionnaireCommon):
    """What stops a version from being published, and a run from being sent."""

    def setUp(self):
        super().setUp()
        action = self.questionnaire.with_user(self.user_manager).action_new_version()
        drafts = self.env["roadmap.questionnaire"].with_user(self.user_manager)
        self.draft = drafts.browse(action["res_id"])
        self.question = {question.code: question for question in self.draft.question_ids}

    def test_every_problem_is_named_at_once(self):
        self.question["AAA-1"].weight = 0
        self.question["AAA-6"].weight = 2
        self.question["AAA-3"].choice_ids[0].code = "a few"
        self.question["AAA-5"].choice_ids.unlink()
        self.question["AAA-2"].condition = "AAA-1 = Maybe"
        self.question["AAA-7"].condition = "ZZZ-9 = Yes"
        with self.assertRaises(UserError) as caught:
            self.draft.action_publish()
        text = str(caught.exception)
        for words in (
            "- AAA-1: its choices have scores but its weight is 0.",
            "- AAA-3: the band a few cannot be read",
            "- AAA-5: it needs at least one choice to tick.",
            "- AAA-6: it has a weight but no scored choice",
            "- AAA-2: its condition names the choice Maybe, which AAA-1 does not have.",
            "- AAA-7: its condition names ZZZ-9, which does not exist.",
        ):
            self.assertIn(words, text)
        self.assertEqual(self.draft.state, "draft")

    def test_published_again_keeps_its_day(self):
        self.draft.action_publish()
        self.draft.sudo().published_on = day = fields.Datetime.to_datetime("2020-01-01")
        self.draft.action_publish()
        self.assertEqual(self.draft.published_on, day)

    def send(self, **values):
        run = self._create_run(self.other_roadmap, **values).with_user(self.user_other_csm)
        run.action_send()
        return run

    def test_a_draft_is_sent_to_nobody(self):
        with self.assertRaisesRegex(UserError, "is not published"):
            self.send(questionnaire_id=self.draft.id)

    def test_a_length_without_a_question(self):
        self.draft.question_ids.length = "full"
        self.draft.action_publish()
        with self.assertRaisesRegex(UserError, "no question for this length"):
            self.send(questionnaire_id=self.draft.id, length="start")
        self.assertEqual(self.send(questionnaire_id=self.draft.id).state, "sent")

    def test_somebody_is_asked_where_nobody_has_the_usual_role(self):
        self.other_roadmap.stakeholder_ids.unlink()
        self.env["roadmap.stakeholder"].create(
            {
                "roadmap_id": self.other_roadmap.id,
                "partner_id": self.other_contact.id,
                "role": "finance",
            }
        )
        page = self.send().section_ids.filtered(lambda row: row.code == "AAA")
        self.assertEqual(page.respondent_ids, self.other_contact)

    def test_reminding_stops_when_the_time_is_up(self):
        self.env["roadmap.assessment"].search([]).deadline = False
        second = self.send()
        today = fields.Date.today()
        (self.assessment | second).sudo().deadline = today
        runs = type(self.env["roadmap.assessment"])
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=0)
        with (
            patch.object(roadmap_assessment_remind, "BATCH", 1),
            patch.object(runs, "_remind") as remind,
            progress,
        ):
            self.env["roadmap.assessment"]._cron_remind()
        self.assertEqual(remind.call_count, 1)
