"""The register of 100,000 assets: statuses, counts and the due list against plain SQL.

The reference of the first three is the same question in SQL on the base table by hand. One client's
list with 1,000 clients in the table is compared with the same list where there are 10.
"""

from functools import partial
from unittest.mock import patch

from odoo import fields
from odoo.tools import SQL

from . import seed
from .harness import Case, Work

ASSETS = 100_000
CLIENTS = 1_000
PER_CLIENT = ASSETS // CLIENTS
DUE_ORDER = "replacement_due, id"
QUIET = {
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
    "mail_notrack": True,
}
FILL = """
    INSERT INTO roadmap_asset (name, roadmap_id, company_id, type_id, state, active, maker,
           maker_key, serial, serial_key, purchase_date, warranty_end, warranty_required,
           warranty_alert_from, replacement_due, replacement_alert_from, date_conflict,
           lifecycle_id, support_end, create_uid, write_uid, create_date, write_date)
    SELECT 'PC-' || n, client.id, client.company_id, %(kind)s, 'in_use', true, 'Dell', 'dell',
           'S' || client.id || '-' || n, 'S' || client.id || '-' || n,
           now()::date - (n %% 1800)::int,
           now()::date - 300 + ((n * 7) %% 1500)::int, true,
           now()::date - 480 + ((n * 7) %% 1500)::int,
           now()::date - 200 + ((n * 11) %% 1500)::int,
           now()::date - 565 + ((n * 11) %% 1500)::int, false,
           CASE WHEN n %% 3 = 0 THEN %(release)s END,
           CASE WHEN n %% 3 = 0 THEN now()::date - 200 + ((n * 13) %% 1500)::int END,
           1, 1, now(), now()
      FROM roadmap_roadmap client, generate_series(1, %(each)s) n
     WHERE client.id = ANY(%(clients)s)
"""


def fill(env, clients=CLIENTS, each=PER_CLIENT):
    """That many clients with assets of every state; returns the roadmaps."""
    first, _contact = seed.client(env)
    partners = env["res.partner"].with_context(**QUIET)
    partners = partners.create(
        [{"name": f"Bench {n}", "is_company": True} for n in range(clients - 1)]
    )
    others = env["roadmap.roadmap"].with_context(**QUIET)
    others = others.create([{"partner_id": p.id, "state": "running"} for p in partners])
    roadmaps = first | others
    fill_assets(env, roadmaps, each)
    env.cr.execute("ANALYZE roadmap_asset")
    return roadmaps


def fill_assets(env, roadmaps, each):
    """So many assets of every state for each of these clients."""
    env.flush_all()
    kind = env["roadmap.asset.type"].search([("must_be_covered", "=", True)], limit=1)
    values = {"kind": kind.id, "each": each, "clients": roadmaps.ids}
    values["release"] = env["roadmap.lifecycle"].search([], limit=1).id
    env.cr.execute(FILL, values)


def status_domain():
    return [("lifecycle_status", "=", "overdue")]


DUE = [("lifecycle_status", "in", ["overdue", "due_soon"])]
WARNED = [("warranty_status", "in", ["due_soon", "expired"])]
UNSUPPORTED = [("support_status", "=", "ended")]


def due_domain(roadmap):
    return [("roadmap_id", "=", roadmap.id), *DUE]


def status_search(env):
    fill(env)
    domain = status_domain()
    return lambda: env["roadmap.asset"].search(domain, order=DUE_ORDER, limit=80).ids


def status_sql(env):
    fill(env)
    query = """
        SELECT id FROM roadmap_asset
         WHERE active AND state <> 'retired' AND replacement_due < %s
         ORDER BY replacement_due, id LIMIT 80
    """
    return partial(env.cr.execute, query, [fields.Date.today()])


def count_by(env):
    by = ["roadmap_id", "lifecycle_status"]
    return lambda: env["roadmap.asset"].formatted_read_group([], by, ["__count"], limit=80)


def counts(env):
    fill(env)
    return count_by(env)


def counts_sql(env):
    fill(env)
    query = """
        SELECT client.name, client.id, CASE WHEN asset.state = 'retired' THEN 'ok'
                    WHEN replacement_due IS NULL THEN 'unknown'
                    WHEN replacement_due < %(on)s THEN 'overdue'
                    WHEN replacement_alert_from <= %(on)s THEN 'due_soon' ELSE 'ok' END status,
               COUNT(*)
          FROM roadmap_asset asset JOIN roadmap_roadmap client ON client.id = asset.roadmap_id
         WHERE asset.active GROUP BY client.name, client.id, status
         ORDER BY client.name, client.id, status LIMIT 80
    """
    return partial(env.cr.execute, query, {"on": fields.Date.today()})


def read_list(env, domain):
    spec = {"name": {}, "replacement_due": {}, "lifecycle_status": {}}
    return lambda: env["roadmap.asset"].web_search_read(domain, spec, limit=80, order=DUE_ORDER)


def due_list(env, clients=CLIENTS):
    return read_list(env, due_domain(fill(env, clients)[:1]))


def asked(env, question):
    """The last query that a question of the client asks."""
    queries = []
    ask = type(env).execute_query

    def listen(env, query):
        queries.append(query)
        return ask(env, query)

    with patch.object(type(env), "execute_query", listen):
        question()
    return queries[-1]


def plans(env):
    """[(id of a case, the database's plan of our query)] over the 100,000 assets."""
    first = fill(env)[:1]
    assets = env["roadmap.asset"]
    ours = {
        "register.status": (status_domain(), DUE_ORDER),
        "register.warranty": (WARNED, "warranty_end, id"),
        "register.support": (UNSUPPORTED, "support_end, id"),
        "register.due": (due_domain(first), DUE_ORDER),
        "register.due_all": (DUE, DUE_ORDER),
    }
    queries = [
        (case, assets._search(domain, order=order, limit=80).select())
        for case, (domain, order) in ours.items()
    ]
    queries.append(("register.counts", asked(env, count_by(env))))
    found = []
    for case, query in queries:
        env.cr.execute(SQL("EXPLAIN %s", query))
        found.append((case, [row[0] for row in env.cr.fetchall()]))
    return found


CASES = [
    Case(
        "register.status",
        Work(status_search),
        Work(status_sql),
        "status search in 100,000 assets: at most twice the plain SQL",
        max_ratio=2.0,
    ),
    Case(
        "register.counts",
        Work(counts),
        Work(counts_sql),
        "counts by client and status in 100,000 assets: at most twice the plain SQL",
        max_ratio=2.0,
    ),
    Case(
        "register.due",
        Work(due_list),
        Work(partial(due_list, clients=10)),
        "one client's due list among 1,000 clients: at most 1.3 of that among 10",
        max_ratio=1.3,
        max_query_ratio=1.0,
    ),
]
