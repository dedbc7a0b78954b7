"""A whole questionnaire as tables of text, and back, with errors that name the place. No ORM.

Each table has a list of columns; a column knows how its cell is read. What is written is what is
read again: keys and codes, never labels that depend on a language.
"""

from dataclasses import dataclass

YES, NO = "yes", "no"
TRUE_WORDS = {"yes", "y", "true", "1", "x"}
FALSE_WORDS = {"no", "n", "false", "0", ""}


@dataclass(frozen=True)
class Column:
    """A column: heading, name of the field, kind (text, int, bool, key, code, codes, ref)."""

    title: str
    name: str
    kind: str = "text"
    required: bool = False
    keys: tuple = ()
    low: int = 0
    high: int = 1_000_000


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell: ``key`` names the reason, ``value`` what stands there."""

    sheet: str
    row: int
    column: str
    key: str
    value: str = ""
    allowed: tuple = ()


@dataclass
class Table:
    """One sheet: its name, its columns, and the columns whose cells name a row together."""

    name: str
    columns: tuple
    identity: tuple = ("code",)

    def headings_differ(self, headings):
        """The first heading that is not as expected, or None."""
        titles = [column.title for column in self.columns]
        for place, title in enumerate(titles):
            if place >= len(headings) or headings[place].strip().casefold() != title.casefold():
                return title
        return None


def write_cell(column, value):
    """The text of a value in a cell."""
    if column.kind == "bool":
        return YES if value else NO
    if column.kind == "codes":
        return ", ".join(value)
    return "" if value in (None, False) else str(value)


def read_table(table, rows, first_row):
    """Read the rows below the heading.

    :param rows: lists of texts
    :param first_row: the number of the first of them in the sheet
    :return: ``(list of dicts with "_row", list of Problems)``
    """
    records, problems, seen = [], [], {}
    for number, cells in enumerate(rows, first_row):
        if not any(cells):
            continue
        record = {"_row": number}
        for place, column in enumerate(table.columns):
            text = cells[place].strip() if place < len(cells) else ""
            value, key = read_cell(column, text)
            if key:
                problems.append(Problem(table.name, number, column.title, key, text, column.keys))
            record[column.name] = value
        identity = tuple(record[name] for name in table.identity)
        if all(identity) and identity in seen:
            title = next(c.title for c in table.columns if c.name == table.identity[-1])
            problems.append(Problem(table.name, number, title, "twice", identity[-1]))
        seen[identity] = number
        records.append(record)
    return records, problems


def read_cell(column, text):
    """``(value, None)`` or ``(None, key of the problem)``: empty, number, range, word."""
    if not text and column.kind != "bool":
        empty = [] if column.kind == "codes" else 0 if column.kind == "int" else False
        return empty, "empty" if column.required else None
    if column.kind == "int":
        return _read_int(column, text)
    if column.kind == "bool":
        word = text.casefold()
        if word in TRUE_WORDS | FALSE_WORDS:
            return word in TRUE_WORDS, None
        return None, "word"
    if column.kind == "key":
        found = next((key for key in column.keys if key.casefold() == text.casefold()), None)
        return found, None if found else "word"
    if column.kind == "codes":
        return [part.strip() for part in text.split(",") if part.strip()], None
    return text, None


def _read_int(column, text):
    try:
        number = int(text)
    except ValueError:
        return None, "number"
    return (number, None) if column.low <= number <= column.high else (None, "range")
