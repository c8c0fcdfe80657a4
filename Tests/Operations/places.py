"""Where a record is kept, on either engine."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cluster import Cluster

ROOT = Path(__file__).resolve().parent.parent.parent
FUND = ROOT / "Tests" / "Fixtures" / "river-towns"
PROGRAMS = Path(os.environ.get("POOLEDFUND_PROGRAMS", ROOT / ".build" / "debug"))
PROGRAM = PROGRAMS / "pooledfund"
STREAM = PROGRAMS / "stream-of-actions"

ENGINES = ["sqlite", "postgresql"]
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Place:
    """A database of its own, not made yet; `remove` makes it go."""

    def __init__(self, engine: str, url: str, remove):
        self.engine = engine
        self.url = url
        self.remove = remove


def sqlite_place() -> Place:
    folder = tempfile.TemporaryDirectory(prefix="pooledfund-faults-")
    return Place("sqlite", f"sqlite:{folder.name}/fund.sqlite", folder.cleanup)


def postgresql_place(cluster: Cluster, name: str) -> Place:
    return Place("postgresql", cluster.create_database(name), lambda: cluster.query(f"DROP DATABASE {name} WITH (FORCE)"))
