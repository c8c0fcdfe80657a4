#!/usr/bin/env python3
"""Runs every test: the Swift package's, on SQLite and on PostgreSQL; those of servers that are killed, cut off and copied; those in Chromium against
the program just built. Run by `make test`.

Ends with a line for each engine and one line, `N passed, N failed`, that sums all, and with an exit code of 1 where anything failed. What each part
printed in full is in .build-tools/logs/.
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
OPERATIONS = ROOT / "Tests" / "Operations"
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


# Each test has a database of its own with a few connections, and the swift test of today would start all tests at once.
FEW_AT_A_TIME = ["--experimental-maximum-parallelization-width", "8"]
# Chromium waits for the server and the server for Chromium: two processes fill two cores. Each has a server and a browser of its own.
TWO_AT_A_TIME = ["--numprocesses", "2", "--dist", "loadfile"]
# The suites that touch storage: they run once more, on the second engine.
STORAGE_SUITES = "StorageTests|PooledFundTests|PublicationsTests|WebTests"


def run(name: str, title: str, command: list[str], hidden: re.Pattern[str] | None = None, settings: dict[str, str] | None = None) -> bool:
    """Runs one part, shows what is worth reading, and says how long it took. True where it ended with 0."""
    print(f"── {title}", flush=True)
    began = time.monotonic()
    environment = {**os.environ, "POOLEDFUND_TEST_PYTHON": str(PYTHON), **(settings or {})}
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


def swift_tests(engine: str, name: str, arguments: list[str], settings: dict[str, str]) -> Count:
    report = LOGS / f"swift-{engine}.xml"
    command = ["swift", "test", "--skip-build", "--xunit-output", str(report), *arguments]
    passed = run(f"swift-{engine}", f"Swift tests on {name}", command, PROGRESS, {**settings, "POOLEDFUND_TEST_ENGINE": engine})
    # The two test libraries write a report each.
    return count([report, LOGS / f"swift-{engine}-swift-testing.xml"], passed)


def python_tests(name: str, title: str, folder: str, *options: str) -> Count:
    report = LOGS / f"{name}.xml"
    command = [str(PYTHON), "-m", "pytest", "--quiet", "--durations", "5", "--durations-min", "10", f"--junitxml={report}", *options, folder]
    return count([report], run(name, title, command))


def main() -> int:
    # So that what was started is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    LOGS.mkdir(parents=True, exist_ok=True)
    for old in LOGS.glob("*.xml"):
        old.unlink()
    total = Count()
    engines: dict[str, Count] = {}
    if run("build", "Building (debug)", ["swift", "build", "--build-tests"], PROGRESS):
        engines["SQLite"] = swift_tests("sqlite", "SQLite", FEW_AT_A_TIME, {})
        sys.path.insert(0, str(OPERATIONS))
        from cluster import Cluster

        with Cluster(durable=False) as cluster:
            settings = {"POOLEDFUND_TEST_POSTGRESQL": cluster.url()}
            engines["PostgreSQL"] = swift_tests("postgresql", "PostgreSQL", ["--filter", STORAGE_SUITES, *FEW_AT_A_TIME], settings)
        total += engines["SQLite"] + engines["PostgreSQL"]
        total += python_tests("operations", "Tests of servers: faults, standbys, backups", "Tests/Operations")
        total += python_tests("browser", "Tests in the browser", "Tests/Browser", *TWO_AT_A_TIME)
    else:
        total.failed += 1
    for line in fault_lines():
        print(line)
    for name, found in engines.items():
        print(f"{name}: {found.passed} passed, {found.failed} failed, {found.skipped} for the other engine")
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


def fault_lines() -> list[str]:
    """What the tests of faults told of how much they did, and their seed."""
    log = LOGS / "operations.log"
    if not log.exists():
        return []
    return [line for line in log.read_text().splitlines() if re.match(r"(SQLite|PostgreSQL|failover|faults): ", line)]


if __name__ == "__main__":
    sys.exit(main())
