"""Whether amounts that were invoiced come back, and how often.

Fewer than three times is no rhythm; a year holds a yearly invoice only once or twice, so that a
yearly rhythm is never guessed.
"""

STEPS = {1: "month", 3: "quarter"}
TIMES_AT_LEAST = 3


def rhythm(months, today):
    """ "month", "quarter" or None.

    :param months: the month indexes (`fiscal.month_index`) in which something was invoiced
    :param today: the month index of today; what stopped is no rhythm any more
    """
    months = sorted(set(months))
    if len(months) < TIMES_AT_LEAST:
        return None
    gaps = [later - earlier for earlier, later in zip(months, months[1:], strict=False)]
    step = max(set(gaps), key=lambda gap: (gaps.count(gap), -gap))
    # One period left out, or invoiced a month late, is an exception and not another rhythm.
    if step not in STEPS or len(gaps) - gaps.count(step) > max(1, len(gaps) // 4):
        return None
    if len(gaps) == TIMES_AT_LEAST - 1 and len(set(gaps)) > 1:
        return None
    return STEPS[step] if today - months[-1] <= step + 1 else None
