"""A wire between a client and a server that is cut at chosen moments."""

from __future__ import annotations

import random
import socket
import threading
from collections import Counter

FATES = ["before the commit", "before its answer", "after some bytes"]


class Proxy:
    """Passes bytes on from `port` to `target`. Once `begin_cutting` was called each new connection has its fate, until `cuts` were made."""

    def __init__(self, target: int, chance: random.Random, cuts: int):
        self.target = target
        self.made: Counter[str] = Counter()
        self._chance = chance
        self._cuts = cuts
        self._is_cutting = False
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def is_done(self) -> bool:
        return self.made.total() >= self._cuts

    def begin_cutting(self) -> None:
        """Ends the connections that there are, too."""
        with self._lock:
            self._is_cutting = True
            for end in self._open:
                shut(end)

    def close(self) -> None:
        self._listener.close()
        with self._lock:
            for end in self._open:
                shut(end)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            with self._lock:
                self._open += [client, server]
                fate = self._chance.choice(FATES) if self._is_cutting and not self.is_done else None
                wire = _Wire(self, client, server, fate, self._chance.randrange(300, 60_000))
            wire.start()

    def count(self, fate: str) -> None:
        with self._lock:
            self.made[fate] += 1


class _Wire:
    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket, fate: str | None, byte_limit: int):
        self.proxy, self.client, self.server = proxy, client, server
        self.fate, self.byte_limit = fate, byte_limit
        self.lock = threading.Lock()
        self.is_cut = False
        self.holds_answers = False
        self.passed = 0

    def start(self) -> None:
        threading.Thread(target=self._pass, args=(self.client, self.server, True), daemon=True).start()
        threading.Thread(target=self._pass, args=(self.server, self.client, False), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, is_request: bool) -> None:
        try:
            while piece := source.recv(65_536):
                if self._meets_its_fate(piece, sink, is_request):
                    return
                sink.sendall(piece)
        except OSError:
            pass
        shut(source)
        shut(sink)

    def _meets_its_fate(self, piece: bytes, sink: socket.socket, is_request: bool) -> bool:
        # The end of a snapshot too, which loses nothing by it.
        commits = is_request and b"COMMIT" in piece
        with self.lock:
            self.passed += len(piece)
            passed = self.passed
        match self.fate:
            case "before the commit" if commits:
                self._cut()
                return True
            case "before its answer" if commits:
                with self.lock:
                    self.holds_answers = True
            case "before its answer" if not is_request and self.holds_answers:
                # The server has done what it was asked, and nobody hears of it.
                self._cut()
                return True
            case str() if passed > self.byte_limit:
                # Whatever was meant for it: no connection lives for ever.
                self.fate = "after some bytes"
                sink.sendall(piece[: len(piece) // 2])
                self._cut()
                return True
        return False

    def _cut(self) -> None:
        with self.lock:
            if self.is_cut:
                return
            self.is_cut = True
        assert self.fate is not None
        self.proxy.count(self.fate)
        shut(self.client)
        shut(self.server)


def shut(end: socket.socket) -> None:
    """Both ways, so that whoever waits for it wakes up; closing alone would leave a thread that reads with it."""
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
