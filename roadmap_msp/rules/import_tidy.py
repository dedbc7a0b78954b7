"""Values that another reader took out of their cells, judged as a row of an import. No ORM."""

from .import_columns import BY_FIELD
from .import_rows import BLANK, Row, day, judge_values, money, put, says_nothing, unfit


def tidy(values):
    """The same judgement of values that another reader took out of their cells.

    That is Odoo's own import screen, or a script: clients, types and states are ids already. Dates
    may be texts with the year in front.

    :param dict values: of an asset; what a person left empty, or is no text, date or amount, stays
    :return: Row, ``blank`` are the fields whose text says nothing
    """
    row = Row(0, {})
    for fname, value in values.items():
        put(row, fname, _read(fname, value))
    judge_values(row)
    return row


def _read(fname, value):
    target = BY_FIELD.get(fname)
    kind = target.kind if target and value else ""
    if kind == "date":
        return day(fname, str(value))
    if kind == "money":
        return money(fname, f"{value:f}" if isinstance(value, float) else str(value))
    if kind not in ("text", "ref", "source"):
        return value
    text = str(value).strip()
    return BLANK if says_nothing(text) else unfit(target, text) or text
