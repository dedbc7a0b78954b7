from odoo import api, fields, models

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
    summary = fields.Text()
    category_name = fields.Char()
    risk = fields.Selection(RISKS)
    risk_text = fields.Text(help="What may happen if the client says no, as shown.")
    target_date = fields.Date()
    asset_count = fields.Integer()
    amount_one_off = fields.Monetary("One-off")
    amount_recurring = fields.Monetary("Per Month")
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

    @api.depends("replaced_by_id", "proposal_id.proposed_on", "proposal_id.withdrawn_on")
    def _compute_is_open(self):
        for line in self:
            proposal = line.proposal_id
            line.is_open = bool(
                proposal.proposed_on and not proposal.withdrawn_on and not line.replaced_by_id
            )
