"""Adds what plain unittest printed to the report: read_unittest.py NAME LOG STATUS RESULTS."""

import re
import sys
from pathlib import Path


def main(name, log, status, results):
    text = Path(log).read_text()
    ran = re.search(r"^Ran (\d+) tests? in", text, re.M)
    total = int(ran[1]) if ran else 0
    counts = {key: int(n) for key, n in re.findall(r"(failures|errors|skipped)=(\d+)", text)}
    failed = counts.get("failures", 0) + counts.get("errors", 0)
    if not total or (status != "0" and not failed):
        failed = max(failed, 1)
    skipped = counts.get("skipped", 0)
    passed = max(total - failed - skipped, 0)
    with open(f"{results}/counts", "a") as counts_file:
        print(passed, failed, skipped, file=counts_file)
    if failed:
        print(text)
        with open(f"{results}/problems", "a") as problems:
            found = re.findall(r"^(?:FAIL|ERROR): .*", text, re.M) or ["no test ran"]
            print(
                *(f"FAILED {name}: {line} (log: {log})" for line in found), sep="\n", file=problems
            )
    print(f"    {passed} passed, {failed} failed, {skipped} skipped")


main(*sys.argv[1:])
