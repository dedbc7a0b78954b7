from freezegun import freeze_time

from odoo.tests import tagged

from .sale_common import SaleCommon


@tagged("post_install", "-at_install")
class TestBudgetActuals(SaleCommon):
    """Ordered, invoiced and paid against amounts worked out by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["account.chart.template"].try_loading(
            "generic_coa", company=cls.env.company, install_demo=False
        )
        cls.bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.product.invoice_policy = cls.service.invoice_policy = "order"
        cls.backup.invoice_policy = "order"

    def _sums(self, *measures, groupby="date:month", domain=(), roadmap=None):
        roadmap = roadmap or self.roadmap
        rows = (
            self.env["roadmap.forecast"]
            .with_user(self.user_all)
            ._read_group(
                [("roadmap_id", "=", roadmap.id), *domain],
                [groupby],
                [f"{measure}:sum" for measure in measures],
            )
        )
        return {
            str(key)[:7]: tuple(round(amount, 2) for amount in amounts)
            for key, *amounts in rows
            if any(amounts)
        }

    def _order(self, items=None, **names):
        order = self._quote(self.firewall if items is None else items)
        order.action_confirm()
        return order

    def _invoice(self, order, day, post=True, **values):
        move = order._create_invoices(final=True)
        move.write({"invoice_date": day, **values})
        if post:
            move.action_post()
        return move

    def _pay(self, move, amount, day):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"amount": amount, "payment_date": day, "journal_id": self.bank.id})
        )
        return wizard._create_payments()

    @freeze_time("2030-01-10")
    def test_partial_invoices_a_credit_note_and_payments(self):
        order = self._order()
        line = self._line(order, "Firewall")
        labour = self._line(order, "Labour")
        first = order._create_invoices()
        kept = first.invoice_line_ids.filtered(lambda row: line in row.sale_line_ids)
        (first.invoice_line_ids - kept).unlink()
        first.invoice_date = "2030-02-15"
        first.action_post()
        second = self._invoice(order, "2030-04-05")
        self.assertEqual(second.invoice_line_ids.sale_line_ids & line, line.browse())
        measures = ("one_off_ordered", "one_off_invoiced", "one_off_paid")
        self.assertEqual(
            self._sums(*measures),
            {"2030-01": (1200.0, 0, 0), "2030-02": (0, 800.0, 0), "2030-04": (0, 400.0, 0)},
        )
        # Half of the first invoice in March, the rest of it in May.
        self._pay(first, 400.0, "2030-03-01")
        self._pay(first, 400.0, "2030-05-31")
        self.assertEqual(self._sums("one_off_paid"), {"2030-03": (400.0,), "2030-05": (400.0,)})
        # A credit note over the labour, in June: neither owed nor paid any more.
        refund = second._reverse_moves([{"invoice_date": "2030-06-10", "date": "2030-06-10"}])
        refund.invoice_line_ids.filtered(lambda row: labour not in row.sale_line_ids).unlink()
        refund.action_post()
        invoiced = self._sums("one_off_invoiced")
        self.assertEqual(invoiced, {"2030-02": (800.0,), "2030-04": (400.0,), "2030-06": (-400.0,)})
        total = sum(amount for (amount,) in invoiced.values())
        self.assertEqual(total, sum((line + labour).mapped("untaxed_amount_invoiced")))

    @freeze_time("2030-01-10")
    def test_a_reconciled_credit_note_cancels_out(self):
        order = self._order()
        invoice = self._invoice(order, "2030-02-01")
        invoice._reverse_moves([{"invoice_date": "2030-03-01", "date": "2030-03-01"}], cancel=True)
        self.assertEqual(invoice.amount_residual, 0.0)
        sums = self._sums("one_off_invoiced", "one_off_paid", groupby="roadmap_id")
        self.assertFalse(sums)

    @freeze_time("2030-01-10")
    def test_taxes_never_count(self):
        tax = self.env["account.tax"].create(
            {"name": "Twenty", "amount": 20.0, "type_tax_use": "sale"}
        )
        order = self._order()
        self._line(order, "Firewall").tax_ids = tax
        invoice = self._invoice(order, "2030-02-01")
        # 800 + 160 tax + 400 + 60 recurring, a quarter of it paid.
        self.assertEqual(invoice.amount_total, 1420.0)
        self._pay(invoice, 355.0, "2030-02-10")
        sums = self._sums(
            "one_off_ordered", "one_off_invoiced", "one_off_paid", groupby="fiscal_year"
        )
        self.assertEqual(sums, {"2030": (1200.0, 1200.0, 300.0)})
        recurring = self._sums("recurring_invoiced", "recurring_paid", groupby="fiscal_year")
        self.assertEqual(recurring["2030"], (60.0, 15.0))
        self.assertEqual(invoice.amount_residual, 1065.0)

    @freeze_time("2030-01-10")
    def test_invoice_in_another_currency_at_its_own_date(self):
        other = self._other_currency([("2020-01-01", 2.0), ("2030-03-01", 4.0)])
        order = self._order()
        invoice = order._create_invoices()
        invoice.write({"invoice_date": "2030-02-01", "currency_id": other.id})
        invoice.action_post()
        self.assertEqual(invoice.currency_id, other)
        figures = self._sums("one_off_invoiced", groupby="fiscal_year")
        expected = sum(
            invoice.invoice_line_ids.filtered(
                lambda row: row.sale_line_ids.roadmap_item_line_id.kind == "one_off"
            ).mapped("price_subtotal")
        )
        self.assertEqual(figures, {"2030": (expected / 2,)})
        # Paid in May at another rate: the paid part of what was invoiced, no exchange difference.
        self._pay(invoice, invoice.amount_total, "2030-05-01")
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(self._sums("one_off_paid"), {"2030-05": (expected / 2,)})

    @freeze_time("2030-01-10")
    def test_currency_without_a_rate_is_unknown(self):
        other = self._other_currency([])
        price_list = self.env["product.pricelist"].create({"name": "X", "currency_id": other.id})
        order = self._quote(self.firewall)
        order.pricelist_id = price_list
        order.action_confirm()
        self.assertEqual(order.currency_id, other)
        domain = [("sale_line_id", "in", order.order_line.ids)]
        sums = self._sums("unknown_count", "one_off_total", groupby="stage", domain=domain)
        self.assertEqual(sums, {"no_rate": (2, 0.0)})

    @freeze_time("2030-01-10")
    def test_paid_and_credited_without_a_rate(self):
        """The sum of invoice and credit note is nothing, what was paid of them is not."""
        other = self._other_currency([("2020-01-01", 2.0)])
        order = self._order()
        invoice = order._create_invoices()
        invoice.write({"invoice_date": "2030-02-01", "currency_id": other.id})
        invoice.action_post()
        self._pay(invoice, invoice.amount_total, "2030-02-01")
        invoice._reverse_moves([{"invoice_date": "2030-02-01"}]).action_post()
        other.rate_ids.unlink()
        self.firewall.invalidate_recordset()
        figures = self.firewall.actual_invoiced, self.firewall.actual_paid
        self.assertEqual(figures, (0.0, 0.0))
        self.assertIn(other.name, self.firewall.actual_unrated)

    @freeze_time("2030-01-10")
    def test_order_cancelled_after_its_invoice(self):
        order = self._order()
        self._invoice(order, "2030-02-01")
        order._action_cancel()
        sums = self._sums(
            "one_off_planned", "one_off_ordered", "one_off_invoiced", groupby="fiscal_year"
        )
        # Planned again, ordered no more, and the books still say what was invoiced.
        self.assertEqual(sums["2030"], (1450.0, 0.0, 1200.0))

    @freeze_time("2030-01-10")
    def test_several_orders_and_a_deposit(self):
        first = self._order(self.firewall)
        second = self._order(self.backups)
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=first.ids)
            .create({"advance_payment_method": "fixed", "fixed_amount": 100.0})
        )
        wizard.create_invoices()
        first.invoice_ids.write({"invoice_date": "2030-01-20"})
        first.invoice_ids.action_post()
        self.assertFalse(self._sums("one_off_invoiced"))
        page = self.roadmap.with_user(self.user_csm).get_five_years()
        self.assertEqual(
            page["deposits"], [{"order_id": first.id, "name": first.name, "amount": 100.0}]
        )
        self._invoice(second, "2030-02-01")
        self._invoice(first, "2030-03-01")
        page = self.roadmap.with_user(self.user_csm).get_five_years()
        self.assertFalse(page["deposits"], "the final invoice settles it")
        sums = self._sums("one_off_ordered", "one_off_invoiced")
        self.assertEqual(
            sums, {"2030-01": (1450.0, 0), "2030-02": (0, 250.0), "2030-03": (0, 1200.0)}
        )

    @freeze_time("2030-01-10")
    def test_each_company_counts_its_own(self):
        company = self.env["res.company"].create({"name": "Second MSP"})
        self.user_all.company_ids |= company
        roadmap = self.env["roadmap.roadmap"].create(
            {"partner_id": self.client.id, "company_id": company.id, "state": "running"}
        )
        self._create_item("There", [{"name": "L", "price_unit": 70.0}], roadmap=roadmap)
        self._order()
        companies = {"allowed_company_ids": (self.env.company | company).ids}
        Forecast = self.env["roadmap.forecast"].with_user(self.user_all).with_context(**companies)
        rows = Forecast._read_group(
            [("roadmap_id.partner_id", "=", self.client.id), ("fiscal_year", "=", "2030")],
            ["company_id"],
            ["one_off_planned:sum", "one_off_ordered:sum"],
        )
        self.assertEqual(
            {row[0]: row[1:] for row in rows},
            {self.env.company: (250.0, 1200.0), company: (70.0, 0.0)},
        )

    def _other_currency(self, rates):
        usd, eur = self.env.ref("base.USD"), self.env.ref("base.EUR")
        other = eur if self.roadmap.currency_id == usd else usd
        other.active = True
        other.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": other.id,
                    "company_id": self.env.company.id,
                    "rate": rate,
                    "name": day,
                }
                for day, rate in rates
            ]
        )
        return other
