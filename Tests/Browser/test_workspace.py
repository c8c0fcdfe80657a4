"""Every page of the workspace that links lead to, as every ready account of the demonstration: what every public page promises, too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from keyboard import keyboard_faults
from portal import Page, Portal, Site, assert_none, crawl, words
from portal_server import PortalServer
from test_html import validate
from visits import PHONE, WIDE, visit_all

WORKSPACE = "/workspace"
OWN_PAGES = ["settings", "settings/password", "settings/address", "settings/second-factor", "settings/tokens", "settings/notices",
             "settings/my-data"]
PAGES_OF_FUND = ["people", "people/{}", "organizations", "organizations/{}", "actions", "actions/{}", "audit", "search"]


@dataclass
class Account:
    """Somebody who is signed in, and all that links lead them to."""

    name: str
    cookies: list[dict]
    site: Site
    typical: list[Page]
    """Pages with something on them that no page before had."""


def sign_in(browser, portal: Portal, number: int) -> tuple[str, list[dict]]:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{portal.url}/sign-in")
    button = page.locator(".demonstration-accounts button").nth(number)
    name = words(button.inner_text())
    button.click()
    page.wait_for_url(f"**{WORKSPACE}")
    cookies = context.cookies()
    context.close()
    return name, cookies


def kind(path: str) -> str:
    """The path without what names one thing among others."""
    return re.sub(r"^/workspace/funds/[^/]+/([^/]+)/[^/]+", r"\1/{}", path).removeprefix(f"{WORKSPACE}/funds/migration-mptf/").removeprefix(f"{WORKSPACE}/")


def make_up(page: Page) -> set[tuple]:
    """Which kinds of element the page has, and the kind of page that it is."""
    shapes = {(element.tag, *sorted(element.classes), element.attributes.get("type"), *sorted(element.attributes)) for element in page.outline.elements}
    return shapes | {("kind", kind(page.path))}


@pytest.fixture(scope="module")
def house(binary: Path):
    server = PortalServer(binary, demonstration=True)
    try:
        server.start()
        yield Portal(server.url)
    finally:
        server.remove()


@pytest.fixture(scope="module")
def accounts(browser, house: Portal) -> list[Account]:
    page = browser.new_page()
    page.goto(f"{house.url}/sign-in")
    count = page.locator(".demonstration-accounts button").count()
    page.close()
    assert count >= 13, f"the demonstration has {count} accounts"
    return crawl_as(house, [sign_in(browser, house, number) for number in range(count)])


def crawl_as(house: Portal, people: list[tuple[str, list[dict]]]) -> list[Account]:
    """All that links lead these people to, who are signed in."""
    found: list[Account] = []
    seen: set[tuple] = set()
    for name, cookies in people:
        header = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies)
        site = crawl(house, WORKSPACE, WORKSPACE, {"Cookie": header})
        typical = []
        for page in site.pages:
            if not make_up(page) <= seen:
                typical.append(page)
                seen |= make_up(page)
        found.append(Account(name, cookies, site, typical))
    return found


def test_every_link_of_the_workspace_leads_to_an_answer_for_whoever_sees_it(accounts: list[Account]) -> None:
    assert_none([f"{account.name}: {broken}" for account in accounts for broken in account.site.broken])


def test_links_lead_to_every_kind_of_page_of_the_workspace(accounts: list[Account]) -> None:
    kinds = {kind(page.path) for account in accounts for page in account.site.pages}
    missing = [name for name in OWN_PAGES + PAGES_OF_FUND if name not in kinds]
    assert not missing, f"no link leads to {', '.join(missing)}; there are {', '.join(sorted(kinds))}"


def test_every_page_of_the_workspace_has_one_heading_its_title_and_its_language(accounts: list[Account]) -> None:
    faults = []
    for account in accounts:
        for page in account.site.pages:
            headings, titles, html = (page.outline.all(tag) for tag in ("h1", "title", "html"))
            if len(headings) != 1 or not words(headings[0].text):
                faults.append(f"{account.name}: {page.target} has {len(headings)} h1")
            if not titles or not words(titles[0].text):
                faults.append(f"{account.name}: {page.target} has no title")
            if not html or not html[0].attributes.get("lang"):
                faults.append(f"{account.name}: {page.target} does not say its language")
    assert_none(faults)


def test_no_page_of_the_workspace_is_kept_by_anybody_in_between(accounts: list[Account]) -> None:
    assert_none([
        f"{account.name}: {page.target} may be kept: {page.answer.headers.get('cache-control')}"
        for account in accounts for page in account.site.pages if "no-store" not in page.answer.headers.get("cache-control", "")
    ])


def test_axe_finds_nothing_and_no_page_of_the_workspace_scrolls_sideways_or_breaks_a_policy(browser, house: Portal, accounts: list[Account]) -> None:
    faults = []
    for account in accounts:
        for visit in visit_all(browser, house, account.typical, account.cookies):
            faults += [f"{account.name}: {visit.target} {fault}" for fault in visit.findings + visit.sideways + visit.errors]
            faults += [f"{account.name}: {visit.target} asks for {address}" for address in visit.elsewhere]
    assert_none(faults)


def test_the_nu_validator_finds_no_error_in_the_workspace(accounts: list[Account], tmp_path: Path) -> None:
    targets: dict[str, str] = {}
    for account in accounts:
        for page in account.site.pages:
            name = f"{len(targets)}.html"
            (tmp_path / name).write_bytes(page.answer.content)
            targets[name] = f"{account.name}: {page.target}"
    assert_none([
        f"{targets.get(Path(message.get('url', '')).name, '?')} line {message.get('lastLine', '?')}: {message['message']} … {message.get('extract', '').strip()}"
        for message in validate(tmp_path)
    ])


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_tab_key_reaches_everything_in_the_workspace(browser, house: Portal, accounts: list[Account], size: dict[str, int]) -> None:
    faults = []
    walked: set[str] = set()
    for account in accounts:
        context = browser.new_context(viewport=size, reduced_motion="reduce")
        context.add_cookies(account.cookies)
        page = context.new_page()
        for typical in account.typical:
            if kind(typical.path) in walked:
                continue
            walked.add(kind(typical.path))
            page.goto(house.url + typical.target)
            faults += [f"{account.name}: {typical.target} {fault}" for fault in keyboard_faults(page)]
        context.close()
    assert_none(faults)


def test_the_workspace_reads_the_same_without_scripts(browser, house: Portal, accounts: list[Account]) -> None:
    faults = []
    for account in accounts:
        texts = []
        for scripts in (True, False):
            context = browser.new_context(java_script_enabled=scripts, viewport=WIDE)
            context.add_cookies(account.cookies)
            page = context.new_page()
            shown = {}
            for typical in account.typical:
                # Each sight of it offers another secret.
                if kind(typical.path) == "settings/second-factor":
                    continue
                page.goto(house.url + typical.target)
                shown[typical.target] = words(page.locator("body").inner_text())
            texts.append(shown)
            context.close()
        faults += [f"{account.name}: {target} reads differently" for target in texts[0] if texts[0][target] != texts[1][target]]
    assert_none(faults)
