"""PostgreSQL dies, is stopped, or is cut off, under a stream of actions."""

from __future__ import annotations

import random

import pytest
from cluster import Cluster, wait_until
from proxy import Proxy
from streams import Outcomes, Stream

RESTARTS = 6
CUTS = 30
TERMINATIONS = 12


@pytest.fixture
def cluster():
    """A cluster that this test may harm."""
    with Cluster() as cluster:
        yield cluster


def test_what_was_acknowledged_outlives_a_killed_database_server(cluster: Cluster, chance: random.Random, tell) -> None:
    url = cluster.create_database("fund")
    outcomes = Outcomes()
    with Stream(url, "down", outcomes, chance.randrange(2**32), "--persist") as stream:
        stream.wait_until_ready()
        for number in range(RESTARTS):
            stream.wait_for("acknowledged", chance.randrange(1, 40))
            if number % 2 == 0:
                cluster.kill()
            else:
                cluster.stop("immediate")
            # Told that it cannot be now; nothing waits for ever.
            stream.wait_for("unavailable", 1)
            cluster.start()
        stream.wait_for("acknowledged", 20)
        stream.end()
    outcomes.check(url)
    tell(
        f"PostgreSQL: {RESTARTS} crashes of the database server, {len(outcomes.acknowledged)} actions acknowledged, 0 lost, 0 duplicated, "
        f"0 half-applied ({outcomes.open['unavailable']} times told “unavailable”, {outcomes.open['unknown']} times “unknown”)")  # fmt: skip


def test_what_was_acknowledged_outlives_a_cut_connection(cluster: Cluster, chance: random.Random, tell) -> None:
    url = cluster.create_database("fund")
    outcomes = Outcomes()
    proxy = Proxy(cluster.port, chance, CUTS)
    through_proxy = url.replace(f":{cluster.port}/", f":{proxy.port}/")
    with Stream(through_proxy, "cut", outcomes, chance.randrange(2**32), "--persist") as stream:
        stream.wait_until_ready()
        proxy.begin_cutting()
        wait_until(lambda: proxy.is_done or stream.process.poll() is not None, f"{CUTS} cuts were made (so far {proxy.made})", 300)
        stream.wait_for("acknowledged", 20)
        stream.end()
    proxy.close()
    outcomes.check(url)
    assert all(proxy.made.values())
    cuts = ", ".join(f"{count} {fate}" for fate, count in sorted(proxy.made.items()))
    tell(f"PostgreSQL: {proxy.made.total()} connections cut ({cuts}), {len(outcomes.acknowledged)} actions acknowledged, 0 lost, 0 duplicated")


def test_what_was_acknowledged_outlives_a_terminated_session(cluster: Cluster, chance: random.Random, tell) -> None:
    url = cluster.create_database("fund")
    outcomes = Outcomes()
    with Stream(url, "ended", outcomes, chance.randrange(2**32), "--persist") as stream:
        stream.wait_until_ready()
        for _ in range(TERMINATIONS):
            stream.wait_for("acknowledged", chance.randrange(1, 12))
            cluster.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'fund' AND pid <> pg_backend_pid()")
        stream.wait_for("acknowledged", 20)
        stream.end()
    outcomes.check(url)
    tell(f"PostgreSQL: {TERMINATIONS} times all sessions terminated, {len(outcomes.acknowledged)} actions acknowledged, 0 lost, 0 duplicated")
