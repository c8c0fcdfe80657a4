"""The primary dies under load, the standby takes over, and nothing that was acknowledged is gone."""

from __future__ import annotations

import json
import random
import subprocess
import time
import urllib.error
import urllib.request

from cluster import Cluster, free_port, wait_until
from places import PROGRAM, ROOT
from streams import Outcomes, Stream


def test_a_failover_loses_nothing_that_was_acknowledged(chance: random.Random, tell, tmp_path) -> None:
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
            with served(url, tmp_path / "server.log") as server:
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
                wait_until(lambda: server.contributions() == record["totals"]["river-towns"], "the server shows the new primary's record", 30)
    finally:
        for cluster in reversed(clusters):
            cluster.standbys.clear()
            cluster.remove()
    assert before > 0
    tell(
        f"PostgreSQL: failover under load, {before} actions acknowledged before it and {len(outcomes.acknowledged) - before} after, "
        f"acknowledged lost = 0 (50 more were acknowledged {pause:.1f} s after the primary's end)")  # fmt: skip


class served:
    """`pooledfund serve` on a database."""

    def __init__(self, url: str, log):
        self.port = free_port()
        self.log = log
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--database", url, "--address", f"127.0.0.1:{self.port}"], cwd=ROOT, stdin=subprocess.DEVNULL,
                stdout=file, stderr=subprocess.STDOUT)  # fmt: skip

    def __enter__(self) -> served:
        wait_until(lambda: self.process.poll() is not None or self._answer("/health/ready") is not None, "the server is ready", 60)
        assert self.process.poll() is None, self.log.read_text()[-3000:]
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def contributions(self) -> str | None:
        """The fund's contributions on record, as the public interface tells them."""
        answer = self._answer("/api/v1/funds/river-towns/ledger/balances")
        if answer is None:
            return None
        return next(item["balance"]["amount"] for item in json.loads(answer)["items"] if item["account"] == "contributions")

    def _answer(self, path: str) -> bytes | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=15) as answer:
                return answer.read()
        except (urllib.error.URLError, OSError):
            return None
