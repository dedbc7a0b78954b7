from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .sale_common import SaleCommon


@tagged("post_install", "-at_install")
class TestBudgetContractProposal(SaleCommon, AccountTestInvoicingCommon):
    """What comes back in the invoices of the last twelve months is proposed as a contract."""

    @classmethod
    def get_default_groups(cls):
        groups = super().get_default_groups()
        for name in ("roadmap_msp.group_roadmap_manager", "sales_team.group_sale_manager"):
            groups |= cls.quick_ref(name)
        return groups | cls.quick_ref("base.group_system")

    def _invoice(self, months_ago, product=None, price=30.0, quantity=5.0, partner=None, **values):
        product = product or self.backup
        day = date.today().replace(day=1) - relativedelta(months=months_ago)
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or self.client).id,
                "invoice_date": day,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "price_unit": price,
                            "quantity": quantity,
                            "tax_ids": False,
                        }
                    )
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def _dialog(self, user=None):
        return Form(self.env["roadmap.contract.proposal"].with_user(user or self.user_csm))

    def _contracts(self):
        return self.env["roadmap.contract"].search([("roadmap_id", "=", self.roadmap.id)])

    def test_monthly_and_quarterly(self):
        for ago in (5, 4, 3, 2):
            self._invoice(ago)
        self._invoice(1, price=32.0, quantity=7.0)
        for ago in (7, 4, 1):
            self._invoice(ago, self.service, price=300.0, quantity=1.0)
        for ago in (6, 5, 1):
            self._invoice(ago, self.product, price=999.0)
        dialog = self._dialog().save()
        found = {row.product_id: row for row in dialog.row_ids}
        self.assertEqual(set(found), {self.backup, self.service}, "no rhythm: no contract")
        monthly, quarterly = found[self.backup], found[self.service]
        self.assertEqual((monthly.period, monthly.seats, monthly.price), ("month", 7.0, 32.0))
        self.assertEqual((quarterly.period, quarterly.price), ("quarter", 300.0))
        self.assertEqual(monthly.times, 5)
        quarterly.take = False
        dialog.action_apply()
        contract = self._contracts()
        self.assertEqual((contract.product_id, contract.seats), (self.backup, 7.0))
        self.assertEqual(contract.amount_month, 224.0)

    def test_no_exchange_rate_no_price(self):
        euro, dollar = self.env.ref("base.EUR"), self.env.ref("base.USD")
        other = euro if self.env.company.currency_id == dollar else dollar
        other.active = True
        rate = self.env["res.currency.rate"].create(
            {"currency_id": other.id, "rate": 2.0, "name": "2020-01-01"}
        )
        for ago in (4, 3, 2, 1):
            self._invoice(ago, currency_id=other.id)
        self.assertEqual(self._dialog().save().row_ids.price, 15.0)
        (rate | other.rate_ids).unlink()
        self.assertEqual(self._dialog().save().row_ids.price, 0.0, "unknown, not 30")

    def test_nothing_is_made_twice(self):
        for ago in (3, 2, 1):
            self._invoice(ago)
        first, second = self._dialog().save(), self._dialog().save()
        first.action_apply()
        with self.assertRaisesRegex(UserError, "contract already"):
            second.action_apply()
        self.assertEqual(len(self._contracts()), 1)
        self.assertFalse(self._dialog().save().row_ids)

    def test_credit_notes_and_what_stopped(self):
        for ago in (3, 2, 1):
            move = self._invoice(ago)
        move._reverse_moves([{"invoice_date": move.invoice_date}]).action_post()
        for ago in (11, 10, 9, 8):
            self._invoice(ago, self.service)
        self._invoice(2, self.product).button_draft()
        self.assertFalse(self._dialog().save().row_ids)

    def test_only_ones_own_clients(self):
        for ago in (3, 2, 1):
            self._invoice(ago)
        self.assertFalse(self._dialog(self.user_other_csm).save().row_ids)
        dialog = self._dialog().save()
        row = dialog.row_ids
        row.roadmap_id = self.other_roadmap
        with self.assertRaises(UserError):
            dialog.action_apply()

    def test_of_the_chosen_clients(self):
        for partner in (self.client, self.other_client):
            for ago in (3, 2, 1):
                self._invoice(ago, partner=partner)
        proposals = self.env["roadmap.contract.proposal"].with_user(self.user_all)
        ours = self.roadmap | self.other_roadmap
        self.assertEqual(proposals.create({}).row_ids.roadmap_id & ours, ours)
        for context in (
            {"active_model": "roadmap.roadmap", "active_ids": self.other_roadmap.ids},
            {"default_roadmap_id": self.other_roadmap.id},
        ):
            rows = proposals.with_context(**context).create({}).row_ids
            self.assertEqual(rows.roadmap_id, self.other_roadmap)

    def test_one_query_for_many_clients(self):
        for partner in (self.client, self.other_client):
            for ago in (3, 2, 1):
                self._invoice(ago, partner=partner)
        roadmaps = self.roadmap | self.other_roadmap
        self.env.flush_all()
        roadmaps.mapped("company_id.name")
        self.backup.name  # noqa: B018
        before = self.env.cr.sql_log_count
        self.assertEqual(len(roadmaps._contract_proposals()), 2)
        self.assertEqual(self.env.cr.sql_log_count - before, 1)
