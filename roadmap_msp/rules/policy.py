"""Which rule of life and cover holds for a device: its own, else its client's, else its type's.

Plain values in, plain values out. A level that says nothing (None) leaves the word to the one
below it.
"""

from dataclasses import dataclass

REQUIRED = "required"
OPTIONAL = "optional"
REPLACE = "replace"
COVERS = (REQUIRED, OPTIONAL, REPLACE)


@dataclass(frozen=True)
class Override:
    """What one level says. ``life_years`` 0: no rule by age; ``cover``: one of COVERS."""

    life_years: int | None = None
    cover: str | None = None
    warranty_days: int | None = None
    replacement_days: int | None = None


@dataclass(frozen=True)
class Policy:
    """What holds in the end; the fields as in :func:`due_dates.replacement_due`."""

    life_years: int
    required: bool
    replace_uncovered: bool
    warranty_days: int
    replacement_days: int


def type_rule(life_years, must_be_covered, replace_uncovered):
    """A type's rule; a type that must never be uncovered is replaced when its cover ends."""
    if replace_uncovered:
        cover = REPLACE
    else:
        cover = REQUIRED if must_be_covered else OPTIONAL
    return Override(life_years=life_years or 0, cover=cover)


#: Without a type nobody knows: an ended warranty is better shown than hidden.
NO_TYPE = Override(life_years=0, cover=REQUIRED)


def resolve(*levels):
    """The policy of levels from the weakest to the strongest."""

    def last(name, default):
        said = (getattr(level, name) for level in reversed(levels) if level)
        return next((value for value in said if value is not None), default)

    cover = last("cover", REQUIRED)
    return Policy(
        life_years=last("life_years", 0),
        required=cover in (REQUIRED, REPLACE),
        replace_uncovered=cover == REPLACE,
        warranty_days=last("warranty_days", 0),
        replacement_days=last("replacement_days", 0),
    )


def life(rule, years):
    """Years of a level's choice: "years" after so many, "never" by age, else nothing said."""
    if rule == "years":
        return max(years or 0, 0)
    return 0 if rule == "never" else None
