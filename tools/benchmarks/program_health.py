"""The health of 1,000 clients in a night; the reference is the same facts in SQL, and the store."""

from .harness import Case, Work
from .program_years import fill

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


CASES = [
    Case(
        "program.health",
        Work(health),
        Work(health_sql),
        "the health of 1,000 clients in a night: at most 30 queries",
        max_queries=30,
    ),
]
