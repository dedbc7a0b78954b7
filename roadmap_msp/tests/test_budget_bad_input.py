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
            (
                {"increase_percent": 3.0, "increase_from": "2030-04-30"},
                "cannot lie before the start of the contract",
            ),
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

    def test_who_gets_no_mail_is_named(self):
        self.contact_office.email = False
        self.budget.action_propose()
        mails = self.env["roadmap.outbox"].search([("res_id", "=", self.budget.id)])
        self.assertEqual(mails.partner_id, self.contact_owner)
        self.assertIn("prepared for: Oscar Office.", self.budget.message_ids[0].body)
        self.budget.action_withdraw()
        self.roadmap.stakeholder_ids.unlink()
        self.budget.action_propose()
        self.assertIn("nobody may decide for this client", self.budget.message_ids[0].body)

    def test_a_client_that_has_left_is_given_nothing(self):
        book = self.env["roadmap.book"].with_user(self.user_csm)
        book = book.create({"roadmap_id": self.roadmap.id, "partner_ids": self.contact_owner.ids})
        self.roadmap.state = "ended"
        with self.assertRaisesRegex(UserError, "Orchard Test Law has ended"):
            self.budget.action_propose()
        with self.assertRaisesRegex(UserError, "nothing is given any more"):
            book.action_make()
        self.assertEqual((self.budget.state, book.made_on), ("draft", False))
