"""One row of an export as values of an asset, or the reasons why not. No ORM.

A row is judged alone here: its cells, its client, its dates. Whether the asset is known already
is decided in ``import_match.py``.
"""

import re
from dataclasses import dataclass, field

from . import import_amounts, import_dates, matching
from .import_columns import BY_FIELD
from .import_file import FORMULA

# What tools write where they know nothing; a serial number has a list of its own.
_NOTHING = frozenset(("", "n/a", "#n/a", "null", "none", "nan", "-", "--", "unknown", "undefined"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
WITHIN = {"partner_id", "parent_id"}


@dataclass(slots=True)
class Problem:
    """Why a row is refused: ``key`` names the reason, the rest where it stands."""

    key: str
    field: str = ""
    value: str = ""


@dataclass(slots=True)
class Row:
    """What a row says. ``blank``: fields whose column is there and whose cell is empty."""

    number: int
    values: dict
    blank: set = field(default_factory=set)
    problems: list = field(default_factory=list)
    serial_key: str = None
    maker_key: str = None


@dataclass(frozen=True)
class Known:
    """What rows may refer to.

    ``clients``: {client_key: ids}; ``types``: {matching.name_key: id}; ``roadmap_id``: the client
    of the whole import, if one was chosen; ``order``: of dates in figures; ``any_type``: a type
    that nobody knows is left empty instead of refusing the row; ``states``: {matching.name_key:
    state}; of the names that the rows at hand give: ``vendors``: {client_key: ids} and ``within``:
    {field: {(client's id, client_key): ids}}, a client's contacts and assets.
    """

    clients: dict
    types: dict
    roadmap_id: int = None
    order: str = None
    any_type: bool = False
    states: dict = field(default_factory=dict)
    vendors: dict = field(default_factory=dict)
    within: dict = field(default_factory=dict)


def client_key(name):
    """A client's name for comparing: small letters and single spaces."""
    return " ".join(name.casefold().split())


def clean(number, cells, known):
    """Judge one row.

    :param dict cells: {field: text}; fields that the file does not have are not in it
    :param Known known: clients, types and choices
    :return: Row
    """
    row = Row(number, {})
    for fname, text in cells.items():
        target = BY_FIELD[fname]
        text = text.strip() if isinstance(text, str) else text or ""
        if says_nothing(text):
            row.blank.add(fname)
        elif text == FORMULA:
            row.problems.append(Problem("formula", fname))
        elif not unfit(row, fname, text, target.limit):
            _READERS[target.kind](row, fname, text, known)
    _judge(row, known)
    return row


def says_nothing(text):
    """Whether tools write this where they know nothing."""
    return not text or (len(text) < 10 and text.lower() in _NOTHING)


def unfit(row, fname, text, limit):
    """Whether no field can hold the text; then the row's problems say so."""
    if not text.isprintable() and _CONTROL.search(text):
        row.problems.append(Problem("control", fname, _CONTROL.sub("?", text)))
    elif len(text) > limit:
        row.problems.append(Problem("too_long", fname, text))
    else:
        return False
    return True


def _judge(row, known):
    """What only the whole row shows."""
    values = row.values
    if known.roadmap_id:
        given = values.setdefault("roadmap_id", known.roadmap_id)
        if given != known.roadmap_id:
            row.problems.append(Problem("other_client", "roadmap_id"))
    elif "roadmap_id" not in values and not any(p.field == "roadmap_id" for p in row.problems):
        row.problems.append(Problem("no_client", "roadmap_id"))
    for fname in WITHIN & values.keys():
        _find_within(row, fname, known)
    judge_values(row)
    if not (row.serial_key or values.get("import_ref") or values.get("name") or row.problems):
        row.problems.append(Problem("no_identity", "name"))


def _find_within(row, fname, known):
    """What the row names among its client's contacts or assets."""
    text = row.values.pop(fname)
    ids = known.within.get(fname, {}).get((row.values.get("roadmap_id"), client_key(text)), ())
    if len(ids) == 1:
        row.values[fname] = ids[0]
    elif "roadmap_id" in row.values:
        kind = BY_FIELD[fname].kind
        row.problems.append(Problem(f"{kind}_twice" if ids else kind, fname, text))


def judge_values(row):
    """The serial number is one, and no warranty ends before the purchase."""
    values = row.values
    row.serial_key = matching.serial_key(values.get("serial"))
    row.maker_key = matching.maker_key(values.get("maker"))
    if values.get("serial") and not row.serial_key:
        # "To be filled by O.E.M." is no serial number: storing it would only mislead.
        del values["serial"]
        row.blank.add("serial")
    bought = values.get("purchase_date")
    for fname in ("warranty_end", "maker_warranty_end"):
        if bought and values.get(fname) and values[fname] < bought:
            row.problems.append(Problem("before_purchase", fname, values[fname].isoformat()))


def _text(row, fname, text, known):
    row.values[fname] = text


def _client(row, fname, text, known):
    ids = known.clients.get(client_key(text), ())
    if len(ids) == 1:
        row.values[fname] = ids[0]
    else:
        row.problems.append(Problem("client_twice" if ids else "client", fname, text))


def _type(row, fname, text, known):
    found = known.types.get(matching.name_key(text))
    if found:
        row.values[fname] = found
    elif known.any_type:
        row.blank.add(fname)
    else:
        row.problems.append(Problem("type", fname, text))


def _state(row, fname, text, known):
    found = known.states.get(matching.name_key(text))
    if found:
        row.values[fname] = found
    else:
        row.problems.append(Problem("state", fname, text))


def _vendor(row, fname, text, known):
    ids = known.vendors.get(client_key(text), ())
    if len(ids) == 1:
        row.values[fname] = ids[0]
    else:
        row.problems.append(Problem("vendor_twice" if ids else "vendor", fname, text))


def _date(row, fname, text, known):
    read_day(row, fname, text, known.order)


def read_day(row, fname, text, order=None):
    """The day into the row's values, or why it is none into its problems."""
    try:
        row.values[fname] = import_dates.read_date(text, order)
    except import_dates.DateRefused as error:
        row.problems.append(Problem(error.key, fname, text))


def _memory(row, fname, text, known):
    _take(row, fname, text, import_amounts.memory(text), "memory")


def _disk(row, fname, text, known):
    _take(row, fname, text, import_amounts.disk(text), "disk")


def _money(row, fname, text, known):
    take_money(row, fname, text)


def take_money(row, fname, text):
    """The amount into the row's values, or why it is none into its problems."""
    amount = import_amounts.money(text)
    _take(row, fname, text, amount, "money" if amount is None else "negative")


def _take(row, fname, text, value, key):
    if value is None or key == "negative" and value < 0:
        row.problems.append(Problem(key, fname, text))
    else:
        row.values[fname] = value


_READERS = {
    "text": _text,
    "ref": _text,
    "source": _text,
    "client": _client,
    "type": _type,
    "state": _state,
    "vendor": _vendor,
    "contact": _text,
    "parent": _text,
    "date": _date,
    "memory": _memory,
    "disk": _disk,
    "money": _money,
}
