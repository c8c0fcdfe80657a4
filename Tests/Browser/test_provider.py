"""Signing in through a real identity provider, in a real browser: by keyboard, at 360 px, without scripts as far as our own pages go."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from portal_server import PortalServer

from identity_provider_account import CLIENT, NAME, PASSWORD, PEOPLE, SECRET
from portal import FUND, Portal, assert_none
from provider_process import IdentityProvider
from test_sign_in import Codes, Walk, issue, register
from test_sign_in import invite as invitation
from visits import PHONE, SIDEWAYS

ORGANIZATION = "iom"


def settings(issuer: str) -> dict[str, str]:
    return {
        "POOLEDFUND_OPENID_ISSUER": issuer,
        "POOLEDFUND_OPENID_CLIENT": CLIENT,
        "POOLEDFUND_OPENID_SECRET": SECRET,
        "POOLEDFUND_OPENID_NAME": NAME,
    }


@pytest.fixture(scope="module")
def house(binary: Path):
    """A server and the identity provider that people sign in with there; two of the provider's people are invited."""
    server = PortalServer(binary)
    provider = IdentityProvider(f"{server.url}/sign-in/provider/return")
    server.environment = settings(provider.issuer)
    try:
        server.start()
        for person in ("invited", "unverified"):
            invite(server, PEOPLE[person])
        yield server, provider
        assert server.stop() == 0
        assert SECRET not in server.output()
    finally:
        server.remove()
        provider.stop()


def invite(server: PortalServer, email: str) -> str:
    """Gives the link by which the person joins."""
    command = [server.binary, "people", "invite", email, "--name", "Somebody of the tests", "--role", "puno-focal-point"]
    command += ["--organization", ORGANIZATION, "--fund", "migration-mptf", "--database", f"sqlite:{server.database}"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout.strip()


@pytest.fixture
def page(browser, house):
    """A telephone without scripts, and without any cookie."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


def press(page, label: str) -> None:
    """Goes to the button or link by the Tab key and presses Enter there."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(":focus").count() and page.locator(":focus").inner_text().strip() == label:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    pytest.fail(f"the keyboard does not reach “{label}” on {page.url}: {page.locator('main').inner_text()}")


def to_the_provider(page, server: PortalServer, path: str = "/sign-in") -> None:
    page.goto(server.url + path)
    press(page, f"Sign in with {NAME}")


def give_password(page, provider: IdentityProvider, name: str) -> None:
    """On the provider's own pages, which are not ours to test."""
    page.wait_for_url(f"{provider.issuer}/**")
    page.locator("input[name=login]").fill(name)
    page.locator("form button[type=submit]").first.click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").first.click()


def heading(page) -> str:
    return page.locator("h1").inner_text()


def test_an_invited_person_joins_by_the_provider_and_comes_in_by_it_again(page, house) -> None:
    server, provider = house
    to_the_provider(page, server, "/sign-in?return-to=/workspace/settings/identities")
    give_password(page, provider, "invited")
    page.wait_for_url(f"{server.url}/workspace/settings/identities")
    assert "invited" in page.locator("main").inner_text()

    # The only way in is not taken away.
    press(page, f"Unlink {NAME}")
    assert "only way" in page.locator("main").inner_text()
    assert page.evaluate(SIDEWAYS) is None

    page.goto(f"{server.url}/workspace")
    assert heading(page) == "My desk"
    press(page, "Sign out")
    page.goto(f"{server.url}/workspace")
    assert urlsplit(page.url).path == "/sign-in"

    # The provider knows its own session still, and asks nothing.
    to_the_provider(page, server)
    page.wait_for_url(f"{server.url}/workspace")
    assert heading(page) == "My desk"
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies(server.url)}
    assert "__Host-provider" not in cookies
    session = cookies["__Host-session"]
    assert session["httpOnly"] and session["secure"] and session["sameSite"] == "Lax"


def test_an_officer_goes_from_the_provider_to_the_second_factor_to_a_token_and_signs_out_everywhere(browser, house, tmp_path: Path) -> None:
    server, provider = house
    invitation(server, PEOPLE["officer"], "fmu-officer", ORGANIZATION)
    walk = Walk(browser, server.url)
    to_the_provider(walk.page, server)
    give_password(walk.page, provider, "officer")
    walk.page.wait_for_url(f"{server.url}/workspace/settings/second-factor")
    walk.goto("/workspace/funds/migration-mptf/people")
    assert "second factor" in walk.keep("without-second-factor"), "the provider's word alone opens what asks for a second factor"
    walk.goto("/workspace/settings/second-factor")
    codes = Codes(walk.page.locator(".secret code").inner_text())
    walk.fill("code", codes.next())
    walk.press("main .form .button-primary")
    walk.follow("I have kept them")
    assert walk.path() == "/workspace"
    assert "My desk" in walk.keep("desk")

    ending, staying = issue(walk, "ends", outlives=False), issue(walk, "stays", outlives=True)
    assert register(server, ending, "partner-by-provider-one")[0] == 200
    assert register(server, staying, "partner-by-provider-two")[0] == 200
    walk.goto("/workspace/settings")
    walk.press("main .button-danger")
    walk.goto("/workspace")
    assert walk.path().startswith("/sign-in?"), "signed out everywhere, one is signed in nowhere"
    assert register(server, ending, "partner-by-provider-three")[0] == 401
    assert register(server, staying, "partner-by-provider-four")[0] == 200

    # In again: whoever has a second factor is asked for it after the provider too.
    to_the_provider(walk.page, server)
    walk.page.wait_for_url(f"{server.url}/sign-in/second-factor*")
    walk.keep("code-after-provider")
    walk.fill("code", codes.next())
    walk.press("main .form .button-primary")
    assert walk.path() == "/workspace"
    assert_none(walk.faults(tmp_path))


@pytest.mark.parametrize("name", ["stranger", "unverified"])
def test_whoever_the_provider_knows_and_nobody_invited_is_told_whom_to_ask(page, house, name: str) -> None:
    server, provider = house
    to_the_provider(page, server)
    give_password(page, provider, name)
    page.wait_for_url(f"{server.url}/sign-in/provider/return**")
    assert heading(page) == "You need an invitation"
    assert page.locator("main a[href^='mailto:']").count() > 0
    assert page.evaluate(SIDEWAYS) is None
    page.goto(f"{server.url}/workspace")
    assert urlsplit(page.url).path == "/sign-in"


def test_an_answer_of_the_provider_signs_in_the_browser_that_asked_and_once(page, browser, house) -> None:
    server, provider = house
    answers: list[str] = []
    page.on("request", lambda request: answers.append(request.url) if "/provider/return?" in request.url else None)
    to_the_provider(page, server)
    give_password(page, provider, "stranger")
    page.wait_for_url(f"{server.url}/sign-in/provider/return**")
    for context in (browser.new_context(), page.context):
        # Forwarded to another browser, or sent again from the same.
        other = context.new_page()
        response = other.goto(answers[0])
        assert response.status == 400
        assert heading(other) == "You are not signed in"
        other.close()


def test_an_answer_that_another_browser_asked_for_signs_nobody_in_and_uses_nothing_up(page, browser, house) -> None:
    server, provider = house
    states: list[str] = []
    page.on("request", lambda request: states.extend(parse_qs(urlsplit(request.url).query).get("state", [])))
    to_the_provider(page, server)
    page.wait_for_url(f"{provider.issuer}/**")
    other = browser.new_context(viewport=PHONE, java_script_enabled=False)
    try:
        # Somebody who is on their way to the provider, too, and gets the link that was meant for the first browser.
        theirs = other.new_page()
        to_the_provider(theirs, server)
        theirs.wait_for_url(f"{provider.issuer}/**")
        assert theirs.goto(f"{server.url}/sign-in/provider/return?state={states[0]}&code=anything").status == 400
        assert not [cookie for cookie in other.cookies(server.url) if cookie["name"] == "__Host-session"]
    finally:
        other.close()
    give_password(page, provider, "stranger")
    page.wait_for_url(f"{server.url}/sign-in/provider/return**")
    assert heading(page) == "You need an invitation"


def test_whoever_goes_to_the_provider_takes_along_what_the_standard_asks_for(house) -> None:
    server, provider = house
    answer = Portal(server.url).request("/sign-in/provider", "POST", {"Sec-Fetch-Site": "same-origin", "Content-Type": FORM}, b"")
    assert answer.status == 200
    delay, address = answer.headers["refresh"].split("; url=")
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert delay == "0" and address.startswith(provider.issuer)
    assert query["response_type"] == "code" and query["scope"] == "openid email profile"
    assert query["code_challenge_method"] == "S256" and len(query["code_challenge"]) == 43
    assert query["redirect_uri"] == f"{server.url}/sign-in/provider/return"
    assert "__Host-provider=" in answer.headers["set-cookie"]
    # The state can be computed from the cookie, the cookie not from the state.
    assert query["state"] not in answer.headers["set-cookie"]
    refused = Portal(server.url).request("/sign-in/provider", "POST", {"Sec-Fetch-Site": "cross-site", "Content-Type": FORM}, b"")
    assert refused.status == 403


FORM = "application/x-www-form-urlencoded"


def test_a_slow_provider_gets_a_clear_page_while_other_pages_are_served(binary: Path, browser) -> None:
    server = PortalServer(binary)
    provider = IdentityProvider(f"{server.url}/sign-in/provider/return")
    server.environment = settings(provider.issuer)
    try:
        server.start()
        provider.proxy.passes.clear()
        answers: list = []

        def wait() -> None:
            answers.append(Portal(server.url).request("/sign-in/provider", "POST", {"Sec-Fetch-Site": "same-origin", "Content-Type": FORM}, b""))

        waiting = [threading.Thread(target=wait) for _ in range(8)]
        for thread in waiting:
            thread.start()
        for path in (FUND, "/sign-in", "/health/ready", f"{FUND}/contributors.json"):
            assert Portal(server.url).request(path).status == 200
        assert all(thread.is_alive() for thread in waiting), "the provider was not waited for, so nothing was shown"
        for thread in waiting:
            thread.join(timeout=60)
        assert [answer.status for answer in answers] == [504] * 8
        assert all("takes too long" in answer.text for answer in answers)
        # Once it answers again, so does the sign-in.
        provider.proxy.passes.set()
        again = Portal(server.url).request("/sign-in/provider", "POST", {"Sec-Fetch-Site": "same-origin", "Content-Type": FORM}, b"")
        assert again.status == 200
        assert server.stop() == 0
    finally:
        server.remove()
        provider.stop()


def test_an_account_with_a_password_is_linked_from_within_and_not_taken_over_by_its_address(browser, house, tmp_path: Path) -> None:
    server, provider = house
    walk = Walk(browser, server.url)
    try:
        walk.goto(invite(server, PEOPLE["joined"]))
        walk.fill("new-password", PASSWORD)
        walk.fill("new-password-again", PASSWORD)
        walk.press("main button[type=submit]")
        assert walk.path() == "/workspace"
        walk.press("form[action='/sign-out'] button")

        # The provider vouches for the address, which is not enough.
        to_the_provider(walk.page, server)
        give_password(walk.page, provider, "joined")
        walk.page.wait_for_url(f"{server.url}/sign-in/provider/return**")
        assert "Sign in another way first" in walk.keep("not-linked")

        walk.goto("/sign-in")
        walk.keep("sign-in")
        walk.fill("email", PEOPLE["joined"])
        walk.fill("password", PASSWORD)
        walk.press("form[action='/sign-in'] button")
        walk.goto("/workspace/settings")
        walk.follow("Accounts of identity providers")
        assert "You have linked none" in walk.keep("none-linked")
        # Refresh leads on to the provider, where a session of this browser is still open, and back.
        press(walk.page, f"Link an account of {NAME}")
        walk.page.wait_for_url(f"{server.url}/workspace/settings/identities?notice=linked")
        assert "joined" in walk.keep("linked")
        walk.press("form[action='/sign-out'] button")

        to_the_provider(walk.page, server)
        walk.page.wait_for_url(f"{server.url}/workspace")
        walk.goto("/workspace/settings/identities")
        press(walk.page, f"Unlink {NAME}")
        walk.page.wait_for_url(f"{server.url}/workspace/settings/identities?notice=unlinked")
        assert "not linked any more" in walk.keep("unlinked")
        walk.press("form[action='/sign-out'] button")
        walk.goto("/sign-in/provider/return?state=none&code=none")
        assert "not begun in this browser" in walk.keep("failed")
        assert_none(walk.faults(tmp_path))
    finally:
        walk.context.close()


def test_axe_and_the_validator_find_nothing_on_the_page_for_whoever_is_not_invited(browser, house, tmp_path: Path) -> None:
    server, provider = house
    walk = Walk(browser, server.url)
    try:
        to_the_provider(walk.page, server)
        give_password(walk.page, provider, "stranger")
        walk.page.wait_for_url(f"{server.url}/sign-in/provider/return**")
        walk.keep("uninvited")
        answer = Portal(server.url).request("/sign-in/provider", "POST", {"Sec-Fetch-Site": "same-origin", "Content-Type": FORM}, b"")
        walk.sent["leaving"] = answer.text
        assert_none(walk.faults(tmp_path))
    finally:
        walk.context.close()
