from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules.fiscal import (
    first_of_month,
    fiscal_quarter,
    fiscal_year,
    month_index,
    quarter_bounds,
)
from ..client.fiscal_sql import sql_fiscal_quarter, sql_fiscal_year, sql_month

QUARTERS_AHEAD = 5


class RoadmapItem(models.Model):
    """The client's fiscal quarter of an item: derived from its date, never stored.

    The board groups by it; dropping a card on another quarter sets the date.
    """

    _inherit = "roadmap.item"

    fiscal_period = fields.Char(
        "Quarter",
        compute="_compute_fiscal_period",
        inverse="_inverse_fiscal_period",
        search="_search_fiscal_period",
        group_expand="_expand_fiscal_periods",
    )

    @api.depends("target_date", "roadmap_id.fiscal_year_start")
    def _compute_fiscal_period(self):
        for item in self:
            item.fiscal_period = item.target_date and self._period_of(
                item.target_date, item.roadmap_id.fiscal_year_start or "1"
            )

    @api.model
    def _period_of(self, day, start_month):
        """Such as FY2027 Q1: sorts as it reads."""
        return f"FY{fiscal_year(day, start_month)} Q{fiscal_quarter(day, start_month)}"

    def _inverse_fiscal_period(self):
        """The last day of the quarter: "by the end of it"."""
        for item in self:
            if not item.fiscal_period:
                item.target_date = False
                continue
            start = item.roadmap_id.fiscal_year_start or "1"
            try:
                year, quarter = item.fiscal_period.removeprefix("FY").split(" Q")
                last = quarter_bounds(int(year), int(quarter), start)[1]
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "%(item)s: %(value)s is no quarter. Write it as FY2027 Q1.",
                        item=item.name,
                        value=item.fiscal_period,
                    )
                ) from error
            if not item.target_date or self._period_of(item.target_date, start) != (
                item.fiscal_period
            ):
                item.target_date = last

    def _search_fiscal_period(self, operator, value):
        if operator != "in":
            return NotImplemented
        periods = tuple(text for text in value if text)
        found = Domain.FALSE
        if periods:
            found |= Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s IN %s", model._field_to_sql(alias, "fiscal_period", query), periods
                )
            )
        if len(periods) < len(list(value)):
            found |= Domain("target_date", "=", False)
        return found

    def _field_to_sql(self, alias, field_expr, query=None):
        """The rule of `rules/fiscal.py` in SQL, so that lists and boards group by it."""
        if field_expr != "fiscal_period":
            return super()._field_to_sql(alias, field_expr, query)
        day = super()._field_to_sql(alias, "target_date", query)
        joined = query.left_join(
            alias, "roadmap_id", self.env["roadmap.roadmap"]._table, "id", "fiscal"
        )
        month = self.env["roadmap.roadmap"]._fields["fiscal_year_start"]
        start = SQL("%s::int", SQL.identifier(joined, month.name, to_flush=month))
        index = sql_month(day)
        return SQL(
            "('FY' || %s || ' Q' || %s)",
            sql_fiscal_year(index, start),
            sql_fiscal_quarter(index, start),
        )

    @api.model
    def _expand_fiscal_periods(self, values, domain):
        """Columns of the board: not scheduled, then this quarter and the next ones."""
        ahead = self._periods_ahead(self._board_start_month())
        return [False, *sorted({*filter(None, values), *ahead})]

    @api.model
    def _periods_ahead(self, start, count=QUARTERS_AHEAD):
        """This quarter and the next ones."""
        first = month_index(fields.Date.context_today(self))
        return [
            self._period_of(first_of_month(month), start)
            for month in range(first, first + 3 * count, 3)
        ]

    @api.model
    def _board_start_month(self):
        """The fiscal year of the one client on the board, else the one that most clients have."""
        roadmaps = self.env["roadmap.roadmap"]
        one = self.env.context.get("default_roadmap_id")
        # With its name, which each card asks for.
        roadmap = roadmaps.with_context(active_test=False).search_fetch(
            [("id", "=", one)], ["fiscal_year_start", "name"]
        )
        if roadmap:
            return roadmap.fiscal_year_start
        counts = roadmaps._read_group(
            [("state", "!=", "ended")], ["fiscal_year_start"], ["__count"]
        )
        default = self.env.company.roadmap_fiscal_year_start or "1"
        return max(counts, key=lambda row: row[1], default=(default, 0))[0]

    @api.model
    def get_board_start_month(self):
        """The month in which the fiscal year of everything on the board begins, or False.

        Lanes say which months they hold only where all clients agree about it.
        """
        if self.env.context.get("default_roadmap_id"):
            return int(self._board_start_month())
        months = self.env["roadmap.roadmap"]._read_group(
            [("state", "!=", "ended")], ["fiscal_year_start"]
        )
        return int(months[0][0]) if len(months) == 1 else False
