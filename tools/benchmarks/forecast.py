"""The forecast, against the plain SQL that does the same sums on base tables.

1,000 clients, 100,000 devices, 20,000 items and 10,000 contracts, written by SQL. Then one
client's five-year page with 1,000 clients beside it, against the same page with 10. Both sides of a
comparison must come to the same figures, or the benchmark stops.
"""

from functools import partial

from . import seed
from .harness import Case, Work

PER_CLIENT = {"asset": 100, "item": 20, "contract": 10}


def fill(env, clients):
    """That many clients with devices, items and contracts; returns their ids."""
    roadmap, _contact = seed.client(env)
    env.flush_all()
    partners = env["res.partner"].create(
        [{"name": f"Bench {number}", "is_company": True} for number in range(clients)]
    )
    env.flush_all()
    cr = env.cr
    cr.execute(
        """
        INSERT INTO roadmap_roadmap (partner_id, company_id, currency_id, name, active, state,
                                     entitlement, fiscal_year_start, warranty_action)
        SELECT p.id, r.company_id, r.currency_id, 'Bench', TRUE, 'running', r.entitlement, '1',
               r.warranty_action
          FROM res_partner p, roadmap_roadmap r WHERE r.id = %s AND p.id = ANY(%s) RETURNING id
        """,
        [roadmap.id, partners.ids],
    )
    ids = [row[0] for row in cr.fetchall()]
    kind = env["roadmap.asset.type"].search([("price_low", ">", 0)], limit=1)
    common = [ids, PER_CLIENT["asset"]]
    cr.execute(
        """
        INSERT INTO roadmap_asset (name, active, state, roadmap_id, company_id, type_id,
                                   replacement_due)
        SELECT 'PC', TRUE, 'in_use', r.id, r.company_id, %s, CURRENT_DATE + n * 15
          FROM roadmap_roadmap r, generate_series(1, %s) n WHERE r.id = ANY(%s)
        """,
        [kind.id, common[1], ids],
    )
    cr.execute(
        """
        WITH i AS (
            INSERT INTO roadmap_item (name, active, state, risk, need, roadmap_id, company_id,
                                      currency_id, target_date, category_id)
            SELECT 'Item', TRUE, 'approved', 'medium', 'should', r.id, r.company_id,
                   r.currency_id, CURRENT_DATE + n * 80, %s
              FROM roadmap_roadmap r, generate_series(1, %s) n WHERE r.id = ANY(%s)
            RETURNING id, roadmap_id, company_id, currency_id)
        INSERT INTO roadmap_item_line (name, kind, item_id, roadmap_id, company_id, currency_id,
                                       quantity, price_unit, price_source, amount, amount_low,
                                       amount_high, sequence)
        SELECT 'Line', 'one_off', id, roadmap_id, company_id, currency_id, 1, 100, 'manual', 100,
               80, 120, 10 FROM i
        """,
        [kind.category_id.id, PER_CLIENT["item"], ids],
    )
    cr.execute(
        """
        INSERT INTO roadmap_contract (name, active, roadmap_id, company_id, currency_id, seats,
                                      price, period, date_start, renews, category_id,
                                      increase_percent)
        SELECT 'Contract', TRUE, r.id, r.company_id, r.currency_id, 10, 12,
               CASE WHEN n %% 4 = 0 THEN 'year' ELSE 'month' END,
               CURRENT_DATE - n * 97, TRUE, %s, CASE WHEN n %% 3 = 0 THEN 3 END
          FROM roadmap_roadmap r, generate_series(1, %s) n WHERE r.id = ANY(%s)
        """,
        [kind.category_id.id, PER_CLIENT["contract"], ids],
    )
    cr.execute(
        "ANALYZE roadmap_roadmap, roadmap_asset, roadmap_item, roadmap_item_line, roadmap_contract"
    )
    return ids


def ours(env, clients=1000):
    """Five years by quarter and technology area, of all clients."""
    fill(env, clients)
    check(_ours(env)(), _plain(env)())
    return _ours(env)


def _ours(env):
    years = env["roadmap.roadmap"].search([], limit=1)._five_years()
    domain = [("date", ">=", years[0]["from"]), ("date", "<=", years[-1]["to"])]
    measures = ["one_off_total:sum", "recurring_total:sum"]
    Forecast = env["roadmap.forecast"]
    Forecast = Forecast.with_context(**Forecast._window_of_years(years))
    return lambda: Forecast._read_group(domain, ["fiscal_quarter", "category_id"], measures)


def plain(env, clients=1000):
    """The same sums on base tables, by hand: devices, lines of items, contracts.

    With the same arms that have rows here (nothing is ordered or invoiced) and the same rules:
    what is overdue is paid now, a quotation takes the place of an estimate, prices rise each year.
    """
    fill(env, clients)
    check(_ours(env)(), _plain(env)())
    return _plain(env)


def _plain(env):
    year = env["roadmap.roadmap"].search([], limit=1)._five_years()
    limits = {"first": year[0]["from"], "last": year[-1]["to"]}

    def run():
        env.cr.execute(PLAIN, limits)
        return env.cr.fetchall()

    return run


PLAIN = """
    SELECT quarter, category_id, SUM(one_off), SUM(recurring) FROM (
        SELECT date_trunc('quarter', GREATEST(a.replacement_due, CURRENT_DATE)) AS quarter,
               t.category_id, COALESCE(NULLIF(a.own_price, 0), NULLIF(p.price, 0),
                                       (t.price_low + t.price_high) / 2) AS one_off,
               0 AS recurring
          FROM roadmap_asset a JOIN roadmap_asset_type t ON t.id = a.type_id
          JOIN roadmap_roadmap r ON r.id = a.roadmap_id AND r.active AND r.state <> 'ended'
          LEFT JOIN roadmap_asset_policy p ON p.roadmap_id = r.id AND p.type_id = t.id
         WHERE a.active AND a.state = 'in_use' AND a.replacement_line_id IS NULL
           AND GREATEST(a.replacement_due, CURRENT_DATE) BETWEEN %(first)s AND %(last)s
        UNION ALL
        SELECT date_trunc('quarter', COALESCE(l.date, i.target_date)), i.category_id,
               COALESCE(q.amount, l.amount), 0
          FROM roadmap_item_line l JOIN roadmap_item i ON i.id = l.item_id
          JOIN roadmap_roadmap r ON r.id = l.roadmap_id AND r.active AND r.state <> 'ended'
          LEFT JOIN (SELECT s.roadmap_item_line_id AS id, SUM(s.price_subtotal) AS amount
                       FROM sale_order_line s JOIN sale_order o ON o.id = s.order_id
                      WHERE o.state IN ('draft', 'sent') AND s.roadmap_item_line_id IS NOT NULL
                      GROUP BY 1) q ON q.id = l.id
         WHERE i.active AND NOT COALESCE(i.covered, FALSE) AND l.kind = 'one_off'
           AND i.state IN ('idea', 'proposed', 'approved', 'quoted')
           AND COALESCE(l.date, i.target_date) BETWEEN %(first)s AND %(last)s
        UNION ALL
        SELECT date_trunc('quarter', m.day), c.category_id, 0,
               c.seats * c.price / CASE c.period WHEN 'month' THEN 1 WHEN 'quarter' THEN 3
                                   ELSE 12 END
               * CASE WHEN c.increase_percent IS NULL THEN 1
                      ELSE POWER(1 + c.increase_percent / 100, GREATEST(0,
                           (EXTRACT(YEAR FROM m.day) - EXTRACT(YEAR FROM c.date_start)) * 12
                           + EXTRACT(MONTH FROM m.day) - EXTRACT(MONTH FROM c.date_start)
                           )::integer / 12) END
          FROM roadmap_contract c
          JOIN roadmap_roadmap r ON r.id = c.roadmap_id AND r.active AND r.state <> 'ended'
         CROSS JOIN LATERAL generate_series(
               GREATEST(date_trunc('month', c.date_start), %(first)s::date),
               CASE WHEN c.renews OR c.date_end IS NULL THEN %(last)s::date
                    ELSE LEAST(c.date_end, %(last)s::date) END, INTERVAL '1 month') AS m(day)
         WHERE c.active AND c.seats <> 0 AND NOT COALESCE(c.covered, FALSE)) s
     GROUP BY quarter, category_id
"""


def check(ours, plain):
    """Stop where the two do not come to the same figures, quarter by quarter and to the cent."""

    def figures(rows):
        return sorted((round(float(one_off), 2), round(float(again), 2)) for one_off, again in rows)

    assert figures(row[-2:] for row in ours) == figures(row[-2:] for row in plain)


def page(env, clients):
    """One client's five-year page beside that many others."""
    ids = fill(env, clients)
    roadmap = env["roadmap.roadmap"].browse(ids[0])
    return roadmap.get_five_years


def curve(clients, **options):
    """A point of the curve: `forecast.all` with that many clients of 100 devices each."""
    devices = clients * PER_CLIENT["asset"]
    return Case(
        f"forecast.curve.{devices}",
        Work(partial(ours, clients=clients)),
        Work(partial(plain, clients=clients)),
        f"{devices:,} devices: the cost grows in proportion to the work",
        **options,
    )


def growth(clients, **options):
    """1,000 devices among those of that many clients against 1,000 among 10,000."""
    devices = clients * PER_CLIENT["asset"]
    return Case(
        f"forecast.growth.{devices}",
        Work(partial(ours, clients=clients), pieces=devices // 1000),
        Work(partial(ours, clients=100), pieces=10),
        f"1,000 of {devices:,} devices: at most 1.5 times what 1,000 of 10,000 cost",
        max_ratio=1.5,
        **options,
    )


CASES = [
    *(curve(clients) for clients in (10, 100)),
    Case(
        "forecast.all",
        Work(ours),
        Work(plain),
        "1,000 clients, 100,000 devices: at most 2 times plain SQL on base tables",
        max_ratio=2.0,
    ),
    # A million devices take minutes to write, for each side and round anew.
    curve(10_000, on_demand=True, rounds=1),
    growth(1_000),
    growth(10_000, on_demand=True, rounds=1),
    Case(
        "forecast.page",
        Work(partial(page, clients=1000)),
        Work(partial(page, clients=10)),
        "at most 20 queries, and at most 1.3 times as long with 1,000 clients as with 10",
        max_ratio=1.3,
        max_queries=20,
    ),
]
