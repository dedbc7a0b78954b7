"""Rows as the text that PostgreSQL's COPY reads. No ORM.

A column at a time: whether anything in it has to be escaped is one look at all of its cells.
"""

NULL = r"\N"
_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def column(values):
    """A cell of text for each value; None and the empty text are NULL."""
    cells = ["" if value is None else str(value) for value in values]
    text = "\n".join(cells)
    if any(sign in text for sign in "\\\t\r") or text.count("\n") >= len(cells):
        cells = [cell.translate(_ESCAPED) for cell in cells]
    return [cell or NULL for cell in cells]


def line(values):
    """Part of a row, for rows that have it in common."""
    return "\t".join(column(values))


def table(columns):
    """The whole text of columns of equal length."""
    return "".join([f"{row}\n" for row in map("\t".join, zip(*columns, strict=True))])
