"""One row of an export as values of an asset, or the reasons why not. No ORM.

A row is judged alone here: its cells, its client, its dates. Whether the asset is known already
is decided in ``import_match.py``.
"""

import re
from dataclasses import dataclass, field

from . import import_amounts, import_dates, matching
from .due_dates import LIFETIME_YEAR
from .import_columns import BY_FIELD
from .import_file import FORMULA

# What tools write where they know nothing; a serial number has a list of its own.
_NOTHING = frozenset(("", "n/a", "#n/a", "null", "none", "nan", "-", "--", "unknown", "undefined"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OWN = re.compile(r"[1-9][0-9]{0,8}")
# What comes along from web pages: two texts that differ in it look the same.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
WITHIN = {"partner_id", "parent_id"}
# Free texts, which differ from row to row, and how long they may be.
_FREE = {
    name: target.limit
    for name, target in BY_FIELD.items()
    if target.kind in ("text", "ref", "source", "contact", "parent")
}
BLANK = object()
"""What an empty cell says."""


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
    part_of: tuple = None
    """(number, name) of the row that brings the device which this one is part of."""


@dataclass(frozen=True)
class Known:
    """What rows may refer to.

    ``clients``: {client_key: ids}; ``types``: {matching.name_key: id}; ``roadmap_id``: the client
    of the whole import, if one was chosen; ``order``: of dates in figures; ``any_type``: a type
    that nobody knows is left empty instead of refusing the row; ``states``: {matching.name_key:
    state}; of the names that the rows at hand give: ``vendors``: {client_key: ids} and ``within``:
    {field: {(client's id, client_key): ids}}, a client's contacts and assets; ``brought``:
    {(client's id, client_key): row numbers} of the parent devices that rows of this import bring;
    ``read``: what each text of a column was read as, since most columns say the same few things
    over and over.
    """

    clients: dict
    types: dict
    roadmap_id: int = None
    order: str = None
    any_type: bool = False
    states: dict = field(default_factory=dict)
    vendors: dict = field(default_factory=dict)
    within: dict = field(default_factory=dict)
    brought: dict = field(default_factory=dict)
    read: dict = field(default_factory=dict)

    def begin(self):
        """Forget what the last rows named, and what their cells were read as."""
        for found in (self.vendors, self.within, self.read):
            found.clear()


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
    values, read = row.values, known.read
    for fname, text in cells.items():
        limit = _FREE.get(fname)
        if limit is None:
            said = read.get((fname, text))
            if said is None:
                said = read[fname, text] = read_cell(fname, text, known)
        elif text and text.isprintable() and len(text) <= limit:
            said = text.strip()
            if said.lower() in _NOTHING:
                said = BLANK
        else:
            said = read_cell(fname, text, known)
        if said.__class__ is Problem or said is BLANK:
            put(row, fname, said)
        else:
            values[fname] = said
    _judge(row, known)
    return row


def read_cell(fname, text, known):
    """What the text of a cell means: a value, BLANK or the Problem with it."""
    target = BY_FIELD[fname]
    text = text.translate(_UNSEEN).strip() if isinstance(text, str) else text or ""
    if says_nothing(text):
        return BLANK
    if text == FORMULA:
        return Problem("formula", fname)
    return unfit(target, text) or _READERS[target.kind](fname, text, known)


def put(row, fname, said):
    """Add to a row what one of its cells means."""
    if said is BLANK:
        row.blank.add(fname)
    elif said.__class__ is Problem:
        row.problems.append(said)
    else:
        row.values[fname] = said


def says_nothing(text):
    """Whether tools write this where they know nothing."""
    return not text or (len(text) < 10 and text.lower() in _NOTHING)


def unfit(target, text):
    """The Problem of a text that the field cannot hold, else None."""
    if not text.isprintable() and _CONTROL.search(text):
        return Problem("control", target.field, _CONTROL.sub("?", text))
    if not target.lines and len(text.splitlines()) > 1:
        # Mostly a quotation mark that is closed rows later: no value may leak into another row.
        return Problem("lines", target.field, text)
    return Problem("too_long", target.field, text) if len(text) > target.limit else None


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
    known_by = row.serial_key or any(map(values.get, ("name", "import_ref", "own_ref")))
    if not (known_by or row.problems):
        row.problems.append(Problem("no_identity", "name"))


def _find_within(row, fname, known):
    """What the row names among its client's contacts or assets."""
    text = row.values.pop(fname)
    key = (row.values.get("roadmap_id"), client_key(text))
    ids = known.within.get(fname, {}).get(key, ())
    if len(ids) == 1:
        row.values[fname] = ids[0]
        return
    if fname == "parent_id" and not ids:
        ids = known.brought.get(key, ())
        if len(ids) == 1:
            row.part_of = (ids[0], text)
            return
    if "roadmap_id" in row.values:
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
    if bought and bought.year >= LIFETIME_YEAR:
        # As 1970: the end of a tool's calendar. A warranty may say "for life" by such a year.
        row.problems.append(Problem("no_real_date", "purchase_date", bought.isoformat()))
    for fname in ("warranty_end", "maker_warranty_end"):
        if bought and values.get(fname) and values[fname] < bought:
            row.problems.append(Problem("before_purchase", fname, values[fname].isoformat()))


def _text(fname, text, known):
    return text


def _client(fname, text, known):
    ids = known.clients.get(client_key(text), ())
    return ids[0] if len(ids) == 1 else Problem("client_twice" if ids else "client", fname, text)


def _type(fname, text, known):
    found = known.types.get(matching.name_key(text))
    return found or (BLANK if known.any_type else Problem("type", fname, text))


def _state(fname, text, known):
    return known.states.get(matching.name_key(text)) or Problem("state", fname, text)


def _vendor(fname, text, known):
    ids = known.vendors.get(client_key(text), ())
    return ids[0] if len(ids) == 1 else Problem("vendor_twice" if ids else "vendor", fname, text)


def _date(fname, text, known):
    return day(fname, text, known.order)


def day(fname, text, order=None):
    """The day that a text means, or the Problem with it."""
    try:
        return import_dates.read_date(text, order)
    except import_dates.DateRefused as error:
        return Problem(error.key, fname, text)


def _own(fname, text, known):
    return int(text) if _OWN.fullmatch(text) else Problem("own", fname, text)


def _memory(fname, text, known):
    size = import_amounts.memory(text)
    return Problem("memory", fname, text) if size is None else size


def _disk(fname, text, known):
    return import_amounts.disk(text) or Problem("disk", fname, text)


def _money(fname, text, known):
    return money(fname, text)


def money(fname, text):
    """The amount that a text means, or the Problem with it."""
    amount = import_amounts.money(text)
    if amount is None or amount < 0:
        return Problem("money" if amount is None else "negative", fname, text)
    return amount


_READERS = {
    "text": _text,
    "ref": _text,
    "source": _text,
    "own": _own,
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
