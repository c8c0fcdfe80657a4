"""The check that the tests of faults rely on finds what it is for."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from streams import Outcomes, Stream


@pytest.fixture
def streamed(tmp_path: Path, chance: random.Random) -> tuple[Path, Outcomes]:
    """A record, closed in good order, and what its clients were told."""
    path = tmp_path / "fund.sqlite"
    outcomes = Outcomes()
    with Stream(f"sqlite:{path}", "one", outcomes, chance.randrange(2**32)) as stream:
        stream.wait_until_ready()
        stream.wait_for("acknowledged", 30)
        stream.end()
    outcomes.check(f"sqlite:{path}")
    return path, outcomes


def test_it_finds_an_acknowledged_action_that_is_lost(streamed: tuple[Path, Outcomes], tmp_path: Path, chance: random.Random) -> None:
    path, outcomes = streamed
    earlier = tmp_path / "earlier.sqlite"
    shutil.copy(path, earlier)
    with Stream(f"sqlite:{path}", "two", outcomes, chance.randrange(2**32)) as stream:
        stream.wait_until_ready()
        stream.wait_for("acknowledged", 1)
        stream.end()
    outcomes.check(f"sqlite:{path}")
    with pytest.raises(AssertionError, match="is lost"):
        outcomes.check(f"sqlite:{earlier}")


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("DELETE FROM posting WHERE rowid = (SELECT MAX(rowid) FROM posting)", "half an entry"),
        ("UPDATE entry SET external_id = 'one-c1-n9999-e1of2' WHERE rowid = (SELECT MAX(rowid) FROM entry)", "half an action"),
        ("UPDATE audit_event SET row_count = row_count + 1 WHERE sequence = 3", "removed"),
    ],
)
def test_it_finds_what_is_half_there(streamed: tuple[Path, Outcomes], damage: str, finding: str) -> None:
    path, _ = streamed
    with sqlite3.connect(path) as database:
        triggers = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")]
        for trigger in triggers:
            database.execute(f'DROP TRIGGER "{trigger}"')
        database.execute(damage)
    database.close()
    with pytest.raises(AssertionError, match=finding):
        Outcomes().check(f"sqlite:{path}")
