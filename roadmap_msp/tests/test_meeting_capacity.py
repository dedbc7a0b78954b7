from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .test_meeting_planning import TODAY, MeetingCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestMeetingCapacity(MeetingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Whatever else runs in the database is no part of the sums.
        everybody = cls.env["roadmap.roadmap"].search([("state", "=", "running")])
        (everybody - cls.roadmap - cls.other_roadmap).write({"state": "paused"})
        cls.gold = cls.env.ref("roadmap_msp.tier_gold")
        cls.all_roadmaps = cls.roadmap | cls.other_roadmap

    def test_hours_of_each_host(self):
        loads = self.all_roadmaps._capacity()
        # Silver: four meetings of an hour with an hour and a half of preparation.
        self.assertAlmostEqual(loads[self.user_vcio]["hours"], 4 * 2.5 / 12)
        self.assertAlmostEqual(loads[self.user_other_csm]["meetings"], 4 / 12)
        then = self.all_roadmaps._capacity({self.roadmap: self.gold})
        self.assertAlmostEqual(then[self.user_vcio]["hours"], 1.75)
        self.assertEqual(then[self.user_other_csm], loads[self.user_other_csm])

    def test_own_cadence_wins(self):
        self.env["roadmap.cadence"].create(
            {
                "name": "Own",
                "roadmap_id": self.roadmap.id,
                "target_months": "3, 9",
                "duration": 2,
                "preparation": 1,
            }
        )
        self.assertAlmostEqual(self.roadmap._capacity()[self.user_vcio]["hours"], 0.5)

    def test_choice_shows_before_it_applies(self):
        choice = self.env["roadmap.tier.choice"].with_user(self.user_all)
        with Form(choice) as form:
            form.tier_id = self.gold
            self.assertIn("3.5", form.preview)
            form.hours_available = 1
            self.assertIn("too much", form.preview)
        self.assertEqual(self.roadmap.tier_id, self.silver, "nothing happens before Apply")
        record = form.record
        self.assertEqual(record.line_ids.roadmap_id, self.all_roadmaps)
        record.action_apply()
        self.assertEqual(self.all_roadmaps.tier_id, self.gold)
        with self.assertRaisesRegex(UserError, "No client"):
            record.action_apply()

    def test_choice_of_the_clients_that_were_ticked(self):
        wizard = self.env["roadmap.tier.choice"].with_user(self.user_all)
        ticked = {"active_model": "roadmap.roadmap", "active_ids": self.other_roadmap.ids}
        chosen = wizard.with_context(**ticked).create({})
        self.assertEqual(chosen.line_ids.roadmap_id, self.other_roadmap)

    def test_choice_of_own_clients_only(self):
        choice = self.env["roadmap.tier.choice"].with_user(self.user_csm).create({})
        self.assertEqual(choice.line_ids.roadmap_id, self.roadmap)
        choice.line_ids.roadmap_id = self.other_roadmap.sudo()
        choice.line_ids.tier_id = self.gold
        with self.assertRaises(AccessError):
            choice.action_apply()

    def test_target_months(self):
        cadence = self.silver.cadence_ids
        cadence.target_months = "5, 11"
        self.assertEqual(cadence.yearly, 2)
        self.held(self.roadmap, date(2026, 1, 15))
        meeting = self.roadmap._plan_next_meeting()
        self.assertEqual((meeting.due_date, meeting.cadence_months), (date(2026, 5, 15), 6))
        with self.assertRaisesRegex(ValidationError, "no months"):
            cadence.target_months = "May"

    def grid(self, user=None, **kw):
        roadmaps = self.env["roadmap.roadmap"].with_user(user or self.user_all)
        return roadmaps.get_year_grid(2026, **kw)

    def months(self, roadmap, **kw):
        return next(row for row in self.grid(**kw)["clients"] if row["id"] == roadmap.id)["months"]

    def test_grid(self):
        held = self.held(self.roadmap, date(2026, 1, 15))
        late = self.meetings.create(
            {"name": "x", "roadmap_id": self.roadmap.id, "due_date": date(2026, 2, 1)}
        )
        self.roadmap.entitlement = "none"  # what its cadence would ask is another test
        months = self.months(self.roadmap, text="Orchard Test")
        self.assertEqual(months["1"], [["held", held.id, 1, False]])
        self.assertEqual(months["2"], [["late", late.id, 1, False]])
        self.env["roadmap.meeting.move"].create({"meeting_id": held.id})
        months = self.months(self.roadmap)
        self.assertEqual(months["1"], [["held", held.id, 1, True]], "held after a move")
        self.book(late, "2026-03-16 10:00:00")
        self.book(late, "2026-04-16 10:00:00")
        months = self.months(self.roadmap, text="Orchard Test")
        self.assertEqual(dict(months).keys(), {"1", "4"})
        self.assertEqual(months["4"], [["booked", late.id, 1, True]])
        late.action_cancel()
        self.assertNotIn("4", self.months(self.roadmap, text="Orchard Test"))

    def test_grid_looks_ahead(self):
        self.silver.cadence_ids.write({"interval_months": 3, "target_months": False})
        self.held(self.roadmap, date(2026, 1, 15))
        meeting = self.roadmap._plan_next_meeting()
        months = self.months(self.roadmap, text="Orchard Test")
        self.assertEqual(months["4"], [["due", meeting.id, 1, False]])
        for month in ("7", "10"):
            self.assertEqual(months[month], [["planned", 0, 1, False]])
        self.assertEqual(set(months), {"1", "4", "7", "10"})
        self.book(meeting, "2026-05-18 10:00:00")
        self.assertEqual(set(self.months(self.roadmap, text="Orchard Test")), {"1", "5", "8", "11"})
        self.roadmap.state = "paused"
        self.assertEqual(set(self.months(self.roadmap, text="Orchard Test")), {"1", "5"})

    def test_hours_of_those_who_book(self):
        self.silver.cadence_ids.write({"interval_months": 3, "target_months": False})
        people = {row["id"]: row for row in self.grid(self.user_csm)["people"]}
        books, hosts = people[self.user_csm.id], people[self.user_vcio.id]
        self.assertEqual((books["books"], books["clients"], hosts["books"]), (1, 0, 0))
        self.assertEqual((books["bookings"], books["booking_hours"]), (0.3, 0.1))
        self.assertEqual((hosts["clients"], hosts["meetings"]), (1, 0.3))

    def test_grid_of_own_clients(self):
        names = {row["id"] for row in self.grid(self.user_csm)["clients"]}
        self.assertEqual(names, {self.roadmap.id})
        with self.assertRaises(AccessError):
            self.grid(self.user_salesman)
        found = self.grid(user_id=self.user_vcio.id)
        self.assertEqual([row["id"] for row in found["clients"]], [self.roadmap.id])
        self.assertFalse(self.grid(text="no such client")["clients"])

    def test_grid_queries(self):
        """More clients and meetings, not one query more."""
        counts = []
        self.grid()  # groups and rights, which every request finds in the caches
        for number in (5, 30):
            partners = self.env["res.partner"].create(
                [{"name": f"Grid {number} {n}", "is_company": True} for n in range(number)]
            )
            roadmaps = self.env["roadmap.roadmap"].create(
                [
                    {
                        "partner_id": partner.id,
                        "state": "running",
                        "entitlement": "entitled",
                        "tier_id": self.silver.id,
                        "vcio_id": self.user_vcio.id,
                        "account_manager_id": self.user_csm.id,
                    }
                    for partner in partners
                ]
            )
            for roadmap in roadmaps:
                self.held(roadmap, date(2026, 1, 15))
            counts.append(self.queries_of(self.grid))
        self.assertLessEqual(counts[1], counts[0], counts)
        self.assertLessEqual(counts[0], 20, counts)
