from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_meeting_prepare import PrepareCommon


@tagged("post_install", "-at_install")
class TestMeetingPrepareWords(PrepareCommon):
    """Single parts of the page before a meeting, and the pre-read that cannot be sent."""

    def part(self, key, **options):
        page = self.meeting._prepare_preparation_values(**options)
        return next((part for part in page["parts"] if part["key"] == key), None)

    def test_how_fresh(self):
        now = fields.Datetime.now()
        for moment, words in (
            (None, "now"),
            (False, "never"),
            (now, "today"),
            (now - timedelta(days=1, hours=1), "1 day old"),
            (now - timedelta(days=3, hours=1), "3 days old"),
        ):
            self.assertEqual(self.meeting._fresh(moment), words)

    def test_recurring_costs_of_a_decision(self):
        item = self.env["roadmap.item"].create(
            {
                "name": "Backup",
                "roadmap_id": self.roadmap.id,
                "line_ids": [(0, 0, {"name": "B", "price_unit": 45, "kind": "recurring"})],
            }
        )
        item.action_propose()
        self.meeting.with_user(self.user_csm).action_collect_decisions()
        topic = self.meeting.topic_ids.filtered(lambda row: row.item_id == item)
        self.assertRegex(topic.options, r"45.* per month")
        self.assertNotIn("+", topic.options, "nothing one-off")

    def test_the_score_beside_the_one_before(self):
        before, run = self.assessment.copy() | self.assessment.copy()
        before.write({"is_scored": True, "score": 61})
        run.write({"is_scored": True, "score": 70})
        row = self.part("score")["rows"][0]
        self.assertEqual(
            (row["text"], row["detail"]), ("Score 70 of 100", "+9 since the run before")
        )

    def test_the_budget_of_the_year(self):
        self.assertIsNone(self.part("budget", for_client=True), "none was shown")
        budget = self.env["roadmap.budget"]._make(self.roadmap)
        budget.action_propose()
        rows = self.part("budget", for_client=True)["rows"]
        self.assertEqual((rows[-1]["text"], rows[-1]["detail"]), (budget.name, "Proposed"))

    def test_nobody_to_send_a_pre_read_to(self):
        (self.contact_owner | self.contact_office).email = False
        with self.assertRaisesRegex(UserError, "has a mail address"):
            self.meeting.with_user(self.user_csm).action_send_preread()

    def test_pre_reads_stop_when_the_time_is_up(self):
        start = fields.Datetime.now() + timedelta(days=1)
        other = self.meeting.create(
            {"name": "Other", "roadmap_id": self.other_roadmap.id, "due_date": start.date(),
             "user_id": self.user_other_csm.id}
        )  # fmt: skip
        other._book(start, start + timedelta(hours=1), self.user_other_csm)
        self.env["roadmap.meeting"].search(
            [("id", "not in", (self.meeting | other).ids), ("state", "=", "booked")]
        ).preread_on = start
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=0):
            self.env["roadmap.meeting"]._cron_prereads()
        self.assertEqual([bool(row.preread_on) for row in other | self.meeting].count(True), 1)

    def test_where_a_topic_stands_today(self):
        topic = self.meeting.topic_ids[:1]
        about = {"meeting_id": self.meeting.id}
        planned = topic.copy({"name": "Firewall", "item_id": self.item.id, **about})
        topic.copy({"name": "Again", "previous_id": topic.id, **about})
        rows = (topic | planned)._prepare_outcome_values()
        self.assertEqual([row["today"] for row in rows], ["back on the agenda", "Proposed"])
        topic.next_ids.unlink()
        self.assertEqual(topic._prepare_outcome_values()[0]["today"], "")
