"""Planning the meetings of 200 clients against the native create() of their booking activities."""

from odoo import fields

from . import register
from .harness import Case, Work

BATCH = 200
QUIET = {
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "tracking_disable": True,
    "mail_activity_quick_update": True,
}


def clients(env):
    """Running clients with a cadence and the opportunity of the year, without a meeting."""
    roadmaps = register.fill(env, BATCH, 0)
    roadmaps.write(
        {
            "state": "running",
            "tier_id": env.ref("roadmap_msp.tier_silver").id,
            "account_manager_id": env.uid,
        }
    )
    roadmaps._ensure_opportunity()
    return roadmaps


def plan(env):
    roadmaps = clients(env)
    return roadmaps._plan_next_meeting


def plan_again(env):
    roadmaps = clients(env)
    roadmaps._plan_next_meeting()
    return roadmaps._plan_next_meeting


def activities(env):
    """The booking activities alone, as Odoo creates them.

    The leads are read together first, as ours are: Odoo would read them one by one for their names
    and the reference would be worse than it need be.
    """
    leads = clients(env).lead_ids
    kind = env.ref("roadmap_msp.mail_activity_type_booking")
    values = [
        {
            "res_model_id": env["ir.model"]._get_id("crm.lead"),
            "res_id": lead.id,
            "activity_type_id": kind.id,
            "user_id": env.uid,
            "date_deadline": fields.Date.today(),
            "automated": True,
        }
        for lead in leads
    ]

    def run():
        leads.mapped("display_name")
        env["mail.activity"].sudo().with_context(**QUIET).create(values)

    return run


CASES = [
    Case(
        "meeting.plan",
        Work(plan),
        Work(activities),
        "meetings of 200 clients planned: at most 30 queries more than Odoo's activities alone",
        max_query_extra=30,
    ),
    Case(
        "meeting.plan_again",
        Work(plan_again),
        Work(plan_again),
        "the same 200 clients once more: at most 10 queries, nothing written",
        max_queries=10,
    ),
]
