from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...rules.budget import slot, variance
from ...rules.fiscal import year_bounds

ACTUALS = ["one_off_invoiced:sum", "recurring_invoiced:sum", "recurring_ordered:sum"]
STILL_OPEN = ("idea", "proposed", "approved", "quoted")
KEYS = ("date:month", "name", "category_id", "contract_id", "item_id", "item_line_id", "asset_id",
        "arm")  # fmt: skip


class RoadmapBudget(models.Model):
    """The end of the year: a signed revision against what it came to, and what goes on.

    What came of a line is what was invoiced for it, less credit notes. A contract of which we see
    no invoice all year (one of another vendor, or one that is not billed from an order) counts with
    what it was agreed to cost, and each line says which of the two it is.
    """

    _inherit = "roadmap.budget"

    closed_on = fields.Date(readonly=True, copy=False, groups="base.group_user")
    actual_one_off = fields.Monetary(
        "One-off, Invoiced", compute="_compute_actuals", groups="base.group_user"
    )
    actual_recurring = fields.Monetary(
        "Recurring, Came To", compute="_compute_actuals", groups="base.group_user"
    )

    def _compute_actuals(self):
        groups = self.env["roadmap.budget.line"]._read_group(
            [("budget_id", "in", self.ids)], ["budget_id", "kind"], ["amount_actual:sum"]
        )
        sums = {(budget.id, kind): amount for budget, kind, amount in groups}
        for budget in self:
            budget.actual_one_off = sums.get((budget.id, "one_off"), 0.0)
            budget.actual_recurring = sums.get((budget.id, "recurring"), 0.0)

    def action_close_year(self):
        """Lay the first year beside what was invoiced and what contracts cost; opens the lines.

        :raises UserError: not signed, closed already, or the year is not over
        """
        self.ensure_one()
        self.check_access("write")
        self._check_state("approved")
        end = year_bounds(self.fiscal_year, self.fiscal_year_start)[1]
        if self.closed_on:
            raise UserError(self.env._("%s is closed already.", self.name))
        if fields.Date.context_today(self) <= end:
            raise UserError(
                self.env._(
                    "FY%(year)s runs until %(end)s. Close it when it is over.",
                    year=self.fiscal_year,
                    end=format_date(self.env, end),
                )
            )
        budget = self.sudo()
        budget._store_actuals(budget._actuals())
        budget.closed_on = fields.Date.context_today(self)
        return self.action_open_variance()

    def action_open_variance(self):
        """The lines of the first year with what they came to."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "roadmap_msp.roadmap_budget_line_action"
        )
        return {
            **action,
            "name": self.env._("Variance of %s", self.name),
            "domain": [("budget_id", "=", self.id), ("fiscal_year", "=", self.fiscal_year)],
            "context": {"search_default_group_reason": 1},
        }

    def _actuals(self):
        """{(source key, kind, quarter): (amount, first row, invoice or contract)} (sudo)."""
        forecast = self.env["roadmap.forecast"].with_context(
            forecast_roadmap_ids=(self.roadmap_id.id,)
        )
        groups = forecast._read_group([("roadmap_id", "=", self.roadmap_id.id)], KEYS, ACTUALS)
        invoiced, agreed = {}, {}
        for values in groups:
            row = dict(zip(KEYS, values, strict=False))
            if row["item_id"] and not row["item_id"].client_visible:
                continue
            place = slot(row["date:month"] or None, self.fiscal_year_start, self.fiscal_year)
            if not place or place[0] != self.fiscal_year:
                continue
            once, recurring, contract = values[len(KEYS) :]
            for found, kind, basis, amount in (
                (invoiced, "one_off", "invoice", once),
                (invoiced, "recurring", "invoice", recurring),
                (agreed, "recurring", "contract", contract),
            ):
                if amount:
                    key = self._source_key(row), kind, place[1]
                    before = found.get(key, (0.0, row))
                    found[key] = before[0] + amount, before[1], basis
        billed = {key[:2] for key in invoiced}
        return {key: came for key, came in agreed.items() if key[:2] not in billed} | invoiced

    def _store_actuals(self, actuals):
        """Give each line what its source came to; what no line stands for becomes one of its own.

        Money that came in another quarter than planned belongs to the source's first line.
        """
        lines = self.line_ids.filtered(lambda line: line.fiscal_year == self.fiscal_year)
        came = dict.fromkeys(lines, 0.0)
        places, sources = {}, {}
        for line in lines.sorted(lambda line: (line.quarter, line.id)):
            places.setdefault((line.source_key, line.kind, line.quarter), line)
            sources.setdefault((line.source_key, line.kind), line)
        unplanned = []
        basis = {}
        for key, (amount, row, seen_on) in actuals.items():
            line = places.get(key) or sources.get(key[:2])
            if line:
                came[line] += amount
                basis[line] = seen_on
            else:
                vals = self._prepare_unplanned(key, amount, row)
                unplanned.append({**vals, "actual_from": seen_on})
        by_hand = [line for line in lines if line.source == "manual"]
        for line in by_hand:
            # Nobody can say what came of it but the person who added it.
            came.pop(line, None)
        for line, amount in came.items():
            amount = self.currency_id.round(amount)
            line.write(
                {
                    "amount_actual": amount,
                    "actual_from": basis.get(line),
                    "variance_reason": variance(line.amount, amount),
                }
            )
        self.env["roadmap.budget.line"].create(unplanned)

    def _prepare_unplanned(self, key, amount, row):
        source_key, kind, quarter = key
        return {
            "budget_id": self.id,
            "source": "unplanned",
            "source_key": source_key,
            "kind": kind,
            "stage": "ordered",
            "fiscal_year": self.fiscal_year,
            "quarter": quarter,
            "name": row["name"] or self.env._("Other"),
            "area_name": row["category_id"]._root().name or False,
            "category_id": row["category_id"].id,
            "contract_id": row["contract_id"].id,
            "item_id": row["item_id"].id,
            "amount": 0.0,
            "amount_actual": self.currency_id.round(amount),
            "variance_reason": "unplanned",
        }

    def action_carry_forward(self):
        """Move what was not ordered into the next year, and open the draft of its budget."""
        self.ensure_one()
        self.check_access("write")
        if not self.closed_on:
            raise UserError(self.env._("Close the year first: then it shows what is left."))
        budget = self.sudo()
        first = year_bounds(self.fiscal_year + 1, self.fiscal_year_start)[0]
        left = budget.line_ids.filtered(
            lambda line: line.variance_reason == "not_spent" and line.item_id.state in STILL_OPEN
        )
        items = left.item_id
        items.filtered(lambda item: item.target_date and item.target_date < first).write(
            {"target_date": first}
        )
        items.line_ids.filtered(lambda line: line.date and line.date < first).date = first
        left.variance_reason = "carried"
        draft = self._make(budget.roadmap_id, self.fiscal_year + 1)
        draft.action_refresh()
        return draft._get_records_action(name=draft.name)
