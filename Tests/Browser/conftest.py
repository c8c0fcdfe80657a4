"""What the tests share: one server, one browser, one walk over every page.

POOLEDFUND_BASE_URL=http://127.0.0.1:8080 runs them against a server that is already there (the tests of starting and stopping are then
skipped); POOLEDFUND_BINARY names another binary than .build/debug/pooledfund.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "Scripts"))

from portal_server import PortalServer  # noqa: E402

from portal import Portal, Site, chromium_arguments, chromium_path, crawl  # noqa: E402
from visits import Visit, visit_all  # noqa: E402


@pytest.fixture(scope="session")
def binary() -> Path:
    """The program under test."""
    return Path(os.environ.get("POOLEDFUND_BINARY", ROOT / ".build" / "debug" / "pooledfund"))


@pytest.fixture(scope="session")
def portal(request: pytest.FixtureRequest):
    """A ready server with the Migration MPTF; at the end it is asked to stop and must do so in good order."""
    running = os.environ.get("POOLEDFUND_BASE_URL")
    if running:
        yield Portal(running.rstrip("/"))
        return
    server = PortalServer(request.getfixturevalue("binary"))
    try:
        server.start()
        yield Portal(server.url)
        code = server.stop()
        assert code == 0, f"asked to stop, the server ended with {code}:\n{server.output()[-4000:]}"
    finally:
        server.remove()


@pytest.fixture(scope="module")
def house(binary: Path):
    """A server of a module's own: people come and go in it."""
    server = PortalServer(binary)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def site(portal: Portal) -> Site:
    """Every page and every data file that links lead to."""
    return crawl(portal)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all the tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=chromium_arguments())
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def visits(browser, portal: Portal, site: Site) -> list[Visit]:
    """What Chromium saw on each page: each is opened once, and every test reads the same notes."""
    return visit_all(browser, portal, site.pages)


@pytest.fixture(scope="session")
def journey(binary: Path):
    """A fund in which everything was done from the call to the decision, for the tests that look at it and leave it as it is."""
    from fund_at_work import FundAtWork
    from test_journey import make_the_journey

    server = PortalServer(binary)
    try:
        server.start()
        fund = FundAtWork(server)
        make_the_journey(fund)
        yield fund
    finally:
        server.remove()
