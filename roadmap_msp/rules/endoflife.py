"""Read product releases and their ends of support from what endoflife.date publishes, or a file.

Three shapes are understood: a product of its interface (version 1), the full list of products of
that interface, and a CSV file with the columns product, release, mainstream_end, end_of_support.
"""

import csv
import io
import json
from dataclasses import dataclass
from datetime import date

MAX_RELEASES = 20_000


@dataclass(frozen=True)
class Release:
    """One release. ``names``: the ways in which it may be written; the first one is shown."""

    product: str
    release: str
    names: tuple
    release_on: date | None
    mainstream_end: date | None
    support_end: date | None


# Our names begin so -> the product of endoflife.date.
PRODUCTS = {
    "windows server": "windows-server",
    "windows 10": "windows",
    "windows 11": "windows",
    "exchange server": "msexchange",
    "sql server": "mssqlserver",
    "sharepoint server": "sharepoint",
    "office": "office",
    "macos": "macos",
    "ubuntu": "ubuntu",
    "debian": "debian",
    "red hat enterprise linux": "rhel",
    "proxmox ve": "proxmox-ve",
    "postgresql": "postgresql",
    "php": "php",
}
# How the product "windows" tells the editions apart that have ends of their own.
EDITIONS = {"(W)": "Pro", "(E)": "Enterprise"}


def product_of(name):
    """The product of endoflife.date for one of our names, or None."""
    small = name.lower()
    return next((slug for start, slug in PRODUCTS.items() if small.startswith(start)), None)


def from_text(text):
    """All releases of a text in one of the three shapes.

    :raises ValueError: with words for a person, when it is none of them
    """
    text = text.lstrip("\ufeff").strip()
    if not text:
        raise ValueError("The file is empty.")
    releases = _from_json(text) if text[0] in "[{" else _from_csv(text)
    if len(releases) > MAX_RELEASES:
        raise ValueError("The file holds too many releases.")
    return releases


def _from_json(text):
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ValueError("The file is no valid JSON.") from error
    return from_answer(data)


def from_answer(data):
    """Releases of a decoded answer of the interface: of one product or of many."""
    result = data.get("result") if isinstance(data, dict) else data
    products = result if isinstance(result, list) else [result]
    found = []
    for product in products:
        rows = product.get("releases") if isinstance(product, dict) else None
        if not isinstance(rows, list):
            raise ValueError("This is no product of endoflife.date.")
        found += [_release(product, row) for row in rows if isinstance(row, dict)]
    return found


def _release(product, row):
    label = str(product.get("label") or product.get("name") or "")
    name = str(row.get("name") or "")
    shown = str(row.get("label") or name)
    names = [shown if label.lower() in shown.lower() else f"{label} {shown}"]
    if product.get("name") == "windows":
        names = _windows_names(names[0])
    else:
        names.append(f"{label} {name}")
    return Release(
        product=str(product.get("name") or label),
        release=name,
        names=tuple(dict.fromkeys(names)),
        release_on=_day(row.get("releaseDate")),
        mainstream_end=_day(row.get("eoasFrom")),
        support_end=_day(row.get("eolFrom")),
    )


def _windows_names(shown):
    """Long-term releases are left alone: their names do not say which of ours they are."""
    if "LTS" in shown:
        return []
    for mark, edition in EDITIONS.items():
        shown = shown.replace(mark, edition)
    return [shown]


def _from_csv(text):
    rows = list(csv.DictReader(io.StringIO(text)))
    if not rows or not {"product", "end_of_support"} <= set(rows[0]):
        raise ValueError("The first line must name the columns product and end_of_support.")
    found = []
    for number, row in enumerate(rows, start=2):
        name = (row["product"] or "").strip()
        if not name:
            continue
        days = []
        for column in ("release", "mainstream_end", "end_of_support"):
            value = (row.get(column) or "").strip()
            days.append(_day(value))
            if value and not days[-1]:
                raise ValueError(
                    f"Line {number}, {column}: {value} is no date. Write it as 2027-01-31."
                )
        found.append(Release("file", name, (name,), *days))
    return found


def _day(value):
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) and value else None
    except ValueError:
        return None
