from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .test_client_program import TODAY, ProgramCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestClientReturn(ProgramCommon):
    """What the free time costs beside what it brought, and what clients say."""

    def setUp(self):
        super().setUp()
        self.env.company.roadmap_hour_cost = 50
        self.product = self.env["product.product"].create(
            {"name": "Server", "standard_price": 700, "list_price": 1000}
        )

    def sell(self, day="2026-01-20", quantity=2, product=None, kind="one_off", roadmap=None):
        roadmap = roadmap or self.roadmap
        product = product or self.product
        period = "month" if kind == "recurring" else False
        line = {"name": "x", "quantity": quantity, "price_unit": 1000, "kind": kind}
        item = self.env["roadmap.item"].create(
            {
                "name": "Server",
                "roadmap_id": roadmap.id,
                "line_ids": [Command.create({**line, "period": period})],
            }
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": roadmap.partner_id.id,
                "roadmap_id": roadmap.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "price_unit": 1000,
                            "roadmap_item_line_id": item.line_ids.id,
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        order.date_order = f"{day} 10:00:00"
        return order

    def spend(self, day, preparing, meeting, roadmap=None):
        return self.meeting(day, roadmap=roadmap, hours_preparing=preparing, hours_meeting=meeting)

    def test_margin_cost_and_return(self):
        self.sell()
        self.sell("2024-12-01")
        self.sell(kind="recurring")
        self.sell(product=self.env["product.product"].create({"name": "Cost unknown"}))
        self.spend("2026-02-01", 1, 1.5)
        self.spend("2025-08-01", 0.5, 1)
        self.spend("2024-08-01", 5, 5)
        figures = self.figures()
        self.assertEqual(figures["margin"]["number"], 600)
        self.assertEqual(figures["time_cost"]["number"], 200)
        self.assertRegex(figures["time_cost"]["note"], "^4 hours")
        self.assertEqual((figures["return"]["number"], figures["return"]["met"]), (3, True))
        self.assertEqual(len(figures["margin"]["trend"]), 13)
        behind = figures["time_cost"]["action"]
        self.assertEqual(len(self.env["roadmap.meeting"].search(behind["domain"])), 2)
        client = self.roadmap.with_user(self.user_csm)
        self.assertEqual((client.won_margin, client.hours_spent, client.time_cost), (600, 4, 200))
        self.assertEqual(self.other_roadmap.won_margin, 0)

    def test_cost_in_another_unit(self):
        """Sold by the dozen, cost by the piece."""
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self.sell(quantity=1)
        order.order_line.write({"product_uom_id": dozen.id, "price_unit": 12000})
        self.env.flush_all()
        self.assertEqual(self.roadmap.won_margin, 12000 - 12 * 700)

    def test_a_share_of_what_contracts_bring(self):
        self.env["roadmap.contract"].create(
            [
                {
                    "name": name,
                    "roadmap_id": self.roadmap.id,
                    "seats": 10,
                    "price": price,
                    "period": period,
                    "date_start": start,
                    "third_party": other,
                }
                for name, price, period, start, other in (
                    ("Care", 100, "month", "2025-01-01", False),
                    ("Licence", 1200, "year", "2025-01-01", False),
                    ("Line", 500, "month", "2025-01-01", True),
                    ("Later", 500, "month", "2026-06-01", False),
                )
            ]
        )
        self.spend("2026-02-01", 10, 14)
        cost = self.figures()["time_cost"]
        self.assertEqual(cost["note"], "24 hours, 5.0 % of the contracts")
        self.assertTrue(cost["met"], "1,200 of 24,000 a year")

    def test_without_the_cost_of_an_hour(self):
        self.env.company.roadmap_hour_cost = 0
        self.spend("2026-02-01", 1, 1)
        figures = self.figures()
        self.assertEqual((figures["time_cost"]["value"], figures["return"]["value"]), ("–", "–"))
        self.assertIn("settings", figures["time_cost"]["note"])

    def answer(self, figure, day, roadmap=None):
        page = self.env.ref("roadmap_msp.questionnaire_yearly_1")
        run = self.env["roadmap.assessment"].create(
            {"roadmap_id": (roadmap or self.roadmap).id, "questionnaire_id": page.id}
        )
        run.action_send()
        question = page.question_ids.filtered(lambda row: row.code == "YEAR-1")
        choice = question.choice_ids.filtered(lambda row: row.code == str(figure))
        contact = (roadmap or self.roadmap).stakeholder_ids.partner_id[:1]
        values = {question.id: {"value": choice.id}}
        run._save_answers(values, respondent=contact, source="client")
        run._submit(contact)
        run.submitted_on = f"{day} 10:00:00"

    def test_loyalty(self):
        for figure, day in ((10, "2025-06-01"), (9, "2026-01-01"), (7, "2026-01-02")):
            self.answer(figure, day)
        self.answer(3, "2026-02-01", self.other_roadmap)
        self.answer(0, "2024-02-01", self.other_roadmap)
        loyalty = self.figures()["loyalty"]
        self.assertEqual((loyalty["number"], loyalty["note"]), (25, "4 answers"))
        self.assertFalse(loyalty["met"])
        self.assertEqual(len(self.env["roadmap.answer"].search(loyalty["action"]["domain"])), 4)
        self.assertEqual((self.roadmap | self.other_roadmap).mapped("loyalty_figure"), ["7", "3"])

    def test_restore_proven(self):
        self.assertEqual(self.figures()["restore"]["value"], "–")
        question = self.env.ref("roadmap_msp.question_bck_4")
        for roadmap, proven in ((self.roadmap, "2026-02-01"), (self.other_roadmap, "2025-02-01")):
            run = self.env["roadmap.assessment"].create(
                {
                    "roadmap_id": roadmap.id,
                    "questionnaire_id": question.questionnaire_id.id,
                    "length": "full",
                }
            )
            run.action_send()
            run._save_answers(
                {question.id: {"value": proven}},
                respondent=self.user_vcio.partner_id,
                source="staff",
            )
        restore = self.figures()["restore"]
        self.assertEqual((restore["number"], restore["note"]), (50, "1 of 2 clients"))

    def test_budget_accuracy(self):
        budget = self.env["roadmap.budget"].create(
            {
                "roadmap_id": self.roadmap.id,
                "fiscal_year": 2025,
                "currency_id": self.env.company.currency_id.id,
                "revision": 1,
                "fiscal_year_start": "1",
            }
        )
        self.env["roadmap.budget.line"].create(
            [
                {
                    "budget_id": budget.id,
                    "name": "Server",
                    "fiscal_year": year,
                    "kind": "one_off",
                    "amount": 1000,
                    "amount_actual": actual,
                }
                for year, actual in ((2025, 900), (2026, 0))
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE roadmap_budget SET closed_on = '2026-02-01' WHERE id = %s", [budget.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self.figures()["accuracy"]["number"], 90)

    def test_technicians_see_no_money(self):
        client = self.roadmap.with_user(self.user_technician)
        for name in ("won_margin", "time_cost", "rating_average"):
            with self.assertRaises(AccessError):
                client.read([name])

    def test_many_clients_cost_no_more(self):
        clients = self.roadmap | self.other_roadmap
        names = ["won_margin", "time_cost", "rating_average", "loyalty_figure"]
        counts = []
        for rows in (self.roadmap, clients):
            counts.append(self.queries_of(rows.read, names))
        self.assertLessEqual(counts[1], counts[0])
