from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import RoadmapCommon

TODAY = "2026-03-02"


class ProgramCommon(RoadmapCommon):
    """The page over two clients, and what its tests do again and again."""

    def setUp(self):
        super().setUp()
        # Only our two clients are looked at, whatever else the database holds.
        self.tier = self.env["roadmap.tier"].create({"name": "Program", "code": "program"})
        (self.roadmap | self.other_roadmap).write(
            {"tier_id": self.tier.id, "entitlement": "entitled", "started_on": "2024-01-10"}
        )

    def figures(self, user=None, **filters):
        page = (
            self.env["roadmap.roadmap"]
            .with_user(user or self.user_all)
            .get_program({"tier_id": self.tier.id, **filters})
        )
        return {figure["key"]: figure for figure in page["figures"]}

    def meeting(self, day, roadmap=None, state="closed", present=True, **values):
        return self.env["roadmap.meeting"].create(
            {
                "name": "Talk",
                "roadmap_id": (roadmap or self.roadmap).id,
                "due_date": day,
                "held_on": day if state in ("held", "closed") else False,
                "start": f"{day} 10:00:00",
                "state": state,
                "decision_maker_present": present,
                **values,
            }
        )

    def item(self, name, price, **values):
        return self.env["roadmap.item"].create(
            {
                "name": name,
                "roadmap_id": self.roadmap.id,
                "line_ids": [
                    fields.Command.create({"name": "Work", "quantity": 1, "price_unit": price})
                ],
                **values,
            }
        )


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestClientProgram(ProgramCommon):
    def test_eight_first(self):
        page = self.env["roadmap.roadmap"].with_user(self.user_all).get_program()
        main = [figure["key"] for figure in page["figures"] if figure["main"]]
        self.assertEqual(
            main,
            ["coverage", "untapped", "held_rate", "present", "turnaround", "backlog", "win_rate"]
            + ["won"],
        )
        self.assertEqual([f["main"] for f in page["figures"]][:8], [True] * 8)
        self.assertGreater(len(page["figures"]), 24)
        self.assertEqual(len(page["days"]), 13)
        for figure in page["figures"]:
            self.assertTrue(figure["formula"] and figure["why"], figure["key"])

    def test_nothing_known(self):
        figures = self.figures()
        for key in ("held_rate", "present", "turnaround", "win_rate", "second", "score", "cover"):
            self.assertEqual(figures[key]["value"], "–", key)
            self.assertIsNone(figures[key]["met"], "unknown is neither good nor bad")
        self.assertEqual(figures["coverage"]["value"], "0 %")

    def test_meetings(self):
        self.meeting("2026-01-20", minutes_sent_on="2026-01-21 08:00:00")
        self.meeting("2025-06-20", minutes_sent_on="2025-06-25 08:00:00")
        self.meeting("2025-09-20", present=False)
        self.meeting("2025-10-20", roadmap=self.other_roadmap, state="no_show")
        self.meeting("2026-04-20", state="booked")
        figures = self.figures()
        self.assertEqual(figures["coverage"]["value"], "50 %")
        self.assertEqual(figures["coverage"]["note"], "1 of 2 clients")
        self.assertFalse(figures["coverage"]["met"])
        self.assertEqual(figures["untapped"]["number"], 50)
        self.assertEqual(figures["untapped"]["note"], "1 of 2 clients")
        self.assertEqual(figures["untapped"]["target"], "at most 10 %")
        self.assertEqual(figures["held_rate"]["number"], 75)
        self.assertEqual(round(figures["present"]["number"]), 67)
        self.assertEqual(round(figures["minutes"]["number"]), 33)
        self.assertEqual(figures["second"]["number"], 100)
        since_talk, since_start = 41, (date(2026, 3, 2) - date(2024, 1, 10)).days
        self.assertEqual(figures["days_since"]["number"], (since_talk + since_start) / 2)
        self.assertEqual(
            figures["days_since"]["note"],
            f"the longest: {self.other_roadmap.name}, {since_start} days",
        )
        worst = self.env["roadmap.roadmap"].search(figures["days_since"]["action"]["domain"])
        self.assertEqual(worst, self.roadmap | self.other_roadmap)
        # The trend tells the past: at the end of September the talk of June was 102 days ago.
        trend = dict(zip(range(-12, 1), figures["coverage"]["trend"], strict=True))
        self.assertEqual((trend[-7], trend[-5]), (50, 0))
        behind = figures["coverage"]["action"]
        found = self.env[behind["res_model"]].search(behind["domain"])
        self.assertEqual(found, self.other_roadmap, "the records behind it")
        untapped = figures["untapped"]["action"]["domain"]
        self.assertEqual(self.env["roadmap.roadmap"].search(untapped), self.other_roadmap)

    def test_backlog_and_forecast(self):
        self.item("Server", 1000, quote_requested_on="2026-02-20 09:00:00")
        self.item("Switch", 500, quote_requested_on="2026-02-24 09:00:00")
        self.item("Not asked", 9000)
        done = self.item("Done", 3000, target_date="2026-03-20")
        done.action_done()
        self.item("Open", 1000, target_date="2026-02-01")
        figures = self.figures()
        self.assertEqual(figures["backlog"]["number"], 1500)
        self.assertEqual(figures["backlog"]["note"], "2 items, the oldest waits 10 days")
        self.assertIn("1,500", figures["backlog"]["value"])
        self.assertTrue(figures["backlog"]["met"])
        self.assertIn("none older than 10 days", figures["backlog"]["target"])
        with freeze_time("2026-03-03"):
            self.assertFalse(self.figures()["backlog"]["met"], "the oldest is eleven days old")
        self.assertEqual(figures["forecast"]["number"], 75)

    def test_stages(self):
        items = self.env["roadmap.item"]
        for number in range(4):
            items |= self.item(f"Item {number}", 100)
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE roadmap_item SET proposed_on = '2025-11-03 10:00:00',
                      approved_on = CASE WHEN id <= %s THEN '2025-11-10 10:00:00'::timestamp END,
                      sent_on = CASE WHEN id <= %s THEN '2026-02-20 10:00:00'::timestamp END,
                      ordered_on = CASE WHEN id = %s THEN '2026-02-25 10:00:00'::timestamp END
                WHERE id IN %s""",
            [items.ids[2], items.ids[1], items.ids[0], tuple(items.ids)],
        )
        self.env.invalidate_all()
        figures = self.figures()
        self.assertEqual(figures["acceptance"]["number"], 75)
        self.assertEqual(figures["win_rate"]["number"], 50)
        self.assertEqual(figures["acceptance"]["note"], "by value 75 %")
        items[-1].line_ids.price_unit = 700
        self.assertEqual(self.figures()["acceptance"]["note"], "by value 30 %")
        # From Monday, 10 November, to Friday, 20 February: 14 weeks and four days.
        self.assertEqual(figures["turnaround"]["value"], "74 working days")
        self.assertEqual(figures["turnaround"]["target"], "at most 5 working days")
        self.env.cr.execute(
            "UPDATE roadmap_item SET sent_on = '2026-02-20', approved_on = '2026-02-20'"
            " WHERE id IN %s",
            [tuple(items.ids)],
        )
        self.env.invalidate_all()
        self.assertEqual(self.figures()["turnaround"]["value"], "0 working days", "the same day")
        self.assertFalse(figures["turnaround"]["met"])

    def test_critical_and_devices(self):
        self.env["roadmap.finding"].create(
            {"name": "Gap", "roadmap_id": self.roadmap.id, "risk": "critical"}
        )
        self.assertEqual(self.figures()["critical"]["number"], 1)
        server = self.env["roadmap.asset.type"].search([("must_be_covered", "=", True)], limit=1)
        self.env["roadmap.asset"].create(
            [
                {
                    "name": f"SRV-{n}",
                    "roadmap_id": self.roadmap.id,
                    "type_id": server.id,
                    "date_ids": [
                        fields.Command.create(
                            {"kind": "warranty_end", "source": "manual", "date": day}
                        )
                    ],
                }
                for n, day in enumerate(["2027-01-01", "2025-01-01"])
            ]
        )
        cover = self.figures()["cover"]
        self.assertEqual(cover["value"], "50 %")
        behind = self.env["roadmap.asset"].search(cover["action"]["domain"])
        self.assertEqual(behind.mapped("name"), ["SRV-1"])

    def test_filters_and_rights(self):
        self.meeting("2026-01-20")
        mine = self.figures(user_id=self.user_csm.id)
        self.assertEqual(mine["coverage"]["note"], "1 of 1 clients")
        theirs = self.figures(user_id=self.user_other_csm.id)
        self.assertEqual(theirs["coverage"]["value"], "0 %")
        own = self.figures(self.user_other_csm)
        self.assertEqual(own["coverage"]["note"], "0 of 1 clients", "own clients only")
        for user in (self.user_technician, self.user_salesman, self.portal_owner):
            with self.assertRaises(AccessError):
                self.figures(user)

    def test_queries_do_not_grow(self):
        def count():
            return self.queries_of(self.figures)

        count()
        few = count()
        partners = self.env["res.partner"].create(
            [{"name": f"Firm {n}", "is_company": True} for n in range(30)]
        )
        roadmaps = self.env["roadmap.roadmap"].create(
            [
                {
                    "partner_id": partner.id,
                    "state": "running",
                    "tier_id": self.tier.id,
                    "started_on": "2025-01-01",
                }
                for partner in partners
            ]
        )
        for back in (20, 120, 220):
            for roadmap in roadmaps:
                self.meeting(str(date(2026, 3, 2) - timedelta(days=back)), roadmap=roadmap)
        self.assertLessEqual(count(), few + 2)
        self.assertLessEqual(few, 70)
