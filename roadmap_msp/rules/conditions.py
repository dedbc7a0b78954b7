"""When a question is shown: the grammar of conditions and its evaluation. No ORM.

    condition = term, { " and " term | " or " term }      "and" binds before "or"
    term      = "client" | CODE " = " choice | CODE " != " choice
              | CODE " has " choice | CODE " > " number

A parsed condition is a tuple of alternatives ("or"), each a tuple of terms ("and"). An empty
condition is the empty tuple and always true.
"""

import re
from dataclasses import dataclass

CODE = r"[A-Z]{3}-[1-9]\d*"
CLIENT = "client"
# Splitting only before a term keeps choices whole that happen to hold " and " or " or ".
_OR = re.compile(rf" or (?=client\b|{CODE} (?:!=|=|has|>) )")
_AND = re.compile(rf" and (?=client\b|{CODE} (?:!=|=|has|>) )")
_TERM = re.compile(rf"({CODE}) (!=|=|has|>) (.+)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class ConditionError(ValueError):
    """A condition that cannot be read; ``term`` is the part that is wrong."""

    def __init__(self, term):
        super().__init__(term)
        self.term = term


class ConditionLoop(ValueError):
    """Conditions that wait for each other; ``codes`` is the circle."""

    def __init__(self, codes):
        super().__init__(" > ".join(codes))
        self.codes = codes


@dataclass(frozen=True)
class Term:
    """One test: ``op`` is client, =, !=, has or >; ``value`` a choice code or a number."""

    op: str
    code: str = ""
    value: str | float = ""


@dataclass(frozen=True)
class Given:
    """What was answered to a question: codes of the choices taken, or a figure.

    ``na`` marks "not applicable". "Do not know" and "Not sure" are choices like any other.
    """

    choices: frozenset = frozenset()
    number: float | None = None
    na: bool = False


def parse(text):
    """Read a condition.

    :raises ConditionError: where a term is not of the grammar
    """
    text = (text or "").strip()
    if not text:
        return ()
    return tuple(tuple(_parse_term(term) for term in _AND.split(part)) for part in _OR.split(text))


def _parse_term(text):
    if text == CLIENT:
        return Term(CLIENT)
    match = _TERM.fullmatch(text)
    if not match:
        raise ConditionError(text)
    code, op, value = match.groups()
    if op != ">":
        return Term(op, code, value)
    if not _NUMBER.fullmatch(value):
        raise ConditionError(text)
    return Term(op, code, float(value))


def referenced(condition):
    """The codes of the questions that a parsed condition names."""
    return {term.code for part in condition for term in part if term.code}


def dependents(conditions, codes):
    """The codes of questions that may show or hide when answers to these codes change.

    :param conditions: ``{code: parsed condition}``
    """
    found, waiting = set(), set(codes)
    while waiting:
        waiting = {c for c, condition in conditions.items() if referenced(condition) & waiting}
        waiting -= found
        found |= waiting
    return found


def sources(conditions, codes):
    """The codes of questions whose answers decide whether these are shown, directly or not."""
    found, waiting = set(), set(codes)
    while waiting:
        waiting = set().union(*(referenced(conditions.get(code, ())) for code in waiting)) - found
        found |= waiting
    return found


def may_apply(condition, is_client):
    """Whether the condition can ever be true for this kind of client, whatever is answered."""
    return not condition or any(
        all(term.op != CLIENT or is_client for term in part) for part in condition
    )


def find_loop(conditions):
    """A circle of codes in ``{code: parsed condition}``, or None."""
    done = set()

    def walk(code, trail):
        if code in trail:
            return (*trail[trail.index(code) :], code)
        if code in done:
            return None
        for other in sorted(referenced(conditions.get(code, ()))):
            found = walk(other, (*trail, code))
            if found:
                return found
        done.add(code)
        return None

    for code in conditions:
        found = walk(code, ())
        if found:
            return found
    return None


def holds(term, given, is_client):
    """Whether one term is true for the answer given to its question (None: no answer)."""
    if term.op == CLIENT:
        return is_client
    if given is None or given.na:
        return False
    if term.op == ">":
        return given.number is not None and given.number > term.value
    if term.op == "!=":
        return (bool(given.choices) or given.number is not None) and (
            term.value not in given.choices
        )
    return term.value in given.choices


def visible_codes(conditions, answers, is_client):
    """The codes of all questions that are shown.

    :param conditions: ``{code: parsed condition}`` of every question of the run
    :param answers: ``{code: Given}``; an unanswered question is absent
    :param is_client: true for clients under contract, false for prospects
    :raises ConditionLoop: where conditions wait for each other
    """
    known = {}

    def shown(code, trail):
        if code in known:
            return known[code]
        if code not in conditions:
            return False
        if code in trail:
            raise ConditionLoop((*trail, code))
        trail = (*trail, code)
        known[code] = _is_true(
            conditions[code],
            lambda term: holds(
                term,
                answers.get(term.code) if term.code and shown(term.code, trail) else None,
                is_client,
            ),
        )
        return known[code]

    return {code for code in conditions if shown(code, ())}


def _is_true(condition, decide):
    return not condition or any(all(decide(term) for term in part) for part in condition)


def to_json(condition, translate):
    """A condition for the browser: a list of alternatives, each a list of terms.

    ``translate(term)`` returns True or False for a term that the server has decided, or what the
    browser needs to decide it. An empty list means "always shown".
    """
    return [[translate(term) for term in part] for part in condition]
