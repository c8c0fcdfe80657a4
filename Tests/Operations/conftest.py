"""What the tests share: one durable cluster, one seed, and the lines that say how much was done."""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from cluster import Cluster  # noqa: E402

SEED = int(os.environ.get("POOLEDFUND_FAULT_SEED") or random.SystemRandom().randrange(1_000_000))
_told: list[str] = []

# So that what was started is stopped.
signal.signal(signal.SIGTERM, lambda *_: pytest.exit("asked to stop", 143))


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Chance of the test's own, the same for the same POOLEDFUND_FAULT_SEED."""
    return random.Random(f"{SEED} {request.node.name}")


@pytest.fixture
def tell():
    """Says in one line, at the end of the run, how much was done."""
    return _told.append


@pytest.fixture(scope="session")
def durable_cluster():
    """A cluster that waits for its disk, for tests that do it no harm for longer than they last."""
    with Cluster(settings={"max_wal_size": "256MB"}) as cluster:
        yield cluster


def pytest_terminal_summary(terminalreporter) -> None:
    if not _told:
        return
    terminalreporter.section("faults")
    for line in [*_told, f"faults: seed {SEED} (POOLEDFUND_FAULT_SEED={SEED} repeats them)"]:
        terminalreporter.write_line(line)
