"""The primary dies under load, the standby takes over, and nothing that was acknowledged is gone."""

from __future__ import annotations

import random
import time

from cluster import Cluster, wait_until
from servers import Server
from streams import Outcomes, Stream


def test_a_failover_loses_nothing_that_was_acknowledged(chance: random.Random, tell) -> None:
    outcomes = Outcomes()
    primary = Cluster()
    clusters = [primary]
    try:
        primary.create()
        primary.start()
        primary.create_database("fund")
        standby = primary.standby(synchronous=True)
        clusters.append(standby)
        hosts = f"127.0.0.1:{primary.port},127.0.0.1:{standby.port}"
        url = f"postgres://postgres@{hosts}/fund?target_session_attrs=read-write"

        with Stream(url, "over", outcomes, chance.randrange(2**32), "--persist", "--clients", "16") as stream:
            stream.wait_until_ready()
            with Server(url) as server:
                stream.wait_for("acknowledged", chance.randrange(50, 150))
                before = len(outcomes.acknowledged)
                primary.kill()
                killed = time.monotonic()
                standby.promote()
                stream.wait_for("acknowledged", 50)
                pause = time.monotonic() - killed
                stream.end()

                record = outcomes.check(standby.url("fund"))
                # The same server process, told of both hosts from the start, shows what is on record now.
                wait_until(lambda: server.contributions("river-towns") == record["totals"]["river-towns"], "the server shows the new primary's record")
    finally:
        for cluster in reversed(clusters):
            cluster.standbys.clear()
            cluster.remove()
    assert before > 0
    tell(
        f"PostgreSQL: failover under load, {before} actions acknowledged before it and {len(outcomes.acknowledged) - before} after, "
        f"acknowledged lost = 0 (50 more were acknowledged {pause:.1f} s after the primary's end)")  # fmt: skip
