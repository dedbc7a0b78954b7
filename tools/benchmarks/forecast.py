"""The forecast, against the plain SQL that does the same sums on base tables.

1,000 clients, 100,000 devices, 20,000 items and 10,000 contracts, written by SQL. Then one
client's five-year page with 1,000 clients beside it, against the same page with 10.
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
                                      price, period, date_start, renews, category_id)
        SELECT 'Contract', TRUE, r.id, r.company_id, r.currency_id, 10, 12, 'month',
               CURRENT_DATE - 400, TRUE, %s
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
    years = env["roadmap.roadmap"].search([], limit=1)._five_years()
    domain = [("date", ">=", years[0]["from"]), ("date", "<=", years[-1]["to"])]
    measures = ["one_off_total:sum", "recurring_total:sum"]
    Forecast = env["roadmap.forecast"]
    Forecast = Forecast.with_context(**Forecast._window_of_years(years))
    return lambda: Forecast._read_group(domain, ["fiscal_quarter", "category_id"], measures)


def plain(env, clients=1000):
    """The same sums on base tables, by hand: devices, lines of items, contracts."""
    fill(env, clients)
    year = env["roadmap.roadmap"].search([], limit=1)._five_years()
    limits = {"first": year[0]["from"], "last": year[-1]["to"]}
    return lambda: env.cr.execute(
        """
        SELECT quarter, category_id, SUM(one_off), SUM(recurring) FROM (
            SELECT date_trunc('quarter', a.replacement_due) AS quarter, t.category_id,
                   (t.price_low + t.price_high) / 2 AS one_off, 0 AS recurring
              FROM roadmap_asset a JOIN roadmap_asset_type t ON t.id = a.type_id
              JOIN roadmap_roadmap r ON r.id = a.roadmap_id AND r.active
             WHERE a.active AND a.state = 'in_use' AND a.replacement_line_id IS NULL
               AND a.replacement_due BETWEEN %(first)s AND %(last)s
            UNION ALL
            SELECT date_trunc('quarter', COALESCE(l.date, i.target_date)), i.category_id,
                   l.amount, 0
              FROM roadmap_item_line l JOIN roadmap_item i ON i.id = l.item_id
              JOIN roadmap_roadmap r ON r.id = l.roadmap_id AND r.active
             WHERE i.active AND l.kind = 'one_off'
               AND i.state IN ('idea', 'proposed', 'approved', 'quoted')
               AND COALESCE(l.date, i.target_date) BETWEEN %(first)s AND %(last)s
            UNION ALL
            SELECT date_trunc('quarter', m.day), c.category_id, 0, c.seats * c.price
              FROM roadmap_contract c
              JOIN roadmap_roadmap r ON r.id = c.roadmap_id AND r.active
             CROSS JOIN LATERAL generate_series(
                   GREATEST(date_trunc('month', c.date_start), %(first)s::date),
                   %(last)s::date, INTERVAL '1 month') AS m(day)
             WHERE c.active) s
         GROUP BY quarter, category_id
        """,
        limits,
    )


def page(env, clients):
    """One client's five-year page beside that many others."""
    ids = fill(env, clients)
    roadmap = env["roadmap.roadmap"].browse(ids[0])
    return roadmap.get_five_years


def curve(clients):
    """A point of the curve: `forecast.all` with that many clients of 100 devices each."""
    devices = clients * PER_CLIENT["asset"]
    return Case(
        f"forecast.curve.{devices}",
        Work(partial(ours, clients=clients)),
        Work(partial(plain, clients=clients)),
        f"{devices:,} devices: the cost grows in proportion to the work",
    )


# A million devices are left out: they take minutes to write, for each side and round anew.
CASES = [
    *(curve(clients) for clients in (10, 100)),
    Case(
        "forecast.all",
        Work(ours),
        Work(plain),
        "1,000 clients, 100,000 devices: at most 2 times plain SQL on base tables",
        max_ratio=2.0,
    ),
    Case(
        "forecast.page",
        Work(partial(page, clients=1000)),
        Work(partial(page, clients=10)),
        "at most 20 queries, and at most 1.3 times as long with 1,000 clients as with 10",
        max_ratio=1.3,
        max_queries=20,
    ),
]
