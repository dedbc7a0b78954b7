from odoo import fields, models


class RoadmapProposal(models.Model):
    """What was shown to a client, frozen and numbered; safe for the client's eyes."""

    _name = "roadmap.proposal"
    _description = "Proposal"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char("Number", required=True, readonly=True, copy=False, default="/")
    roadmap_id = fields.Many2one("roadmap.roadmap", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="roadmap_id.company_id", store=True, index=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Responsible", default=lambda self: self.env.user)
    fiscal_year = fields.Integer(readonly=True)
    note = fields.Text()
    proposed_on = fields.Datetime(readonly=True, copy=False)
    withdrawn_on = fields.Datetime(readonly=True, copy=False)
    line_ids = fields.One2many("roadmap.proposal.line", "proposal_id", readonly=True)
