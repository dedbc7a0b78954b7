from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .roadmap_forecast import STAGES

KINDS = [("one_off", "One-off"), ("recurring", "Recurring")]
SOURCES = [
    ("contract", "Contract"),
    ("item", "Item"),
    ("order", "Order"),
    ("replacement", "Replacement not yet planned"),
    ("other", "Other forecast"),
    ("manual", "Added by hand"),
    ("unplanned", "Not in the budget"),
]
QUARTERS = (0, 1, 2, 3, 4)
# What may still be said about a line once the client was shown it.
AFTERWARDS = {"variance_note"}
FROM_HAND = {"name", "amount", "kind", "fiscal_year", "quarter", "area_name", "based_on",
             "category_id", "sequence", "budget_id"}  # fmt: skip


class RoadmapBudgetLine(models.Model):
    """The money of one source in one fiscal quarter, as it was when the revision was made.

    Words and figures are copies: the links lead to the sources and may grow empty. A recurring line
    holds what falls into the quarter, not a month's amount. Fiscal year and quarter 0: not
    scheduled; its recurring amount is that of a month.
    """

    _name = "roadmap.budget.line"
    _description = "Budget Line"
    _order = "budget_id, fiscal_year, quarter, sequence, id"

    budget_id = fields.Many2one("roadmap.budget", required=True, index=True, ondelete="cascade")
    roadmap_id = fields.Many2one(
        related="budget_id.roadmap_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="roadmap_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="budget_id.currency_id")
    state = fields.Selection(related="budget_id.state")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="one_off")
    stage = fields.Selection(STAGES, default="planned")
    source = fields.Selection(SOURCES, required=True, default="manual", readonly=True)
    source_key = fields.Char(
        readonly=True, help="Which record it came from, so that revisions can be compared."
    )
    fiscal_year = fields.Integer(aggregator=None)
    quarter = fields.Integer(aggregator=None, default=1)
    amount = fields.Monetary()
    area_name = fields.Char("Area")
    based_on = fields.Char()
    category_id = fields.Many2one("roadmap.category", "Category", ondelete="set null")
    contract_id = fields.Many2one(
        "roadmap.contract", index="btree_not_null", ondelete="set null", readonly=True
    )
    item_id = fields.Many2one(
        "roadmap.item", index="btree_not_null", ondelete="set null", readonly=True
    )
    asset_id = fields.Many2one(
        "roadmap.asset", index="btree_not_null", ondelete="set null", readonly=True
    )
    order_id = fields.Many2one(
        "sale.order", index="btree_not_null", ondelete="set null", readonly=True
    )
    amount_agreed = fields.Monetary(
        "Ordered", readonly=True, help="Agreed by an order or a contract; not yet an actual."
    )
    amount_actual = fields.Monetary(
        "Invoiced", readonly=True, help="What invoices less credit notes say, and nothing else."
    )
    actual_from = fields.Selection(
        [("invoice", "Invoices"), ("contract", "Contract, no invoice seen")],
        "Seen On",
        readonly=True,
    )
    variance = fields.Monetary(
        compute="_compute_variance",
        store=True,
        help="Invoiced less planned; of a contract without any invoice the agreed amount.",
    )
    variance_reason = fields.Selection(
        [
            ("as_planned", "As planned"),
            ("less", "Cost less"),
            ("more", "Cost more"),
            ("not_spent", "Not ordered"),
            ("open", "Ordered, not invoiced in full"),
            ("unplanned", "Was not planned"),
            ("carried", "Carried forward"),
        ],
        readonly=True,
    )
    variance_note = fields.Char("Explanation")

    _slot_idx = models.Index("(budget_id, fiscal_year, quarter)")
    _quarter_known = models.Constraint(
        "CHECK (quarter BETWEEN 0 AND 4)", "A quarter is 1, 2, 3 or 4; 0 means not scheduled."
    )

    @api.depends("amount", "amount_actual", "amount_agreed", "actual_from")
    def _compute_variance(self):
        for line in self:
            agreed = line.actual_from == "contract"
            line.variance = (line.amount_agreed if agreed else line.amount_actual) - line.amount

    @api.constrains("fiscal_year", "quarter", "budget_id")
    def _check_year(self):
        for line in self:
            if line.fiscal_year and not line.quarter:
                raise ValidationError(
                    self.env._(
                        "%(line)s stands in FY%(year)s, but in none of its quarters. Enter the"
                        " quarter, 1 to 4, or empty the year if it is not scheduled yet.",
                        line=line.name,
                        year=line.fiscal_year,
                    )
                )
            if line.fiscal_year and line.fiscal_year not in line.budget_id._years():
                years = line.budget_id._years()
                raise ValidationError(
                    self.env._(
                        "%(line)s stands in FY%(year)s, but this budget covers FY%(first)s to"
                        " FY%(last)s.",
                        line=line.name,
                        year=line.fiscal_year,
                        first=years[0],
                        last=years[-1],
                    )
                )

    @api.onchange("category_id")
    def _onchange_category_id(self):
        self.area_name = self.category_id._root().name

    # ------------------------------------------------------------- frozen
    @api.model_create_multi
    def create(self, vals_list):
        """By hand, lines are added to a draft only."""
        for vals in vals_list:
            if not self.env.su:
                vals = self._only_by_hand(vals)
            if vals.get("source", "manual") == "manual":
                vals.setdefault("source_key", f"manual:{vals.get('name')}")
                if vals.get("category_id") and not vals.get("area_name"):
                    category = self.env["roadmap.category"].browse(vals["category_id"])
                    vals["area_name"] = category._root().name
        lines = super().create(vals_list)
        if not self.env.su:
            lines._check_draft()
        return lines

    def write(self, vals):
        """What was shown stays; in a draft only what was added by hand can be changed."""
        if not self.env.su and set(vals) - AFTERWARDS:
            self._only_by_hand(vals)
            self._check_draft()
            computed = self.filtered(lambda line: line.source != "manual")
            if computed:
                raise UserError(
                    self.env._(
                        "%(line)s comes from its source: change it there, then refresh the budget.",
                        line=computed[0].name,
                    )
                )
        return super().write(vals)

    def _only_by_hand(self, vals):
        foreign = set(vals) - FROM_HAND - AFTERWARDS
        if foreign - {"source"} or vals.get("source", "manual") != "manual":
            raise UserError(self.env._("A line added by hand has no other source."))
        return vals

    def _check_draft(self):
        shown = self.filtered(lambda line: line.sudo().budget_id.state != "draft")
        if shown:
            raise UserError(
                self.env._(
                    "%(budget)s was shown to the client: its lines are frozen. Make a new"
                    " revision.",
                    budget=shown[0].sudo().budget_id.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shown(self):
        if not self.env.su:
            self._check_draft()

    def action_open_source(self):
        """Open the record from which the figure came."""
        self.ensure_one()
        source = self.contract_id or self.order_id or self.item_id or self.asset_id
        if not source:
            raise UserError(self.env._("This figure was added by hand, or its source is gone."))
        return source._get_records_action(name=self.name)
