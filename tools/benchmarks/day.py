"""My day of one person with 510 open rows; the reference is its three lists in SQL."""

from . import register
from .harness import Case, Work


def day(env):
    """170 calls, 170 quotations and 170 meetings of one person."""
    roadmaps = register.fill(env, 170, 0)
    tier = env.ref("roadmap_msp.tier_silver").id
    roadmaps.write({"tier_id": tier, "account_manager_id": env.uid, "entitlement": "entitled"})
    leads = roadmaps._ensure_opportunity()
    call = env.ref("mail.mail_activity_data_call")
    env["mail.activity"].with_context(mail_activity_quick_update=True).create(
        [
            {
                "res_model_id": env["ir.model"]._get_id("crm.lead"),
                "res_id": lead.id,
                "activity_type_id": call.id,
                "user_id": env.uid,
                "date_deadline": "2024-01-01",
                "note": "Ask about the lease",
            }
            for lead in leads
        ]
    )
    env["roadmap.item"].create(
        [
            {"name": "Server", "roadmap_id": row.id, "quote_requested_on": "2024-01-01 10:00:00"}
            for row in roadmaps
        ]
    )
    env["roadmap.meeting"].create(
        [
            {
                "name": "Held",
                "roadmap_id": row.id,
                "state": "held",
                "due_date": "2024-01-01",
                "held_on": "2024-01-01",
            }
            for row in roadmaps
        ]
    )
    env.flush_all()
    env.cr.execute(
        "ANALYZE mail_activity, crm_lead, roadmap_roadmap, roadmap_item, roadmap_meeting"
    )
    return env["roadmap.roadmap"].get_my_day


def day_sql(env):
    """The same three lists in SQL: what is due, whose it is, whom to call."""
    day(env)
    statements = (
        """SELECT a.id, a.summary, a.date_deadline, a.note, r.id, r.name, p.name, p.phone
             FROM mail_activity a JOIN crm_lead l ON l.id = a.res_id AND a.res_model = 'crm.lead'
             JOIN roadmap_roadmap r ON r.id = l.roadmap_id
             LEFT JOIN roadmap_stakeholder s ON s.roadmap_id = r.id AND s.role = 'decision_maker'
             LEFT JOIN res_partner p ON p.id = s.partner_id
            WHERE a.user_id = %(user)s AND a.active AND a.date_deadline <= now()::date""",
        """SELECT i.id, i.name, i.amount_one_off, r.name FROM roadmap_item i
             JOIN roadmap_roadmap r ON r.id = i.roadmap_id
            WHERE i.quote_requested_on IS NOT NULL AND r.account_manager_id = %(user)s""",
        """SELECT m.id, m.name, m.held_on, r.name FROM roadmap_meeting m
             JOIN roadmap_roadmap r ON r.id = m.roadmap_id
            WHERE m.state = 'held' AND r.account_manager_id = %(user)s""",
    )

    def run():
        for statement in statements:
            env.cr.execute(statement, {"user": env.uid})
            env.cr.fetchall()

    return run


CASES = [
    Case(
        "day.rows500",
        Work(day),
        Work(day_sql),
        "My day of one person with 510 open rows: at most 20 queries",
        max_queries=20,
    ),
]
