"""Reads Odoo's log. As a command it fails where the log holds a warning or error of ours."""

import re
import sys
from pathlib import Path

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+): (?P<text>.*)"
)
LOUD = ("WARNING", "ERROR", "CRITICAL")


def entries(log):
    """Yields level, logger and text of each entry, the text with its further lines."""
    current = None
    for line in Path(log).read_text(errors="replace").splitlines():
        match = LINE.match(line)
        if match:
            if current:
                yield current
            current = (match["level"], match["logger"], match["text"])
        elif current:
            current = (*current[:2], f"{current[2]}\n{line}")
    if current:
        yield current


class Noise:
    """What tools/test/noise.txt explains."""

    def __init__(self):
        lines = (Path(__file__).parent / "noise.txt").read_text().splitlines()
        self.patterns = [re.compile(line) for line in lines if line and not line.startswith("#")]

    def explains(self, logger, text):
        return any(pattern.search(f"{logger}: {text}") for pattern in self.patterns)


def unexplained(log):
    noise = Noise()
    for level, logger, text in entries(log):
        if level in LOUD and not noise.explains(logger, text):
            yield f"{level} {logger}: {text}"


if __name__ == "__main__":
    found = list(unexplained(sys.argv[1]))
    for line in found:
        print(line)
    sys.exit(bool(found))
