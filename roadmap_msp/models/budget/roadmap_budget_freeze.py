from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...rules.budget import slot
from ...rules.fiscal import fiscal_year

ARM_SOURCES = {
    "contract": "contract",
    "item": "item",
    "item_recurring": "item",
    "order": "order",
    "replacement": "replacement",
}
LINKS = ("contract_id", "item_id", "item_line_id", "asset_id", "sale_line_id")
GROUPS = ("arm", "stage", "date:month", "name", "category_id", *LINKS)
MEASURES = {"one_off": "one_off_total:sum", "recurring": "recurring_total:sum"}


class RoadmapBudget(models.Model):
    """From today's forecast to the lines of a revision."""

    _inherit = "roadmap.budget"

    @api.model
    def _make(self, roadmap, year=None):
        """A draft of the client's next revision for a fiscal year (this one unless told)."""
        roadmap.ensure_one()
        if roadmap.state == "ended":
            raise UserError(
                self.env._(
                    "The roadmap of %(client)s has ended: nothing is budgeted any more.",
                    client=roadmap.name,
                )
            )
        start = roadmap.fiscal_year_start or "1"
        year = year or fiscal_year(fields.Date.context_today(self), start)
        earlier = self.sudo().search(
            [("roadmap_id", "=", roadmap.id), ("fiscal_year", "=", year)], order="revision desc"
        )
        draft = earlier.filtered(lambda budget: budget.state == "draft")[:1]
        if draft:
            return draft.sudo(self.env.su)
        shown = earlier.filtered(lambda budget: budget.proposed_on)[:1] or self.sudo().search(
            [
                ("roadmap_id", "=", roadmap.id),
                ("fiscal_year", "<", year),
                ("proposed_on", "!=", False),
            ],
            limit=1,
        )
        budget = self.sudo().create(
            {
                "roadmap_id": roadmap.id,
                "currency_id": roadmap._budget_currency().id,
                "user_id": roadmap.vcio_id.id or self.env.uid,
                "fiscal_year": year,
                "fiscal_year_start": start,
                "revision": (earlier[:1].revision or 0) + 1,
                "previous_id": shown.id,
            }
        )
        budget._fill()
        budget._copy_lines_by_hand(shown)
        return budget.sudo(self.env.su)

    def action_refresh(self):
        """Take today's forecast into the drafts; lines that were added by hand stay."""
        self.check_access("write")
        self._check_state("draft")
        for budget in self.sudo():
            budget._fill()
        return True

    def _fill(self):
        """Replace the computed lines by today's forecast; say what is unknown or covered (sudo)."""
        self.ensure_one()
        self._follow_client()
        self.line_ids.filtered(lambda line: line.source != "manual").unlink()
        lines, internal = self._forecast_lines()
        for vals in lines:
            vals["budget_id"] = self.id
        self.env["roadmap.budget.line"].create(lines)
        self.write(
            {
                "unknown": "\n".join(self.roadmap_id._budget_unknown()),
                "covered": "\n".join(self.roadmap_id._budget_covered()),
                "internal_count": len(internal),
            }
        )

    def _copy_lines_by_hand(self, earlier):
        """What was added by hand to the revision before, as far as its years are still ours."""
        years = {0, *self._years()}
        lines = earlier.line_ids.filtered(
            lambda line: line.source == "manual" and line.fiscal_year in years
        )
        names = ("name", "kind", "fiscal_year", "quarter", "area_name")
        self.env["roadmap.budget.line"].create(
            [
                {
                    **{name: line[name] for name in names},
                    **line._prepare_in_currency(self.currency_id),
                    "category_id": line.category_id.id,
                    "budget_id": self.id,
                }
                for line in lines
            ]
        )

    # ------------------------------------------------------------ the forecast
    def _forecast_rows(self):
        """Today's forecast of this client: [({field: value}, {measure: amount})] (sudo).

        One query; what belongs to items that the client may not see is among it.
        """
        forecast = self.env["roadmap.forecast"].sudo()
        ids = (self.roadmap_id.id,)
        groups = forecast.with_context(forecast_roadmap_ids=ids)._read_group(
            [("roadmap_id", "in", ids)], GROUPS, list(MEASURES.values())
        )
        size = len(GROUPS)
        return [
            (
                dict(zip(GROUPS, row[:size], strict=True)),
                dict(zip(MEASURES, row[size:], strict=True)),
            )
            for row in groups
        ]

    def _forecast_lines(self):
        """(values of the lines that today's forecast makes, items left out as our own)."""
        self.ensure_one()
        internal = self.env["roadmap.item"].sudo()
        found, start = {}, self.fiscal_year_start
        for row, amounts in self._forecast_rows():
            if row["item_id"] and not row["item_id"].client_visible:
                internal |= row["item_id"]
                continue
            for kind, amount in amounts.items():
                # Late one-off money that nobody ordered is still to be paid; a month that is
                # over of something recurring is not.
                is_open = kind == "one_off" and row["stage"] != "ordered"
                place = slot(row["date:month"] or None, start, self.fiscal_year, is_open)
                if not amount or place is None:
                    continue
                key = self._source_key(row), row["stage"], kind, place
                found.setdefault(key, [row, 0.0])[1] += amount
        lines = [
            self._prepare_line(row, kind, stage, place, source_key, amount)
            for (source_key, stage, kind, place), (row, amount) in found.items()
        ]
        lines.sort(key=lambda vals: (vals["fiscal_year"], vals["quarter"], vals["kind"],
                                     vals["name"]))  # fmt: skip
        return lines, internal

    @api.model
    def _source_key(self, row):
        """One key for one cost, from the plan over the order to the contract."""
        line = row["item_line_id"] or row["contract_id"].item_line_id
        for prefix, record in (
            ("line", line),
            ("contract", row["contract_id"]),
            ("asset", row["asset_id"]),
            ("item", row["item_id"]),
        ):
            if record:
                return f"{prefix}:{record.id}"
        return f"{row['arm']}:{row['name']}"

    def _prepare_line(self, row, kind, stage, place, source_key, amount):
        return {
            "fiscal_year": place[0],
            "quarter": place[1],
            "kind": kind,
            "stage": stage,
            "source": ARM_SOURCES.get(row["arm"], "other"),
            "source_key": source_key,
            "name": self._line_name(row),
            "amount": self.currency_id.round(amount),
            "area_name": row["category_id"]._root().name or False,
            "based_on": self._line_reason(row, place),
            "category_id": row["category_id"].id,
            "contract_id": row["contract_id"].id,
            "item_id": row["item_id"].id,
            "asset_id": row["asset_id"].id,
            "order_id": row["sale_line_id"].order_id.id,
        }

    def _line_name(self, row):
        if row["arm"] == "replacement":
            return self.env._("Replace: %s", row["asset_id"].type_id.name or row["name"])
        return row["name"] or self.env._("Other")

    def _line_reason(self, row, place):
        """What the figure was computed from, in words for the client."""
        month = row["date:month"]
        if row["arm"] == "contract":
            return row["contract_id"]._budget_reason()
        if row["arm"] == "replacement":
            return row["asset_id"]._budget_reason()
        if row["arm"] == "contingency":
            return self.env._(
                "%(percent)g %% of what is planned and not yet quoted",
                percent=self.roadmap_id.contingency_percent,
            )
        if row["sale_line_id"]:
            return self.env._("Order %s", row["sale_line_id"].order_id.name)
        reason = row["item_line_id"].based_on or ""
        if row["stage"] == "quoted":
            reason = self.env._("Quotation")
        if month and place[0] and fiscal_year(month, self.fiscal_year_start) < self.fiscal_year:
            when = format_date(self.env, month, date_format="MMM y")
            late = self.env._("was planned for %s, still open", when)
            reason = f"{reason}; {late}" if reason else late
        return reason
