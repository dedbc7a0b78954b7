from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .budget_common import BudgetCommon


@tagged("post_install", "-at_install")
class TestBudgetRevision(BudgetCommon):
    """A revision: made from the forecast, frozen, compared; nobody changes what was shown."""

    def test_made_from_what_is_known(self):
        recurring = self.lines(source="contract", fiscal_year=self.year)
        self.assertEqual(recurring.mapped("amount"), [600.0] * 4, "10 x 20 x 3 months")
        self.assertEqual(recurring.mapped("quarter"), [1, 2, 3, 4])
        self.assertEqual(len(self.lines(source="contract")), 20, "five years by quarter")
        self.assertIn("10 × $20 per month", recurring[0].based_on)
        self.assertEqual(recurring[0].contract_id, self.contract)
        item = self.lines(source="item", kind="one_off")
        self.assertEqual((item.amount, item.quarter, item.fiscal_year), (8000, 4, self.year))
        self.assertEqual(item.area_name, "Workplaces", "the area at the top of the tree")
        fee = self.lines(source="item", kind="recurring", fiscal_year=self.year)
        self.assertEqual(fee.amount, 50, "from December on")
        replacement = self.lines(source="replacement")
        self.assertEqual((replacement.amount, replacement.fiscal_year), (5000, self.year + 3))
        self.assertEqual(replacement.name, "Replace: Server")
        due = f"Jun {self.year + 3}"
        self.assertEqual(replacement.based_on, f"SRV-02, due {due}, guide price")

    def test_a_replacement_says_since_when_and_whose_price(self):
        self.server.purchase_date = date(self.year - 7, 6, 1)
        others = self.env["roadmap.asset"].create(
            [
                {"name": name, "roadmap_id": self.roadmap.id, "type_id": self.server.type_id.id,
                 "purchase_date": date(self.year - 7, 6, 1)}
                for name in ("SRV-11", "SRV-12")
            ]
        )  # fmt: skip
        policy = self.env["roadmap.asset.policy"].create(
            {"roadmap_id": self.roadmap.id, "type_id": self.server.type_id.id, "price": 4500}
        )
        since = f"SRV-02, due since Jun {self.year - 2}"
        self.budget.action_refresh()
        line = self.lines(asset_id=self.server)
        self.assertEqual((line.amount, line.based_on), (4500, f"{since}, agreed price"))
        rows = self.budget._grouped_lines([self.year])
        row = next(row for row in rows if row["name"] == "Replace: Server (3)")
        self.assertEqual(row["based_on"], "3 × $4,500")
        self.server.own_price = 3900
        policy.price = 0
        policy.product_id = self.env["product.product"].create({"name": "R7", "list_price": 5200})
        self.budget.action_refresh()
        line = self.lines(asset_id=self.server)
        self.assertEqual((line.amount, line.based_on), (3900, f"{since}, agreed price"))
        line = self.lines(asset_id=others[0])
        self.assertEqual(line.amount, 5200)
        self.assertIn("your price list", line.based_on)
        row = next(row for row in self.budget._grouped_lines([self.year]) if "(3)" in row["name"])
        self.assertEqual(row["based_on"], "", "no one price for all of them")

    def test_one_off_and_recurring_are_never_summed(self):
        self.assertEqual(self.budget.amount_one_off, 8000)
        self.assertEqual(self.budget.amount_recurring, 2450)
        values = self.budget._figures()
        self.assertEqual(values["years"][0]["one_off"], "$8,000")
        self.assertEqual(values["years"][0]["recurring"], "$2,450")

    def test_own_items_stand_in_no_budget(self):
        self.assertNotIn("Dirty secret", self.budget.line_ids.mapped("name"))
        self.assertEqual(self.budget.internal_count, 1)

    def test_the_reserve_stands_on_what_the_client_sees(self):
        """Of our own items not even a share stands in a budget, or the sum would tell."""
        self.roadmap.contingency_percent = 10
        self.budget.action_refresh()
        reserve = self.lines(source="other")
        self.assertEqual(set(reserve.mapped("name")), {"Contingency on what is planned"})
        self.assertEqual(
            {line.fiscal_year: line.amount for line in reserve},
            {self.year: 800, self.year + 3: 500},
        )
        self.assertEqual(reserve[0].based_on, "10 % of what is planned and not yet quoted")
        self.assertFalse(self.budget.changes_today)
        with self.assertRaisesRegex(UserError, "source is gone"):
            reserve[0].action_open_source()

    def test_unknown_is_counted_not_zero(self):
        kind = self.server.type_id
        self.env["roadmap.asset"].create({"name": "?", "roadmap_id": self.roadmap.id})
        self.env["roadmap.asset"].create(
            {
                "name": "No price",
                "roadmap_id": self.roadmap.id,
                "type_id": kind.copy({"code": "t2", "price_low": 0, "price_high": 0}).id,
                "purchase_date": date(self.year - 2, 6, 1),
            }
        )
        self.env["roadmap.item"].create({"name": "No price", "roadmap_id": self.roadmap.id})
        self.contract.copy({"price": 0})
        self.budget.action_refresh()
        unknown = self.budget.unknown
        for words in (
            "1 devices without a known age",
            "1 devices to replace whose price is not known",
            "1 points without a price",
            "1 contracts without a price",
        ):
            self.assertIn(words, unknown)

    def test_without_a_date_it_stands_in_no_year(self):
        self.laptops.target_date = False
        self.budget.action_refresh()
        line = self.lines(source="item", kind="one_off")
        self.assertEqual((line.fiscal_year, line.quarter, line.amount), (0, 0, 8000))
        self.assertEqual(self.budget.amount_one_off, 0)
        self.assertEqual(self.budget._figures()["unscheduled"], "$8,000 one-off and $50 per month")

    def test_late_and_open_is_paid_this_year(self):
        self.laptops.target_date = date(self.year - 1, 3, 1)
        self.budget.action_refresh()
        line = self.lines(source="item", kind="one_off")
        self.assertEqual((line.fiscal_year, line.quarter), (self.year, 1))
        self.assertIn("still open", line.based_on)

    def test_a_draft_is_made_once(self):
        again = self.env["roadmap.budget"].with_user(self.user_csm)._make(self.roadmap)
        self.assertEqual(again, self.budget)
        self.roadmap.with_user(self.user_csm).action_create_budget()
        self.assertEqual(len(self.roadmap.budget_ids), 1)

    def test_refresh_keeps_what_was_added_by_hand(self):
        self.budget.write(
            {"line_ids": [(0, 0, {"name": "Reserve", "amount": 500, "fiscal_year": self.year})]}
        )
        self.contract.price = 30
        self.budget.action_refresh()
        self.assertEqual(self.lines(source="manual").amount, 500)
        self.assertEqual(self.lines(source="contract")[0].amount, 900)

    def test_lines_by_hand_within_the_five_years(self):
        for year in (self.year - 1, self.year + 5):
            with self.assertRaises(ValidationError):
                self.budget.line_ids.create(
                    {"budget_id": self.budget.id, "name": "x", "fiscal_year": year}
                )

    def test_a_line_by_hand_in_a_year_stands_in_a_quarter(self):
        """Else the quarters would not add up to the year."""
        values = {"budget_id": self.budget.id, "name": "Fee", "fiscal_year": self.year}
        with self.assertRaisesRegex(ValidationError, "Enter the quarter, 1 to 4"):
            self.budget.line_ids.create({**values, "quarter": 0})
        form = Form(self.budget.with_user(self.user_csm))
        with form.line_ids.new() as line:
            line.name, line.amount = "Fee", 70
        form.save()
        line = self.lines(name="Fee")[-1]
        self.assertEqual((line.fiscal_year, line.quarter), (self.year, 1))

    def test_the_area_of_a_line_by_hand(self):
        """The one at the top of the tree, which the client's page groups by."""
        values = {"budget_id": self.budget.id, "name": "Reserve", "fiscal_year": self.year}
        lines = self.env["roadmap.budget.line"].with_user(self.user_csm)
        self.assertEqual(
            lines.create({**values, "category_id": self.area.id}).area_name, "Workplaces"
        )
        own = lines.create({**values, "category_id": self.area.id, "area_name": "Moving house"})
        self.assertEqual(own.area_name, "Moving house")
        form = Form(self.budget)
        with form.line_ids.new() as line:
            line.name = "Cables"
            line.fiscal_year = self.year
            line.category_id = self.area
        form.save()
        self.assertEqual(self.lines(name="Cables").area_name, "Workplaces")

    def test_an_order_and_a_quotation_say_so(self):
        reason = self.lines(source="item", kind="one_off").based_on
        product = self.env["product.product"].create({"name": "Work", "list_price": 1})
        self.laptops.line_ids.product_id = product
        self.env["roadmap.decision"].sudo().create(
            {"roadmap_id": self.roadmap.id, "item_id": self.laptops.id, "decision": "approved"}
        )
        order = self.laptops._create_quotations().sudo()
        self.budget.action_refresh()
        quoted = self.lines(source="item", kind="one_off").based_on
        self.assertNotEqual(quoted, reason)
        self.assertEqual(quoted, "Quotation")
        order.action_confirm()
        self.budget.action_refresh()
        said = self.lines(item_id=self.laptops, kind="one_off").mapped("based_on")
        self.assertEqual(said, [f"Order {order.name}"])

    def test_what_was_shown_is_frozen(self):
        self.propose()
        line = self.lines(source="contract")[0]
        before = line.amount
        self.contract.price = 99
        self.contract.name = "Renamed"
        self.assertEqual((line.amount, line.name), (before, "Office licences"))
        for call in (
            lambda: self.budget.action_refresh(),
            lambda: line.with_user(self.user_csm).write({"amount": 1}),
            lambda: line.with_user(self.user_csm).unlink(),
            lambda: self.budget.line_ids.with_user(self.user_csm).create(
                {"budget_id": self.budget.id, "name": "x", "fiscal_year": self.year}
            ),
            lambda: self.budget.write({"note": "Other words"}),
            lambda: self.budget.unlink(),
            lambda: self.budget.action_propose(),
        ):
            with self.assertRaises(UserError):
                call()
        line.with_user(self.user_csm).variance_note = "Said afterwards"

    def test_states_and_figures_are_not_written_by_hand(self):
        for values in (
            {"state": "approved"},
            {"signed_by": "Me"},
            {"fiscal_year": 2020},
            {"currency_id": self.env.ref("base.EUR").id},
        ):
            with self.assertRaises(AccessError):
                self.budget.with_user(self.user_manager).write(values)
        line = self.lines(source="contract")[0].with_user(self.user_csm)
        for values in ({"amount": 1}, {"source": "order"}, {"amount_actual": 5}):
            with self.assertRaises(UserError):
                line.write(values)
        with self.assertRaises(UserError):
            line.create({"budget_id": self.budget.id, "name": "x", "source": "contract"})

    def test_proposing_prepares_mails_and_sends_none(self):
        self.propose()
        mails = self.env["roadmap.outbox"].search([("res_model", "=", "roadmap.budget")])
        self.assertEqual(mails.partner_id, self.contact_owner | self.contact_office)
        self.assertEqual(set(mails.mapped("state")), {"prepared"})
        self.assertEqual(set(mails.link_id.mapped("purpose")), {"decide"})

    def test_nothing_to_propose(self):
        empty = self.env["roadmap.budget"].with_user(self.user_other_csm)
        budget = empty._make(self.other_roadmap)
        with self.assertRaisesRegex(UserError, "no money"):
            budget.action_propose()
        self.other_roadmap.state = "ended"
        with self.assertRaisesRegex(UserError, "has ended"):
            empty._make(self.other_roadmap)

    def test_a_newer_revision_takes_the_place(self):
        self.propose()
        link = self.env["roadmap.link"].search([("res_model", "=", "roadmap.budget")])[:1]
        self.contract.price = 25
        action = self.budget.action_new_revision()
        second = self.budget.browse(action["res_id"])
        self.assertEqual((second.revision, second.previous_id), (2, self.budget))
        second.action_propose()
        self.assertEqual(self.budget.state, "superseded")
        self.assertEqual(link.state, "withdrawn")
        row = second._differences(self.budget)[0]
        self.assertEqual((row["name"], row["kind"]), ("Office licences", "Recurring"))
        self.assertEqual((row["before"], row["now"], row["change"]), ("$2,400", "$3,000", "+$600"))
        self.assertIn("Office licences", second.changes_before)

    def test_withdraw_and_propose_again(self):
        self.propose()
        self.budget.action_withdraw()
        self.assertEqual((self.budget.state, self.budget.proposed_on), ("draft", False))
        mails = self.env["roadmap.outbox"].search([("res_model", "=", "roadmap.budget")])
        self.assertEqual(set(mails.mapped("state")), {"cancelled"})
        self.propose()
        self.assertEqual(self.budget.state, "proposed")

    def test_lines_by_hand_go_on_to_the_next_revision(self):
        self.budget.write(
            {"line_ids": [(0, 0, {"name": "Reserve", "amount": 500, "fiscal_year": self.year})]}
        )
        self.propose()
        second = self.budget.browse(self.budget.action_new_revision()["res_id"])
        self.assertEqual(second.line_ids.filtered(lambda r: r.source == "manual").amount, 500)
        self.assertFalse(second._differences(self.budget))

    def test_only_the_team_sees_it(self):
        with self.assertRaises(AccessError):
            self.budget.with_user(self.user_other_csm).action_propose()
        with self.assertRaises(AccessError):
            self.budget.with_user(self.user_technician).read(["name"])

    @mute_logger("odoo.sql_db")
    def test_two_revisions_cannot_have_one_number(self):
        with self.assertRaises(IntegrityError):
            self.budget.sudo().copy({"revision": 1})
