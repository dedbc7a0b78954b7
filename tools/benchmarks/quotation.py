"""A quotation of 20 lines from items, against Odoo's own create() of the very same values."""

import copy

from odoo import api
from odoo.fields import Command

from . import seed
from .harness import Case, Work

ITEMS = 10
LINES = 2


def items(env):
    """Approved items with products: what an account manager quotes with one click."""
    roadmap, contact = seed.client(env)
    product = seed.product(env, type="service")
    line = {"product_id": product.id, "quantity": 2, "price_unit": 90.0}
    records = env["roadmap.item"].create(
        [
            {
                "roadmap_id": roadmap.id,
                "name": f"Item {number}",
                "line_ids": [Command.create({"name": f"Line {n}", **line}) for n in range(LINES)],
            }
            for number in range(ITEMS)
        ]
    )
    env["roadmap.decision"].sudo().create(
        [
            {
                "roadmap_id": roadmap.id,
                "item_id": item.id,
                "partner_id": contact.id,
                "decision": "approved",
            }
            for item in records
        ]
    )
    return records


def rehearse(env):
    """Quote the items once and undo it: the items, and what the path hands to create().

    Both sides rehearse, so that neither finds the registry's caches colder than the other.
    """
    records = items(env)
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


def ours(env):
    records, _model, _vals_list = rehearse(env)
    return records._create_quotations


def reference(env):
    """The same order and lines for Odoo's own create(), without our links to the items.

    So our side pays for the checks, for making the values, for the state of the items that follows
    from the links, and for the opportunity's revenue.
    """
    _records, model, vals_list = rehearse(env)
    for values in vals_list:
        drop_links(values)
        for _command, _id, line in values["order_line"]:
            drop_links(line)
    return lambda: model.create(vals_list)


def drop_links(values):
    for name in [name for name in values if name.startswith("roadmap_")]:
        del values[name]


CASES = [
    Case(
        "quote.lines20",
        Work(ours),
        Work(reference),
        "at most 1.2 of the time and queries of Odoo's own create() of the same values",
        max_ratio=1.2,
        max_query_ratio=1.2,
    )
]
