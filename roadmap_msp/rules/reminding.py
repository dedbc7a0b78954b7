"""When somebody is reminded of a questionnaire. No ORM, and nothing reads the clock."""

# Days from the deadline: before it, the day before, and once after it.
DAYS = (-7, -1, 3)
REST_DAYS = 2


def is_due(deadline, sent_on, reminded_on, today):
    """Whether a reminder is due today.

    Each of ``DAYS`` reminds once; a day that was missed is made up for, but not within two days
    of the invitation or of the last reminder. After the last day nothing reminds any more.

    :param deadline: the day until which the answers are wanted; None reminds never
    """
    if deadline is None:
        return False
    offset = (today - deadline).days
    passed = [day for day in DAYS if day <= offset]
    if not passed or offset > DAYS[-1] + REST_DAYS:
        return False
    last = max(filter(None, (sent_on, reminded_on)))
    return (today - last).days >= REST_DAYS and (last - deadline).days < passed[-1]


def is_late(deadline, today):
    """Whether somebody should call: the deadline is over."""
    return deadline is not None and today > deadline
