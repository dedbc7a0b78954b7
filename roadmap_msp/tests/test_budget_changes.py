from datetime import date
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.budget import roadmap_budget_watch
from ..rules.fiscal import fiscal_year
from .budget_common import BudgetCommon


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

    def test_what_was_added_by_hand_is_no_change(self):
        """It is planned and stays: nothing of the forecast stands for it."""
        draft = self.budget.browse(self.budget.action_new_revision()["res_id"])
        self.env["roadmap.budget.line"].with_user(self.user_csm).create(
            {
                "budget_id": draft.id,
                "name": "Reserve",
                "fiscal_year": self.year,
                "amount": 5000,
            }
        )
        self.assertFalse(draft.changes_today)
        self.assertIn("Reserve", draft.changes_before)
        draft.action_propose()
        draft.sudo()._approve(self.portal_owner, "cGl4ZWw=")
        self.cron()
        self.assertFalse(draft.needs_revision or draft.activity_ids)
        self.laptops.line_ids[0].price_unit = 10000
        self.env.flush_all()
        self.cron()
        self.assertIn("one-off $13,000 → $15,000", draft.activity_ids.note)
        self.assertIn("one-off $13,000 → $15,000", draft.needs_revision)
        self.assertFalse(self.budget.changes_today, "superseded: nobody looks")

    def test_the_night_stops_when_the_time_is_up(self):
        second = self.env["roadmap.budget"].sudo()._make(self.other_roadmap)
        self.contract.copy({"roadmap_id": self.other_roadmap.id})
        second.action_refresh()
        second.action_propose()
        second._approve(self.portal_other, "cGl4ZWw=")
        self.roadmap.fiscal_year_start = self.other_roadmap.fiscal_year_start = "7"
        both = self.budget.sudo() | second
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=0)
        with patch.object(roadmap_budget_watch, "BATCH", 1), progress:
            self.env["roadmap.budget"]._cron_check_budgets()
            self.assertEqual(len(both.activity_ids), 1)
            self.env["roadmap.budget"]._cron_check_budgets()
        self.assertEqual(len(both.activity_ids), 2)

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

    def test_a_new_revision_follows_another_start_of_the_year(self):
        """The number of a year names other months then: the year that runs is budgeted."""
        self.roadmap.fiscal_year_start = "7"
        draft = self.budget.browse(self.budget.action_new_revision()["res_id"])
        year = fiscal_year(fields.Date.today(), "7")
        self.assertEqual((draft.fiscal_year, draft.fiscal_year_start), (year, "7"))
        self.assertEqual(draft.previous_id, self.budget)
        self.assertFalse(draft.changes_before, "months of two calendars are not compared")
        self.assertFalse(draft.needs_revision)
        self.roadmap.fiscal_year_start = "1"
        draft.invalidate_recordset()
        self.assertIn("take today's figures", draft.needs_revision)
        draft.action_refresh()
        draft.invalidate_recordset()
        self.assertEqual(draft.fiscal_year_start, "1")
        self.assertFalse(draft.needs_revision)

    def test_lines_by_hand_are_converted_never_taken_one_to_one(self):
        self.budget.action_new_revision()
        draft = self.budget.search([("state", "=", "draft")], limit=1)
        values = {"name": "Reserve", "amount": 500, "fiscal_year": self.year, "quarter": 2}
        draft.line_ids = [Command.create(values)]
        line = draft.line_ids.filtered(lambda row: row.source == "manual")
        euro = self.env.ref("base.EUR")
        euro.active = True
        euro.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2020-01-01", "rate": 0.5}
        )
        self.roadmap.sudo().currency_id = euro
        self.assertIn("EUR: take today's figures", draft.needs_revision)
        draft.action_refresh()
        self.assertEqual((draft.currency_id, line.amount, line.based_on), (euro, 250, False))
        euro.rate_ids.unlink()
        self.roadmap.sudo().currency_id = self.env.ref("base.USD")
        draft.action_refresh()
        self.assertEqual(line.amount, 0)
        self.assertRegex(line.based_on, "was .*250.00.*, no exchange rate")

    def test_another_start_of_the_year_is_explained(self):
        def said(roadmap):
            form = roadmap.new({"fiscal_year_start": "7"}, origin=roadmap)
            return form._onchange_fiscal_year_start()["warning"]["message"]

        self.assertIn("Budgets that were made keep", said(self.roadmap))
        self.assertNotIn("Budgets", said(self.other_roadmap))
        self.assertIn("No date moves", said(self.other_roadmap))

    def test_another_currency_is_said_not_compared(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.roadmap.sudo().currency_id = euro
        draft = self.budget.browse(self.budget.action_new_revision()["res_id"])
        self.assertFalse(draft.changes_before, "dollars and euros are not compared")
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
