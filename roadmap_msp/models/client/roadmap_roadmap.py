from odoo import api, fields, models
from odoo.exceptions import ValidationError

STATES = [
    ("prospect", "Prospect"),
    ("onboarding", "Onboarding"),
    ("running", "Running"),
    ("paused", "Paused"),
    ("ended", "Ended"),
]
ENTITLEMENTS = [
    ("entitled", "Meetings included"),
    ("summit_only", "Summit only"),
    ("none", "Not entitled"),
]
STAFF = "[('share', '=', False), ('company_ids', 'in', company_id)]"
MONTHS = [
    ("1", "January"),
    ("2", "February"),
    ("3", "March"),
    ("4", "April"),
    ("5", "May"),
    ("6", "June"),
    ("7", "July"),
    ("8", "August"),
    ("9", "September"),
    ("10", "October"),
    ("11", "November"),
    ("12", "December"),
]


class RoadmapRoadmap(models.Model):
    """The standing technology roadmap of one client in one company."""

    _name = "roadmap.roadmap"
    _description = "Client Roadmap"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True, index="trigram")
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Client",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
        domain="[('parent_id', '=', False)]",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(STATES, default="prospect", required=True, tracking=True, copy=False)
    tier_id = fields.Many2one(
        "roadmap.tier", index=True, ondelete="restrict", tracking=True, check_company=True
    )
    entitlement = fields.Selection(
        ENTITLEMENTS,
        compute="_compute_entitlement",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        tracking=True,
        help="Taken from the tier; may differ for a client.",
    )
    account_manager_id = fields.Many2one(
        "res.users",
        index=True,
        tracking=True,
        check_company=True,
        domain=STAFF,
        default=lambda self: self.env.user,
        help="Plans the meetings and owns the client's opportunity and quotations.",
    )
    vcio_id = fields.Many2one(
        "res.users",
        "vCIO",
        index=True,
        tracking=True,
        check_company=True,
        domain=STAFF,
        help="Leads the meetings and answers for the plan.",
    )
    service_manager_id = fields.Many2one(
        "res.users",
        index=True,
        tracking=True,
        check_company=True,
        domain=STAFF,
        help="Hears of poor feedback the same day.",
    )
    member_ids = fields.Many2many(
        "res.users",
        "roadmap_roadmap_member_rel",
        "roadmap_id",
        "user_id",
        "Team",
        compute="_compute_member_ids",
        store=True,
        precompute=True,
    )
    fiscal_year_start = fields.Selection(
        MONTHS,
        required=True,
        default=lambda self: self.env.company.roadmap_fiscal_year_start or "1",
        help="The month in which the client's fiscal year begins.",
    )
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", store=True, precompute=True
    )
    seat_count = fields.Integer("Seats", help="People who use a computer.")
    site_count = fields.Integer("Sites", default=1)
    started_on = fields.Date(readonly=True, copy=False)
    ended_on = fields.Date(readonly=True, copy=False)
    auto_invitation = fields.Boolean("Send Invitations by Itself")
    auto_reminder = fields.Boolean("Send Reminders by Itself")
    auto_proposal = fields.Boolean("Send Proposals by Itself")
    auto_meeting = fields.Boolean("Send Meeting Mails by Itself")
    auto_minutes = fields.Boolean("Send Minutes by Itself")
    auto_book = fields.Boolean("Send Roadmap Books by Itself")
    auto_feedback = fields.Boolean("Ask for Feedback by Itself")
    stakeholder_ids = fields.One2many("roadmap.stakeholder", "roadmap_id")
    goal_ids = fields.One2many("roadmap.goal", "roadmap_id", "Business Goals")
    assessment_ids = fields.One2many("roadmap.assessment", "roadmap_id")
    finding_ids = fields.One2many("roadmap.finding", "roadmap_id")
    item_ids = fields.One2many("roadmap.item", "roadmap_id")
    proposal_ids = fields.One2many("roadmap.proposal", "roadmap_id")
    asset_ids = fields.One2many("roadmap.asset", "roadmap_id")
    contract_ids = fields.One2many("roadmap.contract", "roadmap_id")
    cadence_ids = fields.One2many("roadmap.cadence", "roadmap_id")
    meeting_ids = fields.One2many("roadmap.meeting", "roadmap_id")
    lead_ids = fields.One2many("crm.lead", "roadmap_id", "Opportunities")
    order_ids = fields.One2many("sale.order", "roadmap_id", "Quotations")

    _partner_company_uniq = models.UniqueIndex(
        "(partner_id, company_id)",
        "This client already has a roadmap in this company. Open that one instead.",
    )

    _seats_positive = models.Constraint(
        "CHECK (seat_count >= 0 AND site_count >= 0)",
        "The numbers of seats and sites of a client cannot be negative.",
    )

    @api.depends("partner_id.name")
    def _compute_name(self):
        for roadmap in self:
            roadmap.name = roadmap.partner_id.name

    @api.depends("tier_id")
    def _compute_entitlement(self):
        for roadmap in self:
            roadmap.entitlement = roadmap.tier_id.entitlement or roadmap.entitlement or "none"

    @api.depends("account_manager_id", "vcio_id", "service_manager_id")
    def _compute_member_ids(self):
        for roadmap in self:
            roadmap.member_ids = (
                roadmap.account_manager_id | roadmap.vcio_id | roadmap.service_manager_id
            )

    @api.depends("partner_id", "company_id")
    def _compute_currency_id(self):
        for roadmap in self:
            partner = roadmap.partner_id.with_company(roadmap.company_id)
            roadmap.currency_id = (
                partner.property_product_pricelist.currency_id or roadmap.company_id.currency_id
            )

    @api.constrains("partner_id")
    def _check_partner_is_the_client(self):
        for roadmap in self:
            client = roadmap.partner_id.commercial_partner_id
            if client != roadmap.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact of %(client)s. A roadmap belongs to the client: "
                        "choose %(client)s and add %(contact)s under People.",
                        contact=roadmap.partner_id.name,
                        client=client.name,
                    )
                )

    @api.model
    def _check_ties(self, vals_list):
        """Only who may change a client's roadmap ties an opportunity or an order to it.

        The plan's money becomes that of the opportunity, and orders make contracts of the client.

        :param vals_list: values of native records with a `roadmap_id`
        """
        ids = {vals.get("roadmap_id") for vals in vals_list} - {None, False}
        if ids:
            self.browse(ids).check_access("write")

    def _roles_of(self, partner):
        """The set of roles that the contact has on this roadmap; empty for a stranger."""
        self.ensure_one()
        rows = self.sudo().stakeholder_ids.filtered(lambda row: row.partner_id == partner)
        return set(rows.mapped("role"))

    def _look_up_roles(self, partner):
        """As `_roles_of`, in one query; that one suits many roadmaps or contacts at once."""
        self.ensure_one()
        mine = [("roadmap_id", "=", self.id), ("partner_id", "=", partner.id)]
        rows = self.env["roadmap.stakeholder"].sudo().search_fetch(mine, ["role"])
        return set(rows.mapped("role"))
