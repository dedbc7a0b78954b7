from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...rules.budget import YEARS
from ..client.roadmap_roadmap import MONTHS

STATES = [
    ("draft", "Draft"),
    ("proposed", "Proposed"),
    ("approved", "Approved"),
    ("superseded", "Superseded"),
]
SHOWN = ("proposed", "approved", "superseded")
STAFF = "base.group_user"
# What a person may change by hand: the words to the client while they are not shown, and who of us
# answers for it. Everything else is set by the buttons, so that a revision stays what was signed.
BY_HAND = {"note", "user_id", "message_main_attachment_id"}


class RoadmapBudget(models.Model):
    """A numbered revision of a client's plan in money: five fiscal years, frozen once proposed.

    Portal users may read this model through a record rule: a field that is not for them carries
    `groups="base.group_user"`. They never reach the lines: pages get plain values.
    """

    _name = "roadmap.budget"
    _description = "Budget"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "fiscal_year desc, revision desc, id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True, precompute=True)
    roadmap_id = fields.Many2one(
        "roadmap.roadmap",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        groups=STAFF,
    )
    partner_id = fields.Many2one(
        related="roadmap_id.partner_id", store=True, index=True, groups=STAFF
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, precompute=True, groups=STAFF
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.user, groups=STAFF
    )
    state = fields.Selection(
        STATES, default="draft", required=True, readonly=True, copy=False, tracking=True
    )
    fiscal_year = fields.Integer(
        "First Fiscal Year",
        required=True,
        readonly=True,
        aggregator=None,
        help="Named after the calendar year in which it ends.",
    )
    fiscal_year_start = fields.Selection(
        MONTHS,
        required=True,
        readonly=True,
        groups=STAFF,
        help="As it was when the revision was made: a change on the client moves nothing here.",
    )
    revision = fields.Integer(required=True, readonly=True, aggregator=None)
    previous_id = fields.Many2one(
        "roadmap.budget",
        "Revision Before",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=STAFF,
    )
    note = fields.Text("Words to the Client")
    unknown = fields.Text(
        "Not Known Yet", readonly=True, groups=STAFF, help="What has no date or price, counted."
    )
    covered = fields.Text(
        "Covered by the Agreement", readonly=True, groups=STAFF, help="What costs nothing extra."
    )
    internal_count = fields.Integer(
        "Own Items Left Out",
        readonly=True,
        groups=STAFF,
        help="Items that are not visible to the client stand in no budget.",
    )
    proposed_on = fields.Datetime(readonly=True, copy=False)
    approved_on = fields.Datetime(readonly=True, copy=False)
    superseded_on = fields.Datetime(readonly=True, copy=False)
    line_ids = fields.One2many("roadmap.budget.line", "budget_id", groups=STAFF)
    access_token = fields.Char(groups=STAFF)
    amount_one_off = fields.Monetary(
        "One-off, First Year", compute="_compute_amounts", store=True, groups=STAFF
    )
    amount_recurring = fields.Monetary(
        "Recurring, First Year", compute="_compute_amounts", store=True, groups=STAFF
    )

    _revision_uniq = models.UniqueIndex("(roadmap_id, fiscal_year, revision)")

    @api.depends("fiscal_year", "revision")
    def _compute_name(self):
        for budget in self:
            budget.name = self.env._(
                "FY%(year)s, revision %(revision)s",
                year=budget.fiscal_year,
                revision=budget.revision,
            )

    @api.depends("line_ids.amount", "line_ids.kind", "line_ids.fiscal_year")
    def _compute_amounts(self):
        groups = self.env["roadmap.budget.line"]._read_group(
            [("budget_id", "in", self.ids)],
            ["budget_id", "fiscal_year", "kind"],
            ["amount:sum"],
        )
        sums = {(budget.id, year, kind): amount for budget, year, kind, amount in groups}
        for budget in self:
            key = budget.id, budget.fiscal_year
            budget.amount_one_off = sums.get((*key, "one_off"), 0.0)
            budget.amount_recurring = sums.get((*key, "recurring"), 0.0)

    def _compute_access_url(self):
        for budget in self:
            budget.access_url = f"/my/roadmap/budget/{budget.id}"

    def _years(self):
        """The five fiscal years, as numbers."""
        self.ensure_one()
        return [self.fiscal_year + at for at in range(YEARS)]

    def write(self, vals):
        """A revision changes by its buttons only; its words to the client while it is a draft."""
        if not self.env.su:
            if set(vals) - BY_HAND - {"line_ids"}:
                raise AccessError(
                    self.env._("A budget is changed by its buttons only; make a new revision.")
                )
            if "note" in vals and any(budget.state != "draft" for budget in self):
                raise UserError(
                    self.env._(
                        "The client was shown these words. Withdraw the budget or make a new"
                        " revision to change them."
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shown(self):
        shown = self.filtered(lambda budget: budget.state != "draft")
        if shown:
            raise UserError(
                self.env._(
                    "%(name)s was shown to the client and is kept. Only drafts can be deleted.",
                    name=shown[0].display_name,
                )
            )
