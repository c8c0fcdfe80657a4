#!/usr/bin/env python3
"""Measures the release program, in six parts, each of them by itself if it is named:

requests  the server with wrk: requests a second, median and 99th percentile, beside its own plain-text route, and peak memory
door      actions and postings a second through the door on SQLite and PostgreSQL, beside the engines alone inserting the same rows
people    sign-ins a second with the real cost of a password, what other pages do meanwhile, and a page of the workspace beside the public one
proposals sections saved and proposals submitted a second, and the list of 2,000 proposals with search and filters
slates    suggested slates for 200 proposals, 5 areas × 6 regions, with floors and ceilings: the time of each objective, and whether it is proven
sizes     pages of funds of 1, 100 and 1,000 times the Migration MPTF's size on both engines, cold and hot, and what loading them takes

The machine is never quiet, so what is compared is measured in each of several rounds, one after the other, and the median of the rounds is
shown: what disturbs a round disturbs all alike. Figures are for reading; none of them fails the run. Standard library only; PostgreSQL runs
in a cluster of its own, with fsync on, and is left out with a word where its server is not installed.

    python3 Benchmarks/bench.py [--binary .build/release/pooledfund] [requests] [people] [proposals] [door] [slates] [sizes] [--quick]
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "Scripts"), str(ROOT / "Benchmarks"), str(ROOT / "Tests" / "Operations")]

import people  # noqa: E402
import proposals  # noqa: E402
import sizes  # noqa: E402
import slates  # noqa: E402
from cluster import Cluster  # noqa: E402
from portal_server import FUND as FUND_FOLDER  # noqa: E402
from portal_server import PortalServer  # noqa: E402

FUND = "/funds/migration-mptf"
CONNECTIONS = 32
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass
class Measurement:
    """One run of wrk. Latencies in milliseconds."""

    requests: int
    per_second: float
    median: float
    p99: float
    refused: int
    """Answers other than 2xx and 3xx, and connections that failed."""


@dataclass
class Route:
    name: str
    path: str
    headers: tuple[str, ...] = ("Accept-Encoding: gzip",)
    script: Path | None = None
    runs: list[Measurement] = field(default_factory=list)
    asked: int = 0
    """Requests so far, the warm-up's too."""

    def median(self, quantity: str) -> float:
        return statistics.median(getattr(run, quantity) for run in self.runs)


def routes() -> list[Route]:
    return [
        Route("plain text, behind the same middleware", "/health/live"),
        Route("overview, from memory", FUND),
        Route("overview, cold (another date each time)", FUND, script=ROOT / "Benchmarks" / "portal_cold.lua"),
        Route("contributors as JSON", f"/api/v1{FUND}/contributors"),
    ]


def milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()  # type: ignore[union-attr]
    return float(number) * UNITS[unit]


def measure(url: str, route: Route, seconds: int, connections: int = CONNECTIONS) -> Measurement:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "60s"]
    for header in route.headers:
        command += ["-H", header]
    if route.script:
        command += ["-s", str(route.script)]
    command.append(url + route.path)
    if route.script:
        # Each round goes on where the one before it ended.
        command += ["--", str(route.asked)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def found(pattern: str, default: str = "0") -> str:
        match = re.search(pattern, output, re.MULTILINE)
        return match.group(1) if match else default

    sockets = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", output)
    refused = int(found(r"Non-2xx or 3xx responses: (\d+)")) + (sum(map(int, sockets.groups())) if sockets else 0)
    answered = int(found(r"(\d+) requests in"))
    # Those that were on their way when the time was up have been asked for too.
    route.asked += answered + CONNECTIONS
    return Measurement(
        requests=answered, per_second=float(found(r"Requests/sec:\s+([\d.]+)")),
        median=milliseconds(found(r"^ +50% +(\S+)$", "0ms")), p99=milliseconds(found(r"^ +99% +(\S+)$", "0ms")), refused=refused,
    )


def warm_up(url: str, measured: list[Route]) -> None:
    """Every route once by hand, to say at once if one is not there, then a second of load on each."""
    for route in measured:
        request = urllib.request.Request(url + route.path, headers=dict(header.split(": ", 1) for header in route.headers))
        with urllib.request.urlopen(request, timeout=30) as answer:
            print(f"  {route.path}: {len(answer.read())} bytes, {answer.headers.get('Content-Encoding', 'plain')}")
    for route in measured:
        measure(url, route, 1)


def table(measured: list[Route]) -> list[str]:
    plain = measured[0]
    lines = [f"{'':42}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'rate ÷ plain':>14}{'p99 ÷ plain':>13}{'requests':>10}{'refused':>9}"]
    for route in measured:
        rate, p99 = route.median("per_second"), route.median("p99")
        against_rate = f"{rate / plain.median('per_second'):.2f}" if plain.median("per_second") else "–"
        against_p99 = f"{p99 / plain.median('p99'):.2f}" if plain.median("p99") else "–"
        lines.append(
            f"{route.name:42}{rate:12,.0f}{route.median('median'):9.2f}{p99:9.2f}{against_rate:>14}{against_p99:>13}"
            f"{sum(run.requests for run in route.runs):10,}{sum(run.refused for run in route.runs):9,}"
        )
    return lines


def measure_requests(options: argparse.Namespace) -> None:
    seconds, rounds = (2, 1) if options.quick else (options.seconds, options.rounds)
    server = None if options.url else PortalServer(options.binary.resolve()).start()
    try:
        url = options.url or server.url  # type: ignore[union-attr]
        measured = routes()
        print("Warming up:")
        warm_up(url, measured)
        print(f"Measuring: {rounds} rounds of {seconds} s for each of {len(measured)} routes, {CONNECTIONS} connections, one wrk thread.", flush=True)
        for _ in range(rounds):
            for route in measured:
                route.runs.append(measure(url, route, seconds))
                # The server finishes what the load left behind when its time was up, so that the next route does not pay for it.
                time.sleep(1)
        print("\n" + "\n".join(table(measured)))
        if server:
            print(f"\npeak memory of the server: {server.peak_memory() / 1_048_576:.1f} MiB (VmHWM)")
            code = server.stop()
            print(f"stopped with exit code {code}")
    finally:
        if server:
            server.remove()


def measure_people(options: argparse.Namespace) -> None:
    seconds, rounds = (2, 1) if options.quick else (options.seconds // 2, options.rounds)
    binary = options.binary.resolve()
    server = PortalServer(binary).start()
    try:
        people.join(server.port, people.invite(binary, server.database, people.EMAIL))
        cookie = people.join(server.port, people.invite(binary, server.database, people.DESK_EMAIL))

        def load(path: str, headers: tuple[str, ...], script: Path | None) -> Measurement:
            return measure(server.url, Route(path, path, headers, script), seconds)

        print(f"\nPeople: {rounds} rounds of {seconds} s each, {CONNECTIONS} connections\n", flush=True)
        print("\n".join(people.measure(server.port, cookie, load, ROOT / "Benchmarks" / "portal_cold.lua", rounds)), flush=True)
        server.stop()
    finally:
        server.remove()


def measure_proposals(options: argparse.Namespace) -> None:
    seconds, rounds, count = (2, 1, 400) if options.quick else (options.seconds // 2, options.rounds, 2_000)
    server = PortalServer(options.binary.resolve()).start()
    try:
        def load(path: str, headers: tuple[str, ...]) -> Measurement:
            return measure(server.url, Route(path, path, headers), seconds, connections=4)

        print(f"\nProposals: {rounds} rounds of {seconds} s for each page of the list, 4 connections\n", flush=True)
        for line in proposals.measure(server, load, rounds, count):
            print(line, flush=True)
        print(f"\npeak memory of the server: {server.peak_memory() / 1_048_576:.1f} MiB (VmHWM)")
        server.stop()
    finally:
        server.remove()


def measure_door(options: argparse.Namespace, folder: Path, cluster: Cluster | None) -> None:
    command = [options.binary.resolve().with_name("door-benchmark"), "--fund", FUND_FOLDER, "--sqlite", folder]
    if cluster:
        command += ["--postgresql", cluster.url()]
    command += ["--rounds", "1", "--seconds", "0.5"] if options.quick else ["--rounds", str(options.rounds), "--seconds", "1"]
    print("\nThe door\n", flush=True)
    subprocess.run(command, check=True)


def measure_sizes(options: argparse.Namespace, folder: Path, cluster: Cluster | None) -> None:
    times = [1, 100] if options.quick else [1, 100, 1000]
    for engine in ["SQLite", "PostgreSQL"] if cluster else ["SQLite"]:
        measured = []
        for count in times:
            if cluster and engine == "PostgreSQL":
                name = f"size_{count}"
                # Statistics, which autovacuum gathers within a minute: the pages are measured with them in every run.
                measured.append(
                    sizes.measure_size(
                        options.binary.resolve(), engine, cluster.create_database(name), count, 3, partial(cluster.query, "ANALYZE", name)
                    )
                )
            else:
                measured.append(sizes.measure_size(options.binary.resolve(), engine, f"sqlite:{folder}/size-{count}.sqlite", count, 3))
        print("\n" + "\n".join(sizes.table(measured)), flush=True)


def measure_slates(options: argparse.Namespace) -> None:
    seeds = [1] if options.quick else [1, 2, 3]
    print(f"\nSuggested slates: {slates.PROPOSALS} proposals, {slates.AREAS} areas × {slates.REGIONS} regions, at most 10 s for an objective\n", flush=True)
    print("\n".join(slates.measure(options.binary.resolve(), seeds)), flush=True)


def started_cluster() -> Cluster | None:
    """A server with the settings that a small one would have; None where none is installed."""
    cluster = Cluster(durable=True, settings={"shared_buffers": "256MB", "max_wal_size": "4GB"})
    try:
        return cluster.__enter__()
    except (AssertionError, OSError) as error:
        print(f"\nPostgreSQL is left out: {error}")
        return None


def main() -> int:
    parser = argparse.ArgumentParser(description="Measures the program: requests with wrk, the door, and funds of several sizes.")
    parser.add_argument("parts", nargs="*", help="all of them, unless named")
    parser.add_argument("--binary", type=Path, default=ROOT / ".build" / "release" / "pooledfund")
    parser.add_argument("--url", help="a server that runs already, for the requests, instead of one of its own")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8, help="of each route in each round of the requests")
    parser.add_argument("--quick", action="store_true", help="one short round of each, and no fund of 1,000 times the size")
    options = parser.parse_args()
    parts = options.parts or ["requests", "people", "proposals", "door", "slates", "sizes"]

    print(f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores, everything on the same machine; medians of the rounds\n")
    if "requests" in parts:
        measure_requests(options)
    if "people" in parts:
        measure_people(options)
    if "proposals" in parts:
        measure_proposals(options)
    if "slates" in parts:
        measure_slates(options)
    if not {"door", "sizes"} & set(parts):
        return 0
    cluster = started_cluster()
    try:
        with tempfile.TemporaryDirectory(prefix="pooledfund-bench-") as folder:
            kind = subprocess.run(["stat", "--file-system", "--format=%T", folder], capture_output=True, text=True).stdout.strip()
            print(f"\nThe databases are in {Path(folder).parent} ({kind})." + (" That is memory: set TMPDIR to a folder on a disk." if kind == "tmpfs" else ""))
            if "door" in parts:
                measure_door(options, Path(folder), cluster)
            if "sizes" in parts:
                measure_sizes(options, Path(folder), cluster)
    finally:
        if cluster:
            cluster.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
