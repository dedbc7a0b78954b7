"""Answers that the asset register denies. No ORM."""

from .contradicting import Contradiction, taken, when
from .prefill import COMPUTERS, SERVERS

NAS = ("nas",)
# How far a figure may be off before anybody asks: counts in devices and share, ages in years, and
# what is missing or late as a share of all devices.
LEAST_OFF, SHARE_OFF, YEARS_OFF, MANY = 2, 0.1, 1, 0.25
DAYS_PER_YEAR = 365.25


def uncovered(types):
    """Devices of these types whose warranty has ended."""

    def rule(known):
        ended = [a for a in known.of(*types) if a.warranty_end and a.warranty_end < known.today]
        ended.sort(key=lambda asset: asset.warranty_end)
        if ended:
            return Contradiction("uncovered", "high", tuple(ended), {"date": ended[0].warranty_end})
        return None

    return rule


def _past_support(known, types):
    past = [a for a in known.of(*types) if a.support_end and a.support_end < known.today]
    return tuple(sorted(past, key=lambda asset: asset.support_end))


def unsupported(types, risk="high"):
    """Devices of these types whose system gets no more updates."""

    def rule(known):
        past = _past_support(known, types)
        if past:
            return Contradiction("unsupported", risk, past, {"date": past[0].support_end})
        return None

    return rule


def few_unsupported(_question, value, known):
    """More of them than the answer says."""
    past = _past_support(known, (*COMPUTERS, *SERVERS))
    if value.number is None or len(past) <= value.number:
        return None
    return Contradiction("unsupported", "high", past, {"date": past[0].support_end})


def count(types):
    """Another number of these devices, beyond what a stray one explains."""

    def rule(_question, value, known):
        count = len(known.of(*types))
        if value.number is None or not count:
            return None
        off = abs(value.number - count)
        if off < LEAST_OFF or off <= count * SHARE_OFF:
            return None
        return Contradiction("count", details={"count": count})

    return rule


def servers(question, value, known):
    """More servers than the answer allows; rented ones are not in the register."""
    most = {"None": 0, "One": 1, "Two to five": 5}
    limit = min((most[code] for code in taken(question, value) if code in most), default=None)
    servers = known.of(*SERVERS)
    if limit is None or len(servers) <= limit:
        return None
    return Contradiction("count", assets=tuple(servers), details={"count": len(servers)})


def age(types):
    """A device that is older than the answer says."""

    def rule(_question, value, known):
        dated = [asset for asset in known.of(*types) if asset.purchase]
        if value.number is None or not dated:
            return None
        oldest = min(dated, key=lambda asset: asset.purchase)
        years = (known.today - oldest.purchase).days / DAYS_PER_YEAR
        if years <= value.number + YEARS_OFF:
            return None
        return Contradiction("age", assets=(oldest,), details={"date": oldest.purchase})

    return rule


def exists(types):
    """Devices of these types, whatever the answer says."""

    def rule(known):
        found = known.of(*types)
        return Contradiction("exists", assets=tuple(found)) if found else None

    return rule


def unnamed_nas(question, value, known):
    """A NAS that the answer does not name."""
    return None if "NAS" in taken(question, value) else exists(NAS)(known)


def users(_question, value, known):
    """More people who use a device than the answer says."""
    names = {asset.user.strip().casefold() for asset in known.assets if asset.user.strip()}
    if value.number is None or len(names) <= value.number:
        return None
    return Contradiction("users", details={"count": len(names)})


def sites(_question, value, known):
    """More sites than the answer says."""
    sites = {asset.site.strip().casefold() for asset in known.assets if asset.site.strip()}
    if value.number is None or len(sites) <= value.number:
        return None
    return Contradiction("sites", details={"count": len(sites)})


@when("Written and reviewed this year")
def undated(known):
    """Too many devices without any date, for a list that is kept."""
    devices = [asset for asset in known.assets if asset.state == "in_use"]
    bare = [asset for asset in devices if not asset.purchase and not asset.warranty_end]
    if len(bare) < LEAST_OFF or len(bare) <= len(devices) * MANY:
        return None
    return Contradiction("undated", assets=tuple(bare), details={"total": len(devices)})


@when("Planned cycle")
def overdue(known):
    """Too many computers past their day, for a planned cycle."""
    computers = known.of(*COMPUTERS)
    late = [asset for asset in computers if asset.due and asset.due < known.today]
    if len(late) < LEAST_OFF or len(late) <= len(computers) * MANY:
        return None
    return Contradiction("overdue", assets=tuple(late), details={"total": len(computers)})


@when("Yes, fully")
def no_spare(known):
    """No spare computer on file."""
    if known.of(*COMPUTERS, state="spare") or not known.of(*COMPUTERS):
        return None
    return Contradiction("spare", "low")
