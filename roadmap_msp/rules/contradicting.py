"""What is known about a client beside its answers, and what an answer contradicts. No ORM."""

import datetime as dt
from dataclasses import dataclass, field

from .prefill import Asset


@dataclass(frozen=True)
class Known:
    """What is known about a client beside its answers; ``earlier`` are those of the run before."""

    today: dt.date
    assets: tuple[Asset, ...] = ()
    contracts: tuple = ()
    decision_makers: tuple[str, ...] = ()
    insurance_renewal: dt.date | None = None
    answers: dict = field(default_factory=dict)  # {code: Value} of this run
    earlier: dict = field(default_factory=dict)  # {code: Value}

    def of(self, *types, state="in_use"):
        """The devices of these types."""
        return [asset for asset in self.assets if asset.state == state and asset.type in types]


@dataclass(frozen=True)
class Contradiction:
    """One answer that something denies; ``reason`` names the sentence that says so."""

    reason: str
    risk: str = "medium"
    assets: tuple = ()
    details: dict = field(default_factory=dict)


def taken(question, value):
    """The codes of the choices of an answer."""
    return {choice.code for choice in question.choices if choice.key in value.choices}


def when(*claims):
    """A rule that looks only where one of these choices was taken."""

    def decorate(rule):
        def look(question, value, known):
            return rule(known) if taken(question, value) & set(claims) else None

        look.claims = claims
        return look

    return decorate
