"""Mail goes out through a real mail server while the sender is killed, and while the mail server fails."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import time
from collections import Counter

import pytest
from cluster import PATIENCE, Cluster, free_port, wait_until
from mailing import MailServer, sending_server, sqlite_path
from places import ENGINES, FUND, NAMES, PROGRAM, ROOT, STREAM, Place, postgresql_place, sqlite_place

MAILS = 1_000
KILLS = 12
# A server of ours sends so many at a time: so many at most can be taken and not yet written down.
AT_ONCE = 4
# Longer than a claim lasts.
LATER = 301


def new_place(engine: str, cluster: Cluster, name: str) -> Place:
    return sqlite_place() if engine == "sqlite" else postgresql_place(cluster, name)


def queue(url: str, count: int) -> None:
    done = subprocess.run(
        [STREAM, "queue-notices", "--database", url, "--fund", FUND, "--count", str(count)], cwd=ROOT, capture_output=True, text=True, timeout=120)  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


def mails(place: Place, cluster: Cluster) -> Counter[tuple[str, bool]]:
    """How many mails there are of each state, by whether an attempt was made and is over."""
    statement = "SELECT state, CASE WHEN attempts > 0 AND claimed_until = 0 THEN 1 ELSE 0 END, COUNT(*) FROM outgoing_mail GROUP BY 1, 2"
    if place.engine == "sqlite":
        database = sqlite3.connect(f"file:{sqlite_path(place.url)}?mode=ro", uri=True, timeout=30)
        try:
            rows = [(state, str(tried), str(count)) for state, tried, count in database.execute(statement)]
        finally:
            database.close()
    else:
        rows = [tuple(line.split("|")) for line in cluster.query(statement, place.url.rsplit("/", 1)[1])]
    return Counter({(state, tried == "1"): int(count) for state, tried, count in rows})


@pytest.mark.parametrize("engine", ENGINES)
def test_every_mail_arrives_however_often_the_sender_is_killed(engine: str, durable_cluster: Cluster, chance: random.Random, tell) -> None:
    place = new_place(engine, durable_cluster, "outbox")
    queue(place.url, MAILS)
    killed: set[int] = set()
    with MailServer(chance) as post:
        for life in range(KILLS):
            post.life = life
            post.alarmed.clear()
            post.alarm = len(post.taken) + chance.randrange(1, 2 * MAILS // (3 * KILLS))
            with sending_server(place.url, post.port, life * LATER) as server:
                assert post.alarmed.wait(PATIENCE), f"nothing more is sent:\n{server.log[-3000:]}"
                time.sleep(chance.uniform(0, 0.02))
                server.kill()
                killed.add(life)
        post.life = KILLS
        with sending_server(place.url, post.port, KILLS * LATER):
            wait_until(lambda: mails(place, durable_cluster)[("sent", True)] == MAILS, "all mails are sent")
        assert mails(place, durable_cluster) == {("sent", True): MAILS}
        arrived = post.by_recipient()
    place.remove()
    expected = {f"n{number:04}@example.org" for number in range(1, MAILS + 1)}
    assert set(arrived) == expected, f"lost: {sorted(expected - set(arrived))[:5]}"
    identifiers = {taken.identifier for taken in post.taken}
    assert len(identifiers) == MAILS, "a mail has one Message-ID, and no two mails have the same"
    doubled = [copies for copies in arrived.values() if len(copies) > 1]
    for copies in doubled:
        assert len({taken.identifier for taken in copies}) == 1, f"two Message-IDs for one mail: {copies}"
        # Only whoever is killed between the answer and its being written down sends again.
        assert all(taken.life in killed for taken in copies[:-1]), f"sent twice without need: {copies}"
        assert len({taken.life for taken in copies}) == len(copies), f"sent twice by one process: {copies}"
    for life in killed:
        again = [copies for copies in doubled if any(taken.life == life for taken in copies[:-1])]
        assert len(again) <= AT_ONCE, f"more mails came again after a kill than were under way: {again}"
    unheard = sum(not taken.is_answered for copies in doubled for taken in copies[:-1])
    tell(
        f"{NAMES[engine]}: {KILLS} kills of a server that sends {MAILS} mails, 0 lost, {len(doubled)} sent again with one Message-ID "
        f"({unheard} whose answer was not heard, {sum(len(copies) - 1 for copies in doubled) - unheard} whose answer was not written down)")  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_a_mail_server_that_is_down_and_then_drops_delays_mail_and_loses_none(
    engine: str, durable_cluster: Cluster, chance: random.Random, tell
) -> None:  # fmt: skip
    count = 30
    place = new_place(engine, durable_cluster, "outbox_down")
    queue(place.url, count)
    post = MailServer(chance, drop=True)
    # Nobody listens: the connection is refused.
    with sending_server(place.url, post.port):
        wait_until(lambda: mails(place, durable_cluster)[("waiting", True)] == count, "all mails were tried and wait")
    with post:
        # It takes each mail, and goes without a word.
        with sending_server(place.url, post.port, 3_600):
            wait_until(lambda: len(post.taken) == count, "each mail was taken once")
            wait_until(lambda: mails(place, durable_cluster)[("waiting", True)] == count, "all wait again")
        post.drop = False
        with sending_server(place.url, post.port, 2 * 3_600):
            wait_until(lambda: mails(place, durable_cluster)[("sent", True)] == count, "all mails are sent")
    assert mails(place, durable_cluster) == {("sent", True): count}
    place.remove()
    arrived = post.by_recipient()
    assert len(arrived) == count
    for copies in arrived.values():
        assert len(copies) == 2 and len({taken.identifier for taken in copies}) == 1, copies
    tell(f"{NAMES[engine]}: {count} mails, the mail server first down, then dropping each: 0 lost, {count} sent again with one Message-ID")


def test_a_server_that_is_asked_to_stop_sends_nothing_twice(durable_cluster: Cluster, chance: random.Random) -> None:
    count = 60
    place = sqlite_place()
    queue(place.url, count)
    with MailServer(chance) as post:
        for aim in (10, 30):
            post.alarmed.clear()
            post.alarm = aim
            with sending_server(place.url, post.port) as server:
                assert post.alarmed.wait(PATIENCE), server.log[-3000:]
                server.process.send_signal(signal.SIGTERM)
                assert server.process.wait(60) == 0, server.log[-3000:]
            assert len(post.taken) < count
        # At once: what was under way is written down, so that nobody waits for the end of a claim.
        with sending_server(place.url, post.port):
            wait_until(lambda: mails(place, durable_cluster)[("sent", True)] == count, "all mails are sent")
    place.remove()
    assert all(len(copies) == 1 for copies in post.by_recipient().values()) and len(post.taken) == count


def test_several_servers_on_one_database_share_the_mails_and_send_none_twice(durable_cluster: Cluster, chance: random.Random, tell) -> None:
    count = 300
    place = new_place("postgresql", durable_cluster, "outbox_shared")
    queue(place.url, count)
    with MailServer(chance) as post:
        with sending_server(place.url, post.port), sending_server(place.url, post.port), sending_server(place.url, post.port):
            wait_until(lambda: mails(place, durable_cluster)[("sent", True)] == count, "all mails are sent")
    place.remove()
    assert all(len(copies) == 1 for copies in post.by_recipient().values()) and len(post.taken) == count
    tell(f"PostgreSQL: {count} mails sent by 3 servers at once, 0 lost, 0 sent twice")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"POOLEDFUND_MAIL": "smtp://127.0.0.1:2525"}, "set POOLEDFUND_MAIL_FROM"),
        ({"POOLEDFUND_MAIL": "smtp://127.0.0.1:2525", "POOLEDFUND_MAIL_FROM": "office@fund.example"}, "set POOLEDFUND_PUBLIC_ADDRESS"),
        ({"POOLEDFUND_MAIL": "smpt://office:pass-word@127.0.0.1"}, "POOLEDFUND_MAIL: "),
        ({"POOLEDFUND_MAIL_FROM": "office"}, "POOLEDFUND_MAIL_FROM: "),
        ({"POOLEDFUND_PUBLIC_ADDRESS": "http://fund.example.org"}, "POOLEDFUND_PUBLIC_ADDRESS: "),
    ],
)
def test_a_setting_of_mail_that_cannot_be_read_is_refused_before_the_server_starts(settings: dict[str, str], said: str) -> None:
    whole = {"POOLEDFUND_MAIL": "smtp://127.0.0.1", "POOLEDFUND_MAIL_FROM": "office@fund.example", "POOLEDFUND_PUBLIC_ADDRESS": "https://fund.example.org"}
    is_incomplete = "set " in said
    place = sqlite_place()
    done = subprocess.run(
        [PROGRAM, "serve", "--database", place.url, "--address", f"127.0.0.1:{free_port()}"], cwd=ROOT, capture_output=True, text=True, timeout=60,
        env={**os.environ, **({} if is_incomplete else whole), **settings},
    )  # fmt: skip
    assert done.returncode == 1 and said in done.stderr, done.stderr
    assert "pass-word" not in done.stderr and "pass-word" not in done.stdout
    assert not sqlite_path(place.url).exists(), "nothing was made"
    place.remove()
