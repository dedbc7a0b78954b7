from odoo import api, fields, models

from ...rules.budget import beyond, differences

SHOWN_DIFFERENCES = 40


class RoadmapBudget(models.Model):
    """What a revision differs in, from the one before and from today's forecast."""

    _inherit = "roadmap.budget"

    changes_before = fields.Html(
        "Against the Revision Before",
        compute="_compute_changes_before",
        sanitize=False,
        groups="base.group_user",
    )
    changes_today = fields.Html(
        "Against Today", compute="_compute_changes_today", sanitize=False, groups="base.group_user"
    )
    change_alert_on = fields.Date(
        "Asked for a New Revision", readonly=True, copy=False, groups="base.group_user"
    )
    needs_revision = fields.Char(
        compute="_compute_changes_today",
        groups="base.group_user",
        help="The first year moved by more than the limit in the settings since the signature.",
    )

    def _compute_changes_before(self):
        for budget in self:
            rows = budget._differences(budget.previous_id) if budget.previous_id else []
            values = {"rows": rows, "before": budget.previous_id.name, "now": budget.name}
            budget.changes_before = self._render_differences(values) if rows else False

    def _compute_changes_today(self):
        for budget in self:
            budget.changes_today = budget.needs_revision = False
            if not budget.id or budget.state == "superseded":
                continue
            warning = budget._not_comparable()
            if warning:
                budget.needs_revision = warning
                continue
            planned, today = budget._totals_by_source(), budget.sudo()._totals_today()
            rows = budget._difference_rows(planned, today)
            values = {"rows": rows, "before": budget.name, "now": self.env._("today")}
            budget.changes_today = self._render_differences(values) if rows else False
            if budget.state == "approved":
                budget.needs_revision = budget._moved_too_far(planned, today)

    @api.model
    def _render_differences(self, values):
        more = len(values["rows"]) - SHOWN_DIFFERENCES
        values = {**values, "rows": values["rows"][:SHOWN_DIFFERENCES], "more": max(more, 0)}
        return self.env["ir.qweb"]._render("roadmap_msp.budget_differences", values)

    # ------------------------------------------------------------ two sides
    def _totals_by_source(self):
        """{(source key, name, kind, year): amount} of the lines of this revision."""
        groups = self.env["roadmap.budget.line"]._read_group(
            [("budget_id", "=", self.id), ("source", "!=", "unplanned")],
            ["source_key", "name", "kind", "fiscal_year"],
            ["amount:sum"],
        )
        return {tuple(row[:4]): row[4] for row in groups}

    def _totals_today(self):
        """The same of today's forecast, by the fiscal calendar of this revision (sudo)."""
        totals = {}
        for line in self._forecast_lines()[0]:
            key = line["source_key"], line["name"], line["kind"], line["fiscal_year"]
            totals[key] = totals.get(key, 0.0) + line["amount"]
        for line in self.line_ids.filtered(lambda row: row.source == "manual"):
            key = line.source_key, line.name, line.kind, line.fiscal_year
            totals[key] = totals.get(key, 0.0) + line.amount
        return totals

    def _differences(self, earlier):
        """What this revision changed against an earlier one, for pages: safe for the client."""
        self.ensure_one()
        if earlier.currency_id != self.currency_id:
            return []
        if earlier.fiscal_year_start != self.fiscal_year_start:
            return []
        years = self._years()
        before = {
            key: amount
            for key, amount in earlier._totals_by_source().items()
            if key[3] in (0, *years)
        }
        now = {
            key: amount
            for key, amount in self._totals_by_source().items()
            if key[3] in (0, *earlier._years())
        }
        return self._difference_rows(before, now)

    def _difference_rows(self, before, now):
        """Rows for a table. A new name of the same source is no difference in money."""
        names = {}
        sides = ({}, {})
        for side, totals in zip(sides, (before, now), strict=True):
            for (source, name, kind, year), amount in totals.items():
                names[source] = name
                key = source, kind, year
                side[key] = side.get(key, 0.0) + amount
        sides = [self._fold_names(side, names) for side in sides]
        money, kinds = (
            self.roadmap_id._money,
            dict(self.env["roadmap.budget.line"]._fields["kind"]._description_selection(self.env)),
        )
        return [
            {
                "name": name,
                "kind": kinds[kind],
                "year": f"FY{year}" if year else self.env._("not scheduled"),
                "before": money(was),
                "now": money(becomes),
                "change": ("+" if becomes > was else "-") + money(abs(becomes - was)),
            }
            for (name, kind, year), was, becomes in differences(*sides)
        ]

    @api.model
    def _fold_names(self, side, names):
        folded = {}
        for (source, kind, year), amount in side.items():
            key = names[source], kind, year
            folded[key] = folded.get(key, 0.0) + amount
        return folded

    # ------------------------------------------------------------ the limit
    def _not_comparable(self):
        """Why the figures can no longer be laid beside today's, in words; else False."""
        draft, currency = self.state == "draft", self.roadmap_id._budget_currency()
        if currency != self.currency_id:
            if draft:
                return self.env._(
                    "The client's currency is now %s: take today's figures.", currency.name
                )
            return self.env._(
                "The client's currency is now %s: make a new revision.", currency.name
            )
        if self._has_own_calendar():
            if draft:
                return self.env._(
                    "The client's fiscal year begins in another month now: take today's figures."
                )
            return self.env._(
                "The client's fiscal year begins in another month now; this revision keeps its"
                " own. Make a new revision."
            )
        return False

    def _moved_too_far(self, planned, today):
        """Which figure of the first year moved beyond the limit, in words; else False."""
        percent = self.company_id.roadmap_budget_change_limit
        money, words = self.roadmap_id._money, []
        labels = {"one_off": self.env._("one-off"), "recurring": self.env._("recurring")}
        for kind, label in labels.items():
            was, now = (
                sum(
                    v for (*_s, k, year), v in side.items() if (k, year) == (kind, self.fiscal_year)
                )
                for side in (planned, today)
            )
            if beyond(was, now, percent):
                words.append(
                    self.env._(
                        "%(kind)s %(before)s → %(now)s",
                        kind=label,
                        before=money(was),
                        now=money(now),
                    )
                )
        if not words:
            return False
        return self.env._(
            "FY%(year)s moved by more than %(percent)g %% since the signature: %(what)s. Make a new"
            " revision.",
            year=self.fiscal_year,
            percent=percent,
            what=", ".join(words),
        )
