"""kill -9 of whoever writes, at random moments."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from cluster import Cluster
from killing import Tally, kill_writers
from loading import kill_servers
from places import ENGINES, NAMES, postgresql_place, sqlite_place

# `make soak` asks for more.
KILLS = int(os.environ.get("POOLEDFUND_SOAK_KILLS") or 30)
SERVER_KILLS = max(8, KILLS // 5)
IS_SOAK = bool(os.environ.get("POOLEDFUND_SOAK_KILLS"))


@pytest.mark.parametrize("engine", ENGINES)
def test_what_was_acknowledged_outlives_a_killed_writer(engine: str, durable_cluster: Cluster, chance: random.Random, tell) -> None:
    def new_place(number: int):
        return sqlite_place() if engine == "sqlite" else postgresql_place(durable_cluster, f"kills_{number}")

    def progress(tally: Tally) -> None:
        if IS_SOAK and tally.kills % 10 == 0:
            print(f"{NAMES[engine]}: {tally.kills} of {KILLS} kills", flush=True)

    tally = kill_writers(new_place, KILLS, chance, progress)
    assert tally.kills == KILLS
    assert tally.acknowledged > 0
    tell(tally.line(engine, "the writing process"))


@pytest.mark.parametrize("engine", ENGINES)
def test_what_was_loaded_outlives_a_killed_server(engine: str, durable_cluster: Cluster, chance: random.Random, tell, tmp_path: Path) -> None:
    def new_place(number: int):
        return sqlite_place() if engine == "sqlite" else postgresql_place(durable_cluster, f"server_kills_{number}")

    tally = kill_servers(new_place, SERVER_KILLS, chance, tmp_path)
    assert tally.kills == SERVER_KILLS
    assert tally.acknowledged > 0
    tell(tally.line(engine, "`pooledfund serve` under commands"))
