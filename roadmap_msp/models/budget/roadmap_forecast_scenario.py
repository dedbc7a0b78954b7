from odoo import models
from odoo.tools import SQL


class RoadmapForecast(models.Model):
    """The forecast as it would be in a scenario: context `forecast_scenario_id`.

    The same query with other dates and other devices; nothing is copied and nothing written.
    """

    _inherit = "roadmap.forecast"

    def _scenario(self):
        """The scenario asked for, readable by the user, or an empty recordset."""
        scenario = self.env["roadmap.scenario"].browse(
            self.env.context.get("forecast_scenario_id") or ()
        )
        scenario.check_access("read")
        return scenario

    @property
    def _table_query(self):
        scenario = self._scenario()
        if not scenario:
            return super()._table_query
        # Worked out once, used by several arms.
        rows = scenario._device_rows()
        return super(RoadmapForecast, self.with_context(forecast_devices=rows))._table_query

    def _scenario_devices(self):
        return self.env.context.get("forecast_devices")

    def _forecast_arms(self):
        arms = super()._forecast_arms()
        rows = self._scenario_devices()
        if rows and rows.ids:
            arms.append(self._forecast_scenario_devices(rows))
        return arms

    def _forecast_planned(self, only):
        arms = super()._forecast_planned(only)
        rows = self._scenario_devices()
        if rows and rows.ids:
            shown = SQL(
                """%s AND NOT EXISTS (
                    SELECT FROM roadmap_item_line pl JOIN roadmap_item pi ON pi.id = pl.item_id
                     WHERE pl.id = a.replacement_line_id AND NOT pi.client_visible
                       AND pi.id IN %s)""",
                only,
                rows.items or (0,),
            )
            arms.append(self._forecast_scenario_devices(rows, shown))
        return arms

    def _forecast_scenario_devices(self, rows, only=None):
        return SQL(
            """
            %(select)s
              FROM UNNEST(%(ids)s::integer[], %(months)s::integer[], %(low)s::numeric[],
                          %(amount)s::numeric[], %(high)s::numeric[])
                     AS v(id, month, low, amount, high)
              JOIN roadmap_asset a ON a.id = v.id
              JOIN roadmap_asset_type t ON t.id = a.type_id
              JOIN roadmap_roadmap r ON r.id = a.roadmap_id
             WHERE %(where)s
            """,
            select=self._forecast_select(
                9,
                "replacement",
                SQL("a.id"),
                SQL("v.month"),
                name=SQL("a.name"),
                category_id=SQL("t.category_id"),
                asset_id=SQL("a.id"),
                asset_type_id=SQL("t.id"),
                gap=SQL(
                    "(CASE WHEN v.high IS NULL THEN 'no_rate'"
                    " WHEN v.high = 0 THEN 'no_price' END)::varchar"
                ),
                one_off_planned=SQL("COALESCE(v.amount, 0)::numeric"),
                one_off_less=SQL("COALESCE(v.low - v.amount, 0)::numeric"),
                one_off_more=SQL("COALESCE(v.high - v.amount, 0)::numeric"),
            ),
            ids=list(rows.ids),
            months=list(rows.months),
            low=list(rows.low),
            amount=list(rows.amount),
            high=list(rows.high),
            where=self._forecast_where(only),
        )

    def _sql_due_date(self, own=None):
        due = super()._sql_due_date(own)
        scenario = self._scenario()
        if not scenario:
            return due
        years = [
            SQL("WHEN i.id = %s THEN %s", line.item_id.id, line.shift_years)
            for line in scenario.line_ids
            if line.rule == "item"
        ]
        needs = scenario._left_out_needs()
        if needs and scenario.rest_years:
            years.append(SQL("WHEN i.need IN %s THEN %s", needs, scenario.rest_years))
        if not years:
            return due
        return SQL("(%s + (CASE %s ELSE 0 END) * INTERVAL '1 year')", due, SQL(" ").join(years))

    def _sql_open_item(self, only=None):
        where = super()._sql_open_item(only)
        scenario = self._scenario()
        if not scenario:
            return where
        needs = scenario._left_out_needs()
        if needs and not scenario.rest_years:
            where = SQL("%s AND i.need NOT IN %s", where, needs)
        return where

    def _sql_open_line(self, only=None):
        where = super()._sql_open_line(only)
        rows = self._scenario_devices()
        if rows and rows.items:
            # What recurs stays where the plan has it: the devices stand for the one-off money.
            where = SQL("%s AND (l.kind = 'recurring' OR i.id NOT IN %s)", where, rows.items)
        return where

    def _sql_unplanned(self):
        unplanned = super()._sql_unplanned()
        types = self._scenario().line_ids.type_id.ids
        if not types:
            return unplanned
        return SQL("%s AND COALESCE(a.type_id, 0) NOT IN %s", unplanned, tuple(types))
