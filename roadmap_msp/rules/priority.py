"""How much an item or finding matters: risk times weight times dependence on technology."""

RISK_FACTOR = {"low": 1, "medium": 2, "high": 4, "critical": 8}
DEFAULT_WEIGHT = 3


def priority(risk, weight=DEFAULT_WEIGHT, dependence=1.0):
    """A figure to sort by; `weight` is 0 to 5, `dependence` 0.8 to 1.3 (question BUS-6)."""
    return RISK_FACTOR.get(risk, 0) * weight * dependence
