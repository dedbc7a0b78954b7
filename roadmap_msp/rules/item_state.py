"""The state of a roadmap item, read off what happened to it.

Nothing sets a state by hand: it follows from the closing reason, the order lines, the latest
decision and the latest open proposal, in this order of strength.
"""

from dataclasses import dataclass
from datetime import datetime

CLOSED = ("done", "bought_elsewhere", "superseded")
# Closed, or refused by the client: nothing more is planned for it.
OVER = (*CLOSED, "declined")
DECIDED = ("approved", "declined", "deferred")


@dataclass(frozen=True)
class OrderLine:
    """A quotation or order line of the item; `at` is the date of its order."""

    quantity: float
    order_state: str  # draft, sent, sale, cancel
    at: datetime
    signed_at: datetime | None = None
    recurring: bool = False
    delivered: bool = False  # as much as was ordered
    invoiced: bool = False  # nothing is left to invoice


@dataclass(frozen=True)
class Facts:
    """What happened to an item. "Let us talk" is no decision and is not passed on."""

    closing_reason: str | None = None
    decision: str | None = None
    decided_at: datetime | None = None
    proposed_at: datetime | None = None  # of the latest proposal that is open
    lines: tuple[OrderLine, ...] = ()


def item_state(facts):
    """The state that the facts add up to.

    A decision is used up by the quotation that follows it: when that is cancelled, or confirmed
    with all lines of the item at 0, the item is proposed again until somebody decides anew. A
    proposal that is newer than the decision asks again.
    """
    if facts.closing_reason in CLOSED:
        return facts.closing_reason
    if facts.lines:
        return _state_of_lines(facts)
    if facts.decision in DECIDED and not _after(facts.proposed_at, facts.decided_at):
        return facts.decision
    return "proposed" if facts.proposed_at else "idea"


def order_stages(lines, now):
    """{stage: time} of the stages that the order lines have reached; `now` where none is kept.

    A service is delivered with what is bought once; an item that only recurs, with its first
    delivery. Lines that the client left out hold nothing back.
    """
    lines = list(lines)
    if not lines:
        return {}
    bought = [line for line in lines if line.order_state == "sale" and line.quantity > 0]
    once = [line for line in bought if not line.recurring] or bought
    stages = {
        "quoted_on": now,
        "sent_on": now if any(line.order_state in ("sent", "sale") for line in lines) else None,
        "signed_on": min((line.signed_at for line in lines if line.signed_at), default=None),
        "ordered_on": min((line.at for line in bought), default=None),
        "delivered_on": now if once and all(line.delivered for line in once) else None,
        "invoiced_on": now if bought and all(line.invoiced for line in bought) else None,
    }
    return {stage: time for stage, time in stages.items() if time}


def _state_of_lines(facts):
    bought = [line for line in facts.lines if line.order_state == "sale" and line.quantity > 0]
    offered = [line for line in facts.lines if line.order_state in ("draft", "sent")]
    wanted = [line for line in offered if line.quantity > 0]
    if bought and not wanted:
        return "ordered"
    decided_since = facts.decision in DECIDED and _after(
        facts.decided_at, max(line.at for line in facts.lines)
    )
    asked_since = _after(facts.proposed_at, facts.decided_at)
    if offered:
        refused = facts.decision in ("declined", "deferred") and decided_since and not asked_since
        return facts.decision if refused else "quoted"
    return facts.decision if decided_since and not asked_since else "proposed"


def _after(one, other):
    return bool(one and (not other or one > other))
