"""Figures as other tools write them; None for a text that is none. No ORM."""

import re

from . import figures

_MEMORY = re.compile(r"(\d+(?:[.,]\d+)?)\s*(gib|gb|g|mib|mb|m|)")
_MONEY = re.compile(r"[-+]?\d+(\.\d+)?")
MEGABYTES_FROM = 1024
"""A bare figure of so many or more counts megabytes."""
_DISKS = (
    ("ssd", ("ssd", "solid", "nvme", "flash")),
    ("hdd", ("hdd", "hard", "sata")),
)
MEMORY_LIMIT = 65_536
COST_LIMIT = 1_000_000_000


def memory(text):
    """Gigabytes."""
    found = _MEMORY.fullmatch(text.lower())
    if not found:
        return None
    size = float(found[1].replace(",", "."))
    # Tools that give a bare figure of thousands count megabytes.
    if found[2].startswith("m") or (not found[2] and size >= MEGABYTES_FROM):
        size /= 1024
    return round(size) if size <= MEMORY_LIMIT else None


def memory_text(size):
    """Gigabytes as :func:`memory` reads them back."""
    return f"{size} GB" if size >= MEGABYTES_FROM else str(size or "")


def disk(text):
    """ "ssd" or "hdd"."""
    lower = text.lower()
    return next((kind for kind, words in _DISKS if any(word in lower for word in words)), None)


def money(text):
    """An amount, whichever sign stands before its decimals; it may be negative."""
    figure = figures.plain(re.sub(r"[^\d.,+-]", "", text))
    if not _MONEY.fullmatch(figure) or abs(float(figure)) > COST_LIMIT:
        return None
    return float(figure)
