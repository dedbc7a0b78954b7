"""Figures as people type them. No ORM."""

import re

# Between groups of digits: spaces of every kind and apostrophes.
GAPS = re.compile(r"[\s'\u2019]")
GROUPS = re.compile(r"-?\d{1,3}(?:[.,]\d{3})+")


def plain(text, decimal="."):
    """A typed figure as a computer reads it: 1,200 or 1.200,5 or 12,5 become 1200, 1200.5, 12.5.

    What can be read in two ways is read as the language writes it: 1,200 is a little more than one
    where the comma is the decimal point. What is no figure stays what it is. The same as
    `plainFigure` of the page's script.

    :param decimal: the decimal point of the language
    """
    text = GAPS.sub("", text)
    marks = [mark for mark in text if mark in ".,"]
    if not marks:
        return text
    last = marks[-1]
    several = marks.count(last) > 1
    if len(set(marks)) == 1 and GROUPS.fullmatch(text) and (several or last != decimal):
        return text.replace(last, "")
    if several:
        return text
    whole, _mark, rest = text.rpartition(last)
    return f"{whole.replace('.', '').replace(',', '')}.{rest}"
