from collections import Counter

from odoo.tests import tagged

from .common import RoadmapCommon


@tagged("post_install", "-at_install")
class TestMeetingContent(RoadmapCommon):
    def test_five_agendas(self):
        expected = {
            "kickoff": (9, 90, 90),
            "monthly": (7, 45, 45),
            "quarterly": (7, 60, 60),
            "annual": (7, 90, 120),
            "summit": (9, 240, 240),
        }
        for code, (lines, least, most) in expected.items():
            agenda = self.env.ref(f"roadmap_msp.agenda_{code}")
            self.assertEqual(len(agenda.line_ids), lines, code)
            self.assertTrue(least <= agenda.minutes <= most, f"{code}: {agenda.minutes}")
            self.assertTrue(all(agenda.line_ids.mapped("output")), code)
        monthly = self.env.ref("roadmap_msp.agenda_monthly")
        self.assertEqual(monthly.description.count("<li>"), 12)

    def test_three_tiers(self):
        expected = {"gold": (12, 0.75), "silver": (4, 1.0), "bronze": (1, 1.0)}
        for code, (yearly, hours) in expected.items():
            cadence = self.env.ref(f"roadmap_msp.tier_{code}").cadence_ids
            self.assertEqual(len(cadence), 1, code)
            self.assertEqual((cadence.yearly, cadence.duration), (yearly, hours), code)
            self.assertEqual(cadence.agenda_id.minutes, hours * 60, code)

    def test_checklist(self):
        plan = self.env.ref("roadmap_msp.plan_preparation")
        days = Counter((t.delay_from, t.delay_count) for t in plan.template_ids)
        for before in (14, 7, 3, 1):
            self.assertEqual(days["before_plan_date", before], 1)
        self.assertEqual(sum(n for (when, _d), n in days.items() if when == "after_plan_date"), 2)
