from odoo import api, fields, models
from odoo.tools import SQL

from ..client.fiscal_sql import sql_fiscal_year, sql_month

# An idea is ours alone until it is proposed; a closed item brings nothing any more.
OPEN = ("proposed", "approved", "quoted", "ordered")
# What somebody pushed to an opportunity of its own counts there before it is proposed as well.
PUSHED = (*OPEN, "idea", "deferred")
LIVE = ("draft", "sent", "sale")


class CrmLead(models.Model):
    """The revenue of an opportunity that roadmap items stand behind."""

    _inherit = "crm.lead"

    roadmap_unrated = fields.Char(
        "Not in the Revenue",
        compute="_compute_roadmap_unrated",
        groups="roadmap_msp.group_roadmap_user",
    )

    def _update_revenues_from_so(self, order):
        """The roadmap's own sum already holds the order; Odoo's would only know this one order."""
        ours = self.sudo().filtered("roadmap_id")
        result = super(CrmLead, self - ours.sudo(self.env.su))._update_revenues_from_so(order)
        ours._roadmap_update_revenue()
        return result

    def _roadmap_update_revenue(self):
        """Write the expected revenue: orders and quotations, plus open items on neither.

        The one writer of `expected_revenue` (one-off, untaxed, in the company's currency) for leads
        of a roadmap; recurring money goes to Odoo's own recurring fields per month where that
        feature is on. The year's opportunity holds the items of its fiscal year that have no
        opportunity of their own; an overdue item counts as due today.
        """
        leads = self.sudo().filtered("roadmap_id")
        if not leads:
            return
        recurring = self.env["res.groups"]._is_feature_enabled("crm.group_use_recurring_revenues")
        sums = leads._roadmap_revenues()
        for lead in leads:
            one_off, monthly = sums.get(lead.id, (0.0, 0.0))
            if lead.company_currency.compare_amounts(lead.expected_revenue, one_off):
                lead.with_context(tracking_disable=True).expected_revenue = one_off
            if recurring:
                lead._roadmap_write_recurring(monthly)

    def _roadmap_write_recurring(self, monthly):
        plan = self.env.ref("crm.crm_recurring_plan_monthly", raise_if_not_found=False)
        if plan and (self.recurring_plan != plan or self.recurring_revenue != monthly):
            self.with_context(tracking_disable=True).write(
                {"recurring_revenue": monthly, "recurring_plan": plan.id}
            )

    def _roadmap_revenues(self):
        """{lead id: (one-off, recurring per month)} in the currency of each lead's company.

        What is in a currency without a rate is left out; `roadmap_unrated` says so.
        """
        sums = {}
        for lead_id, _currency_id, amounts in self._roadmap_converted():
            total = sums.get(lead_id, (0.0, 0.0))
            if amounts:
                sums[lead_id] = tuple(map(sum, zip(total, amounts, strict=True)))
        return sums

    @api.depends("roadmap_id", "expected_revenue")
    def _compute_roadmap_unrated(self):
        left_out = {}
        leads = self._origin.sudo().filtered("roadmap_id")
        for lead_id, currency_id, amounts in leads._roadmap_converted() if leads else ():
            if not amounts:
                left_out.setdefault(lead_id, set()).add(currency_id)
        for lead in self:
            ids = left_out.get(lead._origin.id)
            lead.roadmap_unrated = self.env["roadmap.item"]._unrated_text(ids)

    def _roadmap_converted(self):
        """[(lead id, currency id, (one-off, recurring per month) or None without a rate)]."""
        self.env["sale.order.line"].flush_model()
        self.env["sale.order"].flush_model(["state", "opportunity_id", "date_order"])
        self.env["roadmap.item"].flush_model()
        today = fields.Date.context_today(self)
        rows = self.env.execute_query(
            SQL("%s UNION ALL %s", self._roadmap_sql_orders(), self._roadmap_sql_items(today))
        )
        found = []
        for lead_id, currency_id, date, *amounts in rows:
            lead = self.browse(lead_id)
            currency = self.env["res.currency"].browse(currency_id)
            company = lead.company_id or self.env.company
            known = [
                currency._roadmap_convert(float(amount), lead.company_currency, company, date)
                for amount in amounts
            ]
            found.append((lead_id, currency_id, None if None in known else known))
        return found

    def _roadmap_sql_orders(self):
        """Quotations and orders of these leads, whoever made them."""
        return SQL(
            """
            SELECT o.opportunity_id, o.currency_id, o.date_order::date,
                   SUM(CASE WHEN l.kind = 'recurring' THEN 0 ELSE s.price_subtotal END),
                   SUM(CASE l.period WHEN 'month' THEN s.price_subtotal
                                     WHEN 'quarter' THEN s.price_subtotal / 3
                                     WHEN 'year' THEN s.price_subtotal / 12
                                     ELSE 0 END)
              FROM sale_order o
              JOIN sale_order_line s ON s.order_id = o.id AND s.display_type IS NULL
              LEFT JOIN roadmap_item_line l ON l.id = s.roadmap_item_line_id
             WHERE o.opportunity_id IN %s AND o.state IN %s
             GROUP BY 1, 2, 3
            """,
            tuple(self.ids),
            LIVE,
        )

    def _roadmap_sql_items(self, today):
        """Estimates of open items that stand on no live order of an opportunity."""
        due = SQL("GREATEST(COALESCE(i.target_date, %s), %s)", today, today)
        return SQL(
            """
            SELECT d.id, i.currency_id, %(today)s::date,
                   SUM(i.amount_one_off), SUM(i.amount_recurring)
              FROM crm_lead d
              JOIN roadmap_roadmap r ON r.id = d.roadmap_id
              JOIN roadmap_item i ON i.roadmap_id = r.id
             WHERE d.id IN %(leads)s AND i.active
               AND (i.opportunity_id = d.id AND i.state IN %(pushed)s
                    OR i.opportunity_id IS NULL AND i.state IN %(open)s
                       AND d.roadmap_fiscal_year = %(year)s)
               -- Read once for all items: asked for each, it is slow until tables are analysed.
               AND i.id NOT IN (
                   SELECT l.item_id
                     FROM roadmap_item_line l
                     JOIN sale_order_line s ON s.roadmap_item_line_id = l.id
                     JOIN sale_order o ON o.id = s.order_id
                    WHERE l.roadmap_id IN (SELECT e.roadmap_id FROM crm_lead e
                                            WHERE e.id IN %(leads)s)
                      AND o.state IN %(live)s AND s.product_uom_qty <> 0
                      AND o.opportunity_id IS NOT NULL)
             GROUP BY 1, 2
            """,
            today=today,
            year=sql_fiscal_year(sql_month(due), SQL("r.fiscal_year_start::integer")),
            leads=tuple(self.ids),
            open=OPEN,
            pushed=PUSHED,
            live=LIVE,
        )
