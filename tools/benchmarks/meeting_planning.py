"""Planning the meetings of 200 clients against the native create() of their booking activities."""

from functools import partial
from unittest import mock

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


THOUSAND = 5 * BATCH


def clients(env, count=BATCH):
    """Running clients with a cadence and the opportunity of the year, without a meeting."""
    roadmaps = register.fill(env, count, 0)
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


def in_batches(records):
    """Parts of the size that the daily job takes."""
    return [records[start : start + BATCH] for start in range(0, len(records), BATCH)]


def plan_thousand(env):
    """1,000 clients as the daily job plans them: a batch after the other."""
    batches = in_batches(clients(env, THOUSAND))

    def run():
        for batch in batches:
            batch._plan_next_meeting()
            env.flush_all()

    return run


def plan_again(env, count):
    """The whole daily job, once more on the same day; nothing of its commits stays."""
    clients(env, count)
    job = env["roadmap.roadmap"]._cron_plan_meetings

    def run():
        with mock.patch.object(env.cr, "commit", env.flush_all):
            job()

    for _batch in range(count // BATCH):
        run()
    return run


def activities(env, count=BATCH):
    """The booking activities alone, as Odoo creates them.

    The leads are read together first, as ours are: Odoo would read them one by one for their names
    and the reference would be worse than it need be.
    """
    leads = clients(env, count).lead_ids
    kind = env.ref("roadmap_msp.mail_activity_type_booking")
    batches = in_batches(leads)
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
        for number, batch in enumerate(batches):
            batch.mapped("display_name")
            rows = values[number * BATCH : (number + 1) * BATCH]
            env["mail.activity"].sudo().with_context(**QUIET).create(rows)
            env.flush_all()

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
        "meeting.plan1000",
        Work(plan_thousand),
        Work(partial(activities, count=THOUSAND)),
        "meetings of 1,000 clients in 5 batches: at most 30 queries a batch more than Odoo's"
        " activities alone",
        max_query_extra=5 * 30,
    ),
    Case(
        "meeting.plan_again",
        Work(partial(plan_again, count=THOUSAND)),
        Work(partial(plan_again, count=BATCH)),
        "the daily job once more after 1,000 clients were planned: nothing written, at most 10"
        " queries, no more than after 200",
        max_queries=10,
        max_query_ratio=1.0,
        writes_nothing=True,
    ),
]
