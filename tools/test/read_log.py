"""Adds what an Odoo log says to the report: read_log.py NAME LOG STATUS RESULTS.

Besides the tests, the log itself is one check: a warning or error that tools/test/noise.txt does
not explain is ours.
"""

import re
import sys

from odoo_log import LOUD, Noise, entries

# Repeats of failures that were counted where they happened.
SUMMARIES = re.compile(
    r"^(Module \w+: \d+ failures|At least one test failed|\d+ failed, \d+ error\(s\) of)"
)
BROWSER = re.compile(r"chrome|websocket|browser", re.I)


class Reader:
    def __init__(self):
        self.noise = Noise()
        self.started = 0
        self.in_browser = 0
        self.failures = {}
        self.unexplained = {}
        self.skips = []

    def read(self, level, logger, text):
        if re.match(r"Starting \S+ \.\.\. ?$", text):
            self.started += 1
        elif match := re.match(r"skipped (\S+) : (.*)", text):
            if BROWSER.search(match[2]):
                self.failures[match[1]] = f"browser test skipped: {match[1]}: {match[2]}"
            else:
                self.skips.append(f"{match[1]}: {match[2]}")
        elif level == "ERROR" and (match := re.match(r"(?:FAIL|ERROR): (?:Subtest )?(\S+)", text)):
            # Several subtests may fail, but one test did.
            self.failures.setdefault(f"{logger} {match[1]}", text)
        elif match := re.search(r"\[HOOT\] Passed (\d+) tests?", text):
            self.in_browser += int(match[1])
        elif level in LOUD and not SUMMARIES.match(text) and not self.noise.explains(logger, text):
            # The same line again says nothing new.
            self.unexplained[f"{level} {logger}: {text}"] = True

    @property
    def passed(self):
        # A class whose set-up fails starts none of its tests and reports one error.
        outside = sum("setUp" in test or "tearDown" in test for test in self.failures)
        in_python = self.started - (len(self.failures) - outside) - len(self.skips)
        return max(in_python, 0) + self.in_browser


def main(name, log, status, results):
    reader = Reader()
    for entry in entries(log):
        reader.read(*entry)
    of_log = [f"LOG    {name}: {text}" for text in reader.unexplained]
    if not reader.started:
        of_log.append(f"FAILED {name}: no test ran")
    elif status != "0" and not of_log and not reader.failures:
        of_log.append(f"FAILED {name}: Odoo ended with status {status}")
    problems = [f"FAILED {name}: {text}" for text in reader.failures.values()] + of_log
    passed = reader.passed + (not of_log)
    failed = len(reader.failures) + bool(of_log)
    with open(f"{results}/counts", "a") as counts:
        print(passed, failed, len(reader.skips), file=counts)
    with open(f"{results}/problems", "a") as out:
        for text in problems:
            print(*text.splitlines()[:60], sep="\n", file=out)
        if problems:
            print(f"    full log: {log}", file=out)
        for text in reader.skips:
            print(f"SKIPPED {name}: {text}", file=out)
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"    {passed} passed, {failed} failed, {len(reader.skips)} skipped")


main(*sys.argv[1:])
