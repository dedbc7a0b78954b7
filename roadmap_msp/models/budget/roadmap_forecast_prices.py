from odoo import fields, models
from odoo.tools import SQL


class RoadmapForecast(models.Model):
    """What the products that replace devices cost each client, by the client's price list."""

    _inherit = "roadmap.forecast"

    @property
    def _table_query(self):
        """Works out once what every arm needs: the roadmaps and the prices of products.

        What a caller's context says under these names is never used.
        """
        ids = self._forecast_roadmap_ids()
        narrow = self.with_context(forecast_only_ids=ids)
        ready = narrow.with_context(forecast_prices=narrow._find_product_prices())
        return super(RoadmapForecast, ready)._table_query

    def _product_prices(self):
        """Columns (roadmap ids, type ids, prices, prices of the labour) of what has a product."""
        rows = self.env.context.get("forecast_prices") or ()
        return [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]

    def _find_product_prices(self):
        """Rows of `_product_prices`; one query where no client and no type has a product.

        A price list can hold any rule, so that Odoo works out the prices: once for each product
        and price list, whatever the number of clients and devices.
        """
        needed = self._needed_products()
        if not needed:
            return ()
        roadmaps = self.env["roadmap.roadmap"].sudo().browse({row[0] for row in needed})
        today = fields.Date.context_today(self)
        groups = {}
        for roadmap in roadmaps:
            company = roadmap.company_id
            price_list = roadmap.partner_id.with_company(company).property_product_pricelist
            groups[roadmap.id] = (price_list, company, roadmap.currency_id)
        wanted = {}
        for roadmap_id, _type_id, *products in needed:
            wanted.setdefault(groups[roadmap_id], set()).update(filter(None, products))
        prices = {}
        for (price_list, company, currency), ids in wanted.items():
            products = self.env["product.product"].sudo().with_company(company).browse(ids)
            prices[price_list, company, currency] = price_list._roadmap_prices(
                products, 1.0, currency, company, today
            )
        return tuple(
            (
                roadmap_id,
                type_id,
                # Without a rate 0, which nobody shows: no guide price stands in for the product's.
                (prices[groups[roadmap_id]][product_id] or 0.0) if product_id else None,
                prices[groups[roadmap_id]].get(labour_id) or 0.0,
            )
            for roadmap_id, type_id, product_id, labour_id in needed
        )

    def _needed_products(self):
        """[(roadmap id, type id, product id, labour product id)] of devices that have one."""
        self.env["roadmap.asset"].flush_model(["roadmap_id", "type_id", "active", "state"])
        self.env["roadmap.asset.policy"].flush_model()
        self.env["roadmap.asset.type"].flush_model(["product_id", "labour_product_id"])
        return self.env.execute_query(
            SQL(
                """
                SELECT r.id, t.id, COALESCE(p.product_id, t.product_id), t.labour_product_id
                  FROM roadmap_roadmap r
                  JOIN roadmap_asset_type t
                    ON t.product_id IS NOT NULL OR t.labour_product_id IS NOT NULL
                       OR EXISTS (SELECT FROM roadmap_asset_policy q
                                   WHERE q.type_id = t.id AND q.product_id IS NOT NULL)
                  LEFT JOIN roadmap_asset_policy p ON p.roadmap_id = r.id AND p.type_id = t.id
                 WHERE (COALESCE(p.product_id, t.product_id) IS NOT NULL
                        OR t.labour_product_id IS NOT NULL)
                   AND EXISTS (SELECT FROM roadmap_asset a
                                WHERE a.roadmap_id = r.id AND a.type_id = t.id
                                  AND a.active AND a.state = 'in_use')
                   AND %s
                """,
                self._forecast_where(),
            )
        )

    def _replacement_prices(self, roadmap, types):
        """[(type id, low, high)] of one replacement and its labour for a client.

        0 where no price is known, None where its currency has no rate. Prices agreed for a single
        device do not count.
        """
        narrow = self.with_context(forecast_only_ids=roadmap.ids)
        ready = narrow.with_context(forecast_prices=narrow._find_product_prices())
        self.env["roadmap.asset.type"].flush_model()
        self.env["res.currency.rate"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT a.type_id, CASE WHEN g.gap = 'no_price' THEN 0 ELSE g.low END,
                       CASE WHEN g.gap = 'no_price' THEN 0 ELSE g.high END
                  FROM (SELECT t.id AS type_id, %(roadmap)s AS roadmap_id,
                               0::numeric AS own_price, CURRENT_DATE AS replacement_due
                          FROM roadmap_asset_type t WHERE t.id IN %(types)s) a
                  JOIN roadmap_roadmap r ON r.id = a.roadmap_id
                  JOIN roadmap_asset_type t ON t.id = a.type_id
                  %(prices)s
                """,
                roadmap=roadmap.id,
                types=tuple(types.ids) or (0,),
                prices=ready._sql_device_prices(),
            )
        )
