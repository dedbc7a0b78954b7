from datetime import date

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .test_client_program import TODAY, ProgramCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestClientProgramFigures(ProgramCommon):
    def test_topics_are_decided_in_time(self):
        """Within 90 days of their opening, also where they were put off in between."""
        topics = self.env["roadmap.meeting.topic"]

        def opened(day, **values):
            topic = topics.create({"name": "Wi-Fi", "roadmap_id": self.roadmap.id, **values})
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE roadmap_meeting_topic SET create_date = %s WHERE id = %s", [day, topic.id]
            )
            return topic

        opened("2026-02-01", state="decided")
        opened("2025-06-01", state="decided")  # today, after nine months
        first = opened("2026-01-10", state="deferred", outcome="Not now")
        again = opened("2026-02-10", previous_id=first.id)
        opened("2026-02-20")
        self.assertEqual(self.figures()["decided"]["number"], 25)
        again.state = "decided"
        self.assertEqual(str(again.decided_on), TODAY)
        with freeze_time("2026-05-01"):
            again.write({"state": "decided", "outcome": "As before"})
        self.assertEqual(str(again.decided_on), TODAY, "said once more")
        self.assertEqual(self.figures()["decided"]["number"], 50)
        again.state = "open"
        self.assertFalse(again.decided_on)

    def test_age_of_computers(self):
        kinds = {
            row.code: row.id
            for row in self.env["roadmap.asset.type"].search(
                [("code", "in", ["laptop", "desktop_pc", "server"])]
            )
        }
        self.env["roadmap.asset"].create(
            [
                {
                    "name": kind,
                    "roadmap_id": self.roadmap.id,
                    "type_id": kinds[kind],
                    "date_ids": [
                        fields.Command.create(
                            {"kind": "purchase", "source": "manual", "date": bought}
                        )
                    ],
                }
                for kind, bought in (
                    ("laptop", "2025-03-02"),
                    ("desktop_pc", "2025-03-02"),
                    ("laptop", "2018-03-02"),
                    ("server", "2010-03-02"),
                )
            ]
        )
        age = self.figures()["age"]
        self.assertEqual(age["value"], "3.3", "servers are no computers at which people work")
        self.assertEqual(age["note"], "1 of 3 are past their life (33 %)")
        self.assertEqual(age["target"], "at most 3.0, 10 % past their life")
        self.assertFalse(age["met"])
        late = self.env["roadmap.asset"].search(age["action"]["domain"])
        self.assertEqual(late.mapped("type_id.code"), ["laptop"])

    def test_score_and_its_change(self):
        questionnaire = self.env["roadmap.questionnaire"].search(
            [("state", "=", "published")], limit=1
        )
        for day, score in (("2025-11-10", 60), ("2026-02-20", 66)):
            run = self.env["roadmap.assessment"].create(
                {"roadmap_id": self.roadmap.id, "questionnaire_id": questionnaire.id}
            )
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE roadmap_assessment SET is_scored = TRUE, score = %s, submitted_on = %s,"
                " state = 'closed' WHERE id = %s",
                [score, f"{day} 10:00:00", run.id],
            )
        self.env.invalidate_all()
        figure = self.figures()["score"]
        self.assertEqual((figure["value"], figure["note"]), ("66", "+6 points in a quarter"))
        self.assertTrue(figure["met"], "not yet 80, but on its way")

    def test_every_figure_has_a_trend_and_records_of_the_clients_shown(self):
        """A click leads to the clients that the figure is about, not to everybody's."""
        other = self.env["roadmap.roadmap"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Not shown"}).id,
                "state": "running",
                "entitlement": "entitled",
                "started_on": "2024-01-01",
            }
        )
        for roadmap in (self.roadmap, other):
            self.meeting("2026-01-20", roadmap=roadmap)
            self.meeting("2025-01-20", roadmap=roadmap, present=False)
            self.meeting("2026-02-20", roadmap=roadmap, state="no_show")
            for name in ("poor_rating", "poor_year"):
                kind = self.env.ref(f"roadmap_msp.activity_type_{name}")
                record = roadmap if name == "poor_year" else roadmap.meeting_ids[0]
                record.activity_schedule(activity_type_id=kind.id, user_id=self.user_all.id)
            roadmap.activity_schedule(
                "mail.mail_activity_data_call", date(2026, 2, 20), user_id=self.user_all.id
            )
        figures = self.figures()
        for key, figure in figures.items():
            self.assertEqual(len(figure["trend"]), 13, key)
            records = self.env[figure["action"]["res_model"]].search(figure["action"]["domain"])
            if records._name == "roadmap.roadmap":
                self.assertNotIn(other, records, key)
            elif records._name == "mail.activity":
                self.assertEqual(len(records), 1 if key == "calls" else 2, key)
                self.assertTrue(
                    all(
                        row.res_id == self.roadmap.id
                        if row.res_model == "roadmap.roadmap"
                        else row.res_id in self.roadmap.meeting_ids.ids
                        for row in records
                    ),
                    key,
                )
            else:
                self.assertNotIn(other, records.roadmap_id, key)
        present = self.env["roadmap.meeting"].search(figures["present"]["action"]["domain"])
        self.assertFalse(present, "more than twelve months ago")
        once = self.env["roadmap.roadmap"].search(figures["second"]["action"]["domain"])
        self.assertEqual(once, self.roadmap)

    def test_trends_that_the_snapshots_keep(self):
        self.item("Server", 1000, quote_requested_on="2026-01-20 09:00:00")
        self.env["roadmap.finding"].create(
            {"name": "Gap", "roadmap_id": self.roadmap.id, "risk": "critical"}
        )
        duty = self.env["roadmap.asset.type"].search([("must_be_covered", "=", True)], limit=1)
        kinds = [duty, duty, self.env["roadmap.asset.type"].search([("code", "=", "laptop")])]
        ends = ["2027-01-01", "2025-01-01", "2027-01-01"]
        for kind, end in zip(kinds, ends, strict=True):
            dates = {"warranty_end": end, "purchase": "2024-01-31"}
            self.env["roadmap.asset"].create(
                {
                    "name": end,
                    "roadmap_id": self.roadmap.id,
                    "type_id": kind.id,
                    "date_ids": [
                        fields.Command.create({"kind": name, "source": "manual", "date": day})
                        for name, day in dates.items()
                    ],
                }
            )
        with freeze_time("2026-01-31"):
            self.roadmap._refresh_health()
            self.env["roadmap.snapshot"]._cron_snapshot()
            then = {key: figure["number"] for key, figure in self.figures().items()}
        self.env["roadmap.finding"].search([("roadmap_id", "=", self.roadmap.id)]).unlink()
        self.env["roadmap.asset"].search([("roadmap_id", "=", self.roadmap.id)]).unlink()
        self.roadmap.item_ids.unlink()
        figures = self.figures()
        for key in ("backlog", "critical", "cover", "age", "unsupported", "health", "answered"):
            trend = figures[key]["trend"]
            self.assertIsNone(trend[0], f"{key}: nobody kept it then")
            if then[key] is None:
                self.assertIsNone(trend[-3], key)
            else:
                self.assertAlmostEqual(trend[-3], then[key], 3, key)
        self.assertEqual((then["backlog"], then["critical"]), (1000, 1))
        self.assertEqual(figures["critical"]["number"], 0)
        self.assertEqual(round(then["age"], 2), 2.0)

    def test_money_without_a_rate_is_left_out_and_named(self):
        other = self.env["res.currency"].create({"name": "QQQ", "symbol": "Q"})
        self.other_roadmap.currency_id = other
        asked = {"quote_requested_on": fields.Datetime.now()}
        self.item("Switch", 500, **asked)
        self.item("Abroad", 700, roadmap_id=self.other_roadmap.id, **asked)
        page = self.env["roadmap.roadmap"].with_user(self.user_all).get_program()
        backlog = next(row for row in page["figures"] if row["key"] == "backlog")
        self.assertEqual(backlog["number"], 500)
        self.assertIn("QQQ: there is no exchange rate", page["unrated"])
        self.env["res.currency.rate"].create(
            {"currency_id": other.id, "rate": 2.0, "name": "2020-01-01"}
        )
        page = self.env["roadmap.roadmap"].with_user(self.user_all).get_program()
        backlog = next(row for row in page["figures"] if row["key"] == "backlog")
        self.assertEqual((backlog["number"], page["unrated"]), (850, False))

    def test_the_most_that_may_wait_is_unknown_without_a_rate(self):
        currency = self.env["res.currency"].create({"name": "QQQ", "symbol": "Q"})
        company = self.env["res.company"].create({"name": "Abroad", "currency_id": currency.id})
        self.env.ref("base.USD").rate_ids.unlink()
        self.user_all.company_ids |= company
        roadmaps = self.env["roadmap.roadmap"].with_user(self.user_all).with_company(company)
        page = roadmaps.with_context(allowed_company_ids=company.ids).get_program()
        backlog = next(row for row in page["figures"] if row["key"] == "backlog")
        self.assertEqual(backlog["target"], "none older than 10 days")
        self.assertTrue(backlog["met"])
