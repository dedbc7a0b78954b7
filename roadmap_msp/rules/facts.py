"""Answers that are facts about a client: what they may be applied to, and as which value. No ORM.

The list of targets is fixed here: an answer is never written anywhere else.
"""

import datetime as dt

from .answers import Value

# Target: the types of question that can hold it.
TARGETS = {
    "headcount": ("number",),
    "seats": ("number",),
    "sites": ("number",),
    "fiscal_year_end": ("date",),
    "insurance_renewal": ("date",),
    "decision_maker": ("text",),
}
COUNTS = ("headcount", "seats", "sites")
MOST = 1_000_000


def fits(target, question_type):
    """Whether a question of this type can hold the fact."""
    return question_type in TARGETS.get(target, ())


def read(target, value):
    """The fact as it is stored: an int, a month from 1 to 12, a date or a name; None for none.

    A fiscal year that ends on a day begins in the month of the next day.
    """
    if value.empty or value.special:
        return None
    if target in COUNTS:
        number = value.number
        whole = number is not None and float(number).is_integer() and 0 <= number <= MOST
        return int(number) if whole else None
    if target == "fiscal_year_end":
        return (value.date + dt.timedelta(days=1)).month if value.date else None
    if target == "insurance_renewal":
        return value.date
    return " ".join(value.text.split()) or None


def as_answer(question, fact, today):
    """The known fact as the answer to a question, or None where its type cannot hold it.

    The fiscal year is answered by the day on which the current one ends.
    """
    if not fits(question.fact, question.type):
        return None
    if question.fact in COUNTS:
        return Value(number=float(fact))
    if question.fact == "fiscal_year_end":
        year = today.year + (fact <= today.month)
        return Value(date=dt.date(year, fact, 1) - dt.timedelta(days=1))
    return Value(date=fact) if question.fact == "insurance_renewal" else Value(text=fact)
