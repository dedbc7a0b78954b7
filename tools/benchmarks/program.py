"""The owner's page over 1,000 clients and three years.

The reference is the same set of figures by hand, in SQL on base tables, without rights, words,
targets or the records behind them.
"""

from functools import partial

from .harness import Case, Work
from .program_years import CLIENTS, fill

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
    # What stood at the end of each month.
    """SELECT measure, month, SUM(value), COUNT(*) FILTER (WHERE value < 50) FROM roadmap_snapshot
        WHERE month >= date_trunc('month', now() - interval '12 months') GROUP BY 1, 2""",
)


def page(env, clients=CLIENTS):
    fill(env, clients)
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


CASES = [
    Case(
        "program.page",
        Work(page),
        Work(page_sql),
        "the owner's page over 1,000 clients and three years: at most 3 times the plain SQL, at"
        " most 50 queries",
        max_ratio=3.0,
        max_queries=50,
    ),
    Case(
        "program.clients",
        Work(page),
        Work(partial(page, clients=10)),
        "the same page: grouped queries only, so not one more for 1,000 clients than for 10",
        max_query_ratio=1.0,
    ),
]
