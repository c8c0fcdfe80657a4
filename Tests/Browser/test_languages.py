"""The portal and the workspace in the languages of their readers: chosen by keyboard on a phone without scripts, kept, and laid out in either direction."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal import FUND, Portal, assert_none, words
from portal_server import PortalServer
from test_sign_in import PASSWORD, Walk, invite
from visits import SIDEWAYS

LANGUAGES = ("fr", "es")
SAMPLE = ["", "/contributors", "/programmes", "/pipeline", "/balance", "/local-engagement", "/statements", "/terms", "/brief", "/calls", "/data"]
EMAIL = "languages@example.org"


def language(walk: Walk) -> str:
    return walk.page.locator("html").get_attribute("lang")


def choose(walk: Walk, code: str) -> None:
    walk.press(f"form.languages button[value='{code}']")


def test_french_from_the_portal_through_the_workspace_into_the_next_browser(browser, house: PortalServer, tmp_path: Path) -> None:
    walk = Walk(browser, house.url)
    walk.goto(f"{FUND}/programmes?status=operational")
    choose(walk, "fr")
    assert walk.path() == f"{FUND}/programmes?status=operational", "whoever chooses a language stays where they are"
    assert language(walk) == "fr"
    walk.keep("programmes")
    walk.goto(f"{FUND}/nothing")
    assert language(walk) == "fr"
    walk.keep("error")

    walk.goto(invite(house, EMAIL, "technical-reviewer", "iom"))
    assert language(walk) == "fr"
    walk.keep("invitation")
    walk.fill("new-password", PASSWORD)
    walk.fill("new-password-again", PASSWORD)
    walk.press("main .form .button-primary")
    assert language(walk) == "fr"
    walk.goto("/workspace")
    walk.keep("desk")
    walk.goto("/workspace/settings")
    assert "español" in walk.keep("settings")
    walk.reach("main [name='language']:checked")
    walk.press("main form:has([name='language']) .button-primary")
    assert walk.path() == "/workspace/settings?notice=language"
    walk.press("form[action='/sign-out'] button")
    assert language(walk) == "fr"
    walk.keep("sign-in")

    other = Walk(browser, house.url)
    other.goto("/sign-in")
    assert language(other) == "en"
    other.fill("email", EMAIL)
    other.fill("password", PASSWORD)
    other.press("main .form .button-primary")
    other.goto("/workspace")
    assert language(other) == "fr", "what was chosen in the settings holds in another browser"
    other.goto(FUND)
    assert language(other) == "fr"
    choose(other, "es")
    other.goto("/workspace/settings")
    assert language(other) == "es"
    other.keep("settings-spanish")
    walk.sent |= other.sent
    assert_none(walk.faults(tmp_path))


@pytest.mark.parametrize("code", LANGUAGES)
def test_longer_words_fit_and_nothing_of_the_page_is_in_english(browser, portal: Portal, code: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800}, locale=code, reduced_motion="reduce")
    page = context.new_page()
    faults = []
    for path in SAMPLE:
        for width in (320, 360, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            if width == 320:
                answer = page.goto(portal.url + FUND + path)
                assert answer.headers["content-language"] == code and page.locator("html").get_attribute("lang") == code
                if "⟨" in words(page.locator("body").inner_text()):
                    faults.append(f"{path} has a sentence without words")
            if fault := page.evaluate(SIDEWAYS):
                faults.append(f"{path} in {code} at {width} px: {fault}")
    context.close()
    assert_none(faults)


RIGHT_TO_LEFT = """() => {
    document.documentElement.dir = 'rtl';
    const root = document.scrollingElement;
    const over = [...document.body.querySelectorAll('*')].filter(e => {
        const box = e.getBoundingClientRect();
        // What is only for screen readers stands outside on purpose, and what scrolls by itself holds its content.
        return box.width > 1 && box.height > 1 && box.left < -0.5 && getComputedStyle(e).position !== 'absolute' && !e.closest('svg, .skip');
    });
    const name = e => [e.tagName.toLowerCase(), ...e.classList].join('.');
    if (root.scrollWidth > root.clientWidth) return (root.scrollWidth - root.clientWidth) + ' px too wide, by ' + over.slice(0, 3).map(name).join(', ');
    return getComputedStyle(document.querySelector('main')).direction === 'rtl' ? null : 'the content does not run from right to left';
}"""


def test_the_layout_works_from_right_to_left(browser, portal: Portal) -> None:
    page = browser.new_page(reduced_motion="reduce")
    faults = []
    for path in SAMPLE + ["/ledger"]:
        page.goto(portal.url + FUND + path)
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            if fault := page.evaluate(RIGHT_TO_LEFT):
                faults.append(f"{path or '/'} at {width} px: {fault}")
    # Names begin where lines begin, and numbers stand at their end.
    page.goto(f"{portal.url}{FUND}/contributors")
    page.evaluate(RIGHT_TO_LEFT)
    cells = page.evaluate("""() => {
        const row = document.querySelector('.records tbody tr');
        const [name, number] = [row.querySelector('.name'), [...row.querySelectorAll('.number')].at(-1)];
        return [name.getBoundingClientRect().left, number.getBoundingClientRect().left, getComputedStyle(number).textAlign];
    }""")
    if not (cells[0] > cells[1] and cells[2] == "end"):
        faults.append(f"the table of contributors does not run from right to left: {cells}")
    page.close()
    assert_none(faults)


def test_programs_are_answered_in_english_whatever_they_ask_for(portal: Portal) -> None:
    for path in (f"{FUND}/contributors.csv", f"{FUND}/figures.json", "/api/v1/funds/migration-mptf/programmes"):
        asked = portal.request(path, headers={"Accept-Language": "fr", "Cookie": "__Host-language=es"})
        assert asked.status == 200 and asked.content == portal.request(path).content, path
