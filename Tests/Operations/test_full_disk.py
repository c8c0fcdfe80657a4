"""The disk is full in the middle of a stream, and then there is room again."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
from pathlib import Path

from cluster import Cluster, wait_until
from full_disk import Disk
from streams import Outcomes, Stream

ROUNDS = 3


def test_sqlite_on_a_full_disk_refuses_and_goes_on_when_there_is_room(tmp_path: Path, chance: random.Random, tell) -> None:
    disk = Disk(tmp_path)
    outcomes = Outcomes()
    url = f"sqlite:{tmp_path}/fund.sqlite"
    for number in range(ROUNDS):
        with Stream(url, f"full{number}", outcomes, chance.randrange(2**32), environment=os.environ | disk.environment) as stream:
            stream.wait_until_ready()
            stream.wait_for("acknowledged", chance.randrange(5, 30))
            disk.fill()
            stream.wait_for("full", 3)
            if number == 1:
                # Killed while the disk is full; whoever comes next finds it full, and then with room.
                stream.kill()
                disk.make_room()
            else:
                disk.make_room()
                stream.wait_for("acknowledged", 10)
                stream.end()
        outcomes.check(url)
    tell(f"SQLite: disk full {ROUNDS} times, {outcomes.open['full']} actions refused for it, {len(outcomes.acknowledged)} acknowledged, 0 lost")


def test_postgresql_on_a_full_disk_refuses_and_goes_on_when_there_is_room(chance: random.Random, tell, tmp_path_factory) -> None:
    cluster = Cluster()
    disk = Disk(cluster.data)
    cluster.environment = disk.environment
    outcomes = Outcomes()
    with cluster:
        url = cluster.create_database("fund")
        with Stream(url, "full", outcomes, chance.randrange(2**32), "--persist") as stream:
            stream.wait_until_ready()
            for number in range(ROUNDS):
                stream.wait_for("acknowledged", chance.randrange(5, 30))
                disk.fill()
                stream.wait_for("full", 1)
                if number > 0:
                    # A write-ahead log that cannot go on stops the whole server.
                    with contextlib.suppress(AssertionError, subprocess.TimeoutExpired):
                        for _ in range(20):
                            cluster.query("SELECT pg_switch_wal() FROM pg_logical_emit_message(true, 'test', repeat('x', 100000))")
                disk.make_room()
                wait_until(lambda: _answers_or_ended(cluster), "the server answers again, or has ended")
                if cluster.process() is None:
                    cluster.start()
                stream.wait_for("acknowledged", 10)
            stream.end()
        outcomes.check(url)
        panics = cluster.log.count("PANIC")
    tell(
        f"PostgreSQL: disk full {ROUNDS} times, the server stopped by it {panics} times, {outcomes.open['full']} actions refused, "
        f"{len(outcomes.acknowledged)} acknowledged, 0 lost")  # fmt: skip


def _answers_or_ended(cluster: Cluster) -> bool:
    if cluster.process() is None:
        return True
    try:
        return cluster.query("SELECT 1") == ["1"]
    except AssertionError:
        return False
