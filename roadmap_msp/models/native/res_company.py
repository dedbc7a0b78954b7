from odoo import fields, models

from ..client.roadmap_roadmap import MONTHS

# Clients may read their MSP's company; what the MSP's settings say is none of theirs.
STAFF = "base.group_user"


class ResCompany(models.Model):
    """Defaults of the MSP."""

    _inherit = "res.company"

    roadmap_fiscal_year_start = fields.Selection(
        MONTHS, "Default Fiscal Year Start", default="1", groups=STAFF
    )
    roadmap_amount_label = fields.Char(
        "Word for Amounts", default="Investment", translate=True, help="What the client reads."
    )
    roadmap_opportunity_tag_id = fields.Many2one(
        "crm.tag",
        "Opportunity Tag",
        groups=STAFF,
        help="Every opportunity of a roadmap's year carries it. Empty: the tag Roadmap.",
    )
    roadmap_opportunity_team_id = fields.Many2one(
        "crm.team",
        "Opportunity Sales Team",
        groups=STAFF,
        help="Empty: the sales team of the account manager.",
    )
    roadmap_opportunity_stage_id = fields.Many2one(
        "crm.stage",
        "Opportunity Stage",
        groups=STAFF,
        help="Empty: the first stage of the pipeline.",
    )
    roadmap_in_forecast = fields.Boolean(
        "Count Roadmaps in the Sales Forecast",
        groups=STAFF,
        help="Off: the opportunity of a roadmap's year has no expected closing date and a "
        "probability of 0, so that its revenue adds nothing to the forecast. On: it is expected "
        "to close on the last day of the fiscal year, with Odoo's own probability.",
    )
    roadmap_spread_weeks = fields.Integer(
        "Weeks to Spread First Meetings Over", default=8, groups=STAFF
    )
    roadmap_untapped_days = fields.Integer(
        "Untapped After (days)",
        default=180,
        groups=STAFF,
        help="A running client without a meeting that counts in this time is untapped.",
    )
