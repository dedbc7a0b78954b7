"""Reading and writing of the content files: records parted by bars, CSV with a header."""

import csv
import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parent / "source"
ADDON = Path(__file__).resolve().parents[2] / "roadmap_msp"


class ContentError(ValueError):
    """A record of the source that does not follow the rules; names file, line and reason."""


def read_psv(name, *layouts, folder=SOURCE):
    """Yield ``(line number, marker, dict)`` of a file parted by bars, without a header line.

    Each layout is ``(marker, field names)``; a line belongs to the first layout with whose marker
    it starts (an empty marker fits all).
    """
    text = (folder / name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        marker, fields = next(pair for pair in layouts if line.startswith(pair[0]))
        values = line[len(marker) :].split("|")
        if len(values) != len(fields):
            raise ContentError(f"{name}:{number}: {len(values)} fields, {len(fields)} expected")
        yield number, marker, dict(zip(fields, values, strict=True))


def read_csv(name, folder=SOURCE):
    """Rows of a CSV file with a header, as dictionaries."""
    with open(folder / name, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, strict=True))


def slug(text):
    """A lower-case word of letters, digits and underscores, for external identifiers."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def write_csv(path, header, rows):
    """Write an Odoo data file; True where its content changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else None
    with open(path, "w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path.read_bytes() != before
