from odoo import fields, models
from odoo.tools import SQL

from ...rules.item_state import DECIDED, Facts, OrderLine, order_stages

# Set once, when first reached.
ORDER_STAGES = (
    "quoted_on",
    "sent_on",
    "signed_on",
    "ordered_on",
    "delivered_on",
    "invoiced_on",
)
# What the query reads: written to the database before it runs.
READ = {
    "account.move": ("invoice_date", "move_type", "payment_state", "state"),
    "account.move.line": ("move_id", "quantity", "roadmap_item_line_id"),
    "roadmap.item": ("closing_reason",),
    "roadmap.decision": ("item_id", "decision", "decided_on"),
    "roadmap.proposal": ("proposed_on",),
    "roadmap.proposal.line": ("item_id", "is_open", "asks", "covered", "proposal_id"),
    "roadmap.item.line": ("item_id", "kind"),
    "sale.order": ("state", "date_order", "signed_on"),
    "sale.order.line": (
        "display_type",
        "invoice_status",
        "order_id",
        "price_subtotal",
        "product_uom_qty",
        "qty_delivered",
        "qty_invoiced",
        "roadmap_item_line_id",
        "untaxed_amount_invoiced",
    ),
}


class RoadmapItem(models.Model):
    """What happened to items, read in one query: decisions, proposals, order lines."""

    _inherit = "roadmap.item"

    def _read_facts(self):
        """({item id: Facts}, {item id: {stage: time}}) for saved items.

        A stage that was reached before keeps its time.
        """
        ids = self._origin.ids
        if not ids:
            return {}, {}
        for model, names in READ.items():
            self.env[model].flush_model(names)
        settled, lines = {}, {}
        for item_id, reached, *row in self.env.execute_query(self._sql_facts(tuple(ids))):
            settled[item_id] = (reached, row[:4])
            rows = lines.setdefault(item_id, [])
            if row[5]:
                rows.append(OrderLine(*row[4:]))
        now = fields.Datetime.now()
        facts, stages = {}, {}
        for item_id, (reached, values) in settled.items():
            facts[item_id] = Facts(*values, lines=tuple(lines[item_id]))
            before = zip(ORDER_STAGES, reached, strict=True)
            stages[item_id] = order_stages(lines[item_id], now) | {
                stage: time for stage, time in before if time
            }
        return facts, stages

    @staticmethod
    def _sql_facts(ids):
        """One row per item and order line; an item without order lines has one row."""
        return SQL(
            """
            SELECT i.id, ARRAY[%(stages)s],
                   i.closing_reason, d.decision, d.decided_on, p.proposed_on,
                   o.product_uom_qty::float, o.state, o.date_order, o.signed_on,
                   o.kind = 'recurring', o.delivered, o.invoiced
              FROM roadmap_item i
              LEFT JOIN LATERAL (
                   SELECT r.decision, r.decided_on
                     FROM roadmap_decision r
                    WHERE r.item_id = i.id AND r.decision IN %(decided)s
                    ORDER BY r.decided_on DESC, r.id DESC LIMIT 1) d ON TRUE
              LEFT JOIN LATERAL (
                   SELECT MAX(q.proposed_on) AS proposed_on
                     FROM roadmap_proposal_line x
                     JOIN roadmap_proposal q ON q.id = x.proposal_id
                    WHERE x.item_id = i.id AND x.is_open AND x.asks
                          AND x.covered IS NOT TRUE) p ON TRUE
              LEFT JOIN LATERAL (
                   SELECT s.product_uom_qty, t.state, t.date_order, t.signed_on, l.kind,
                          s.qty_delivered >= s.product_uom_qty AS delivered,
                          -- Odoo counts drafts as invoiced; here one counts once it is posted.
                          s.invoice_status IN ('invoiced', 'upselling')
                          AND (s.untaxed_amount_invoiced <> 0 OR s.price_subtotal = 0
                               OR s.qty_invoiced = 0) AS invoiced
                     FROM roadmap_item_line l
                     JOIN sale_order_line s ON s.roadmap_item_line_id = l.id
                     JOIN sale_order t ON t.id = s.order_id
                    WHERE l.item_id = i.id AND s.display_type IS NULL
                    UNION ALL
                   -- What was invoiced without an order was bought all the same, unless a credit
                   -- note took all of it back.
                   SELECT a.quantity, 'sale', m.invoice_date, NULL, l.kind, TRUE, TRUE
                     FROM roadmap_item_line l
                     JOIN account_move_line a ON a.roadmap_item_line_id = l.id
                     JOIN account_move m ON m.id = a.move_id
                    WHERE l.item_id = i.id AND m.state = 'posted'
                      AND m.move_type = 'out_invoice'
                      AND m.payment_state IS DISTINCT FROM 'reversed') o ON TRUE
             WHERE i.id IN %(ids)s
            """,
            stages=SQL(", ").join(SQL("i.%s", SQL.identifier(stage)) for stage in ORDER_STAGES),
            decided=DECIDED,
            ids=ids,
        )
