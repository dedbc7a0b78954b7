from freezegun import freeze_time

from odoo.tests import tagged

from .test_client_program import TODAY, ProgramCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestClientCare(ProgramCommon):
    """Ratings, calls in time and feedback answered on the owner's page."""

    def rate(self, rating, roadmap=None, host=None):
        meeting = self.meeting("2026-02-01", roadmap=roadmap, user_id=(host or self.user_vcio).id)
        row = self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("roadmap.meeting"),
                "res_id": meeting.id,
                "rating": rating,
                "consumed": True,
            }
        )
        return row

    def test_ratings_per_client_and_person(self):
        self.rate(5)
        poor = self.rate(1)
        self.rate(3, self.other_roadmap, self.user_csm)
        clients = self.roadmap | self.other_roadmap
        self.assertEqual(clients.mapped("rating_average"), [3, 3])
        self.assertEqual(clients.mapped("rating_number"), [2, 1])
        action = self.roadmap.with_user(self.user_csm).action_view_ratings()
        self.assertIn(poor, self.env["rating.rating"].search(action["domain"]))

        def hosts(user):
            roadmaps = self.env["roadmap.roadmap"].with_user(user)
            rows = roadmaps.get_program({"tier_id": self.tier.id})["hosts"]
            return [(row["name"], row["average"], row["count"], row["poor"]) for row in rows]

        self.assertEqual(
            hosts(self.user_manager), [("Carl Csm", "3.0", 1, 1), ("Vera Vcio", "3.0", 2, 1)]
        )
        self.assertEqual(hosts(self.user_all), [], "persons are for managers")

    def call(self, due, done=None, kind="mail.mail_activity_data_call", record=None, moment=None):
        record = record or self.roadmap
        activity = record.activity_schedule(kind, date_deadline=due, user_id=self.user_csm.id)
        if done:
            activity.action_feedback()
            activity.date_done = done
        self.env.flush_all()
        if moment:
            self.env.cr.execute(
                "UPDATE mail_activity SET write_date = %s WHERE id = %s", [moment, activity.id]
            )
        return activity

    def test_calls_in_time(self):
        self.call("2026-02-10", "2026-02-10")
        self.call("2026-02-10", "2026-02-12")
        self.call("2026-02-20")
        self.call("2026-03-20")
        self.call("2026-03-02")  # today: there is time until the evening
        self.call("2026-02-10", "2026-02-09", record=self.meeting("2026-02-01"))
        self.assertEqual(self.figures()["calls"]["number"], 50)

    def test_calls_before_quotations(self):
        for day, hour in (("2026-02-10", 8), ("2026-02-11", 11)):
            self.call(day, day, moment=f"{day} {hour:02}:00:00")
            item = self.item(day, 100)
            item.quote_user_id = self.user_csm
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE roadmap_item SET sent_on = %s WHERE id = %s", [f"{day} 10:00:00", item.id]
            )
        self.env.invalidate_all()
        order = self.figures()["order"]
        self.assertEqual((order["number"], order["note"]), (50, "2 days with both"))

    def test_poor_feedback_answered(self):
        kind = "roadmap_msp.activity_type_poor_year"
        calls = self.call("2026-02-02", "2026-02-05", kind)
        calls |= self.call("2026-02-02", "2026-02-20", kind)
        self.env.cr.execute(
            "UPDATE mail_activity SET create_date = '2026-02-02 10:00' WHERE id IN %s",
            [tuple(calls.ids)],
        )
        self.assertEqual(self.figures()["answered_feedback"]["number"], 50)
