from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.item_state import DECIDED, Facts, item_state
from .roadmap_item_facts import ORDER_STAGES

STATES = [
    ("idea", "Idea"),
    ("proposed", "Proposed"),
    ("approved", "Approved"),
    ("quoted", "Quoted"),
    ("ordered", "Ordered"),
    ("done", "Done"),
    ("deferred", "Deferred"),
    ("declined", "Declined"),
    ("bought_elsewhere", "Bought elsewhere"),
    ("superseded", "Superseded"),
]
STAGES = ("proposed_on", "approved_on", *ORDER_STAGES, "paid_on")


class RoadmapItem(models.Model):
    """Where an item stands. The state is read off decisions, proposals and order lines."""

    _inherit = "roadmap.item"

    state = fields.Selection(STATES, compute="_compute_state", store=True, copy=False, index=True)
    found_on = fields.Datetime(readonly=True, copy=False, default=fields.Datetime.now)
    proposed_on = fields.Datetime(compute="_compute_stages", store=True, copy=False)
    approved_on = fields.Datetime(compute="_compute_stages", store=True, copy=False)
    quoted_on = fields.Datetime(compute="_compute_state", store=True, copy=False)
    sent_on = fields.Datetime(compute="_compute_state", store=True, copy=False)
    signed_on = fields.Datetime(compute="_compute_state", store=True, copy=False)
    ordered_on = fields.Datetime(compute="_compute_state", store=True, copy=False)
    delivered_on = fields.Datetime(compute="_compute_state", store=True, copy=False)
    invoiced_on = fields.Datetime(
        compute="_compute_state", store=True, copy=False, help="Nothing is left to invoice."
    )
    decision_id = fields.Many2one(
        "roadmap.decision", "Latest Decision", compute="_compute_decision_id"
    )

    @api.depends("decision_ids")
    def _compute_decision_id(self):
        for item in self:
            item.decision_id = item._latest_decision()

    @api.depends(
        "closing_reason",
        "decision_ids.decision",
        "decision_ids.decided_on",
        "proposal_line_ids.is_open",
        "proposal_line_ids.covered",
        "proposal_line_ids.asks",
        "proposal_line_ids.proposal_id.proposed_on",
        "line_ids.sale_line_ids.product_uom_qty",
        "line_ids.sale_line_ids.state",
        "line_ids.sale_line_ids.qty_delivered",
        "line_ids.sale_line_ids.invoice_status",
        "line_ids.sale_line_ids.untaxed_amount_invoiced",
        "line_ids.sale_line_ids.order_id.date_order",
        "line_ids.sale_line_ids.order_id.signed_on",
        "line_ids.invoice_line_ids.parent_state",
        "line_ids.invoice_line_ids.move_id.payment_state",
    )
    def _compute_state(self):
        """State and stages of all items from one query, however many lines stand behind them."""
        facts, stages = self._read_facts()
        for item in self:
            item_id = item._origin.id
            item.state = item_state(facts.get(item_id, Facts()))
            for stage in ORDER_STAGES:
                item[stage] = stages.get(item_id, {}).get(stage, False)

    def _latest_decision(self):
        """The newest decision that settled something; "let us talk" does not."""
        self.ensure_one()
        settled = self.decision_ids.filtered(lambda row: row.decision in DECIDED)
        return settled.sorted(lambda row: (row.decided_on, row._origin.id or 0))[-1:]

    @api.depends("proposal_line_ids.proposal_id.proposed_on", "decision_ids.decided_on")
    def _compute_stages(self):
        """Each stage is set once, when it is first reached, and never moves."""
        for item in self:
            asked = filter(None, item.proposal_line_ids.proposal_id.mapped("proposed_on"))
            approved = item.decision_ids.filtered(lambda row: row.decision == "approved")
            item.proposed_on = item.proposed_on or min(asked, default=False)
            item.approved_on = item.approved_on or min(approved.mapped("decided_on"), default=False)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_derived(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_derived(vals)
        return super().write(vals)

    def _refuse_derived(self, vals):
        """State and stage dates follow from what happened; nobody writes them."""
        wrong = {"state", "decision_id", *STAGES}.intersection(vals)
        if wrong:
            labels = [self._fields[name]._description_string(self.env) for name in wrong]
            raise UserError(
                self.env._(
                    "%(fields)s of an item cannot be set by hand: propose it, record the client's"
                    " decision, quote it or close it, and it follows.",
                    fields=", ".join(sorted(labels)),
                )
            )

    # Closing, one click each

    def action_done(self):
        """Close the items as done."""
        self.check_access("write")
        return self._close("done")

    def action_bought_elsewhere(self):
        """Close the items: the client bought it from somebody else."""
        self.check_access("write")
        return self._close("bought_elsewhere")

    def action_supersede(self):
        """Close the items: another one took their place (`superseded_by_id` names it)."""
        self.check_access("write")
        return self._close("superseded")

    def action_reopen(self):
        """Undo the closing; the state follows from decisions and orders again."""
        self.check_access("write")
        self.write({"closing_reason": False, "superseded_by_id": False})
        self.roadmap_id._refresh_revenue()
        return True

    def _close(self, reason):
        self.write({"closing_reason": reason})
        self.roadmap_id._refresh_revenue()
        return True
