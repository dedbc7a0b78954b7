"""A quotation of 20 lines from items, against Odoo's own create() of the very same values."""

from . import seed
from .harness import Case, Work

ITEMS = 10
LINES = 2


def items(env):
    roadmap, _contact = seed.client(env)
    product = seed.product(env, type="service")
    return env["roadmap.item"].create(
        [
            {
                "roadmap_id": roadmap.id,
                "name": f"Item {number}",
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "name": f"Line {line}",
                            "product_id": product.id,
                            "quantity": 2,
                            "price_unit": 100.0,
                        },
                    )
                    for line in range(LINES)
                ],
            }
            for number in range(ITEMS)
        ]
    )


def ours(env):
    return items(env)._create_quotations


def reference(env):
    """The values that a quotation from items has, given to Odoo's own create()."""
    values = items(env)._prepare_quotation_vals_list()
    return lambda: env["sale.order"].create(values)


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
