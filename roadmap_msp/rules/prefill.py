"""Answers that the asset register knows already. No ORM, and nothing reads the clock.

A figure is given only where what the register lacks cannot move it to another band; else a person
is asked. What is given is shown as filled in and waits for a person to confirm it.
"""

import datetime as dt
from dataclasses import dataclass

from . import scoring
from .answers import FIGURES, Value
from .due_dates import add_years

COMPUTERS = ("desktop_pc", "laptop", "mac", "workstation_cad")
SERVERS = ("server", "server_cluster_3_plus_nodes")
FIREWALLS = ("firewall",)
PHONES = ("tablet_or_phone",)
PRINTERS = ("printer_mfp",)
OLD_YEARS = 4
LEAST_MEMORY = 16
# The words of question SRV-1, from so many servers on.
SERVER_COUNTS = ((6, "More"), (2, "Two to five"), (1, "One"))


@dataclass(frozen=True)
class Asset:
    """A device as the register has it; None, "" and 0 stand for "not recorded"."""

    type: str
    state: str = "in_use"
    purchase: dt.date | None = None
    warranty_end: dt.date | None = None
    maker: str = ""
    model: str = ""
    serial: str = ""
    memory: float = 0
    disk: str = ""
    id: int = 0
    name: str = ""
    user: str = ""
    site: str = ""
    due: dt.date | None = None
    support_end: dt.date | None = None
    system_known: bool = False


@dataclass(frozen=True)
class Share:
    """Of so many devices: how many fulfil something, and of how many that is known."""

    total: int
    known: int
    yes: int

    @classmethod
    def of(cls, facts):
        """From one True, False or None (not recorded) for each device."""
        facts = list(facts)
        known = [fact for fact in facts if fact is not None]
        return cls(len(facts), len(known), sum(known))

    @property
    def percent(self):
        """Of those that are known."""
        return round(100 * self.yes / self.known, 1)

    @property
    def least(self):
        """In percent, if none of the unknown ones fulfils it."""
        return round(100 * self.yes / self.total, 1)

    @property
    def most(self):
        """In percent, if all of the unknown ones do."""
        return round(100 * (self.yes + self.total - self.known) / self.total, 1)


@dataclass(frozen=True)
class Among:
    """A count that lies between two figures, since some of it is not recorded."""

    least: int
    most: int


def answer(question, assets, today):
    """The answer to one question of the catalogue, by its code.

    :param Question question: with its choices
    :param assets: the client's ``Asset`` rows
    :return: a ``Value``; None where the register cannot tell
    """
    rule = _RULES.get(question.code)
    found = rule([asset for asset in assets if asset.state == "in_use"], today) if rule else None
    if found is None:
        return None
    if isinstance(found, str):
        return Value(text=found) if question.type == "text" else None
    if isinstance(found, Share):
        return _share_value(question, found)
    if isinstance(found, Among):
        return _among_value(question, found)
    return Value(number=float(found)) if question.type in FIGURES else None


def _share_value(question, share):
    """The share as a figure or as the choice whose words are a band of percent."""
    if not share.known:
        return None
    choices = _bands(question)
    ends = {scoring.number_choice(choices, figure) for figure in (share.least, share.most)}
    if len(ends) > 1:
        return None
    if question.type in FIGURES:
        return Value(number=share.percent)
    taken = ends.pop()
    return Value(choices=frozenset([taken.key])) if taken and question.type == "single" else None


def _among_value(question, among):
    """The least of the figure, where the rest cannot move it to another band."""
    if question.type in FIGURES:
        bands = _bands(question)
        ends = {scoring.number_choice(bands, figure) for figure in (among.least, among.most)}
        sure = among.least == among.most or (bands and len(ends) == 1)
        return Value(number=float(among.least)) if sure else None
    code = next((code for least, code in SERVER_COUNTS if among.least >= least), None)
    choice = next((row for row in question.choices if row.code == code), None)
    return Value(choices=frozenset([choice.key])) if choice and question.type == "single" else None


def _bands(question):
    """The choices that are bands, also those that are ticked: "75-99 %"."""
    return [
        scoring.Choice(code=choice.code, kind="number", key=choice.key)
        for choice in question.choices
        if choice.kind in ("option", "number") and scoring.parse_number_band(choice.code)
    ]


def _of_type(assets, types):
    return [asset for asset in assets if asset.type in types]


def _computers(assets, _today):
    return len(_of_type(assets, COMPUTERS)) or None


def _old_computers(assets, today):
    return _share(assets, lambda a: a.purchase and a.purchase <= today, lambda a: _is_old(a, today))


def _is_old(asset, today):
    return add_years(asset.purchase, OLD_YEARS) < today


def _covered_computers(assets, today):
    return _share(assets, lambda a: a.warranty_end, lambda a: a.warranty_end >= today)


def _strong_computers(assets, _today):
    return _share(
        assets,
        lambda a: a.disk and a.memory,
        lambda a: a.disk == "ssd" and a.memory >= LEAST_MEMORY,
    )


def _share(assets, recorded, fulfilled):
    computers = _of_type(assets, COMPUTERS)
    if not computers:
        return None
    return Share.of(bool(fulfilled(a)) if recorded(a) else None for a in computers)


def _number_of(types):
    return lambda assets, _today: len(_of_type(assets, types)) or None


def _server_count(assets, _today):
    count = len(_of_type(assets, SERVERS))
    return Among(count, count) if count else None


def _past_support(assets, today):
    """Computers and servers whose system is out of support; of some the system is not known."""
    devices = _of_type(assets, (*COMPUTERS, *SERVERS))
    past = sum(bool(a.support_end and a.support_end < today) for a in devices)
    open_ones = sum(not a.system_known for a in devices)
    return Among(past, past + open_ones) if devices else None


def _supported_phones(assets, today):
    phones = _of_type(assets, PHONES)
    if not phones:
        return None
    return Share.of(
        (not a.support_end or a.support_end >= today) if a.system_known else None for a in phones
    )


def _age_of(*types):
    return lambda assets, today: _oldest(_of_type(assets, types), today)


def _oldest(assets, today):
    """Age of the oldest in full tenths of a year; None unless every purchase date is known."""
    dates = [asset.purchase for asset in assets]
    if not dates or not all(dates) or max(dates) > today:
        return None
    first = min(dates)
    months = (today.year - first.year) * 12 + today.month - first.month - (today.day < first.day)
    return months * 10 // 12 / 10


def _firewalls(assets, _today):
    """Maker, model and serial number, a line for each firewall."""
    rows = _of_type(assets, FIREWALLS)
    if not rows or not all(row.maker or row.model for row in rows):
        return None
    return "\n".join(
        ", ".join(
            part for part in (" ".join(filter(None, (row.maker, row.model))), row.serial) if part
        )
        for row in rows
    )


_RULES = {
    "WKS-1": _computers,
    "WKS-2": _old_computers,
    "WKS-3": _covered_computers,
    "WKS-7": _strong_computers,
    "SRV-1": _server_count,
    "SRV-2": _age_of(*SERVERS),
    "OSS-1": _past_support,
    "STO-3": _age_of("nas"),
    "NET-3": _age_of("switch"),
    "WIF-5": _age_of("access_point"),
    "FWL-1": _firewalls,
    "FWL-2": _age_of(*FIREWALLS),
    "MOB-1": _number_of(PHONES),
    "MOB-4": _supported_phones,
    "PRT-1": _number_of(PRINTERS),
    "PRT-2": _age_of(*PRINTERS),
    "PWR-2": _age_of("ups_battery"),
}
CODES = frozenset(_RULES)
