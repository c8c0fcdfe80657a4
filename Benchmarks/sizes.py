"""Pages of funds of several sizes, cold and hot, on each engine: how long they take, what they weigh, and how much memory the server takes.

Cold: the page as of a day that nobody has asked about before, so that the record is read and the page made. Hot: the same address again.
"""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from enlarged_fund import enlarged_fund
from portal_server import FUND, PortalServer

PATHS = {
    "overview": "",
    "programmes": "/programmes",
    "a programme": "/programmes/indonesia-migration-governance",
    "contributors": "/contributors",
    "organization": "/organizations/iom",
    "ledger": "/ledger",
    "balance": "/balance",
    "contributors, JSON": "API/contributors",
    "programmes, JSON": "API/programmes",
}
PATIENCE = 120.0
"""Seconds; a page that takes longer counts as not answered."""


@dataclass
class PageFigures:
    status: int = 0
    bytes: int = 0
    cold: list[float] = field(default_factory=list)
    """Seconds."""
    hot: list[float] = field(default_factory=list)


@dataclass
class SizeFigures:
    engine: str
    times: int
    load: float
    """Seconds of `fund load` into an empty database."""
    load_memory: int
    """The most that the loading command held, in bytes."""
    memory: int = 0
    """The most that the server held, in bytes."""
    pages: dict[str, PageFigures] = field(default_factory=dict)
    problem: str = ""


def measure_size(
    binary: Path, engine: str, database: str, times: int, rounds: int, settle: Callable[[], object] = lambda: None
) -> SizeFigures:
    """Loads the fund `times` as large into the empty database at the URL `database`, serves it and asks for each page `rounds` times.

    `settle` does at once, between the two, what the database server would do by itself within a minute.
    """
    with tempfile.TemporaryDirectory(prefix="pooledfund-sizes-") as folder:
        fund = Path(folder) / FUND.name
        enlarged_fund(FUND, times, fund)
        figures = load(binary, engine, database, times, fund)
        if figures.problem:
            return figures
        settle()
        server = SizedServer(binary, database)
        try:
            server.start(seconds=PATIENCE)
            for name, path in PATHS.items():
                figures.pages[name] = measure_page(server, path, rounds)
            figures.memory = server.peak_memory()
            server.stop()
        except (RuntimeError, OSError) as error:
            figures.problem = str(error)
        finally:
            server.remove()
        return figures


class SizedServer(PortalServer):
    """Serves what the database holds; the fund is loaded already."""

    def __init__(self, binary: Path, database: str):
        super().__init__(binary)
        self.database_url = database

    def spawn(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "serve", "--address", f"127.0.0.1:{self.port}"],
                env=os.environ | {"POOLEDFUND_DATABASE": self.database_url}, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT,
            )
        return self.process


def load(binary: Path, engine: str, database: str, times: int, fund: Path) -> SizeFigures:
    start = time.monotonic()
    process = subprocess.Popen(
        [binary, "fund", "load", fund], env=os.environ | {"POOLEDFUND_DATABASE": database}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    assert process.stdout is not None
    said = process.stdout.read()
    # Unlike `wait`, it tells what the process used.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    figures = SizeFigures(engine, times, time.monotonic() - start, usage.ru_maxrss * 1024)
    if process.returncode != 0:
        figures.problem = said.strip()[:500]
    return figures


def measure_page(server: SizedServer, path: str, rounds: int) -> PageFigures:
    figures = PageFigures()
    prefix = f"/api/v1/funds/{FUND.name}" if path.startswith("API") else f"/funds/{FUND.name}"
    address = prefix + path.removeprefix("API")
    measure_page.asked = getattr(measure_page, "asked", 0)
    for _ in range(rounds):
        day = time.strftime("%Y-%m-%d", time.gmtime(1_709_251_200 + 86_400 * measure_page.asked))
        measure_page.asked += 1
        for timings in (figures.cold, figures.hot):
            figures.status, figures.bytes, seconds = ask(server.port, f"{address}?as-of={day}")
            timings.append(seconds)
        if figures.status != 200:
            break
    return figures


def ask(port: int, address: str) -> tuple[int, int, float]:
    """Status, bytes of the answer as it travels, seconds. Status 0: no answer."""
    start = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        return answer.status, len(answer.read()), time.monotonic() - start
    except (OSError, http.client.HTTPException):
        return 0, 0, time.monotonic() - start
    finally:
        connection.close()


def table(sizes: list[SizeFigures]) -> list[str]:
    """A line for each page, a pair of columns for each engine and size: milliseconds cold and hot."""
    lines = ["Pages by the size of the fund: milliseconds cold / hot, KiB as they travel (gzip); median", ""]
    heads = [f"{size.engine} {size.times}×" for size in sizes]
    lines.append(f"{'':20}" + "".join(f"{head:>30}" for head in heads))
    for name in PATHS:
        cells = []
        for size in sizes:
            page = size.pages.get(name)
            if page is None:
                cells.append("–")
            elif page.status != 200:
                cells.append(f"status {page.status} in {max(page.cold):.1f} s")
            else:
                cold, hot = (statistics.median(times) * 1000 for times in (page.cold, page.hot))
                cells.append(f"{cold:,.1f} / {hot:,.2f}  {page.bytes / 1024:,.0f} KiB")
        lines.append(f"{name:20}" + "".join(f"{cell:>30}" for cell in cells))
    lines.append(f"{'fund load, s':20}" + "".join(f"{size.load:30,.1f}" for size in sizes))
    lines.append(f"{'loading, peak MiB':20}" + "".join(f"{size.load_memory / 1_048_576:30,.0f}" for size in sizes))
    lines.append(f"{'server, peak MiB':20}" + "".join(f"{size.memory / 1_048_576:30,.0f}" for size in sizes))
    lines += [f"{size.engine} {size.times}×: {size.problem}" for size in sizes if size.problem]
    return lines
