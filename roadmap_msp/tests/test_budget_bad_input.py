from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .budget_common import BudgetCommon


@tagged("post_install", "-at_install")
class TestBudgetBadInput(BudgetCommon):
    """What cannot be right is defined, and explained where somebody looks at it."""

    @mute_logger("odoo.sql_db")
    def test_a_contract_that_cannot_be(self):
        contracts = self.env["roadmap.contract"]
        base = {"name": "C", "roadmap_id": self.roadmap.id, "date_start": "2030-05-01"}
        for values, words in (
            ({"date_end": "2030-04-30"}, "cannot end before it starts"),
            ({"increase_percent": -1.0}, "enter a new one at the lower price"),
            ({"increase_amount": -1.0}, "enter a new one at the lower price"),
            ({"seats": -1.0}, "cannot be negative"),
        ):
            with self.assertRaises(CheckViolation) as caught, self.cr.savepoint():
                contracts.create({**base, **values})
            shown = " ".join(contracts._sql_error_to_message(caught.exception).split())
            self.assertIn(words, shown)

    def test_another_start_of_the_year_is_explained_when_it_is_chosen(self):
        with self.assertLogs("odoo.tests.form.onchange", "WARNING") as logs:
            form = Form(self.roadmap.with_user(self.user_csm))
            form.fiscal_year_start = "7"
            form.save()
        self.assertIn("No date moves", str(logs.output))
        self.assertEqual(self.laptops.target_date, date(self.year, 12, 15))
        self.assertEqual(self.budget.fiscal_year_start, "1")

    def test_a_category_in_use_is_archived_not_deleted(self):
        with self.assertRaisesRegex(UserError, "Laptops is in use.*Archive it instead"):
            self.area.unlink()
        self.area.active = False
        self.budget.action_refresh()
        self.assertEqual(set(self.lines(source="contract").mapped("area_name")), {"Workplaces"})

    def test_what_has_no_figure_says_what_to_do(self):
        self.env["roadmap.asset"].create({"name": "?", "roadmap_id": self.roadmap.id})
        self.contract.price = 0
        self.env.flush_all()
        gaps = self.roadmap.with_user(self.user_csm).get_five_years()["gaps"]
        words = {gap["stage"]: gap["help"] for gap in gaps}
        self.assertIn("purchase date", words["no_date"])
        self.assertIn("Give a price", words["no_price"])
