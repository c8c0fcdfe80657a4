"""The identity provider of the tests as a process of its own, behind a proxy that can make it slow."""

from __future__ import annotations

import socket
import subprocess
import threading
from pathlib import Path

from portal_server import ROOT, free_port

PYTHON = ROOT / ".build-tools" / "identity-provider" / "bin" / "python"


class Proxy:
    """Passes bytes on; while it is slow it takes what comes, passes nothing on and answers nothing."""

    def __init__(self, target: int):
        self.target = target
        self.passes = threading.Event()
        self.passes.set()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        self.passes.wait()
        try:
            far = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            near.close()
            return
        for source, goal in ((near, far), (far, near)):
            threading.Thread(target=self._pass, args=(source, goal), daemon=True).start()

    def _pass(self, source: socket.socket, goal: socket.socket) -> None:
        try:
            while chunk := source.recv(65536):
                self.passes.wait()
                goal.sendall(chunk)
            goal.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self) -> None:
        self.passes.set()
        self.listening.close()


class IdentityProvider:
    """Canaille, with a client for the site at `return_address`."""

    def __init__(self, return_address: str):
        port = free_port()
        self.proxy = Proxy(port)
        self.issuer = f"http://127.0.0.1:{self.proxy.port}"
        command = [str(PYTHON), str(Path(__file__).with_name("identity_provider.py")), str(port), str(self.proxy.port), return_address]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout is not None
        if self.process.stdout.readline().strip() != "ready":
            raise RuntimeError("the identity provider did not start: run Scripts/test-tools.sh")

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.proxy.close()
