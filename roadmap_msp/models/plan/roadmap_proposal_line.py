from odoo import api, fields, models
from odoo.tools import SQL

from ..questionnaire.roadmap_question_choice import RISKS


class RoadmapProposalLine(models.Model):
    """One item as it was proposed: words and figures are copies and never change."""

    _name = "roadmap.proposal.line"
    _description = "Proposal Line"
    _order = "proposal_id, sequence, id"

    proposal_id = fields.Many2one("roadmap.proposal", required=True, index=True, ondelete="cascade")
    roadmap_id = fields.Many2one(
        related="proposal_id.roadmap_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="proposal_id.currency_id")
    item_id = fields.Many2one("roadmap.item", required=True, index=True, ondelete="restrict")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    summary = fields.Text("Why")
    category_name = fields.Char("Area")
    risk = fields.Selection(RISKS)
    risk_text = fields.Text(help="What may happen if the client says no, as shown.")
    target_date = fields.Date("Planned For")
    asset_count = fields.Integer("Devices")
    covered = fields.Boolean("Covered by the Agreement")
    amount_one_off = fields.Monetary("One-off")
    amount_recurring = fields.Monetary("Per Month")
    amount_range = fields.Char("Range")
    based_on = fields.Char()
    replaced_by_id = fields.Many2one(
        "roadmap.proposal.line",
        index="btree_not_null",
        ondelete="set null",
        help="A newer proposal of the same item took its place.",
    )
    is_open = fields.Boolean(
        compute="_compute_is_open", store=True, help="Shown to the client and not replaced."
    )
    decision_ids = fields.One2many("roadmap.decision", "proposal_line_id")
    # Written with every decision, so that two people who decide at once meet on this row.
    answer_id = fields.Many2one(
        "roadmap.decision", "Latest Answer", index="btree_not_null", ondelete="set null"
    )
    answer = fields.Selection(related="answer_id.decision", string="Answer")
    answered_on = fields.Datetime(related="answer_id.decided_on")
    answered_by_id = fields.Many2one(related="answer_id.partner_id", string="Answered By")
    is_waiting = fields.Boolean(compute="_compute_is_waiting", help="Open and without an answer.")

    @api.depends("replaced_by_id", "proposal_id.proposed_on", "proposal_id.withdrawn_on", "covered")
    def _compute_is_open(self):
        for line in self:
            proposal = line.proposal_id
            shown = proposal.proposed_on and not proposal.withdrawn_on
            line.is_open = bool(shown and not line.replaced_by_id)

    @api.depends("is_open", "covered", "item_id.state")
    def _compute_is_waiting(self):
        for line in self:
            line.is_waiting = (
                line.is_open and not line.covered and line.item_id.sudo().state == "proposed"
            )

    def _lock(self):
        """Wait for whoever decides this line now, so that two answers at once keep their order.

        The loser of the race fails on the row that the winner wrote; the request is then run again.
        """
        self.ensure_one()
        self.flush_recordset()
        self.env.execute_query(
            SQL("SELECT id FROM roadmap_proposal_line WHERE id = %s FOR UPDATE", self.id)
        )
        self.invalidate_recordset(["answer_id"])
