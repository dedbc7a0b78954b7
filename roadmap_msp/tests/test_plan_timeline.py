from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-10")
class TestPlanTimeline(RoadmapCommon):
    """The plan over five fiscal years, and who sees what of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roadmap.fiscal_year_start = "7"
        area = cls.env["roadmap.category"].search([], limit=1)
        days = {"Idea": False, "Late": "2026-05-01", "Now": "2026-09-01", "Far": "2032-01-01"}
        cls.items = cls.env["roadmap.item"].create(
            [
                {
                    "name": name,
                    "roadmap_id": roadmap.id,
                    "target_date": day,
                    "category_id": area.id,
                    "line_ids": [(0, 0, {"name": "Work", "price_unit": 100})],
                }
                for roadmap in (cls.roadmap, cls.other_roadmap)
                for name, day in days.items()
            ]
        )
        cls.area = area

    def timeline(self, user, **values):
        return self.env["roadmap.item"].with_user(user).get_timeline(**values)

    def test_one_client(self):
        page = self.timeline(self.user_csm, roadmap_id=self.roadmap.id)
        self.assertEqual([year["key"] for year in page["years"]][::4], ["FY2027", "FY2031"])
        self.assertEqual(page["years"][0]["quarters"][1], {"key": "FY2027 Q2", "label": "Q2"})
        [row] = page["rows"]
        self.assertEqual((row["id"], page["count"]), (self.area.id, 4))
        counts = {column: cell["count"] for column, cell in row["cells"].items()}
        self.assertEqual(counts, {"none": 1, "earlier": 1, "FY2027 Q1": 1, "later": 1})
        [now] = row["cells"]["FY2027 Q1"]["ids"]
        self.assertEqual(page["items"][now]["name"], "Now")
        self.assertEqual(row["cells"]["FY2027 Q1"]["one_off"], 100)

    def test_by_client_and_rights(self):
        page = self.timeline(self.user_all, by="roadmap_id")
        ids = {row["id"] for row in page["rows"]}
        self.assertLessEqual({self.roadmap.id, self.other_roadmap.id}, ids)
        mine = self.timeline(self.user_csm, by="roadmap_id")
        self.assertEqual([row["id"] for row in mine["rows"]], [self.roadmap.id])
        none = self.timeline(self.user_csm, roadmap_id=self.other_roadmap.id)
        self.assertEqual((none["count"], none["rows"]), (0, []))
        with self.assertRaisesRegex(UserError, "by area or by client"):
            self.timeline(self.user_csm, by="internal_note")

    def test_queries_do_not_grow(self):
        def queries():
            return self.queries_of(self.timeline, self.user_csm, roadmap_id=self.roadmap.id)

        queries()
        few = queries()
        self.items.create(
            [
                {"name": str(n), "roadmap_id": self.roadmap.id, "target_date": "2027-01-01"}
                for n in range(60)
            ]
        )
        self.assertLessEqual(queries(), few + 1)

    def test_many_items_are_counted(self):
        self.items.create([{"name": str(n), "roadmap_id": self.roadmap.id} for n in range(300)])
        page = self.timeline(self.user_csm, roadmap_id=self.roadmap.id)
        self.assertIs(page["items"], False)
        self.assertEqual(page["count"], 304)

    def test_button_of_the_client(self):
        action = self.roadmap.with_user(self.user_csm).action_open_timeline()
        self.assertEqual(action["params"], {"roadmap_id": self.roadmap.id})
