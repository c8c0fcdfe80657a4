"""The machine's clock is set back."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from cluster import PATIENCE, Cluster
from full_disk import library
from places import ENGINES, FUND, NAMES, PROGRAM, postgresql_place, sqlite_place
from streams import Outcomes, Stream


@pytest.mark.parametrize("engine", ENGINES)
def test_a_clock_that_is_set_back_again_and_again_leaves_the_chain_in_order(
    engine: str, durable_cluster: Cluster, chance: random.Random, tell
) -> None:  # fmt: skip
    place = sqlite_place() if engine == "sqlite" else postgresql_place(durable_cluster, "clock")
    outcomes = Outcomes()
    for number in range(3):
        with Stream(place.url, f"clock{number}", outcomes, chance.randrange(2**32), "--unsteady-clock") as stream:
            stream.wait_until_ready()
            stream.wait_for("acknowledged", 40)
            stream.kill()
        outcomes.check(place.url)
    place.remove()
    tell(f"{NAMES[engine]}: clock set back under {len(outcomes.acknowledged)} acknowledged actions, 0 lost, chain in order")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_command_on_a_machine_whose_clock_is_a_month_behind_records_after_what_is_on_record(
    engine: str, durable_cluster: Cluster, tmp_path: Path
) -> None:  # fmt: skip
    place = sqlite_place() if engine == "sqlite" else postgresql_place(durable_cluster, "clock_command")
    folder = tmp_path / "river-towns"
    shutil.copytree(FUND, folder)

    def run(*arguments: str, **environment: str) -> str:
        done = subprocess.run(
            [PROGRAM, *arguments, "--database", place.url], capture_output=True, text=True, timeout=PATIENCE, env=os.environ | environment)  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("fund", "load", str(folder))
    with (folder / "records" / "contributions.csv").open("a") as file:
        file.write("late-one,riverland,opening-contribution,2024-01-31,100,JPY,brief-2024,Recorded while the clock was wrong\n")
    run("fund", "load", str(folder), LD_PRELOAD=str(library()), POOLEDFUND_TEST_CLOCK_OFFSET=str(-30 * 86_400))
    # As of a day before the wrong clock's, or the program would think that it had not happened yet.
    assert "late-one" in run("ledger", "entries", "river-towns", "--as-of", "2024-01-31", "--format", "csv")
    run("audit", "verify")
    run("ledger", "verify", "river-towns")
    place.remove()
