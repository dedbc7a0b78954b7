from odoo import fields, models

from ...rules.fiscal import fiscal_year, year_bounds

MEASURES = ("total", "ordered", "invoiced")


class RoadmapMeeting(models.Model):
    """Parts of the preparation: quotations waiting, budget used, invoices overdue."""

    _inherit = "roadmap.meeting"

    def _prepare_part_quotes(self, for_client):
        """What waits for the client's signature, and what the client waits for."""
        roadmap = self.roadmap_id
        orders = self.env["sale.order"].search(
            [("roadmap_id", "=", roadmap.id), ("state", "=", "sent")], order="date_order, id"
        )
        waits = self.env._("waits for the client, without tax")
        if for_client:
            waits = self.env._("waits for you, without tax")
        rows = [
            {
                "text": order.name,
                "detail": ", ".join([waits, order.currency_id.format(order.amount_untaxed)]),
                "internal": self.env._("since %s", self._day(order.date_order)),
                "url": self._url(order),
            }
            for order in orders
        ]
        items = self.env["roadmap.item"].search(
            [("roadmap_id", "=", roadmap.id), ("quote_waiting", "=", True)]
        )
        for item in items.sorted(lambda item: -item.quote_age):
            if for_client and not item.client_visible:
                continue
            rows.append(
                {
                    "text": item.name,
                    "detail": self.env._("a quotation from us is on its way")
                    if for_client
                    else self.env._("waits for us, %s days", item.quote_age),
                    "late": not for_client and item.quote_age > 5,
                    "url": self._url(item),
                }
            )
        return {"title": self.env._("Quotations"), "fresh": self._fresh(None), "rows": rows}

    def _prepare_part_budget(self, for_client):
        """The fiscal year so far: planned, ordered, invoiced; one-off and recurring apart.

        The client reads it only once a budget was shown.
        """
        roadmap = self.roadmap_id
        budget = roadmap._current_budget()
        if for_client and not budget:
            return None
        year = fiscal_year(fields.Date.context_today(self), roadmap.fiscal_year_start)
        first, last = year_bounds(year, roadmap.fiscal_year_start)
        fnames = [f"{kind}_{name}" for kind in ("one_off", "recurring") for name in MEASURES]
        [sums] = (
            self.env["roadmap.forecast"]
            .with_context(forecast_roadmap_ids=roadmap.ids)
            ._read_group(
                [
                    ("roadmap_id", "=", roadmap.id),
                    ("date", ">=", first),
                    ("date", "<=", last),
                ],
                [],
                [f"{fname}:sum" for fname in fnames],
            )
        )
        money, words = roadmap._money, [self.env._("One-off"), self.env._("Recurring")]
        rows = []
        for number, word in enumerate(words):
            total, ordered, invoiced = (
                amount or 0.0 for amount in sums[number * 3 : number * 3 + 3]
            )
            if not (total or ordered or invoiced):
                continue
            detail = self.env._(
                "%(total)s expected, %(ordered)s ordered, %(invoiced)s invoiced",
                total=money(total),
                ordered=money(ordered),
                invoiced=money(invoiced),
            )
            rows.append({"text": word, "detail": detail})
        title = self.env._("Budget of FY%(year)s, without tax", year=year)
        if budget and rows:
            labels = dict(budget._fields["state"]._description_selection(self.env))
            detail = labels[budget.state]
            rows.append({"text": budget.name, "detail": detail, "url": self._url(budget)})
        return {"title": title, "fresh": self._fresh(None), "rows": rows}

    def _prepare_part_invoices(self, for_client):
        today = fields.Date.context_today(self)
        roadmap = self.roadmap_id
        invoices = self.env["account.move"].search(
            [
                ("commercial_partner_id", "=", roadmap.partner_id.id),
                ("company_id", "=", roadmap.company_id.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "partial")),
                ("invoice_date_due", "<", today),
            ],
            order="invoice_date_due, id",
        )
        rows = [
            {
                "text": invoice.name,
                "detail": self.env._(
                    "%(amount)s, due %(day)s",
                    amount=invoice.currency_id.format(invoice.amount_residual),
                    day=self._day(invoice.invoice_date_due),
                ),
                "late": True,
            }
            for invoice in invoices
        ]
        title = self.env._("Invoices overdue")
        return {"title": title, "fresh": self._fresh(None), "rows": rows, "internal": True}
