"""Answers that what is known elsewhere denies: register, contracts, roles, the run before. No ORM.

A difference is told only where it is certain: what is not recorded contradicts nothing.
"""

from . import contradictions_devices as devices
from .contradicting import Contradiction, Known, when
from .prefill import COMPUTERS, FIREWALLS, PHONES, PRINTERS, SERVERS
from .prefill_contracts import ends, running

__all__ = ["CODES", "EARLIER", "Contradiction", "Known", "claims", "find"]
# How far two ends of one contract may lie apart.
DAYS_OFF = 31


def find(question, value, known):
    """The contradiction of one answer that is shown, or None.

    :param Question question: with its choices
    :param Value value: its answer
    :param Known known: what else is known
    """
    if value.empty or value.special:
        return None
    if question.fact == "decision_maker":
        return _name(value, known)
    rule = _RULES.get(question.code)
    return rule(question, value, known) if rule else None


def claims(code):
    """The choices of a question that its rule looks for."""
    return getattr(_RULES[code], "claims", ())


def _logins(_question, value, known):
    people = known.answers.get("GRO-1")
    if value.number is None or not people or people.number is None:
        return None
    if value.number <= people.number:
        return None
    return Contradiction("logins", "low", details={"count": int(people.number)})


def _name(value, known):
    names = {" ".join(name.split()).casefold() for name in known.decision_makers}
    if not names or " ".join(value.text.split()).casefold() in names:
        return None
    return Contradiction("decision_maker", details={"name": known.decision_makers[0]})


@when("Decision maker joins")
def _nobody_decides(known):
    return None if known.decision_makers else Contradiction("nobody")


def _renewal_past(_question, value, known):
    if value.date is None or value.date >= known.today:
        return None
    return Contradiction("renewal_past", "high", details={"date": value.date})


@when("Yes, limit fits our risk", "Yes, limit not checked")
def _insurance_past(known):
    said = known.answers.get("INS-2")
    if (said and not said.empty) or not known.insurance_renewal:
        return None
    if known.insurance_renewal >= known.today:
        return None
    return Contradiction("renewal_past", "high", details={"date": known.insurance_renewal})


def _contract_end(category):
    def rule(_question, value, known):
        known_ends = ends(known.contracts, category, known.today)
        if value.date is None or not known_ends:
            return None
        if any(abs((value.date - end).days) <= DAYS_OFF for end in known_ends):
            return None
        return Contradiction("contract_end", details={"date": known_ends[0]})

    return rule


def _renewals(_question, value, known):
    count = len(running(known.contracts, known.today, renewing=True))
    if value.number is None or count <= value.number:
        return None
    return Contradiction("renewals", details={"count": count})


def _proven(question, value, known):
    before = known.earlier.get(question.code)
    if not before or not before.date:
        return None
    if value.date is None or value.date < before.date:
        return Contradiction("proven", details={"date": before.date})
    return None


_RULES = {
    "SRV-3": when("Yes, fully")(devices.uncovered(SERVERS)),
    "WKS-3": when("100 %")(devices.uncovered(COMPUTERS)),
    "OSS-1": devices.few_unsupported,
    "OSS-6": when("Not needed")(devices.unsupported((*COMPUTERS, *SERVERS))),
    "MOB-4": when("100 %")(devices.unsupported(PHONES, "medium")),
    "WKS-1": devices.count(COMPUTERS),
    "MOB-1": devices.count(PHONES),
    "PRT-1": devices.count(PRINTERS),
    "SRV-1": devices.servers,
    "SRV-2": devices.age(SERVERS),
    "FWL-2": devices.age(FIREWALLS),
    "NET-3": devices.age(("switch",)),
    "WIF-5": devices.age(("access_point",)),
    "PRT-2": devices.age(PRINTERS),
    "STO-3": devices.age(devices.NAS),
    "PWR-2": devices.age(("ups_battery",)),
    "STO-1": devices.unnamed_nas,
    "WIF-1": when("No Wi-Fi")(devices.exists(("access_point",))),
    "GRO-1": devices.users,
    "GRO-6": devices.no_spare,
    "GRO-8": devices.sites,
    "GRO-9": _logins,
    "DOC-1": devices.undated,
    "BUD-7": devices.overdue,
    "BUS-2": _nobody_decides,
    "INS-1": _insurance_past,
    "INS-2": _renewal_past,
    "ISP-2": _contract_end("connectivity"),
    "TEL-7": _contract_end("telecom"),
    "PRT-7": _contract_end("printing"),
    "VEN-2": _renewals,
    "BCK-4": _proven,
}
CODES = frozenset(_RULES)
# Questions whose answer in the run before is looked at.
EARLIER = ("BCK-4",)
