"""Clients with three years behind them: meetings, items, findings, ratings, figures of months."""

from . import register

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
    """
    INSERT INTO roadmap_snapshot (roadmap_id, company_id, month, measure, value)
    SELECT r.id, r.company_id, date_trunc('month', now() - n * interval '1 month'), measure,
           40 + (r.id + n) %% 60
      FROM roadmap_roadmap r, generate_series(1, 36) n, unnest(%(measures)s) AS measure
     WHERE r.id = ANY(%(clients)s)
    """,
)
TABLES = (
    "roadmap_meeting, roadmap_meeting_move, roadmap_meeting_topic, rating_rating, roadmap_item,"
    " roadmap_finding, roadmap_roadmap, roadmap_snapshot"
)


def fill(env, clients=CLIENTS):
    """That many clients, three years old, with their history."""
    from odoo.addons.roadmap_msp.models.client.roadmap_roadmap_program_history import MEASURES

    roadmaps = register.fill(env, clients, 20)
    roadmaps.write(
        {
            "entitlement": "entitled",
            "started_on": "2020-01-01",
            "tier_id": env.ref("roadmap_msp.tier_silver").id,
            "account_manager_id": env.uid,
        }
    )
    env.flush_all()
    values = {"clients": roadmaps.ids, "user": env.uid, "measures": list(MEASURES)}
    for statement in FILL:
        env.cr.execute(statement, values)
    env.cr.execute(f"ANALYZE {TABLES}")
    env.invalidate_all()
    return roadmaps
