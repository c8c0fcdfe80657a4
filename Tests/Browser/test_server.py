"""Starting and stopping."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import threading
from pathlib import Path

import pytest
from portal_server import PortalServer

from portal import FUND

pytestmark = pytest.mark.skipif("POOLEDFUND_BASE_URL" in os.environ, reason="the server under test is not ours to stop")


@pytest.fixture
def server(binary: Path):
    server = PortalServer(binary)
    yield server
    server.remove()


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_asked_to_stop_ends_in_good_order(server: PortalServer, asked: signal.Signals) -> None:
    server.start()
    assert server.process is not None
    idle = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    idle.request("GET", FUND)
    assert idle.getresponse().read()
    server.process.send_signal(asked)
    # A connection that is kept open and idle holds nothing up.
    assert server.process.wait(timeout=60) == 0, server.output()[-2000:]
    idle.close()


def test_a_second_start_on_the_same_file_keeps_the_records(server: PortalServer) -> None:
    server.start()
    body = request(server, f"{FUND}/contributors.json")
    assert server.stop() == 0
    server.start()
    assert request(server, f"{FUND}/contributors.json") == body
    assert server.stop() == 0


def test_a_second_server_on_the_same_file_is_refused_and_told_who_holds_it(server: PortalServer, binary: Path) -> None:
    server.start()
    assert server.process is not None
    second = PortalServer(binary, database=server.database)
    try:
        assert second.spawn().wait(timeout=120) == 1
        assert str(server.process.pid) in second.output(), second.output()
    finally:
        second.remove()
    assert request(server, FUND)


def test_nobody_who_asks_while_a_server_starts_is_kept_waiting_for_nothing(server: PortalServer) -> None:
    """Before it serves, the server tries its address: a connection of that moment is refused or reset, never accepted and forgotten."""
    kept_waiting: list[str] = []
    given_up = threading.Event()

    def ask_until_answered() -> None:
        while not given_up.is_set():
            try:
                with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
                    connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    if connection.recv(100):
                        return
            except TimeoutError as error:
                kept_waiting.append(repr(error))
                return
            except OSError:
                pass

    for _ in range(8):
        asking = [threading.Thread(target=ask_until_answered) for _ in range(3)]
        for thread in asking:
            thread.start()
        try:
            server.start()
        except RuntimeError:
            given_up.set()
            raise
        for thread in asking:
            thread.join()
        assert server.stop() == 0
        assert not kept_waiting


def request(server: PortalServer, target: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", target)
    response = connection.getresponse()
    assert response.status == 200
    body = response.read()
    connection.close()
    return body
