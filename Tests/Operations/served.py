"""`pooledfund serve` on a database of either engine, as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import urllib.request
from pathlib import Path

from cluster import free_port, wait_until
from places import PROGRAM, ROOT


class Served:
    """From `with` to its end; ready when the block begins."""

    def __init__(self, url: str, log: Path):
        self.port = free_port()
        self.log = log
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--address", f"127.0.0.1:{self.port}"], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=file,
                stderr=subprocess.STDOUT, env=os.environ | {"POOLEDFUND_DATABASE": url})  # fmt: skip

    def __enter__(self) -> Served:
        wait_until(lambda: self.process.poll() is not None or self.answer("/health/ready") is not None, "the server is ready", 60)
        assert self.process.poll() is None, f"the server ended with {self.process.returncode}:\n{self.log.read_text()[-3000:]}"
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def contributions(self, fund: str) -> str | None:
        """A fund's contributions on record, as the public interface tells them; None where it does not answer."""
        answer = self.answer(f"/api/v1/funds/{fund}/ledger/balances")
        if answer is None:
            return None
        return next(item["balance"]["amount"] for item in json.loads(answer)["items"] if item["account"] == "contributions")

    def answer(self, path: str) -> bytes | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=15) as answer:
                return answer.read()
        except OSError:
            return None
