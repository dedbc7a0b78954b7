"""Lists over all clients in a register of 100,000 assets, against plain SQL on the base table."""

from functools import partial

from odoo import fields

from .harness import Case, Work
from .register import DUE, UNSUPPORTED, WARNED, fill, read_list

KEPT = "FROM roadmap_asset WHERE active AND state <> 'retired'"
DUE_SQL = f"""{KEPT} AND replacement_due IS NOT NULL
    AND (replacement_due < %(on)s OR replacement_alert_from <= %(on)s)"""
WARNED_SQL = f"""{KEPT} AND warranty_required AND (warranty_end < %(on)s
    OR (warranty_end >= %(on)s AND warranty_alert_from <= %(on)s))"""
UNSUPPORTED_SQL = f"{KEPT} AND support_end < %(on)s"


def due_list(env):
    fill(env)
    return read_list(env, DUE)


def due_sql(env):
    fill(env)
    status = "CASE WHEN replacement_due < %(on)s THEN 'overdue' ELSE 'due_soon' END"
    rows = f"""SELECT id, name, replacement_due, {status} {DUE_SQL}
        ORDER BY replacement_due, id LIMIT 80"""
    values = {"on": fields.Date.today()}

    def run():
        env.cr.execute(rows, values)
        env.cr.execute(f"SELECT COUNT(*) {DUE_SQL}", values)

    return run


def found(env, domain, day):
    fill(env)
    return lambda: env["roadmap.asset"].search(domain, order=f"{day}, id").ids


def found_sql(env, condition, day):
    fill(env)
    query = f"SELECT id {condition} ORDER BY {day}, id"

    def run():
        env.cr.execute(query, {"on": fields.Date.today()})
        return [row[0] for row in env.cr.fetchall()]

    return run


CASES = [
    Case(
        "register.due_all",
        Work(due_list),
        Work(due_sql),
        "the due list of all clients in 100,000 assets and its count: at most twice the plain SQL",
        max_ratio=2.0,
    ),
    Case(
        "register.warranty",
        Work(partial(found, domain=WARNED, day="warranty_end")),
        Work(partial(found_sql, condition=WARNED_SQL, day="warranty_end")),
        "all warranties that end or ended in 100,000 assets: at most twice the plain SQL",
        max_ratio=2.0,
    ),
    Case(
        "register.support",
        Work(partial(found, domain=UNSUPPORTED, day="support_end")),
        Work(partial(found_sql, condition=UNSUPPORTED_SQL, day="support_end")),
        "all that is no longer supported in 100,000 assets: at most twice the plain SQL",
        max_ratio=2.0,
    ),
]
