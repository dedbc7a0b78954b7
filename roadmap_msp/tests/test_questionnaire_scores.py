from odoo.exceptions import AccessError
from odoo.tests import tagged

from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireScores(QuestionnaireCommon):
    """Heat map, one client's figures, and the comparison with the others of the tier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tier = cls.env["roadmap.tier"].create({"name": "Test gold", "code": "test-gold"})
        (cls.roadmap | cls.other_roadmap).tier_id = cls.tier

    def scored_run(self, roadmap, score, day="2026-01-10 09:00:00"):
        run = self._create_run(roadmap)
        page = self.questionnaire.section_ids.filtered(lambda row: row.code == "AAA")
        run.write({"state": "closed", "submitted_on": day, "is_scored": True, "score": score})
        self.env["roadmap.assessment.section"].create(
            {
                "assessment_id": run.id,
                "section_id": page.id,
                "is_scored": True,
                "score": score,
            }
        )
        return run

    def others(self, *scores):
        partners = self.env["res.partner"].create([{"name": f"Other {n}"} for n in range(9)])
        for partner, score in zip(partners, scores, strict=False):
            roadmap = self.env["roadmap.roadmap"].create(
                {"partner_id": partner.id, "tier_id": self.tier.id}
            )
            self.scored_run(roadmap, score)

    def sections(self, user):
        return self.env["roadmap.assessment.section"].with_user(user)

    def test_heat_map_shows_the_last_score_of_ones_own_clients(self):
        self.scored_run(self.roadmap, 40)
        self.scored_run(self.roadmap, 90, "2026-05-10 09:00:00")
        self.scored_run(self.other_roadmap, 60)
        everything = self.sections(self.user_all).get_heat_map("test")
        self.assertEqual([page["code"] for page in everything["pages"]], ["AAA"])
        found = {row["id"]: row["scores"]["AAA"][:2] for row in everything["clients"]}
        self.assertEqual(
            found, {self.other_roadmap.id: [60, "needs_work"], self.roadmap.id: [90, "good"]}
        )
        self.assertEqual(everything["clients"][0]["id"], self.other_roadmap.id, "weakest first")
        self.assertEqual(everything["average"]["AAA"], [75, "fair"])
        own = self.sections(self.user_csm).get_heat_map("test")
        self.assertEqual([row["id"] for row in own["clients"]], self.roadmap.ids)
        with self.assertRaises(AccessError):
            self.sections(self.user_technician).get_heat_map("test")

    def test_heat_map_costs_the_same_for_many_clients(self):
        def count():
            return self.queries_of(self.sections(self.user_all).get_heat_map, "test")

        self.scored_run(self.roadmap, 40)
        count()
        few = count()
        self.others(*range(10, 90, 10))
        self.assertLessEqual(count(), few)

    def test_one_client_with_trend(self):
        self.scored_run(self.roadmap, 40)
        self.scored_run(self.roadmap, 70, "2026-05-10 09:00:00")
        data = self.sections(self.user_csm).get_client_scores(self.roadmap.id, "test")
        self.assertEqual((data["total"], data["band"]), (70, "fair"))
        self.assertEqual([row["score"] for row in data["trend"]], [40, 70])
        page = data["pages"][0]
        self.assertEqual((page["score"], page["earlier"], page["others"]), (70, 40, None))
        with self.assertRaises(AccessError):
            self.sections(self.user_other_csm).get_client_scores(self.roadmap.id, "test")

    def test_benchmark_is_of_others_and_never_of_few(self):
        self.scored_run(self.roadmap, 10)
        self.others(50, 60, 70, 80)
        sections = self.env["roadmap.assessment.section"]
        self.assertEqual(sections._benchmark(self.roadmap, "test")["pages"], {})
        self.scored_run(self.other_roadmap, 90)
        benchmark = sections._benchmark(self.roadmap, "test")
        self.assertEqual(benchmark, {"pages": {"AAA": 70.0}, "total": 70.0, "count": 5})
        data = self.sections(self.user_csm).get_client_scores(self.roadmap.id, "test")
        self.assertEqual((data["pages"][0]["others"], data["others_count"]), (70.0, 5))
        self.roadmap.tier_id = False
        self.assertIsNone(sections._benchmark(self.roadmap, "test")["total"])
