"""Answers that the client's contacts and their roles tell. No ORM."""

from dataclasses import dataclass

from .answers import FIGURES, Value


@dataclass(frozen=True)
class Contacts:
    """How many people have a technical role, and how many different addresses there are."""

    technical: int = 0
    addresses: int = 0


def answer(question, contacts, _today):
    """The answer to one question of the catalogue, by its code.

    :return: a ``Value``; None where the contacts cannot tell
    """
    rule = _RULES.get(question.code)
    return rule(question, contacts) if rule else None


def _named_person(question, contacts):
    if not contacts.technical:
        return None
    code = "Yes, with a stand-in" if contacts.technical > 1 else "Yes, no stand-in"
    choice = next((row for row in question.choices if row.code == code), None)
    return Value(choices=frozenset([choice.key])) if choice else None


def _sites(question, contacts):
    """One address may simply be the only one that was entered."""
    if question.type not in FIGURES or contacts.addresses < 2:
        return None
    return Value(number=float(contacts.addresses))


_RULES = {"GOV-1": _named_person, "GRO-8": _sites}
CODES = frozenset(_RULES)
