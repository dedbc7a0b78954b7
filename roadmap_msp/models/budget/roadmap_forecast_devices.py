from odoo import fields, models
from odoo.tools import SQL

# An item in one of these states leaves its devices without a plan; what the client bought
# elsewhere costs nothing any more.
UNPLANNED = ("declined", "superseded")


class RoadmapForecast(models.Model):
    """What nobody planned yet: devices that fall due, and the reserve on top of the plan."""

    _inherit = "roadmap.forecast"

    def _forecast_replacements(self, only=None):
        """Devices that no item takes care of, at guide price, in the month they fall due.

        Without a date, a price or an exchange rate a device is counted as unknown.
        """
        today = fields.Date.context_today(self)
        return SQL(
            """
            %(select)s
              FROM roadmap_asset a
              JOIN roadmap_roadmap r ON r.id = a.roadmap_id
              LEFT JOIN roadmap_asset_type t ON t.id = a.type_id
              %(prices)s
             WHERE a.active AND a.state = 'in_use' AND %(where)s
               AND (a.replacement_due IS NOT NULL OR t.id IS NULL OR t.life_years > 0
                    OR t.replace_uncovered)
               AND %(unplanned)s
            """,
            select=self._forecast_select(
                4,
                "replacement",
                SQL("a.id"),
                # What is overdue costs money now, not in a month that is gone.
                self._sql_month(
                    SQL(
                        "CASE WHEN a.replacement_due < %(today)s::date THEN %(today)s::date"
                        " ELSE a.replacement_due END",
                        today=today,
                    )
                ),
                name=SQL("a.name"),
                category_id=SQL("t.category_id"),
                asset_id=SQL("a.id"),
                asset_type_id=SQL("t.id"),
                gap=SQL("g.gap::varchar"),
                one_off_planned=self._sql_if_known(SQL("(g.low + g.high) / 2")),
                one_off_less=self._sql_if_known(SQL("(g.low - g.high) / 2")),
                one_off_more=self._sql_if_known(SQL("(g.high - g.low) / 2")),
            ),
            prices=self._sql_device_prices(),
            unplanned=self._sql_unplanned(),
            where=self._forecast_where(only),
        )

    @staticmethod
    def _sql_if_known(amount):
        return SQL("(CASE WHEN g.gap IS NULL THEN %s ELSE 0 END)::numeric", amount)

    def _sql_device_prices(self):
        """Join to a device (a, t, r) the `low` and `high` price of its replacement and its `gap`.

        The order of `roadmap.asset._replacement_price`: the device's own price, what was agreed
        with the client, the product in the client's price list, the guide price.
        """
        by_product, price, labour = self._sql_prices_by_product()
        return SQL(
            """
              LEFT JOIN roadmap_asset_policy ap
                     ON ap.roadmap_id = a.roadmap_id AND ap.type_id = a.type_id
              %(by_product)s
              LEFT JOIN (%(guide)s) gp
                     -- "+ 0", or PostgreSQL takes the company of a rule for next to no prices.
                     ON gp.type_id = a.type_id AND gp.company_id + 0 = r.company_id + 0
                    AND gp.currency_id + 0 = r.currency_id + 0
             CROSS JOIN LATERAL (
                   SELECT COALESCE(NULLIF(a.own_price, 0), NULLIF(ap.price, 0), %(price)s)
                              AS agreed
                   ) w
             CROSS JOIN LATERAL (
                   SELECT COALESCE(w.agreed, gp.low) + %(labour)s AS low,
                          COALESCE(w.agreed, gp.high) + %(labour)s AS high,
                          CASE WHEN a.replacement_due IS NULL THEN 'no_date'
                               WHEN COALESCE(w.agreed, gp.guide, 0) = 0 THEN 'no_price'
                               WHEN w.agreed IS NULL AND gp.high IS NULL THEN 'no_rate' END AS gap
                   ) g
            """,
            by_product=by_product,
            guide=self._sql_guide_prices(),
            price=price,
            labour=labour,
        )

    def _sql_guide_prices(self):
        """The guide price of each type in each currency of the roadmaps, converted only once.

        `guide` is not converted; `low` and `high` are NULL where a currency has no rate.
        """
        return SQL(
            """
            SELECT v.type_id, v.company_id, v.currency_id, v.high AS guide,
                   v.low * v.rate AS low, v.high * v.rate AS high
              FROM (SELECT t.id AS type_id, r.company_id, r.currency_id,
                           COALESCE(t.price_low, 0) AS low,
                           COALESCE(NULLIF(t.price_high, 0), t.price_low, 0) AS high,
                           %(rate)s::numeric AS rate
                      FROM roadmap_asset_type t
                     CROSS JOIN (SELECT DISTINCT r.company_id, r.currency_id
                                   FROM roadmap_roadmap r WHERE %(where)s) r
                    OFFSET 0) v
            """,
            rate=self._sql_rate(SQL("t.currency_id"), SQL("CURRENT_DATE")),
            where=self._forecast_where(),
        )

    def _sql_prices_by_product(self):
        """(join to a device, price of the product, price of the labour), nothing without any."""
        ids, types, prices, labour = self._product_prices()
        if not ids:
            return SQL(), SQL("NULL::numeric"), SQL("0")
        join = SQL(
            """
              LEFT JOIN UNNEST(%s::integer[], %s::integer[], %s::numeric[], %s::numeric[])
                        AS pp(roadmap_id, type_id, price, labour)
                     ON pp.roadmap_id = a.roadmap_id AND pp.type_id = a.type_id
            """,
            ids,
            types,
            prices,
            labour,
        )
        return join, SQL("pp.price"), SQL("COALESCE(pp.labour, 0)")

    def _sql_unplanned(self):
        """Whether no item replaces a device (a); a hook of scenarios."""
        return SQL(
            """(a.replacement_line_id IS NULL OR EXISTS (
                    SELECT FROM roadmap_item_line pl JOIN roadmap_item pi ON pi.id = pl.item_id
                     WHERE pl.id = a.replacement_line_id AND pi.state IN %s))""",
            UNPLANNED,
        )

    def _forecast_contingency(self):
        """The client's reserve: a share of what is planned and neither quoted nor ordered.

        At the low figure nothing of it is spent. Our own items add nothing to it: it stands in the
        client's budget, where they do not.
        """
        only = SQL("r.contingency_percent > 0")
        share = SQL("r.contingency_percent / 100.0")
        return SQL(
            """
            %(select)s
              FROM (SELECT p.roadmap_id, p.month,
                           SUM(p.one_off_planned) AS planned,
                           SUM(p.one_off_more) AS more
                      FROM (%(planned)s) p
                     WHERE p.one_off_planned <> 0
                     GROUP BY p.roadmap_id, p.month) f
              JOIN roadmap_roadmap r ON r.id = f.roadmap_id
            """,
            select=self._forecast_select(
                5,
                "contingency",
                SQL("r.id"),
                SQL("f.month"),
                name=SQL("%s::varchar", self.env._("Contingency on what is planned")),
                one_off_planned=SQL("(f.planned * %s)::numeric", share),
                one_off_less=SQL("(- f.planned * %s)::numeric", share),
                one_off_more=SQL("(f.more * %s)::numeric", share),
            ),
            planned=SQL(" UNION ALL ").join(self._forecast_planned(only)),
        )

    def _forecast_planned(self, only):
        """The arms on top of which the reserve stands; a hook of scenarios."""
        shown = SQL("%s AND i.client_visible", only)
        return [self._forecast_items(shown), self._forecast_replacements(only)]
