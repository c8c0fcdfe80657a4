"""Coming in, by keyboard alone, on a phone, without scripts: invitation, password, second factor, desk, token, signing out everywhere."""

from __future__ import annotations

import json
import re
import subprocess
import time
import uuid
from base64 import b32decode
from pathlib import Path

import people_at_work
import pytest
from axe_playwright_python.sync_playwright import Axe

from portal import Portal, assert_none, words
from portal_server import PortalServer
from test_html import validate
from visits import ALL_RULES, COLOUR_RULES, PHONE, SIDEWAYS, WIDE, findings

PASSWORD = "copper lantern over the marsh"
EMAIL = "officer@example.org"
ACTION = "/api/v1/funds/migration-mptf/actions/register-organization"


def code_of(secret: str, step: int) -> str:
    """The six digits of a step, from the secret as the page shows it."""
    return people_at_work.code_of(b32decode(secret.replace(" ", "")), step)


def answering(html: str):
    """Answers every request with a page that was kept."""
    return lambda route: route.fulfill(status=200, content_type="text/html; charset=utf-8", body=html)


class Codes:
    """Codes of one secret, each of them once."""

    def __init__(self, secret: str):
        self.secret = secret
        self.last = 0

    def next(self) -> str:
        step = int(time.time()) // 30
        # A code counts once, and one of the step to come is taken as well.
        step = max(step, self.last + 1)
        while step > int(time.time()) // 30 + 1:
            time.sleep(0.5)
        self.last = step
        return code_of(self.secret, step)


class Walk:
    """A phone without scripts, walked through by keyboard; keeps each page as it was sent."""

    def __init__(self, browser, url: str):
        self.browser = browser
        self.url = url
        self.context = browser.new_context(viewport=PHONE, java_script_enabled=False, reduced_motion="reduce")
        self.page = self.context.new_page()
        self.sent: dict[str, str] = {}
        self._document = None
        self.page.on("response", self._note)

    def _note(self, response) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self._document = response

    def goto(self, path: str) -> None:
        self.page.goto(self.url + path)

    def keep(self, name: str) -> str:
        """Keeps the page that is shown, and gives its text."""
        self.sent[name] = self._document.text()
        return words(self.page.locator("body").inner_text())

    def reach(self, selector: str) -> None:
        """Presses Tab until the focus is where the selector says."""
        for _ in range(150):
            if self.page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {selector} on {self.page.url}")

    def fill(self, name: str, text: str) -> None:
        self.reach(f"main [name='{name}']")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def press(self, selector: str, key: str = "Enter") -> None:
        self.reach(selector)
        if key != "Enter":
            self.page.keyboard.press(key)
            return
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def follow(self, text: str) -> None:
        """Follows the link with this text."""
        links = self.page.locator("a").evaluate_all("(links, text) => links.filter(a => a.textContent.trim() === text).map(a => a.getAttribute('href'))", text)
        assert links, f"no link says “{text}” on {self.page.url}"
        self.press(f"a[href='{links[0]}']")

    def path(self) -> str:
        return self.page.url.removeprefix(self.url)

    def faults(self, folder: Path, looked_at: set[str] | None = None) -> list[str]:
        """What axe, the Nu validator and a look at the width find on the kept pages, wide and on a phone, light and dark.

        `looked_at` names those that axe looks at, where others are made of the same; the validator and the widths see all.
        """
        found: list[str] = []
        context = self.browser.new_context(reduced_motion="reduce")
        page = context.new_page()
        axe = Axe().axe_script
        for name, html in self.sent.items():
            (folder / f"{name}.html").write_text(html, encoding="utf-8")
            address = f"{self.url}/kept/{name}"
            page.route(address, answering(html))
            page.goto(address)
            if looked_at is None or name in looked_at:
                page.evaluate(axe)
                for size in (WIDE, PHONE):
                    page.set_viewport_size(size)
                    page.emulate_media(color_scheme="light")
                    found += [f"{name}: {finding}" for finding in findings(page, ALL_RULES, f"{size['width']} px, light")]
                    page.emulate_media(color_scheme="dark")
                    found += [f"{name}: {finding}" for finding in findings(page, COLOUR_RULES, f"{size['width']} px, dark")]
                page.emulate_media(color_scheme="light")
            for width in (320, 360, 640):
                page.set_viewport_size({"width": width, "height": 800})
                if fault := page.evaluate(SIDEWAYS):
                    found.append(f"{name} at {width} px: {fault}")
        context.close()
        for message in validate(folder):
            found.append(f"{Path(message.get('url', '')).name} line {message.get('lastLine', '?')}: {message['message']} … {message.get('extract', '')}")
        return found


def invite(house: PortalServer, email: str, role: str, organization: str) -> str:
    """The path of the link with which somebody joins."""
    command = [house.binary, "people", "invite", email, "--role", role, "--organization", organization, "--fund", "migration-mptf",
               "--name", "Officer (fictional)", "--database", f"sqlite:{house.database}"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return re.search(r"/invitation\?secret=\S+", run.stdout)[0]


def register(house: PortalServer, token: str, identifier: str) -> tuple[int, str]:
    """Registers an organization with a token, as a program does."""
    body = json.dumps({"id": identifier, "name": "Partner (fictional)", "short_name": "", "kind": "civil-society", "source": "mptf-governance"})
    answer = Portal(house.url).request(ACTION, "POST", {
        "Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}, body.encode())
    return answer.status, answer.text


def issue(walk: Walk, name: str, outlives: bool) -> str:
    walk.goto("/workspace/settings/tokens")
    walk.fill("name", name)
    walk.reach("main [name='scope']")
    walk.page.keyboard.press("ArrowDown")
    if outlives:
        walk.press("main [name='outlives']", "Space")
    walk.press("main .form .button-primary")
    assert "Your token" in walk.keep(f"token-{name}")
    return walk.page.locator("#token-secret").inner_text()


def test_from_the_invitation_to_signing_out_everywhere(browser, house: PortalServer, tmp_path: Path) -> None:
    link = invite(house, EMAIL, "fmu-officer", "iom")
    walk = Walk(browser, house.url)

    walk.goto(link)
    text = walk.keep("invitation")
    assert "International Organization for Migration" in text and EMAIL in text
    walk.fill("new-password", "short")
    walk.press("main .form .button-primary")
    assert "too short" in walk.keep("invitation-refused")
    walk.fill("new-password", PASSWORD)
    walk.fill("new-password-again", PASSWORD)
    walk.press("main .form .button-primary")

    assert walk.path() == "/workspace/settings/second-factor", "the role asks for a second factor, and its holder is led to it"
    walk.keep("second-factor")
    codes = Codes(walk.page.locator(".secret code").inner_text())
    walk.fill("code", "000000")
    walk.press("main .form .button-primary")
    walk.keep("second-factor-refused")
    walk.fill("code", codes.next())
    walk.press("main .form .button-primary")
    assert "Your ten codes" in walk.keep("recovery-codes")
    recovery = walk.page.locator(".recovery-codes code").all_inner_texts()
    assert len(set(recovery)) == 10
    walk.follow("I have kept them")
    assert walk.path() == "/workspace"
    assert "My desk" in walk.keep("desk")

    # A link that was used lets nobody in, whoever has it.
    other = Walk(browser, house.url)
    other.goto(link)
    assert "already" in other.keep("invitation-used")

    ending, staying = issue(walk, "ends", outlives=False), issue(walk, "stays", outlives=True)
    walk.goto("/workspace/settings/tokens")
    walk.keep("tokens")
    assert ending.startswith("pf_") and ending not in walk.sent["tokens"]
    assert register(house, ending, "partner-one")[0] == 200
    assert register(house, staying, "partner-two")[0] == 200

    for name in ("settings", "settings/password", "settings/second-factor", "settings/my-data"):
        walk.goto(f"/workspace/{name}")
        walk.keep(name.replace("/", "-"))

    # Out in this browser, and in again with password and code.
    walk.press(".signed-in button")
    assert walk.path().startswith("/sign-in")
    walk.keep("signed-out")
    walk.fill("email", EMAIL)
    walk.fill("password", "not this one at all")
    walk.press("main .form .button-primary")
    walk.keep("sign-in-refused")
    walk.fill("email", EMAIL)
    walk.fill("password", PASSWORD)
    walk.press("main .form .button-primary")
    assert walk.path().startswith("/sign-in/second-factor")
    walk.keep("code")
    walk.goto("/workspace")
    assert walk.path().startswith("/sign-in?"), "the password alone lets nobody in who has a second factor"
    walk.goto("/sign-in/second-factor")
    walk.fill("code", codes.next())
    walk.press("main .form .button-primary")
    assert walk.path() == "/workspace"

    # With a recovery code, elsewhere.
    other.goto("/sign-in")
    other.fill("email", EMAIL)
    other.fill("password", PASSWORD)
    other.press("main .form .button-primary")
    other.follow("Use a recovery code instead")
    other.keep("recovery-code")
    other.fill("code", recovery[0].lower())
    other.press("main .form .button-primary")
    assert other.path() == "/workspace"

    walk.goto("/workspace/settings")
    walk.press("main .button-danger")
    assert walk.path().startswith("/sign-in")
    for visitor in (walk, other):
        visitor.goto("/workspace")
        assert visitor.path().startswith("/sign-in?"), "signed out everywhere, one is signed in nowhere"
    status, _ = register(house, ending, "partner-three")
    assert status == 401, "a token that was not to outlive the signing out does"
    assert register(house, staying, "partner-four")[0] == 200, "a token that was to outlive the signing out does not"

    for page, name in (("/sign-in/forgotten", "forgotten"), ("/new-password", "new-password-closed")):
        other.goto(page)
        other.keep(name)
    walk.sent |= other.sent
    assert_none(walk.faults(tmp_path))


def test_a_demonstration_lets_anybody_on_the_machine_in_as_each_role(browser, binary: Path, tmp_path: Path) -> None:
    server = PortalServer(binary, demonstration=True)
    try:
        server.start()
        walk = Walk(browser, server.url)
        walk.goto("/sign-in")
        assert "Ready accounts" in walk.keep("demonstration")
        accounts = walk.page.locator(".demonstration-accounts button").all_inner_texts()
        assert len(accounts) >= 10
        walk.press(".demonstration-accounts button")
        assert walk.path() == "/workspace"
        walk.keep("demonstration-desk")
        assert_none(walk.faults(tmp_path))
        assert server.stop() == 0
        plain = PortalServer(binary, database=server.database)
        plain.spawn().wait(timeout=60)
        assert plain.process.returncode == 1
        assert "demonstration" in plain.output() and "--demo" in plain.output()
        plain.remove()
    finally:
        server.remove()


def test_a_record_with_people_is_not_served_as_a_demonstration(house: PortalServer, binary: Path) -> None:
    invite(house, "another@example.org", "technical-reviewer", "iom")
    assert house.stop() == 0
    shown = PortalServer(binary, database=house.database, demonstration=True)
    shown.spawn().wait(timeout=60)
    assert shown.process.returncode == 1
    assert "holds people" in shown.output()
    shown.remove()
