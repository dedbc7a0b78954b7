from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of the Roadmap app."""

    _inherit = "res.config.settings"

    roadmap_fiscal_year_start = fields.Selection(
        related="company_id.roadmap_fiscal_year_start", readonly=False
    )
    roadmap_amount_label = fields.Char(related="company_id.roadmap_amount_label", readonly=False)
    roadmap_refusal_text = fields.Text(related="company_id.roadmap_refusal_text", readonly=False)
    roadmap_opportunity_tag_id = fields.Many2one(
        related="company_id.roadmap_opportunity_tag_id", readonly=False
    )
    roadmap_opportunity_team_id = fields.Many2one(
        related="company_id.roadmap_opportunity_team_id",
        readonly=False,
        domain="[('use_opportunities', '=', True), ('company_id', 'in', [False, company_id])]",
    )
    roadmap_opportunity_stage_id = fields.Many2one(
        related="company_id.roadmap_opportunity_stage_id",
        readonly=False,
        domain="[('is_won', '=', False), ('team_ids', 'in', [False, roadmap_opportunity_team_id])]",
    )
    roadmap_in_forecast = fields.Boolean(related="company_id.roadmap_in_forecast", readonly=False)
    roadmap_spread_weeks = fields.Integer(related="company_id.roadmap_spread_weeks", readonly=False)
    roadmap_untapped_days = fields.Integer(
        related="company_id.roadmap_untapped_days", readonly=False
    )
