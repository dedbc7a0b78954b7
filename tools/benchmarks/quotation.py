"""Quotations from items against Odoo's own create() of the very same values; confirming them."""

import copy
from functools import partial

from odoo import api
from odoo.fields import Command

from . import seed
from .harness import Case, Work

ITEMS = 10
LINES = 2
BATCH = 10
MANY = 300
SINGLE = 10
# As on a server that has been up: without statistics the database guesses, worse with each order.
ANALYZED = (
    "crm_lead, roadmap_decision, roadmap_item, roadmap_item_line, roadmap_roadmap, sale_order"
)


def items(env, count=ITEMS, name="Bench Client", product=None, **values):
    """Approved items with products: what an account manager quotes with one click."""
    return approved(env, [seed.client(env, name)], count, product, **values)


def approved(env, clients, count=ITEMS, product=None, **values):
    """So many items of each client, `(roadmap, contact)`, approved by the contact."""
    product = product or seed.product(env, type="service")
    line = {"product_id": product.id, "quantity": 2, "price_unit": 90.0, **values}
    records = env["roadmap.item"].create(
        [
            {
                "roadmap_id": roadmap.id,
                "name": f"Item {number}",
                "line_ids": [Command.create({"name": f"Line {n}", **line}) for n in range(LINES)],
            }
            for roadmap, _contact in clients
            for number in range(count)
        ]
    )
    contacts = {roadmap.id: contact.id for roadmap, contact in clients}
    env["roadmap.decision"].sudo().create(
        [
            {
                "roadmap_id": item.roadmap_id.id,
                "item_id": item.id,
                "partner_id": contacts[item.roadmap_id.id],
                "decision": "approved",
            }
            for item in records
        ]
    )
    return records


def rehearse(env, count=ITEMS):
    """Quote the items once and undo it: the items, and what the path hands to create().

    Both sides rehearse, so that neither finds the registry's caches colder than the other.
    """
    records = items(env, count)
    env.flush_all()
    Order = env.registry["sale.order"]
    origin, caught = Order.create, []

    def create(self, vals_list):
        caught.append((self, copy.deepcopy(vals_list)))
        return origin(self, vals_list)

    Order.create = api.model_create_multi(create)
    try:
        with env.cr.savepoint() as savepoint:
            records._create_quotations()
            env.flush_all()
            savepoint.rollback()
    finally:
        del Order.create
    env.invalidate_all()
    ((model, vals_list),) = caught
    return records, model, vals_list


def ours(count):
    def prepare(env):
        records, _model, _vals_list = rehearse(env, count)
        return records._create_quotations

    return prepare


def reference(count):
    """The same order and lines for Odoo's own create(), without our links to the items.

    So our side pays for the checks, for making the values, for the state of the items that follows
    from the links, and for the opportunity's revenue.
    """

    def prepare(env):
        _records, model, vals_list = rehearse(env, count)
        for values in vals_list:
            drop_links(values)
            for _command, _id, line in values["order_line"]:
                drop_links(line)
        return lambda: model.create(vals_list)

    return prepare


def clients(env, number):
    """The items of many clients, 20 lines each; read for each of them alone."""
    made = approved(env, seed.clients(env, number))
    env.flush_all()
    env.cr.execute(f"ANALYZE {ANALYZED}")
    return list(made.grouped("roadmap_id").values())


def batch(number):
    """All quotations as the job of "Quote What Is Due" makes them: so many clients at once."""

    def prepare(env):
        from odoo.addons.roadmap_msp.models.plan.roadmap_item_batch import CLIENTS_AT_ONCE

        groups = clients(env, number)

        def run():
            for start in range(0, len(groups), CLIENTS_AT_ONCE):
                env.invalidate_all()
                env["roadmap.item"].union(*groups[start : start + CLIENTS_AT_ONCE])._quote_batch()
                env.flush_all()

        return run

    return prepare


def one_by_one(number):
    """The same quotations, a click each, as from requests of their own."""

    def prepare(env):
        groups = clients(env, number)

        def run():
            for group in groups:
                env.invalidate_all()
                group._create_quotations()
                env.flush_all()

        return run

    return prepare


def confirm(env, count=ITEMS):
    """Confirm an order of so many items' recurring lines."""
    return items(env, count, kind="recurring", period="month")._create_quotations().action_confirm


def confirm_native(env, count=ITEMS):
    """The same lines without items, on a plain opportunity."""
    order = items(env, count, kind="recurring", period="month")._create_quotations()
    lead = env["crm.lead"].create({"name": "Bench"})
    return order.copy({"opportunity_id": lead.id}).action_confirm


def drop_links(values):
    for name in [name for name in values if name.startswith("roadmap_")]:
        del values[name]


CASES = [
    Case(
        "quote.lines20",
        Work(ours(ITEMS)),
        Work(reference(ITEMS)),
        "at most 1.2 of the time and queries of Odoo's own create() of the same values",
        max_ratio=1.2,
        max_query_ratio=1.2,
    ),
    Case(
        "quote.lines200",
        Work(ours(10 * ITEMS)),
        Work(reference(10 * ITEMS)),
        "at most 1.2 of the time and queries of Odoo's own create() of the same values",
        max_ratio=1.2,
        max_query_ratio=1.2,
    ),
    Case(
        "quote.batch",
        Work(batch(BATCH), pieces=BATCH),
        Work(one_by_one(BATCH), pieces=BATCH),
        f"{BATCH} quotations of 20 lines: each at most 0.7 of the time and queries of a single one",
        max_ratio=0.7,
        max_query_ratio=0.7,
    ),
    Case(
        "quote.batch300",
        Work(batch(MANY), pieces=MANY),
        Work(one_by_one(SINGLE), pieces=SINGLE),
        f"each of {MANY} quotations of 20 lines: at most 0.7 of the time and queries of a single"
        f" one (mean of {SINGLE})",
        max_ratio=0.7,
        max_query_ratio=0.7,
        rounds=1,
    ),
    Case(
        "quote.confirm",
        Work(confirm),
        Work(confirm_native),
        "at most 6 queries more than Odoo's own confirmation, however many lines (20 here)",
        max_query_extra=6,
    ),
    Case(
        "quote.confirm200",
        Work(partial(confirm, count=10 * ITEMS)),
        Work(partial(confirm_native, count=10 * ITEMS)),
        "the same with 200 lines: at most 6 queries more than Odoo's own",
        max_query_extra=6,
    ),
]
