"""A server of its own for a test, a benchmark or a picture: a free loopback port, a temporary database, the Migration MPTF.

Standard library only: the benchmarks run with nothing else.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUND = ROOT / "Funds" / "migration-mptf"


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class PortalServer:
    """`pooledfund serve` as a child process. `start` returns when it says that it is ready."""

    def __init__(
        self, binary: Path, database: Path | None = None, fund: Path = FUND, demonstration: bool = False, environment: dict[str, str] | None = None
    ):
        self.binary = binary
        self.environment = environment or {}
        self.fund = fund
        self.demonstration = demonstration
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = tempfile.TemporaryDirectory(prefix="pooledfund-")
        self.folder = Path(self._folder.name)
        self.database = database or self.folder / "pooledfund.sqlite"
        self.log = self.folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def spawn(self) -> subprocess.Popen[bytes]:
        """Starts the process without waiting for it."""
        if not self.binary.exists():
            raise RuntimeError(f"{self.binary} is not there: build it first (`make test` does).")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "serve", "--fund", self.fund, "--database", f"sqlite:{self.database}", "--address", f"127.0.0.1:{self.port}"]
                + (["--demo"] if self.demonstration else []),
                cwd=ROOT, env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )
        return self.process

    def start(self, seconds: float = 180) -> PortalServer:
        process = self.spawn()
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise RuntimeError(f"The server ended with {process.returncode} before it was ready:\n{self.output()}")
            try:
                with urllib.request.urlopen(f"{self.url}/health/ready", timeout=20) as answer:
                    if answer.status == 200:
                        return self
            except (urllib.error.URLError, OSError):
                pass
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"The server was not ready after {seconds} s:\n{self.output()}")

    def stop(self, seconds: float = 60) -> int:
        """Asks the process to stop (SIGTERM) and returns its exit code; -9 where it had to be killed."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=seconds)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.returncode

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def output(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def remove(self) -> None:
        self.kill()
        self._folder.cleanup()

    def peak_memory(self) -> int:
        """The most memory that the process has held, in bytes (VmHWM)."""
        assert self.process is not None
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
        raise RuntimeError("the kernel gives no VmHWM for the server")
