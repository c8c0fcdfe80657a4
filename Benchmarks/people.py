"""Signing in, and what it does to everybody else; a page of the workspace beside the public page of the same records.

Imported by bench.py.
"""

from __future__ import annotations

import http.client
import statistics
import subprocess
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FUND = "migration-mptf"
# Who signs in again and again, and who sits at a desk: a person has but so many sessions.
EMAIL = "benchmark@example.org"
DESK_EMAIL = "benchmark-desk@example.org"
PASSWORD = "seven barges under a low bridge"
# As a browser says of a form of the page itself.
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


class Visitor:
    """One connection to the server, kept open."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def post(self, path: str, **fields: str) -> http.client.HTTPResponse:
        self.connection.request("POST", path, urllib.parse.urlencode(fields), HEADERS)
        answer = self.connection.getresponse()
        answer.read()
        return answer

    def sign_in(self) -> http.client.HTTPResponse:
        return self.post("/sign-in", email=EMAIL, password=PASSWORD)


def session_cookie(answer: http.client.HTTPResponse) -> str:
    for header in answer.headers.get_all("Set-Cookie") or []:
        if header.startswith("__Host-session="):
            return header.split(";")[0]
    raise RuntimeError(f"no session: {answer.status}")


def invite(binary: Path, database: Path, email: str) -> str:
    """The path of a link for a person with a role that asks for no second factor."""
    command = [binary, "people", "invite", email, "--name", "Benchmark account", "--role", "contributor-to-text", "--organization", "iom",
               "--fund", FUND, "--database", f"sqlite:{database}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def join(port: int, link: str) -> str:
    secret = urllib.parse.parse_qs(urllib.parse.urlsplit(link).query)["secret"][0]
    answer = Visitor(port).post("/invitation", **{"secret": secret, "new-password": PASSWORD, "new-password-again": PASSWORD})
    return session_cookie(answer)


@dataclass
class SignIns:
    """What some visitors did who signed in again and again."""

    done: int
    turned_away: int
    seconds: float
    waits: list[float]

    @property
    def line(self) -> str:
        waits = sorted(self.waits) or [0.0]
        return (
            f"{self.done / self.seconds:8.1f} sign-ins/s   median {statistics.median(waits) * 1000:6.0f} ms   "
            f"longest {waits[-1] * 1000:6.0f} ms   turned away as too many {self.turned_away}"
        )


class Crowd:
    """Visitors who sign in, one time after the other each, until told to stop."""

    def __init__(self, port: int, count: int):
        self.stop = threading.Event()
        self.waits: list[float] = []
        self.turned_away = 0
        self.began = time.monotonic()
        self.threads = [threading.Thread(target=self.work, args=(port,), daemon=True) for _ in range(count)]
        for thread in self.threads:
            thread.start()

    def work(self, port: int) -> None:
        visitor = Visitor(port)
        while not self.stop.is_set():
            began = time.monotonic()
            answer = visitor.sign_in()
            if answer.status == 303:
                self.waits.append(time.monotonic() - began)
            elif answer.status in (429, 503):
                self.turned_away += 1
                time.sleep(0.1)
            else:
                raise RuntimeError(f"signing in was answered with {answer.status}")

    def end(self) -> SignIns:
        self.stop.set()
        for thread in self.threads:
            thread.join()
        return SignIns(len(self.waits), self.turned_away, time.monotonic() - self.began, self.waits)


def measure(port: int, cookie: str, load: Callable[[str, tuple[str, ...], Path | None], object], cold: Path, rounds: int) -> list[str]:
    """The lines to show.

    `load` runs wrk on a path with headers, perhaps with a script, and gives its measurement.
    """
    plain = ("Accept-Encoding: gzip",)
    signed_in = (*plain, f"Cookie: {cookie}")
    public = f"/funds/{FUND}/organizations"
    pages = {
        "public page, from memory": (public, plain, None),
        "public page, cold (another date each time)": (public, plain, cold),
        "page of the workspace, of the same records": (f"/workspace/funds/{FUND}/organizations", signed_in, None),
        "my desk": ("/workspace", signed_in, None),
    }
    lines = [f"{'':46}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'refused':>9}"]
    for name, (path, headers, script) in pages.items():
        runs = [load(path, headers, script) for _ in range(rounds)]
        lines.append(row(name, runs))
    lines.append("")
    for count in (2, 8, 32):
        crowd = Crowd(port, count)
        time.sleep(1)
        public_runs = [load(public, plain, None) for _ in range(rounds)]
        workspace_runs = [load("/workspace", signed_in, None) for _ in range(rounds)]
        done = crowd.end()
        lines.append(f"while {count} sign in all the time: {done.line}")
        lines.append(row("    public page, from memory", public_runs))
        lines.append(row("    my desk", workspace_runs))
    return lines


def row(name: str, runs: list) -> str:
    def median(quantity: str) -> float:
        return statistics.median(getattr(run, quantity) for run in runs)

    return f"{name:46}{median('per_second'):12,.0f}{median('median'):9.2f}{median('p99'):9.2f}{sum(run.refused for run in runs):9,}"
