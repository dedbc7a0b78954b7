from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# Client, days ago when the items were found, their templates, how far they came.
TRADE = (
    ("harbor", 330, ("R-301", "R-402"), "paid"),
    ("ridge", 300, ("R-109", "R-113"), "paid"),
    ("maple", 260, ("R-110", "R-307"), "paid"),
    ("harbor", 190, ("R-308",), "paid"),
    ("maple", 170, ("R-201",), "elsewhere"),
    ("ridge", 140, ("R-308",), "declined"),
    ("harbor", 78, ("R-105",), "invoiced"),
    ("ridge", 64, ("R-402",), "ordered"),
    ("ridge", 34, ("R-303",), "sent"),
    ("harbor", 20, ("R-315", "R-303"), "approved"),
    ("maple", 15, ("R-303",), "approved"),
    ("cedar", 12, ("R-315", "R-603"), "approved"),
)
ORDERED = ("ordered", "invoiced", "paid")
QUOTED = ("sent", *ORDERED)
# Days from finding an item until it reached a stage; the pace varies by item.
PACE = {
    "proposed_on": 3,
    "approved_on": 6,
    "quoted_on": 10,
    "sent_on": 12,
    "signed_on": 18,
    "ordered_on": 19,
    "delivered_on": 30,
    "invoiced_on": 33,
    "paid_on": 55,
}


class RoadmapRoadmap(models.Model):
    """The demo's past year of items, quotations, orders and invoices, and its figures by month."""

    _inherit = "roadmap.roadmap"

    @api.model
    def _demo_trade(self, clients):
        """Each group of items goes as far as it came; then its dates are moved into the past."""
        for name, days, codes, became in TRADE:
            client = clients[name]
            items = self._demo_items(client, codes)
            items.target_date = self._demo_days_ago(days - PACE["delivered_on"]).date()
            items.action_propose()
            proposal = client.proposal_ids.sorted("id")[-1:]
            self._demo_decide(proposal, "declined" if became == "declined" else "approved")
            orders = items._create_quotations() if became in QUOTED else self.env["sale.order"]
            orders.action_quotation_sent()
            if became in ORDERED:
                orders.action_confirm()
            self._demo_invoice(orders, days, became)
            if became == "elsewhere":
                items.action_bought_elsewhere()
            elif became == "paid":
                items.action_done()
            self._demo_backdate(items, proposal, orders, days)

    @api.model
    def _demo_decide(self, proposal, decision):
        """The client answers all points, by login or by the link of the mail."""
        links = self.env["roadmap.link"].search(
            [("res_model", "=", proposal._name), ("res_id", "=", proposal.id)]
        )
        person = self._demo_contact(proposal.roadmap_id) or links[:1]
        reason = "Not this year" if decision == "declined" else None
        for line in proposal.line_ids:
            proposal._decide(line, decision, person, reason=reason)
        links._withdraw()
        self.env["roadmap.outbox"].search(
            [("res_model", "=", proposal._name), ("res_id", "=", proposal.id)]
        ).unlink()

    @api.model
    def _demo_invoice(self, orders, days, became):
        """Invoice the orders and register the payments."""
        if became not in ("invoiced", "paid") or not self.env.company.chart_template:
            return
        day = fields.Date.context_today(self) - timedelta(days - PACE["invoiced_on"])
        invoices = orders._create_invoices()
        invoices.write({"invoice_date": day, "invoice_date_due": day + timedelta(30)})
        invoices.action_post()
        if became == "paid":
            context = {"active_model": invoices._name, "active_ids": invoices.ids}
            payments = self.env["account.payment.register"].with_context(**context)
            payments.create({"payment_date": day + timedelta(22)})._create_payments()

    @api.model
    def _demo_backdate(self, items, proposal, orders, days):
        """Move what was stamped now to the days on which it would have happened."""
        start = self._demo_days_ago(days)
        moment = {stage: start + timedelta(after) for stage, after in PACE.items()}
        orders.date_order = moment["ordered_on"]
        contracts = self.env["roadmap.contract"].search(
            [("sale_line_id", "in", orders.order_line.ids)]
        )
        contracts.date_start = moment["delivered_on"].date()
        self._demo_stamp(proposal, proposed_on=moment["proposed_on"])
        self._demo_stamp(proposal.line_ids.answer_id, decided_on=moment["approved_on"])
        for number, item in enumerate(items):
            reached = {
                stage: day + timedelta(number) for stage, day in moment.items() if item[stage]
            }
            if item.quote_requested_on:
                reached["quote_requested_on"] = reached["approved_on"]
                reached["quote_due_on"] = reached["approved_on"].date() + timedelta(7)
            self._demo_stamp(item, found_on=start, create_date=start, **reached)

    @api.model
    def _demo_figures(self):
        """The months before this one: this month's figures, moving a little."""
        self.search([("state", "=", "running")])._refresh_health()
        snapshots = self.env["roadmap.snapshot"]
        snapshots._cron_snapshot()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO roadmap_snapshot (roadmap_id, company_id, tier_id, account_manager_id,
                            measure, month, value, create_uid, write_uid, create_date, write_date)
                SELECT s.roadmap_id, s.company_id, s.tier_id, s.account_manager_id, s.measure,
                       (s.month - make_interval(months => back))::date,
                       CASE WHEN s.measure LIKE '%%count' OR s.measure LIKE '%%one_off'
                            THEN round((s.value * (1 + 0.2 * sin(back + s.roadmap_id)))::numeric)
                            WHEN s.measure LIKE 'health%%' OR s.measure = 'score'
                            THEN LEAST(100, round((s.value - back + 6 * sin(back))::numeric))
                            ELSE s.value END,
                       s.create_uid, s.write_uid, s.create_date, s.write_date
                  FROM roadmap_snapshot s
                  JOIN roadmap_roadmap r ON r.id = s.roadmap_id
                  CROSS JOIN generate_series(1, 12) back
                 WHERE s.month - make_interval(months => back) >= date_trunc('month', r.started_on)
                    ON CONFLICT DO NOTHING
                """
            )
        )
        snapshots.invalidate_model()
