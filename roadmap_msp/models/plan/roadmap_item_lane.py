from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules.fiscal import fiscal_year, month_index, year_bounds
from ..client.fiscal_sql import sql_fiscal_year


class RoadmapItem(models.Model):
    """The lanes of the board: quarters of this fiscal year and the next, later years whole."""

    _inherit = "roadmap.item"

    board_lane = fields.Char(
        "Lane",
        compute="_compute_board_lane",
        inverse="_inverse_board_lane",
        search="_search_board_lane",
        group_expand="_expand_board_lanes",
    )

    @api.depends("target_date", "roadmap_id.fiscal_year_start")
    def _compute_board_lane(self):
        today = fields.Date.context_today(self)
        for item in self:
            day, start = item.target_date, item.roadmap_id.fiscal_year_start or "1"
            if day and fiscal_year(day, start) > fiscal_year(today, start) + 1:
                item.board_lane = f"FY{fiscal_year(day, start)}"
            else:
                item.board_lane = item.fiscal_period

    def _inverse_board_lane(self):
        """A quarter sets its last day, a year the last day of that year, no lane no date."""
        for item in self:
            lane = item.board_lane or ""
            if not lane.removeprefix("FY").isdigit():
                item.fiscal_period = lane or False
                continue
            start = item.roadmap_id.fiscal_year_start or "1"
            year = int(lane.removeprefix("FY"))
            if not 1900 < year < 9999:
                raise ValidationError(self.env._("%s is no fiscal year. Write it as FY2029.", lane))
            if not item.target_date or fiscal_year(item.target_date, start) != year:
                item.target_date = year_bounds(year, start)[1]

    def _search_board_lane(self, operator, value):
        if operator != "in":
            return NotImplemented
        lanes = tuple(text for text in value if text)
        found = Domain.FALSE
        if lanes:
            found |= Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s IN %s", model._field_to_sql(alias, "board_lane", query), lanes
                )
            )
        if len(lanes) < len(list(value)):
            found |= Domain("target_date", "=", False)
        return found

    def _field_to_sql(self, alias, field_expr, query=None):
        """The same in SQL: a later year loses its quarter."""
        if field_expr != "board_lane":
            return super()._field_to_sql(alias, field_expr, query)
        period = super()._field_to_sql(alias, "fiscal_period", query)
        joined = query.left_join(
            alias, "roadmap_id", self.env["roadmap.roadmap"]._table, "id", "fiscal"
        )
        today = SQL("%s", month_index(fields.Date.context_today(self)))
        start = SQL("%s::int", SQL.identifier(joined, "fiscal_year_start"))
        return SQL(
            "CASE WHEN SUBSTRING(%(period)s FROM 3 FOR 4)::int > %(year)s + 1"
            " THEN SUBSTRING(%(period)s FOR 6) ELSE %(period)s END",
            period=period,
            year=sql_fiscal_year(today, start),
        )

    @api.model
    def _expand_board_lanes(self, values, domain):
        """Not scheduled, the quarters ahead, then the two years after next year."""
        start = self._board_start_month()
        year = fiscal_year(fields.Date.context_today(self), start)
        quarters = self._periods_ahead(start)
        later = [f"FY{year + 2}", f"FY{year + 3}"]
        return [False, *sorted({*filter(None, values), *quarters, *later})]
