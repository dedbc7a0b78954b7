"""Adds what an Odoo log says to the report: read_log.py NAME LOG STATUS RESULTS.

Besides the tests, the log itself is one check: a warning or error that tools/test/noise.txt does
not explain is ours.
"""

import re
import sys
from pathlib import Path

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+): (?P<text>.*)"
)
# Repeats of failures that were counted where they happened.
SUMMARIES = re.compile(
    r"^(Module \w+: \d+ failures, \d+ errors|At least one test failed|\d+ failed, \d+ error\(s\) of)"
)
BROWSER = re.compile(r"chrome|websocket|browser", re.I)


def read_noise():
    lines = (Path(__file__).parent / "noise.txt").read_text().splitlines()
    return [re.compile(line) for line in lines if line and not line.startswith("#")]


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


class Reader:
    def __init__(self):
        self.noise = read_noise()
        self.started = 0
        self.skipped = 0
        self.failures = {}
        self.unexplained = []
        self.skips = []
        self.js = 0

    def read(self, level, logger, text):
        if re.match(r"Starting \S+ \.\.\. ?$", text):
            self.started += 1
        elif match := re.match(r"skipped (\S+) : (.*)", text):
            if BROWSER.search(match[2]):
                self.failures.setdefault(match[1], f"browser test skipped: {match[2]}")
            else:
                self.skipped += 1
                self.skips.append(f"{match[1]}: {match[2]}")
        elif level == "ERROR" and (match := re.match(r"(?:FAIL|ERROR): (?:Subtest )?(.*)", text)):
            self.failures.setdefault(match[1].split(" ")[0] + " " + logger, text)
        elif level in ("WARNING", "ERROR", "CRITICAL"):
            if not SUMMARIES.match(text) and not any(
                n.search(f"{logger}: {text}") for n in self.noise
            ):
                self.unexplained.append(f"{level} {logger}: {text}")
        elif match := re.search(r"\[HOOT\] Passed (\d+) tests?", text):
            self.js += int(match[1])


def main(name, log, status, results):
    reader = Reader()
    for entry in entries(log):
        reader.read(*entry)
    # A class whose set-up fails starts none of its tests but reports one error.
    not_started = sum("setUpClass" in test or "setUpModule" in test for test in reader.failures)
    failed = len(reader.failures)
    passed = max(reader.started + not_started - failed - reader.skipped, 0) + reader.js
    problems = [f"FAILED {name}: {text}" for text in reader.failures.values()]
    problems += [f"LOG    {name}: {text}" for text in reader.unexplained]
    if status != "0" and not problems:
        problems.append(f"FAILED {name}: Odoo ended with status {status}")
    if not reader.started:
        problems.append(f"FAILED {name}: no test ran")
    clean = not reader.unexplained and len(problems) == len(reader.failures)
    with open(f"{results}/counts", "a") as counts:
        print(passed + clean, failed + (not clean), reader.skipped, file=counts)
    with open(f"{results}/problems", "a") as out:
        for text in problems:
            print("\n".join(text.splitlines()[:40]), f"    (log: {log})", sep="\n", file=out)
        for text in reader.skips:
            print(f"SKIPPED {name}: {text}", file=out)
    for text in problems:
        print(text)
    print(f"    {passed} passed, {failed} failed, {reader.skipped} skipped; log clean: {clean}")


main(*sys.argv[1:])
