"""Values that another reader took out of their cells, judged as a row of an import. No ORM."""

from .import_columns import BY_FIELD
from .import_rows import Row, judge_values, read_day, says_nothing, take_money, unfit


def tidy(values):
    """The same judgement of values that another reader took out of their cells.

    That is Odoo's own import screen, or a script: clients, types and states are ids already. Dates
    may be texts with the year in front.

    :param dict values: of an asset; what a person left empty, or is no text, date or amount, stays
    :return: Row, ``blank`` are the fields whose text says nothing
    """
    row = Row(0, {})
    for fname, value in values.items():
        target = BY_FIELD.get(fname)
        kind = target.kind if target and value else ""
        if kind == "date":
            read_day(row, fname, str(value))
        elif kind == "money":
            take_money(row, fname, f"{value:f}" if isinstance(value, float) else str(value))
        elif kind in ("text", "ref", "source"):
            text = str(value).strip()
            if says_nothing(text):
                row.blank.add(fname)
            elif not unfit(row, fname, text, target.limit):
                row.values[fname] = text
        else:
            row.values[fname] = value
    judge_values(row)
    return row
