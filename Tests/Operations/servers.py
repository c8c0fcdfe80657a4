"""`pooledfund serve` and the other commands as processes, on any database."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

from cluster import PATIENCE, free_port, wait_until
from places import PROGRAM, ROOT

MIGRATION_MPTF = ROOT / "Funds" / "migration-mptf"
RIVER_TOWNS = ROOT / "Tests" / "Fixtures" / "river-towns"


class Answer:
    def __init__(self, status: int, headers: dict[str, str], body: bytes):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def text(self) -> str:
        return self.body.decode()


class Server:
    """One server; `with Server(url) as server:` waits until it answers."""

    def __init__(self, database: str, *options: str, environment: dict[str, str] | None = None):
        self.port = free_port()
        self._log = tempfile.NamedTemporaryFile(prefix="pooledfund-server-", suffix=".log")
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--address", f"127.0.0.1:{self.port}", *options],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=self._log, stderr=subprocess.STDOUT,
            env={**os.environ, "POOLEDFUND_DATABASE": database, **(environment or {})},
        )  # fmt: skip

    @property
    def log(self) -> str:
        return Path(self._log.name).read_text(errors="replace")

    def answers(self) -> bool:
        assert self.process.poll() is None, f"the server ended with {self.process.returncode}:\n{self.log}"
        try:
            return self.get("/health/live").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def get(self, target: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", target, headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
        finally:
            connection.close()

    def contributions(self, fund: str) -> str | None:
        """A fund's contributions on record, as the public interface tells them; None where it gives none now."""
        answer = self.get(f"/api/v1/funds/{fund}/ledger/balances")
        if answer.status != 200:
            return None
        return next(item["balance"]["amount"] for item in json.loads(answer.body)["items"] if item["account"] == "contributions")

    def kill(self) -> None:
        """`kill -9`."""
        self.process.kill()
        self.process.wait()

    def __enter__(self) -> Server:
        try:
            wait_until(self.answers, "the server answers")
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.kill()
        self._log.close()


def command(database: str, *arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end, which is to be with `code`."""
    done = subprocess.run(
        [PROGRAM, *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE,
        env={**os.environ, "POOLEDFUND_DATABASE": database},
    )  # fmt: skip
    assert done.returncode == code, f"{arguments} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done


def load(database: str, folder: Path) -> int:
    """Loads a fund's folder and gives the number of the audit event; the last one's where nothing changed."""
    notes = command(database, "fund", "load", folder).stderr
    found = re.search(r"audit event (\d+):", notes)
    assert found or "nothing changed" in notes, notes
    return int(found.group(1)) if found else 0
