"""The host's own operations with the addon installed and unused, against without it."""

from odoo.fields import Command

from . import seed
from .harness import WITHOUT, Case, Work

TARGET = "not one query more than without the addon"


def order_values(env):
    product = seed.product(env)
    partner = env["res.partner"].create({"name": "Customer"})
    return {
        "partner_id": partner.id,
        "order_line": [
            Command.create({"product_id": product.id, "product_uom_qty": number})
            for number in range(1, 6)
        ],
    }


def sale_create(env):
    values = order_values(env)
    return lambda: env["sale.order"].create(values)


def sale_confirm(env):
    order = env["sale.order"].create(order_values(env))
    return order.action_confirm


def lead_values(env, name):
    return {"name": name, "type": "opportunity", "email_from": "someone@example.com"}


def lead_create(env):
    values = [lead_values(env, f"Lead {number}") for number in range(5)]
    return lambda: env["crm.lead"].create(values)


def lead_merge(env):
    leads = env["crm.lead"].create([lead_values(env, f"Lead {number}") for number in range(3)])
    return leads.merge_opportunity


def event_values(env):
    return {"name": "Talk", "start": "2030-05-06 09:00:00", "stop": "2030-05-06 10:00:00"}


def event_create(env):
    values = event_values(env)
    return lambda: env["calendar.event"].create(values)


def event_write(env):
    event = env["calendar.event"].create(event_values(env))
    moved = {"start": "2030-05-07 09:00:00", "stop": "2030-05-07 10:00:00"}
    return lambda: event.write(moved)


def activity_done(env):
    lead = env["crm.lead"].create(lead_values(env, "Lead"))
    activity = lead.activity_schedule("mail.mail_activity_data_call", summary="Call")
    return activity.action_done


WORK = [
    sale_create,
    sale_confirm,
    lead_create,
    lead_merge,
    event_create,
    event_write,
    activity_done,
]
CASES = [
    Case(
        f"host.{prepare.__name__}",
        Work(prepare),
        Work(prepare, WITHOUT),
        TARGET,
        max_query_ratio=1.0,
    )
    for prepare in WORK
]
