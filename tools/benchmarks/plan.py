"""The board of the plan: one client with 200 items, and 20,000 items of 1,000 clients.

The reference of the second is the same question in SQL by hand: sums of each lane, and its first
40 cards. The items are written by SQL, as are those of the forecast.
"""

from functools import partial

from . import register, seed
from .harness import Case, Work

FILL = """
    INSERT INTO roadmap_item (name, active, state, risk, need, roadmap_id, company_id, currency_id,
                              partner_id, target_date, sequence, covered, client_visible,
                              amount_one_off, amount_recurring)
    SELECT 'Item ' || n, TRUE, 'approved', 'medium', 'should', r.id, r.company_id, r.currency_id,
           r.partner_id, CASE WHEN n %% 10 > 0 THEN CURRENT_DATE + (n * 37) %% 1000 END, n, FALSE,
           TRUE, 100, 10
      FROM roadmap_roadmap r, generate_series(1, %s) n WHERE r.id = ANY(%s)
"""
CARD = ("name", "risk", "state", "covered", "client_visible", "asset_count", "amount_one_off")
CARD += ("amount_recurring", "board_lane", "changed_since_proposal", "activity_ids")
NAMED = ("roadmap_id", "currency_id", "user_id")
SUMS = ["amount_one_off:sum", "amount_recurring:sum"]


def fill(env, clients, each):
    """The roadmaps, with that many items each."""
    roadmaps = register.fill(env, clients, 0) if clients > 1 else seed.client(env)[0]
    env.flush_all()
    env.cr.execute(FILL, [each, roadmaps.ids])
    env.cr.execute("ANALYZE roadmap_item, roadmap_roadmap")
    return roadmaps


def board(env, clients, each):
    """As the web client asks when the board opens."""
    roadmaps = fill(env, clients, each)
    context = {"read_group_expand": True}
    if clients == 1:
        context["default_roadmap_id"] = roadmaps.id
    named = {"fields": {"display_name": {}}}
    items = env["roadmap.item"].with_context(**context)
    return lambda: items.web_read_group(
        [("roadmap_id", "in", roadmaps.ids)] if clients == 1 else [],
        ["board_lane"],
        SUMS,
        order="sequence, id",
        auto_unfold=True,
        opening_info=[],
        unfold_read_specification={
            **dict.fromkeys(CARD, {}),
            **dict.fromkeys(NAMED, named),
        },
        unfold_read_default_limit=40,
    )


def board_sql(env, clients, each):
    fill(env, clients, each)
    lane = "to_char(target_date, 'YYYY Q')"
    sums = f"""
        SELECT {lane}, COUNT(*), SUM(amount_one_off), SUM(amount_recurring)
          FROM roadmap_item WHERE active GROUP BY 1
    """
    cards = f"""
        SELECT * FROM (SELECT item.*, client.name AS client, ROW_NUMBER() OVER (
                              PARTITION BY {lane} ORDER BY item.sequence, item.id) AS place
                         FROM roadmap_item item JOIN roadmap_roadmap client
                              ON client.id = item.roadmap_id WHERE item.active) ranked
         WHERE place <= 40
    """

    def run():
        env.cr.execute(sums)
        env.cr.fetchall()
        env.cr.execute(cards)
        env.cr.fetchall()

    return run


ONE = partial(board, clients=1, each=200)
CASES = [
    Case(
        "plan.board",
        Work(ONE),
        Work(ONE),
        "board of one client with 200 items: at most 15 queries",
        max_queries=15,
    ),
    Case(
        "plan.board_all",
        Work(partial(board, clients=1000, each=20)),
        Work(partial(board_sql, clients=1000, each=20)),
        "board of 20,000 items of 1,000 clients: at most 3 times the plain SQL",
        max_ratio=3.0,
        max_queries=15,
    ),
]
