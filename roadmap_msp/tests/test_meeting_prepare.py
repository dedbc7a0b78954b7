from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .questionnaire_common import QuestionnaireCommon

MOST_QUERIES = 60


class PrepareCommon(QuestionnaireCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        start = fields.Datetime.now() + timedelta(days=2)
        cls.meeting = cls.env["roadmap.meeting"].create(
            {
                "name": "Review",
                "roadmap_id": cls.roadmap.id,
                "due_date": start.date(),
                "user_id": cls.user_csm.id,
                "agenda_id": cls.env.ref("roadmap_msp.agenda_quarterly").id,
            }
        )
        cls.meeting._book(start, start + timedelta(hours=1), cls.user_csm)
        cls.item = cls.env["roadmap.item"].create(
            {
                "name": "New firewall",
                "roadmap_id": cls.roadmap.id,
                "target_date": cls.today,
                "line_ids": [(0, 0, {"name": "Firewall", "price_unit": 1200})],
            }
        )
        cls.item.action_propose()
        cls.kind = cls.env["roadmap.asset.type"].create({"name": "Notebook", "code": "prep"})
        cls.env["roadmap.asset"].create(
            {
                "name": "NB",
                "roadmap_id": cls.roadmap.id,
                "type_id": cls.kind.id,
                "warranty_end": cls.today + timedelta(days=90),
            }
        )
        cls.env["roadmap.contract"].create(
            {
                "name": "Internet line",
                "roadmap_id": cls.roadmap.id,
                "price": 90,
                "date_end": cls.today + timedelta(days=100),
                "notice_days": 30,
            }
        )
        cls.env["roadmap.goal"].create(
            [
                {"name": "Second office", "roadmap_id": cls.roadmap.id},
                {"name": "SELL THE FIRM", "roadmap_id": cls.roadmap.id, "owner_only": True},
            ]
        )
        cls.env["roadmap.meeting.topic"].create(
            {"name": "Phones", "meeting_id": cls.meeting.id, "advice": "PUSH the big one"}
        )
        cls.meeting.flush_recordset()


@tagged("post_install", "-at_install")
class TestMeetingPrepare(PrepareCommon):
    def parts(self, **kwargs):
        page = self.meeting._prepare_preparation_values(**kwargs)
        return {part["key"]: part for part in page["parts"]}

    def test_one_page_with_everything(self):
        parts = self.parts()
        self.assertEqual([row["text"] for row in parts["decisions"]["rows"]], ["New firewall"])
        self.assertIn("1,200", parts["decisions"]["rows"][0]["detail"])
        texts = [row["text"] for row in parts["expires"]["rows"]]
        self.assertIn("1 × Notebook", texts)
        self.assertIn("Internet line", texts)
        self.assertIn("notice by", str(parts["expires"]["rows"]))
        self.assertEqual(parts["topics"]["rows"][0]["internal"], "PUSH the big one")
        self.assertEqual(parts["goals"]["count"], 2)
        self.assertTrue(parts["invoices"]["internal"] and parts["ratings"]["internal"])
        self.assertEqual(parts["expires"]["fresh"], "today")
        html = self.meeting.with_user(self.user_csm).preparation
        for word in ("New firewall", "Internet line", "Scorecard change"):
            self.assertIn(word, html)

    def test_decisions_become_topics_once(self):
        meeting = self.meeting.with_user(self.user_csm)
        for _time in range(2):
            meeting.action_collect_decisions()
        topic = meeting.topic_ids.filtered("item_id")
        self.assertEqual((topic.name, topic.item_id), ("New firewall", self.item))
        self.assertIn("1,200", topic.options)
        with self.assertRaises(AccessError):
            self.meeting.with_user(self.user_other_csm).action_collect_decisions()

    def test_dated_events(self):
        everybody, devices = self.env["roadmap.notice"].create(
            [
                {"name": "New law", "date": self.today + timedelta(days=50)},
                {
                    "name": "End of notebooks",
                    "date": self.today + timedelta(days=50),
                    "scope": "assets",
                    "type_ids": self.kind.ids,
                },
            ]
        )
        self.assertNotIn(devices.name, str(self.parts()["events"]))
        self.roadmap._raise_asset_findings()
        ours = str(self.parts()["events"])
        self.assertIn(everybody.name, ours)
        self.assertIn(devices.name, ours)
        with freeze_time(self.today + timedelta(days=60)):
            rows = {row["text"]: row["late"] for row in self.parts()["events"]["rows"]}
        self.assertEqual(rows.get(devices.name), True, "past, and nobody has seen to it")
        theirs = str(self.parts(for_client=True)["events"])
        self.assertIn(everybody.name, theirs)
        self.assertNotIn(devices.name, theirs, "not told before it is on the plan")

    def test_for_its_team_only(self):
        for user in (self.user_other_csm, self.user_technician, self.portal_owner):
            with self.assertRaises(AccessError):
                self.meeting.with_user(user).read(["preparation"])

    def test_goals_are_reviewed_yearly(self):
        goal = self.roadmap.goal_ids[0]
        goal.reviewed_on = self.today - timedelta(days=400)
        rows = {row["text"]: row for row in self.parts()["goals"]["rows"]}
        self.assertTrue(rows[goal.name]["late"])
        goal.with_user(self.user_csm).action_reviewed()
        self.assertFalse(self.parts()["goals"]["rows"][0]["late"])

    def test_print(self):
        report = self.env["ir.actions.report"].with_user(self.user_csm)
        html = report._render_qweb_html("roadmap_msp.report_preparation", self.meeting.ids)[0]
        self.assertIn("New firewall", html.decode())
        with self.assertRaises(AccessError):
            report.with_user(self.user_technician)._render_qweb_html(
                "roadmap_msp.report_preparation", self.meeting.ids
            )

    def test_queries_of_a_large_client(self):
        self.env["roadmap.asset"].create(
            [
                {
                    "name": f"A{number}",
                    "roadmap_id": self.roadmap.id,
                    "type_id": self.kind.id,
                    "warranty_end": self.today + timedelta(days=number % 700),
                    "operating_system": "Windows Server 2016" if number % 3 else "Windows 10 Pro",
                }
                for number in range(500)
            ]
        )
        items = self.env["roadmap.item"].create(
            [
                {
                    "name": f"I{number}",
                    "roadmap_id": self.roadmap.id,
                    "target_date": self.today,
                    "line_ids": [(0, 0, {"name": "L", "price_unit": number})],
                }
                for number in range(200)
            ]
        )
        items[:60].action_propose()
        items[60:90]._request_quote("topic")
        self.env["roadmap.action"].create(
            [
                {
                    "name": f"P{number}",
                    "roadmap_id": self.roadmap.id,
                    "side": "client",
                    "partner_id": self.contact_owner.id,
                    "due_date": self.today,
                }
                for number in range(30)
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        html = self.meeting.with_user(self.user_csm).preparation
        queries = self.env.cr.sql_log_count - before
        self.assertIn("more", html)
        self.assertLessEqual(queries, MOST_QUERIES)
