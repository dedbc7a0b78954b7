"""`rules/fiscal.py` in SQL, once for all queries; a property test holds the two together."""

from odoo.tools import SQL


def sql_month(day):
    """`fiscal.month_index` of a date; in floats, which are faster than EXTRACT."""
    return SQL(
        "(DATE_PART('year', %(day)s) * 12 + DATE_PART('month', %(day)s) - 1)::integer", day=day
    )


def sql_fiscal_year(month, start_month):
    """`fiscal.fiscal_year` of a month index, for a year that starts in a month (an integer)."""
    return SQL(
        "(%(month)s / 12 + CASE WHEN %(start)s > 1"
        " AND %(month)s %% 12 + 1 >= %(start)s THEN 1 ELSE 0 END)",
        month=month,
        start=start_month,
    )


def sql_fiscal_quarter(month, start_month):
    """`fiscal.fiscal_quarter` of a month index."""
    return SQL("((%(month)s %% 12 + 13 - %(start)s) %% 12 / 3 + 1)", month=month, start=start_month)
