"""A record moves from one engine to the other and back, and is backed up while it is written to."""

from __future__ import annotations

import json
import random
from pathlib import Path

from cluster import Cluster
from servers import MIGRATION_MPTF, RIVER_TOWNS, command, load
from streams import Outcomes, Stream, read

FUNDS = ["migration-mptf", "river-towns"]


def said(database: str, *arguments: str) -> dict:
    return json.loads(command(database, *arguments, "--format", "json").stdout)


def everything(database: str) -> dict[str, dict]:
    """Figures, entries and the heads of the chains, as the program tells them."""
    told = {"audit": said(database, "audit", "verify")}
    for fund in FUNDS:
        for view in ("balances", "entries", "verify"):
            told[f"{fund} {view}"] = said(database, "ledger", view, fund)
        told[f"{fund} brief"] = {"text": command(database, "brief", fund).stdout}
    return told


def test_a_record_that_moves_to_the_other_engine_and_back_is_the_same(durable_cluster: Cluster, tmp_path: Path) -> None:
    first, last = f"sqlite:{tmp_path}/first.sqlite", f"sqlite:{tmp_path}/last.sqlite"
    between = durable_cluster.create_database("moved")
    load(first, MIGRATION_MPTF)
    load(first, RIVER_TOWNS)
    before = everything(first)
    heads = set()
    for number, (source, destination) in enumerate([(first, between), (between, last)]):
        heads.add(command(source, "backup", tmp_path / f"{number}.sqlite").stdout)
        heads.add(command(destination, "restore", tmp_path / f"{number}.sqlite").stdout)
        assert everything(destination) == before
    assert len(heads) == 1
    # And it is only ever put where nothing is.
    assert "not empty" in command(between, "restore", tmp_path / "0.sqlite", code=1).stderr


def test_a_backup_of_a_postgresql_record_under_load_is_of_one_moment(
    durable_cluster: Cluster, chance: random.Random, tmp_path: Path
) -> None:  # fmt: skip
    url = durable_cluster.create_database("backed_up")
    outcomes = Outcomes()
    with Stream(url, "backup", outcomes, chance.randrange(2**32), "--clients", "4") as stream:
        stream.wait_until_ready()
        for number in range(3):
            stream.wait_for("acknowledged", 20)
            acknowledged = dict(outcomes.acknowledged)
            backup = tmp_path / f"{number}.sqlite"
            head = command(url, "backup", backup).stdout
            restored = f"sqlite:{tmp_path}/restored-{number}.sqlite"
            assert command(restored, "restore", backup).stdout == head
            # All that was acknowledged before it began, nothing in part, and everything adds up.
            outcome = Outcomes()
            outcome.acknowledged = acknowledged
            outcome.check(restored)
        stream.end()
    record = outcomes.check(url)
    assert len(read(restored)["entries"]) <= len(record["entries"])
