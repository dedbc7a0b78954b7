"""Lists over all clients in a register of 100,000 assets, against plain SQL on the base table."""

from functools import partial

from odoo import fields

from .harness import Case, Work
from .register import DUE, UNSUPPORTED, WARNED, fill, read_due


def due_everywhere(env):
    fill(env)
    return read_due(env, DUE)


def due_sql(env):
    fill(env)
    where = """
         WHERE active AND state <> 'retired' AND replacement_due IS NOT NULL
           AND (replacement_due < %(on)s OR replacement_alert_from <= %(on)s)
    """
    rows = f"""
        SELECT id, name, replacement_due,
               CASE WHEN replacement_due < %(on)s THEN 'overdue' ELSE 'due_soon' END
          FROM roadmap_asset {where} ORDER BY replacement_due, id LIMIT 80
    """
    values = {"on": fields.Date.today()}

    def run():
        env.cr.execute(rows, values)
        env.cr.execute(f"SELECT COUNT(*) FROM roadmap_asset {where}", values)

    return run


def found(env, domain, order):
    fill(env)
    return lambda: env["roadmap.asset"].search(domain, order=order, limit=80).ids


def warned_sql(env):
    fill(env)
    query = """
        SELECT id FROM roadmap_asset
         WHERE active AND state <> 'retired' AND warranty_required
           AND (warranty_end < %(on)s OR (warranty_end >= %(on)s AND warranty_alert_from <= %(on)s))
         ORDER BY warranty_end, id LIMIT 80
    """
    return partial(env.cr.execute, query, {"on": fields.Date.today()})


def unsupported_sql(env):
    fill(env)
    query = """
        SELECT id FROM roadmap_asset
         WHERE active AND state <> 'retired' AND support_end < %s
         ORDER BY support_end, id LIMIT 80
    """
    return partial(env.cr.execute, query, [fields.Date.today()])


CASES = [
    Case(
        "register.warranty",
        Work(partial(found, domain=WARNED, order="warranty_end, id")),
        Work(warned_sql),
        "the same for the warranty: at most twice the plain SQL",
        max_ratio=2.0,
    ),
    Case(
        "register.support",
        Work(partial(found, domain=UNSUPPORTED, order="support_end, id")),
        Work(unsupported_sql),
        "the same for the maker's support: at most twice the plain SQL",
        max_ratio=2.0,
    ),
    Case(
        "register.due_all",
        Work(due_everywhere),
        Work(due_sql),
        "the due list of all clients with its count in 100,000 assets: at most twice the plain SQL",
        max_ratio=2.0,
    ),
]
