"""Several servers on one database: what each shows after a change, an outage, a slow replica."""

from __future__ import annotations

import re
import shutil
import statistics
import time
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from cluster import Cluster, wait_until
from servers import MIGRATION_MPTF, RIVER_TOWNS, Server, command, load

OVERVIEW = "/funds/river-towns"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "river-towns"
    shutil.copytree(RIVER_TOWNS, copy)
    return copy


def rename(folder: Path, name: str) -> None:
    """Changes something that stands on a public page."""
    file = folder / "records" / "contributors.csv"
    text, count = re.subn(r"(?m)^(naher,)[^,\n]*", rf"\g<1>{name}", file.read_text())
    assert count == 1
    file.write_text(text)


def names(server: Server, **headers: str) -> str:
    return server.get(f"{OVERVIEW}/contributors.csv", **headers).text


def test_a_change_through_one_is_on_the_pages_of_the_other(durable_cluster: Cluster, folder: Path, tell) -> None:
    url = durable_cluster.create_database("many_servers")
    load(url, folder)
    with Server(url) as one, Server(url) as other:
        delays = []
        for number in range(10):
            assert f"Town {number}" not in names(one) + names(other)
            rename(folder, f"Town {number}")
            load(url, folder)
            began = time.monotonic()
            wait_until(lambda n=number: all(f"Town {n}" in names(server) for server in (one, other)), "both servers show the change")
            delays.append(time.monotonic() - began)
        # A machine that does other work too may keep one of them waiting for its turn, but not most of them.
        assert statistics.median(delays) < 1, delays
        tell(f"PostgreSQL: 10 changes on the pages of two servers after {max(delays) * 1000:.0f} ms at most")


def test_without_announcements_too(durable_cluster: Cluster, folder: Path) -> None:
    url = durable_cluster.create_database("no_announcements")
    load(url, folder)
    with Server(url) as server:
        assert "Silent Town" not in names(server)
        # What writers call now is another function: nothing is announced.
        durable_cluster.query(
            "CREATE FUNCTION public.pg_notify(text, text) RETURNS void LANGUAGE sql AS ''; "
            "ALTER DATABASE no_announcements SET search_path = public, pg_catalog",
            "no_announcements",
        )
        rename(folder, "Silent Town")
        load(url, folder)
        wait_until(lambda: "Silent Town" in names(server), "the change is shown")


def test_no_page_is_older_than_the_visitors_own_change(durable_cluster: Cluster, folder: Path) -> None:
    url = durable_cluster.create_database("own_change")
    load(url, folder)
    with Server(url) as server:
        for number in range(10):
            names(server)
            rename(folder, f"Own Town {number}")
            event = load(url, folder)
            # At once, whatever the server has heard by now.
            assert f"Own Town {number}" in names(server, Cookie=f"pooledfund-seen=river-towns:{event}")
        for cookie in ["pooledfund-seen=river-towns:999999999", "pooledfund-seen=%%%", "pooledfund-seen=" + "x" * 5000]:
            assert server.get(OVERVIEW, Cookie=cookie).status == 200


def test_while_the_database_is_away_made_pages_are_shown_with_their_age(folder: Path) -> None:
    with Cluster() as cluster:
        url = cluster.create_database("outage")
        load(url, folder)
        with Server(url) as server:
            fresh = server.get(OVERVIEW)
            data = server.get(f"{OVERVIEW}/contributors.json")
            assert fresh.status == data.status == 200 and "age" not in fresh.headers
            cluster.stop("immediate")
            wait_until(lambda: "age" in server.get(OVERVIEW).headers, "the page is marked")
            stale = server.get(OVERVIEW)
            assert stale.status == 200
            assert stale.headers["etag"] != fresh.headers["etag"]
            assert 'role="status"' in stale.text and 'role="status"' not in fresh.text
            assert server.get(f"{OVERVIEW}/contributors.json").body == data.body
            missing = server.get(f"{OVERVIEW}?as-of=2023-12-31")
            assert missing.status == 503 and "retry-after" in missing.headers
            assert server.get("/health/ready").status == 503
            assert server.get("/health/live").status == 200
            refused = command(url, "fund", "load", folder, code=1)
            assert "not available" in refused.stderr and "postgres" not in refused.stdout
            cluster.start()
            wait_until(lambda: server.get("/health/ready").status == 200, "the server finds the database again")
            again = server.get(OVERVIEW)
            assert again.body == fresh.body and "age" not in again.headers
            assert server.get(f"{OVERVIEW}?as-of=2023-12-31").status == 200


def test_a_replica_is_read_while_it_is_fresh_and_passed_over_while_it_is_not(folder: Path) -> None:
    with Cluster() as primary:
        url = primary.create_database("replicated")
        load(url, folder)
        standby = primary.standby()
        primary.wait_for(standby)
        with Server(url, environment={"POOLEDFUND_REPLICA": standby.url("replicated")}) as server:

            def replica_reads() -> int:
                return int(standby.query("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = 'replicated'")[0])

            before = replica_reads()
            for day in range(1, 29):
                assert server.get(f"{OVERVIEW}?as-of=2024-01-{day:02}").status in (200, 404)
            wait_until(lambda: replica_reads() > before, "the replica is read")

            # Behind: what the server knows is not there yet.
            standby.query("SELECT pg_wal_replay_pause()")
            rename(folder, "Late Town")
            event = load(url, folder)
            assert "Late Town" in names(server, Cookie=f"pooledfund-seen=river-towns:{event}")
            standby.query("SELECT pg_wal_replay_resume()")
            primary.wait_for(standby)

            # Gone.
            standby.stop("immediate")
            rename(folder, "Lonely Town")
            event = load(url, folder)
            assert "Lonely Town" in names(server, Cookie=f"pooledfund-seen=river-towns:{event}")
            assert server.get("/health/ready").status == 200
            standby.start()

            # And the primary away: what was known is made from the replica, and marked.
            primary.wait_for(standby)
            primary.stop("immediate")
            wait_until(lambda: "age" in server.get(OVERVIEW).headers, "the page is marked")
            wait_until(lambda: server.get(f"{OVERVIEW}/figures?as-of=2024-01-30").status == 200, "the replica makes pages")
            primary.start()


def links(html: str, base: str) -> list[str]:
    found = []
    for reference in re.findall(r'href="([^"#]+)', html):
        target = urlsplit(urljoin("http://portal" + base, reference.replace("&amp;", "&")))
        if target.netloc == "portal":
            found.append(target.path + (f"?{target.query}" if target.query else ""))
    return found


def test_both_engines_serve_the_same_bytes(durable_cluster: Cluster, tmp_path: Path, tell) -> None:
    sqlite = f"sqlite:{tmp_path / 'fund.sqlite'}"
    postgresql = durable_cluster.create_database("same_pages")
    # The head of the chain is on the pages and holds when and with what salt it was made: one record, copied.
    load(sqlite, MIGRATION_MPTF)
    load(sqlite, RIVER_TOWNS)
    command(sqlite, "backup", tmp_path / "backup.sqlite")
    command(postgresql, "restore", tmp_path / "backup.sqlite")
    with Server(sqlite) as one, Server(postgresql) as other:
        waiting = ["/", "/api/v1/funds", "/funds/migration-mptf", OVERVIEW]
        for fund in ("migration-mptf", "river-towns"):
            lists = ["figures", "contributors", "contributions", "programmes", "statements", "ledger/entries", "ledger/balances", "local-engagement", "balance"]
            waiting += [f"/api/v1/funds/{fund}/{name}" for name in lists]
            waiting += [f"/funds/{fund}/programmes?sort=budget", f"/funds/{fund}/balance?as-of=2020-12-31"]
        seen: set[str] = set(waiting)
        compared = 0
        queries: dict[str, int] = {}
        while waiting:
            target = waiting.pop()
            mine, theirs = one.get(target), other.get(target)
            assert (mine.status, mine.body) == (theirs.status, theirs.body), target
            assert mine.headers.get("etag") == theirs.headers.get("etag"), target
            compared += 1
            if mine.headers.get("content-type", "").startswith("text/html"):
                for link in links(mine.text, target):
                    path, _, query = link.partition("?")
                    queries[path] = queries.get(path, 0) + (1 if query else 0)
                    if link not in seen and (not query or queries[path] <= 3):
                        seen.add(link)
                        waiting.append(link)
        assert compared > 500
        tell(f"PostgreSQL: {compared} pages, files and lists of two funds are the same bytes as from SQLite")


def test_a_server_that_is_not_who_it_says_is_not_trusted(tmp_path: Path) -> None:
    """TLS as libpq does it: `sslmode` of the address counts."""
    import subprocess

    with Cluster() as cluster:
        authority, key, certificate = tmp_path / "authority.pem", cluster.data / "server.key", cluster.data / "server.crt"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
            check=True, capture_output=True,
        )  # fmt: skip
        authority.write_bytes(certificate.read_bytes())
        for file in (key, certificate):
            shutil.chown(file, cluster.data.stat().st_uid, cluster.data.stat().st_gid)
        key.chmod(0o600)
        cluster.stop()
        cluster.settings["ssl"] = "on"
        cluster.start()
        cluster.create_database("secured")
        named = f"postgres://postgres@localhost:{cluster.port}/secured?sslmode=verify-full"
        load(f"{named}&sslrootcert={authority}", RIVER_TOWNS)
        used = cluster.query("SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE ssl AND datname = 'secured'")
        assert used, used
        # Another name than the certificate's, and an authority that is not known: refused, each with its reason.
        wrong_name = f"postgres://postgres@127.0.0.1:{cluster.port}/secured?sslmode=verify-full&sslrootcert={authority}"
        assert "does not match host name" in command(wrong_name, "audit", "verify", code=1).stderr
        stranger = tmp_path / "stranger.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=stranger", "-keyout", tmp_path / "k", "-out", stranger],
            check=True, capture_output=True,
        )  # fmt: skip
        assert "certificate verify failed" in command(f"{named}&sslrootcert={stranger}", "audit", "verify", code=1).stderr
