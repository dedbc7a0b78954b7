"""The owner's page, health and My day over 1,000 clients and three years.

The reference of the page and of health is the same set of figures by hand, in SQL on base tables,
without rights, words, targets or the records behind them.
"""

from . import register
from .harness import Case, Work

CLIENTS = 1_000
#: Rows for each client: a meeting a quarter for three years, and what goes with it.
FILL = (
    """
    INSERT INTO roadmap_meeting (name, roadmap_id, company_id, meeting_type, state, due_date,
           held_on, start, stop, counts, decision_maker_present, minutes_sent_on, slip_count,
           user_id, hours_preparing, hours_meeting, create_date, write_date)
    SELECT 'Review', r.id, r.company_id, 'quarterly',
           CASE WHEN n = 0 THEN 'to_book' WHEN n %% 7 = 0 THEN 'no_show' ELSE 'closed' END,
           day, CASE WHEN n %% 7 <> 0 THEN day END, day + interval '10 hours',
           day + interval '11 hours', n %% 7 <> 0 AND n %% 5 <> 0, n %% 5 <> 0,
           CASE WHEN n %% 7 <> 0 THEN day + n %% 3 END, n %% 3, %(user)s, 1, 1.5, day, day
      FROM roadmap_roadmap r, generate_series(0, 12) n,
           LATERAL (SELECT (now()::date + 20 - n * 90 - (r.id %% 40)::int) AS day) d
     WHERE r.id = ANY(%(clients)s)
    """,
    """
    INSERT INTO roadmap_meeting_move (meeting_id, roadmap_id, company_id, create_date)
    SELECT id, roadmap_id, company_id, due_date FROM roadmap_meeting
     WHERE roadmap_id = ANY(%(clients)s) AND id %% 3 = 0
    """,
    """
    INSERT INTO roadmap_meeting_topic (name, roadmap_id, company_id, meeting_id, state, review_on,
           sequence, create_date)
    SELECT 'Topic', roadmap_id, company_id, id,
           (ARRAY['open', 'deferred', 'decided', 'decided'])[1 + id %% 4], due_date + 90, 1,
           due_date
      FROM roadmap_meeting WHERE roadmap_id = ANY(%(clients)s)
    """,
    """
    INSERT INTO rating_rating (res_model_id, res_model, res_id, rating, consumed, access_token,
           create_date, write_date)
    SELECT (SELECT id FROM ir_model WHERE model = 'roadmap.meeting'), 'roadmap.meeting', id,
           1 + 2 * (id %% 3), true, 'bench' || id, held_on, held_on
      FROM roadmap_meeting WHERE roadmap_id = ANY(%(clients)s) AND state = 'closed'
    """,
    """
    INSERT INTO roadmap_item (name, active, state, risk, need, roadmap_id, company_id, currency_id,
           target_date, proposed_on, approved_on, sent_on, ordered_on, quote_requested_on,
           amount_one_off, amount_recurring, covered, create_date)
    SELECT 'Item', TRUE, (ARRAY['idea', 'proposed', 'approved', 'quoted', 'ordered'])[1 + n %% 5],
           'medium', 'should', r.id, r.company_id, r.currency_id, now()::date + n * 30, day,
           CASE WHEN n %% 5 > 1 THEN day + 10 END, CASE WHEN n %% 5 > 2 THEN day + 16 END,
           CASE WHEN n %% 5 > 3 THEN day + 30 END, NULL, 1000, 0, FALSE, day
      FROM roadmap_roadmap r, generate_series(0, 19) n,
           LATERAL (SELECT now()::timestamp - n * interval '55 days' AS base) b,
           LATERAL (SELECT base::date AS day) d
     WHERE r.id = ANY(%(clients)s)
    """,
    """
    INSERT INTO roadmap_finding (name, roadmap_id, company_id, kind, source, state, risk,
           create_date)
    SELECT 'Gap', r.id, r.company_id, 'risk', 'manual',
           (ARRAY['open', 'accepted', 'planned'])[1 + n %% 3], 'critical',
           now() - n * interval '9 d'
      FROM roadmap_roadmap r, generate_series(1, 6) n WHERE r.id = ANY(%(clients)s)
    """,
)
TABLES = (
    "roadmap_meeting, roadmap_meeting_move, roadmap_meeting_topic, rating_rating, roadmap_item,"
    " roadmap_finding, roadmap_roadmap"
)


def fill(env):
    """The clients, three years old, with their history."""
    roadmaps = register.fill(env, CLIENTS, 20)
    roadmaps.write(
        {
            "entitlement": "entitled",
            "started_on": "2020-01-01",
            "tier_id": env.ref("roadmap_msp.tier_silver").id,
            "account_manager_id": env.uid,
        }
    )
    env.flush_all()
    for statement in FILL:
        env.cr.execute(statement, {"clients": roadmaps.ids, "user": env.uid})
    env.cr.execute(f"ANALYZE {TABLES}")
    env.invalidate_all()
    return roadmaps


# -- the page ------------------------------------------------------------------------------------

DAYS = "(SELECT unnest(%(days)s::date[]) AS day) d"
PAGE = (
    # Who was met, is untapped, how long ago, twice or more, and stayed.
    f"""SELECT d.day, COUNT(DISTINCT m.roadmap_id) FROM {DAYS} JOIN roadmap_meeting m
        ON m.counts AND m.held_on <= d.day AND m.held_on > d.day - 90 GROUP BY d.day""",
    f"""SELECT d.day, COUNT(*) FROM {DAYS} JOIN roadmap_roadmap r ON r.state = 'running'
        AND r.entitlement = 'entitled' JOIN res_company c ON c.id = r.company_id
        WHERE r.started_on <= d.day - c.roadmap_untapped_days AND NOT EXISTS (
        SELECT 1 FROM roadmap_meeting m WHERE m.roadmap_id = r.id AND m.counts
        AND m.held_on <= d.day AND m.held_on > d.day - c.roadmap_untapped_days) GROUP BY d.day""",
    f"""SELECT d.day, percentile_cont(0.5) WITHIN GROUP (ORDER BY d.day - COALESCE((SELECT
        MAX(m.held_on) FROM roadmap_meeting m WHERE m.roadmap_id = r.id AND m.counts
        AND m.held_on <= d.day), r.started_on)) FROM {DAYS} JOIN roadmap_roadmap r
        ON r.state = 'running' AND r.started_on <= d.day GROUP BY d.day""",
    f"""SELECT day, COUNT(*) FILTER (WHERE n > 1), COUNT(*) FROM (SELECT d.day, m.roadmap_id,
        COUNT(*) n FROM {DAYS} JOIN roadmap_meeting m ON m.counts AND m.held_on <= d.day
        GROUP BY 1, 2) x GROUP BY day""",
    f"""SELECT d.day, COUNT(*) FROM {DAYS} JOIN roadmap_roadmap r
        ON r.started_on <= d.day - interval '12 months' GROUP BY d.day""",
    # Meetings, moves and topics by month; ratings.
    """SELECT date_trunc('month', COALESCE(held_on, start, due_date)), COUNT(*), COUNT(*) FILTER
        (WHERE state IN ('held', 'closed')), COUNT(*) FILTER (WHERE counts), COUNT(*) FILTER
        (WHERE minutes_sent_on::date <= held_on + 1) FROM roadmap_meeting
        WHERE state IN ('held', 'closed', 'no_show', 'cancelled') GROUP BY 1""",
    "SELECT date_trunc('month', create_date), COUNT(*) FROM roadmap_meeting_move GROUP BY 1",
    """SELECT date_trunc('month', create_date), COUNT(*), COUNT(*) FILTER (WHERE state = 'decided')
        FROM roadmap_meeting_topic WHERE previous_id IS NULL GROUP BY 1""",
    """SELECT COUNT(*) FROM roadmap_meeting_topic t WHERE state = 'deferred'
        AND review_on < now()::date AND NOT EXISTS (
        SELECT 1 FROM roadmap_meeting_topic n WHERE n.previous_id = t.id)""",
    f"""SELECT d.day, AVG(x.rating) FROM {DAYS} JOIN rating_rating x
        ON x.res_model = 'roadmap.meeting' AND x.consumed AND x.write_date < d.day + 1
        AND x.write_date >= d.day - interval '12 months' JOIN roadmap_meeting m
        ON m.id = x.res_id GROUP BY d.day""",
    """SELECT m.user_id, AVG(x.rating), COUNT(*) FROM rating_rating x JOIN roadmap_meeting m
        ON m.id = x.res_id WHERE x.res_model = 'roadmap.meeting' AND x.consumed
        AND x.write_date >= now() - interval '12 months' GROUP BY 1""",
    # Quotations and orders.
    f"""SELECT d.day, percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM i.sent_on
        - LEAST(i.approved_on, i.quote_requested_on))) FROM {DAYS} JOIN roadmap_item i
        ON i.sent_on < d.day + 1 AND i.sent_on >= d.day - interval '3 months' GROUP BY d.day""",
    """SELECT date_trunc('month', proposed_on), COUNT(*), COUNT(approved_on), COUNT(sent_on),
        COUNT(ordered_on) FROM roadmap_item WHERE proposed_on IS NOT NULL GROUP BY 1""",
    """SELECT currency_id, SUM(amount_one_off), COUNT(*), MIN(approved_on) FROM roadmap_item
        WHERE state = 'approved' AND sent_on IS NULL GROUP BY 1""",
    """SELECT currency_id, state, SUM(amount_one_off) FROM roadmap_item WHERE target_date
        BETWEEN now()::date - 45 AND now()::date + 45 GROUP BY 1, 2""",
    """SELECT date_trunc('month', o.date_order), SUM(l.price_subtotal) FROM sale_order_line l
        JOIN sale_order o ON o.id = l.order_id AND o.state = 'sale'
        JOIN roadmap_item_line i ON i.id = l.roadmap_item_line_id GROUP BY 1""",
    # Findings, answers, devices, hours, calls.
    """SELECT COUNT(*), MIN(create_date) FROM roadmap_finding WHERE risk = 'critical'
        AND state = 'open' AND kind <> 'check'""",
    "SELECT a.state, COUNT(*) FROM roadmap_answer a WHERE a.hidden IS NOT TRUE GROUP BY 1",
    """SELECT COUNT(*), COUNT(*) FILTER (WHERE warranty_end >= now()::date) FROM roadmap_asset
        WHERE active AND state <> 'retired' AND warranty_required""",
    """SELECT AVG(now()::date - purchase_date), COUNT(*) FILTER
        (WHERE replacement_due < now()::date) FROM roadmap_asset
        WHERE active AND state <> 'retired' AND purchase_date IS NOT NULL""",
    """SELECT COUNT(*) FROM roadmap_asset WHERE active AND state <> 'retired'
        AND support_end < now()::date""",
    """SELECT date_trunc('month', COALESCE(held_on, start::date, due_date)),
        SUM(hours_preparing + hours_meeting) FROM roadmap_meeting GROUP BY 1""",
    """SELECT date_trunc('month', a.date_deadline), COUNT(*), COUNT(*) FILTER (WHERE NOT a.active)
        FROM mail_activity a JOIN mail_activity_type k ON k.id = a.activity_type_id
        AND k.category = 'phonecall' GROUP BY 1""",
    "SELECT health_band, COUNT(*) FROM roadmap_roadmap WHERE state = 'running' GROUP BY 1",
)


def page(env):
    fill(env)
    return env["roadmap.roadmap"].get_program


def page_sql(env):
    from odoo import fields

    fill(env)
    first = fields.Date.today().replace(day=1)
    ends = [fields.Date.subtract(fields.Date.subtract(first, months=n), days=1) for n in range(12)]
    days = [*reversed(ends), fields.Date.today()]

    def run():
        for statement in PAGE:
            env.cr.execute(statement, {"days": days})
            env.cr.fetchall()

    return run


# -- health --------------------------------------------------------------------------------------

HEALTH = (
    """SELECT roadmap_id, MAX(slip_count) FROM roadmap_meeting
        WHERE state IN ('to_book', 'booked') GROUP BY 1""",
    """SELECT commercial_partner_id, company_id, MIN(invoice_date_due) FROM account_move
        WHERE move_type = 'out_invoice' AND state = 'posted' AND payment_state IN
        ('not_paid', 'partial') AND invoice_date_due < now()::date GROUP BY 1, 2""",
    """SELECT roadmap_id, COUNT(*) FROM roadmap_item WHERE risk = 'critical'
        AND state = 'declined' GROUP BY 1""",
    """SELECT roadmap_id, state, COUNT(*) FROM roadmap_finding WHERE risk = 'critical'
        AND state IN ('open', 'accepted') GROUP BY 1, 2""",
    """SELECT roadmap_id, MIN(deadline) FROM roadmap_assessment WHERE state IN
        ('sent', 'in_progress') AND deadline < now()::date GROUP BY 1""",
    """SELECT m.roadmap_id, AVG(x.rating) FROM rating_rating x JOIN roadmap_meeting m
        ON m.id = x.res_id WHERE x.res_model = 'roadmap.meeting' AND x.consumed
        AND x.write_date >= now() - interval '12 months' GROUP BY 1""",
    """SELECT r.id FROM roadmap_roadmap r WHERE r.state = 'running' AND NOT EXISTS (SELECT 1
        FROM roadmap_meeting m WHERE m.roadmap_id = r.id AND m.counts
        AND m.held_on > now()::date - 365)""",
)
STORE = """
    UPDATE roadmap_roadmap SET health = 60, health_band = 'watch', health_peak = 60,
           health_facts = '{"slips": 0, "rating": 3.1, "untapped": false}'::jsonb,
           write_date = now() WHERE id = ANY(%(clients)s)
"""


def health(env):
    """The night: facts of every client, stored; nobody's health fell before."""
    return fill(env)._refresh_health


def health_sql(env):
    ids = fill(env).ids

    def run():
        for statement in HEALTH:
            env.cr.execute(statement)
            env.cr.fetchall()
        env.cr.execute(STORE, {"clients": ids})

    return run


# -- my day --------------------------------------------------------------------------------------


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
        "program.page",
        Work(page),
        Work(page_sql),
        "the owner's page over 1,000 clients and three years: at most 3 times the plain SQL",
        max_ratio=3.0,
    ),
    Case(
        "program.health",
        Work(health),
        Work(health_sql),
        "the health of 1,000 clients in a night: at most 30 queries",
        max_queries=30,
    ),
    Case(
        "day.rows500",
        Work(day),
        Work(day_sql),
        "My day of one person with 510 open rows: at most 20 queries",
        max_queries=20,
    ),
]
