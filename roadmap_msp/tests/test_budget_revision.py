from datetime import date

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .budget_common import BudgetCommon
from .sale_common import SaleCommon


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
        self.assertIn("SRV-02", replacement.based_on)

    def test_one_off_and_recurring_are_never_summed(self):
        self.assertEqual(self.budget.amount_one_off, 8000)
        self.assertEqual(self.budget.amount_recurring, 2450)
        values = self.budget._figures()
        self.assertEqual(values["years"][0]["one_off"], "$8,000")
        self.assertEqual(values["years"][0]["recurring"], "$2,450")

    def test_own_items_stand_in_no_budget(self):
        self.assertNotIn("Dirty secret", self.budget.line_ids.mapped("name"))
        self.assertEqual(self.budget.internal_count, 1)

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


@tagged("post_install", "-at_install")
class TestBudgetChanges(BudgetCommon):
    """What happens to a signed budget when the world moves on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.propose()
        cls.budget.sudo()._approve(cls.portal_owner, "cGl4ZWw=")

    def cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("roadmap_msp.ir_cron_check_budgets").method_direct_trigger()
        self.env.invalidate_all()

    def test_within_the_limit_nothing_is_asked(self):
        self.contract.price = 21
        self.cron()
        self.assertFalse(self.budget.needs_revision)
        self.assertFalse(self.budget.activity_ids)

    def test_beyond_the_limit_a_new_revision_is_asked_once(self):
        self.laptops.line_ids[0].price_unit = 9000
        self.env.flush_all()
        for _night in range(2):
            self.cron()
        self.assertEqual(len(self.budget.activity_ids), 1)
        self.assertIn("one-off $8,000 → $9,000", self.budget.activity_ids.note)
        self.assertIn("$9,000", self.budget.needs_revision)

    def test_the_limit_can_be_switched_off(self):
        self.roadmap.company_id.roadmap_budget_change_limit = 0
        self.laptops.line_ids[0].price_unit = 90000
        self.env.flush_all()
        self.cron()
        self.assertFalse(self.budget.activity_ids)

    def test_the_night_asks_the_forecast_once(self):
        """As many queries for two budgets as for one."""
        self.laptops.target_date = self.first_day
        other = self.contract.copy({"roadmap_id": self.other_roadmap.id})
        second = self.env["roadmap.budget"].sudo()._make(self.other_roadmap)
        second.action_propose()
        second._approve(self.portal_other, "cGl4ZWw=")
        self.assertTrue(other)
        self.env.flush_all()
        counts = []
        for budgets in (self.budget.sudo(), self.budget.sudo() | second):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            budgets._first_years_today()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_cron_and_form_count_alike(self):
        self.laptops.target_date = date(self.year - 1, 3, 1)
        self.env.flush_all()
        budget = self.budget.sudo()
        night = budget._first_years_today()[budget.id]
        form = budget._totals_today()
        for kind in ("one_off", "recurring"):
            whole = sum(v for (*_k, of, y), v in form.items() if (of, y) == (kind, self.year))
            self.assertAlmostEqual(night["", "", kind, self.year], whole, 2)

    def test_another_start_of_the_year_moves_nothing(self):
        before = self.budget.line_ids.mapped(lambda r: (r.fiscal_year, r.quarter, r.amount))
        self.roadmap.fiscal_year_start = "7"
        after = self.budget.line_ids.mapped(lambda r: (r.fiscal_year, r.quarter, r.amount))
        self.assertEqual(before, after)
        self.assertIn("begins in another month", self.budget.needs_revision)
        self.cron()
        self.assertEqual(len(self.budget.activity_ids), 1)

    def test_another_currency_is_said_not_compared(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.roadmap.sudo().currency_id = euro
        self.assertIn("currency is now EUR", self.budget.needs_revision)
        self.assertFalse(self.budget.changes_today)

    def test_a_deleted_category_leaves_its_name(self):
        line = self.lines(source="contract")[0]
        self.contract.category_id = self.laptops.category_id = False
        self.area.unlink()
        self.assertFalse(line.category_id)
        self.assertEqual(line.area_name, "Workplaces")

    def test_a_deleted_source_leaves_its_figure(self):
        line = self.lines(source="replacement")
        self.server.unlink()
        self.assertEqual((line.amount, line.asset_id.id), (5000, False))
        with self.assertRaisesRegex(UserError, "source is gone"):
            line.action_open_source()
        self.assertIn("Replace: Server", self.budget.changes_today)


@tagged("post_install", "-at_install")
class TestBudgetYearEnd(SaleCommon):
    """Signed, ordered, invoiced, closed, carried forward."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.year = fields.Date.today().year

    def _item(self, name, price):
        item = self._create_item(
            name, [{"name": name, "product_id": self.service.id, "price_unit": price}]
        )
        self._approve(item)
        return item

    def _ordered(self, item):
        order = self._quote(item)
        order.action_confirm()
        return order

    def _invoice(self, order):
        for line in order.order_line.filtered("roadmap_item_line_id"):
            line.qty_delivered = line.product_uom_qty
        order._create_invoices().action_post()

    def _signed(self, items):
        items.target_date = date(self.year, 12, 20)
        budget = self.env["roadmap.budget"].sudo()._make(self.roadmap)
        budget.action_propose()
        return budget._approve(self.portal_owner, "cGl4ZWw=")

    def test_year_end(self):
        bought = self._item("Bought", 1000)
        left = self._item("Left", 400)
        cancelled = self._item("Cancelled", 250)
        budget = self._signed(bought | left | cancelled)
        orders = self._ordered(bought), self._ordered(cancelled)
        orders[1].action_cancel()
        line = orders[0].order_line.filtered("roadmap_item_line_id")
        line.price_unit = 900
        self._invoice(orders[0])
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "Close it when it is over"):
            budget.action_close_year()
        with freeze_time(f"{self.year + 1}-01-10"):
            budget.action_close_year()
            rows = {row.name: row for row in budget.line_ids}
            self.assertEqual(rows["Bought"].amount_actual, 900)
            self.assertEqual(rows["Bought"].variance, -100)
            self.assertEqual(rows["Bought"].variance_reason, "less")
            self.assertEqual(rows["Left"].variance_reason, "not_spent")
            self.assertEqual(rows["Cancelled"].amount_actual, 0, "cancelled after the signature")
            self.assertEqual(
                rows["Cancelled"].variance_note, f"Order {orders[1].name} was cancelled."
            )
            self.assertFalse(rows["Left"].variance_note)
            with self.assertRaisesRegex(UserError, "closed already"):
                budget.action_close_year()
            action = budget.action_carry_forward()
            self.assertEqual(left.target_date, date(self.year + 1, 1, 1))
            self.assertEqual(rows["Left"].variance_reason, "carried")
            draft = budget.browse(action["res_id"])
            self.assertEqual((draft.fiscal_year, draft.previous_id), (self.year + 1, budget))
            self.assertIn("Left", draft.line_ids.mapped("name"))
            self.assertNotIn("Bought", draft.line_ids.mapped("name"))

    def test_recurring_money_is_what_was_invoiced_where_it_was(self):
        item = self._create_item(
            "Backups", [{"name": "Backups", "product_id": self.service.id, "kind": "recurring",
                         "period": "month", "price_unit": 100}]
        )  # fmt: skip
        self._approve(item)
        fibre = self.env["roadmap.contract"].create(
            {"name": "Fibre", "roadmap_id": self.roadmap.id, "price": 50, "third_party": True,
             "date_start": date(self.year, 1, 1)}
        )  # fmt: skip
        budget = self._signed(item)
        order = self._ordered(item)
        line = order.order_line.filtered("roadmap_item_line_id")
        line.price_unit = 90
        self._invoice(order)
        self.env.flush_all()
        with freeze_time(f"{self.year + 1}-01-10"):
            budget.action_close_year()
        rows = budget.line_ids.filtered(lambda row: row.fiscal_year == self.year)
        ours = rows.filtered(lambda row: row.item_id == item)
        self.assertEqual(sum(ours.mapped("amount_actual")), 90, "the invoice, not the contract")
        self.assertEqual(set(ours.mapped("actual_from")) - {False}, {"invoice"})
        theirs = rows.filtered(lambda row: row.contract_id == fibre)
        self.assertEqual(sum(theirs.mapped("amount_actual")), 0, "no invoice, no actual")
        self.assertEqual(sum(theirs.mapped("amount_agreed")), 600)
        self.assertEqual(set(theirs.mapped("actual_from")), {"contract"})
        self.assertEqual(set(theirs.mapped("variance_reason")), {"as_planned"})
        self.assertEqual(sum(theirs.mapped("variance")), 0, "the agreed amount beside the plan")
        months = 13 - fields.Date.today().month
        self.assertEqual(sum(ours.mapped("amount_agreed")), months * 90)
        self.assertEqual(budget.actual_recurring, 90)
        self.assertEqual(budget.agreed_recurring, 600 + months * 90)

    def test_agreed_is_no_actual(self):
        """Ordered and not invoiced, invoiced in part, and a year billed at once."""
        waits = self._item("Waits", 400)
        fee = self._create_item(
            "Fee", [{"name": "Fee", "product_id": self.service.id, "kind": "recurring",
                     "period": "year", "price_unit": 1200}]
        )  # fmt: skip
        part = self._create_item(
            "Part", [{"name": "Part", "product_id": self.service.id, "kind": "recurring",
                      "period": "month", "price_unit": 10}]
        )  # fmt: skip
        self._approve(fee | part)
        items = waits | fee | part
        with freeze_time(f"{self.year}-01-04"):
            items.target_date = date(self.year, 1, 4)
            budget = self.env["roadmap.budget"].sudo()._make(self.roadmap)
            budget.action_propose()
            budget._approve(self.portal_owner, "cGl4ZWw=")
            self._ordered(waits)
            for item in fee | part:
                self._invoice(self._ordered(item))
        self.env.flush_all()
        with freeze_time(f"{self.year + 1}-01-10"):
            budget.action_close_year()
        rows = budget.line_ids.filtered(lambda row: row.fiscal_year == self.year)
        came = {
            name: (
                sum(lines.mapped("amount_agreed")),
                sum(lines.mapped("amount_actual")),
                set(lines.mapped("variance_reason")),
            )
            for name, lines in rows.grouped("name").items()
        }
        self.assertEqual(
            came,
            {"Waits": (400, 0, {"open"}), "Fee": (1200, 1200, {"as_planned"}),
             "Part": (120, 10, {"open"})},
        )  # fmt: skip
        self.assertEqual((budget.agreed_one_off, budget.actual_one_off), (400, 0))

    def test_what_was_not_planned_is_named(self):
        budget = self._signed(self._item("Planned", 100))
        surprise = self._item("Surprise", 700)
        surprise.target_date = date(self.year, 12, 20)
        self._invoice(self._ordered(surprise))
        self.env.flush_all()
        with freeze_time(f"{self.year + 1}-01-10"):
            budget.action_close_year()
        row = budget.line_ids.filtered(lambda line: line.name == "Surprise")
        self.assertEqual((row.amount, row.amount_actual), (0, 700))
        self.assertEqual(row.variance_reason, "unplanned")
        self.assertEqual(budget.actual_one_off, 700)
        self.assertEqual(budget.amount_one_off, 100, "what was signed stays")
