"""When a client is asked, reminded and asked again. Pure functions; money without tax."""

from datetime import timedelta

REMINDERS = 2
RISKS = ("low", "medium", "high", "critical")


def next_step(seen_on, reminders, last_on, today, days):
    """What a proposal without an answer needs today: "remind", "agenda" or None.

    Silence is never a refusal: two reminders, each after the same number of days, then the point
    comes back onto the agenda of the next meeting.

    :param seen_on: the day on which the client got it; None: not yet, so nobody is reminded
    :param reminders: how many were sent; :param last_on: the day of the last one
    :param days: between them; 0 switches reminders off
    """
    if not days or not seen_on:
        return None
    if today < (last_on or seen_on) + timedelta(days=days):
        return None
    return "remind" if reminders < REMINDERS else "agenda"


def rises_above(shown, now, percent):
    """Whether an amount rose by more than so many percent of what the client was shown.

    What was free and now costs something always did.
    """
    if now <= shown:
        return False
    return shown <= 0 or (now - shown) / shown * 100 > percent


def asks_again(shown, now, percent):
    """Whether one of (one-off, per month) rose above the limit; the two are never summed."""
    return any(rises_above(was, is_now, percent) for was, is_now in zip(shown, now, strict=True))


def worst_risk(*risks):
    """The greatest of the risks, or False where none is one."""
    known = [risk for risk in risks if risk in RISKS]
    return max(known, key=RISKS.index, default=False)


def is_signed_refusal(risk, threshold):
    """Whether refusing this risk asks for a signature; threshold "never" asks for none."""
    if risk not in RISKS or threshold not in RISKS:
        return False
    return RISKS.index(risk) >= RISKS.index(threshold)
