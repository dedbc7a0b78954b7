from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...rules.budget import slot, variance
from ...rules.fiscal import year_bounds

KINDS = ("one_off", "recurring")
CAME = ("invoiced", "ordered")
ACTUALS = [f"{kind}_{came}:sum" for kind in KINDS for came in CAME]
STILL_OPEN = ("idea", "proposed", "approved", "quoted")
KEYS = ("date:month", "name", "category_id", "contract_id", "item_id", "item_line_id", "asset_id",
        "arm")  # fmt: skip


class RoadmapBudget(models.Model):
    """The end of the year: a signed revision against what it came to, and what goes on.

    Agreed and actual stand apart: what was ordered (by an order or a contract) and what was
    invoiced less credit notes. A contract of which we see no invoice all year (one of another
    vendor, or one that is not billed from an order) has no actual; its line says so, and there the
    agreed amount is laid beside the plan.
    """

    _inherit = "roadmap.budget"

    closed_on = fields.Date(readonly=True, copy=False, groups="base.group_user")
    actual_one_off = fields.Monetary(
        "One-off, Invoiced", compute="_compute_actuals", groups="base.group_user"
    )
    actual_recurring = fields.Monetary(
        "Recurring, Invoiced", compute="_compute_actuals", groups="base.group_user"
    )
    agreed_one_off = fields.Monetary(
        "One-off, Ordered", compute="_compute_actuals", groups="base.group_user"
    )
    agreed_recurring = fields.Monetary(
        "Recurring, Agreed", compute="_compute_actuals", groups="base.group_user"
    )

    def _compute_actuals(self):
        groups = self.env["roadmap.budget.line"]._read_group(
            [("budget_id", "in", self.ids)],
            ["budget_id", "kind"],
            ["amount_actual:sum", "amount_agreed:sum"],
        )
        sums = {(budget.id, kind): amounts for budget, kind, *amounts in groups}
        for budget in self:
            for kind in KINDS:
                actual, agreed = sums.get((budget.id, kind), (0.0, 0.0))
                budget[f"actual_{kind}"], budget[f"agreed_{kind}"] = actual, agreed

    def action_close_year(self):
        """Lay the first year beside what was ordered and what was invoiced; opens the lines.

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
        """{(source key, kind, quarter): [invoiced, agreed, first row]} (sudo)."""
        forecast = self.env["roadmap.forecast"].with_context(
            forecast_roadmap_ids=(self.roadmap_id.id,)
        )
        groups = forecast._read_group([("roadmap_id", "=", self.roadmap_id.id)], KEYS, ACTUALS)
        actuals = {}
        for values in groups:
            row = dict(zip(KEYS, values, strict=False))
            if row["item_id"] and not row["item_id"].client_visible:
                continue
            place = slot(row["date:month"] or None, self.fiscal_year_start, self.fiscal_year)
            if not place or place[0] != self.fiscal_year:
                continue
            amounts = values[len(KEYS) :]
            for number, kind in enumerate(KINDS):
                invoiced, agreed = amounts[number * len(CAME) :][: len(CAME)]
                if not invoiced and not agreed:
                    continue
                key = self._source_key(row), kind, place[1]
                came = actuals.setdefault(key, [0.0, 0.0, row])
                came[0] += invoiced
                came[1] += agreed
        return actuals

    def _store_actuals(self, actuals):
        """Give each line what its source came to; what no line stands for becomes one of its own.

        Money that came in another quarter than planned belongs to the source's first line; how a
        source came out is told of its whole year.
        """
        lines = self.line_ids.filtered(lambda line: line.fiscal_year == self.fiscal_year)
        places, sources = {}, {}
        for line in lines.sorted(lambda line: (line.quarter, line.id)):
            places.setdefault((line.source_key, line.kind, line.quarter), line)
            sources.setdefault((line.source_key, line.kind), line)
        years, unplanned = {}, []
        came = {line: [0.0, 0.0] for line in lines}
        for key, (invoiced, agreed, row) in actuals.items():
            year = years.setdefault(key[:2], [0.0, 0.0, 0.0])
            line = places.get(key) or sources.get(key[:2])
            if not line:
                unplanned.append((key, (invoiced, agreed), row))
            for at, amount in enumerate((invoiced, agreed)):
                year[at] += amount
                if line:
                    came[line][at] += amount
        for line in lines:
            if line.source == "manual":
                # Nobody can say what came of it but the person who added it.
                continue
            key = line.source_key, line.kind
            years.setdefault(key, [0.0, 0.0, 0.0])[2] += line.amount
        for line, amounts in came.items():
            if line.source != "manual":
                line.write(self._prepare_came(line.source_key, line.kind, amounts, years))
        self._note_cancelled(lines)
        self.env["roadmap.budget.line"].create(
            [
                self._prepare_unplanned(key, row) | self._prepare_came(*key[:2], amounts, years)
                for key, amounts, row in unplanned
            ]
        )

    def _note_cancelled(self, lines):
        """Explain what did not come of a line by the orders that were cancelled."""
        lines = lines.filtered(lambda row: row.variance_reason == "not_spent" and row.item_id)
        cancelled = self.env["sale.order.line"].search(
            [("roadmap_item_line_id.item_id", "in", lines.item_id.ids), ("state", "=", "cancel")]
        )
        orders = cancelled.grouped(lambda row: row.roadmap_item_line_id.item_id)
        for line in lines.filtered(lambda row: row.item_id in orders and not row.variance_note):
            names = ", ".join(orders[line.item_id].order_id.mapped("name"))
            line.variance_note = self.env._("Order %s was cancelled.", names)

    def _prepare_came(self, source_key, kind, amounts, years):
        """What a line came to, and how its source came out in the year."""
        invoiced, agreed, planned = (
            self.currency_id.round(amount) for amount in years[source_key, kind]
        )
        seen = "invoice" if invoiced else "contract" if kind == "recurring" and agreed else False
        return {
            "amount_actual": self.currency_id.round(amounts[0]),
            "amount_agreed": self.currency_id.round(amounts[1]),
            "actual_from": seen,
            "variance_reason": variance(planned, invoiced, agreed, kind == "recurring"),
        }

    def _prepare_unplanned(self, key, row):
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
        }

    def action_carry_forward(self):
        """Move what was not ordered into the next year, and open the draft of its budget."""
        self.ensure_one()
        self.check_access("write")
        if not self.closed_on:
            raise UserError(self.env._("Close the year first: then it shows what is left."))
        budget = self.sudo()
        first = year_bounds(self.fiscal_year + 1, self.fiscal_year_start)[0]
        not_spent = budget.line_ids.filtered(lambda line: line.variance_reason == "not_spent")
        left = not_spent.filtered(lambda line: line.item_id.state in STILL_OPEN)
        items = left.item_id
        items.filtered(lambda item: item.target_date and item.target_date < first).write(
            {"target_date": first}
        )
        items.line_ids.filtered(lambda line: line.date and line.date < first).date = first
        left.variance_reason = "carried"
        draft = self._make(budget.roadmap_id, self.fiscal_year + 1)
        draft.action_refresh()
        # Devices that nobody replaced nor planned fall due again by themselves.
        due = set(
            draft.line_ids.filtered(lambda line: line.source == "replacement").mapped("source_key")
        )
        not_spent.filtered(lambda line: line.source_key in due).variance_reason = "carried"
        return draft._get_records_action(name=draft.name)
