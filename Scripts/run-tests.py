#!/usr/bin/env python3
"""Runs every test: the Swift package's, then those in Chromium against the program just built. Run by `make test`.

Ends with one line, `N passed, N failed`, that sums both, and with an exit code of 1 where anything failed. What each part printed in full is
in .build-tools/logs/.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / ".build-tools" / "logs"
PYTHON = ROOT / ".build-tools" / "venv" / "bin" / "python"

# Progress, and tests that pass: the log keeps them.
PROGRESS = re.compile(
    r"^(\[\d+/\d+\]|◇|✔ (Test|Suite) |Test Case .*(started|passed)|Test Suite |\t Executed |Building for|Build complete|Planning build)"
)


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)


def run(name: str, title: str, command: list[str], hidden: re.Pattern[str] | None = None) -> bool:
    """Runs one part, shows what is worth reading, and says how long it took. True where it ended with 0."""
    print(f"── {title}", flush=True)
    began = time.monotonic()
    environment = {**os.environ, "POOLEDFUND_TEST_PYTHON": str(PYTHON)}
    with (LOGS / f"{name}.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        assert process.stdout is not None
        for line in process.stdout:
            log.write(line)
            if line.strip() and not (hidden and hidden.match(line)):
                print(line, end="", flush=True)
        code = process.wait()
    if code < 0:
        print(f"ended by {signal.Signals(-code).name}")
    print(f"── {title}: {'done' if code == 0 else f'failed with {code}'}, {time.monotonic() - began:.1f} s\n", flush=True)
    return code == 0


def count(reports: list[Path], succeeded: bool) -> Count:
    """What JUnit reports tell. A part that failed without a failed test to show for it (a crash, no report) counts as one failure."""
    total = Count()
    for report in reports:
        if not report.exists():
            continue
        try:
            cases = list(ElementTree.parse(report).iter("testcase"))
        except ElementTree.ParseError:
            continue
        # A test that passes and whose cleaning up fails is written twice.
        outcomes: dict[tuple[str | None, str | None], str] = {}
        for case in cases:
            name = (case.get("classname"), case.get("name"))
            if case.find("failure") is not None or case.find("error") is not None:
                outcomes[name] = "failed"
            else:
                outcomes.setdefault(name, "skipped" if case.find("skipped") is not None else "passed")
        found = list(outcomes.values())
        total += Count(found.count("passed"), found.count("failed"), found.count("skipped"))
    if not succeeded and total.failed == 0:
        total.failed = 1
    return total


def main() -> int:
    LOGS.mkdir(parents=True, exist_ok=True)
    for old in LOGS.glob("*.xml"):
        old.unlink()
    total = Count()
    if run("build", "Building (debug)", ["swift", "build", "--build-tests"], PROGRESS):
        unit = LOGS / "swift.xml"
        passed = run("swift", "Swift tests", ["swift", "test", "--skip-build", "--xunit-output", str(unit)], PROGRESS)
        # The two test libraries write a report each.
        total += count([unit, LOGS / "swift-swift-testing.xml"], passed)

        browser = LOGS / "browser.xml"
        command = [str(PYTHON), "-m", "pytest", "--quiet", "--durations", "5", "--durations-min", "5", f"--junitxml={browser}", "Tests/Browser"]
        passed = run("browser", "Tests in the browser", command)
        total += count([browser], passed)
    else:
        total.failed += 1
    if total.skipped:
        print(f"{total.skipped} skipped")
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
