from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .questionnaire_common import QuestionnaireCommon


@tagged("post_install", "-at_install")
class TestQuestionnaireFindingPlace(QuestionnaireCommon):
    """Which findings are proposed for the year, by rank and by hand."""

    def gaps(self, count, roadmap=None, **values):
        return self.env["roadmap.finding"].create(
            [
                {
                    "name": str(number),
                    "roadmap_id": (roadmap or self.roadmap).id,
                    "urgency": number,
                    **values,
                }
                for number in range(count)
            ]
        )

    def fold(self, roadmaps=None):
        self.env["roadmap.finding"]._fold(roadmaps or self.roadmap)

    def proposed(self):
        found = self.env["roadmap.finding"].search(
            [("roadmap_id", "=", self.roadmap.id), ("proposed", "=", True), ("state", "=", "open")]
        )
        return sorted(map(int, found.mapped("name")))

    def test_a_choice_by_hand_stays(self):
        gaps = self.gaps(12)
        self.fold()
        self.assertEqual(self.proposed(), list(range(2, 12)))
        (gaps[0] | gaps[11]).with_user(self.user_csm).action_propose()
        self.assertEqual(self.proposed(), [0, *range(2, 11)])
        gaps[5].risk = "critical"
        self.fold()
        self.assertEqual(self.proposed(), [0, *range(2, 11)])
        self.gaps(1, urgency=99, name="99")
        self.fold()
        self.assertEqual(self.proposed(), [0, *range(3, 11), 99], "the least of the others leaves")
        gaps[0].with_user(self.user_csm).action_propose()
        self.assertEqual(self.proposed(), [*range(2, 11), 99])

    def test_no_more_than_ten_by_hand(self):
        gaps = self.gaps(12)
        gaps[:10].action_propose()
        self.assertEqual(self.proposed(), list(range(10)))
        with self.assertRaisesRegex(UserError, "10 lines of"):
            gaps[10].action_propose()

    def test_a_folded_finding_moves_its_line(self):
        gaps = self.gaps(2, template_ids=[(6, 0, self.template.ids)])
        self.fold()
        self.assertEqual((gaps[0].parent_id, self.proposed()), (gaps[1], [1]))
        gaps[0].action_propose()
        self.assertEqual((gaps[1].place, self.proposed()), ("backlog", []))

    def test_a_line_stays_in_its_place_whichever_finding_leads_it(self):
        gaps = self.gaps(2, template_ids=[(6, 0, self.template.ids)])
        others = self.gaps(10, urgency=50)
        for leads, follows, place in ((1, 0, "proposed"), (0, 1, "backlog")):
            self.fold()
            gaps[leads].action_propose()
            self.assertEqual(gaps[leads].place, place)
            gaps[follows].urgency = gaps[leads].urgency + 1
            self.fold()
            self.assertEqual(gaps[leads].parent_id, gaps[follows])
            self.assertEqual((gaps[follows].place, gaps[leads].place), (place, False))
            self.assertEqual(gaps[follows].proposed, place == "proposed")
        self.assertEqual(set(others.mapped("proposed")), {True})

    def test_what_is_treated_gives_its_place_to_the_next(self):
        gaps = self.gaps(12)
        self.fold()
        gaps[11]._mark_accepted("Moving soon", fields.Date.add(fields.Date.today(), days=9))
        self.assertEqual(self.proposed(), list(range(1, 11)))
        item = self.env["roadmap.item"].create({"name": "I", "roadmap_id": self.roadmap.id})
        gaps[10]._link_items(item)
        self.assertEqual(self.proposed(), list(range(10)))
        gaps[0].action_propose()
        gaps[0].state = "resolved"
        self.assertEqual((gaps[0].proposed, gaps[0].place), (False, False))

    def test_gone_from_the_register_and_back(self):
        kind = self.env["roadmap.asset.type"].search([("code", "=", "server")])
        asset = self.env["roadmap.asset"].create(
            {
                "name": "SRV-1",
                "roadmap_id": self.roadmap.id,
                "type_id": kind.id,
                "warranty_end": fields.Date.add(fields.Date.today(), months=-3),
            }
        )
        self.roadmap._raise_asset_findings()
        finding = self.env["roadmap.finding"].search(
            [("roadmap_id", "=", self.roadmap.id), ("source", "=", "asset")]
        )
        self.assertTrue(finding.proposed)
        asset.warranty_end = fields.Date.add(fields.Date.today(), months=13)
        self.roadmap._raise_asset_findings()
        self.assertEqual((finding.state, finding.proposed), ("resolved", False))
        gaps = self.gaps(10)
        gaps.urgency = 900
        self.fold()
        asset.warranty_end = fields.Date.add(fields.Date.today(), months=-3)
        self.roadmap._raise_asset_findings()
        self.assertEqual(finding.state, "open")
        self.assertEqual(self.proposed(), list(range(10)), "ten, and not it as well")
        gaps[9].state = "dismissed"
        asset.warranty_end = fields.Date.add(fields.Date.today(), months=13)
        self.roadmap._raise_asset_findings()
        asset.warranty_end = fields.Date.add(fields.Date.today(), months=-3)
        self.roadmap._raise_asset_findings()
        self.assertTrue(finding.proposed, "a place is free")

    def test_a_gap_that_becomes_a_check_is_no_line(self):
        self.save({"AAA-1": self.key("AAA-1", "No"), "AAA-3": 5})
        self.assessment._submit(self.contact_owner, force=True)
        line, folded = self.assessment.finding_ids.sorted(lambda row: bool(row.parent_id))
        self.assertTrue(line.proposed and folded.parent_id == line)
        self.save({"AAA-1": self.key("AAA-1", "Do not know")}, source="staff")
        self.assessment._update_findings()
        self.assertEqual((line.kind, line.proposed), ("check", False))
        self.assertEqual((folded.parent_id.id, folded.proposed), (False, True))

    def test_many_clients_cost_what_one_does(self):
        others = self.env["roadmap.roadmap"].create(
            [
                {"partner_id": partner.id}
                for partner in self.env["res.partner"].create(
                    [{"name": f"Firm {number}", "is_company": True} for number in range(9)]
                )
            ]
        )
        kind = self.env["roadmap.asset.type"].search([("code", "=", "server")])
        self.env["roadmap.asset"].create(
            [
                {
                    "name": "SRV-1",
                    "roadmap_id": roadmap.id,
                    "type_id": kind.id,
                    "warranty_end": fields.Date.add(fields.Date.today(), months=-3),
                }
                for roadmap in (*others, self.roadmap)
            ]
        )

        def queries(roadmaps):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = roadmaps._raise_asset_findings()
            self.env.flush_all()
            self.assertEqual(set(found.mapped("proposed")), {True})
            self.assertEqual(len(set(found.mapped("urgency"))), 1)
            return self.env.cr.sql_log_count - before

        queries(others[0])
        few, many = queries(self.roadmap), queries(others[1:])
        self.assertLessEqual(many, few)

    def test_many_periods_that_end_cost_what_one_does(self):
        ended = fields.Date.subtract(fields.Date.today(), days=1)
        cron = self.env.ref("roadmap_msp.finding_accepted_cron")

        def queries(count):
            gaps = self.gaps(count)
            gaps._mark_accepted("Moving soon", ended)
            self.env.flush_all()
            self.env.invalidate_all()
            with self.enter_registry_test_mode():
                before = self.env.cr.sql_log_count
                cron.method_direct_trigger()
                spent = self.env.cr.sql_log_count - before
            self.assertEqual(set(gaps.mapped("state")), {"open"})
            return spent

        queries(1)
        few, many = queries(1), queries(8)
        self.assertLessEqual(many, few)
