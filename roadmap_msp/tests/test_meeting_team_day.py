from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_meeting_my_day import MyDayCommon
from .test_meeting_planning import TODAY


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestTeamDay(MyDayCommon):
    """My day of the team, and who may see it."""

    def test_a_call_for_a_colleagues_client_is_not_lost(self):
        call = self.call(self.other_roadmap, self.user_other_csm)
        call.sudo().user_id = self.user_csm
        self.assertIn(call.id, [row["id"] for row in self.day()["calls"]["rows"]])

    def test_team(self):
        """The team's figures are those of each person's own page."""
        lead = self.plan().opportunity_id
        self.call(lead, self.user_csm, days=3)
        self.call(lead, self.user_vcio, days=0)
        self.call(lead, self.user_csm, days=2).with_user(self.user_csm).action_feedback()
        theirs = self.plan(self.other_roadmap, self.user_other_csm)
        theirs.sudo().booking_activity_id.unlink()
        self.held(self.roadmap, "2026-03-02").write({"state": "held", "user_id": self.user_vcio.id})
        self.env["roadmap.item"].create(
            [
                {"name": "A", "roadmap_id": self.roadmap.id, "quote_requested_on": "2026-02-20"},
                {
                    "name": "B",
                    "roadmap_id": self.other_roadmap.id,
                    "quote_requested_on": "2026-02-20",
                    "quote_user_id": self.user_vcio.id,
                },
            ]
        )
        roadmaps = self.env["roadmap.roadmap"].with_user(self.user_all)
        team = {row["id"]: row for row in roadmaps.get_team_day()}
        people = self.user_csm | self.user_vcio | self.user_other_csm
        self.assertLessEqual(set(people.ids), set(team))
        for person in people:
            day = roadmaps.get_my_day(person.id)
            with self.subTest(person.name):
                self.assertEqual(
                    [team[person.id][key] for key in ("calls", "quotes", "meetings", "done")],
                    [day["calls"]["count"], day["quotes"]["count"], day["meetings"]["count"]]
                    + [day["done"]],
                )
                self.assertEqual(day["person"]["name"], person.name)
        self.assertEqual(team[self.user_csm.id]["late"], 1)
        self.assertEqual(team[self.user_csm.id]["calls"], 2)
        self.assertEqual(team[self.user_vcio.id]["meetings"], 1)

    def test_a_call_put_off_takes_its_meeting_along(self):
        meeting = self.plan()
        meeting.write({"due_date": "2026-02-20", "book_on": "2026-02-10"})
        call = meeting.sudo().booking_activity_id
        call.with_user(self.user_csm).roadmap_later(7)
        roadmaps = self.env["roadmap.roadmap"].with_user(self.user_all)
        team = {row["id"]: row for row in roadmaps.get_team_day()}.get(self.user_csm.id)
        day = self.day()
        self.assertEqual((day["calls"]["count"], day["meetings"]["count"]), (0, 0))
        self.assertFalse(team and team["meetings"])
        with freeze_time(call.date_deadline):
            self.assertEqual(self.day()["calls"]["rows"][0]["meeting_id"], meeting.id)
        call.with_user(self.user_csm).action_feedback()
        self.assertEqual(self.day()["meetings"]["rows"][0]["kind"], "to_book", "not booked yet")

    def test_team_is_for_those_who_see_all(self):
        roadmaps = self.env["roadmap.roadmap"].with_user(self.user_csm)
        self.assertFalse(roadmaps.get_my_day()["team"])
        with self.assertRaises(AccessError):
            roadmaps.get_team_day()
        with self.assertRaises(AccessError):
            roadmaps.get_my_day(self.user_vcio.id)

    def test_refused(self):
        for user in (self.user_technician, self.user_salesman, self.portal_other):
            with self.assertRaises(AccessError):
                self.day(user)

    def test_queries(self):
        roadmaps = self.many_clients(40)
        roadmaps._plan_first_meeting()
        self.env["roadmap.item"].create(
            [
                {"name": f"Item {n}", "roadmap_id": r.id, "quote_requested_on": "2026-02-20"}
                for r in roadmaps
                for n in range(6)
            ]
        )
        self.meetings.create(
            [
                {
                    "name": "Held",
                    "roadmap_id": r.id,
                    "state": "held",
                    "due_date": "2026-02-20",
                    "held_on": "2026-02-20",
                }
                for r in roadmaps
            ]
        )
        self.day()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            day = self.day()
        self.assertEqual(
            [day[key]["count"] for key in ("calls", "quotes", "meetings")], [40, 40, 40]
        )
        team = self.env["roadmap.roadmap"].with_user(self.user_all)
        team.get_team_day()
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            team.get_team_day()
