"""One walk with Chromium over every page, taking note of all that the tests ask for, so that each page is loaded once."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

from portal import Page, Portal

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
# 320 px is WCAG's reflow width; 640 px is a 1280 px window at 200 % zoom; 718 px is A4 between Chromium's margins.
NARROW_WIDTHS = (320, 360, 640)
PAPER = {"width": 718, "height": 1000}

# What a colour scheme can change: the rest is the same in light and dark and is asked once a width.
COLOUR_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "resultTypes": ["violations"], "preload": False}
# WCAG 2.2 AA and axe-core's best practices: every rule that is on by default, and the one for target size, which is not.
ALL_RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"], "preload": False}

SIDEWAYS = """() => {
    const root = document.scrollingElement;
    const over = root.scrollWidth - root.clientWidth;
    if (over <= 0) return null;
    const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 0.5);
    const name = e => [e.tagName.toLowerCase() + (e.id ? '#' + e.id : ''), ...e.classList].join('.');
    return over + ' px too wide, by ' + wide.slice(0, 3).map(name).join(', ');
}"""

WATCH_POLICY = """
    window.policyViolations = [];
    document.addEventListener('securitypolicyviolation', e => window.policyViolations.push(e.violatedDirective + ' ' + e.blockedURI));
"""


@dataclass
class Visit:
    """What was seen on one page."""

    target: str
    status: int
    text: str
    """The text as shown with scripts on."""
    scripts: int
    """How many scripts the page carries or names."""
    weight: int
    """Bytes over the wire in all, headers included."""
    parts: dict[str, int]
    """The same for each thing loaded."""
    elsewhere: list[str]
    """What was asked of another host."""
    errors: list[str]
    """Errors on the console, uncaught exceptions, failed loads, breaches of the content security policy."""
    findings: list[str] = field(default_factory=list)
    """axe-core's, each with the width and scheme."""
    sideways: list[str] = field(default_factory=list)
    """Widths at which the page scrolls sideways."""


def findings(page, options: dict, where: str) -> list[str]:
    results = page.evaluate("options => axe.run(options)", options)
    found = []
    for violation in results["violations"]:
        places = [" ".join(map(str, node["target"])) for node in violation["nodes"]]
        more = f" and {len(places) - 3} more" if len(places) > 3 else ""
        found.append(f"{where}: {violation['id']} ({violation['help']}) at {'; '.join(places[:3])}{more}")
    return found


def visit(page, network, portal: Portal, target: str, axe_source: str) -> Visit:
    requests: dict[str, str] = {}
    parts: dict[str, int] = {}
    elsewhere: list[str] = []
    errors: list[str] = []

    def sent(event) -> None:
        address = event["request"]["url"]
        requests[event["requestId"]] = address
        if urlsplit(address).scheme != "data" and urlsplit(address).netloc != portal.host:
            elsewhere.append(address)

    def finished(event) -> None:
        address = requests.get(event["requestId"], "?")
        if address.startswith("data:"):
            return
        parts[address] = parts.get(address, 0) + int(event["encodedDataLength"])

    def logged(message) -> None:
        if message.type == "error":
            errors.append(f"console: {message.text} ({message.location.get('url', '')})")

    def thrown(error) -> None:
        errors.append(f"exception: {error}")

    def failed(request) -> None:
        errors.append(f"not loaded: {request.url} ({request.failure})")

    listeners = [("console", logged), ("pageerror", thrown), ("requestfailed", failed)]
    network.on("Network.requestWillBeSent", sent)
    network.on("Network.loadingFinished", finished)
    for event, listener in listeners:
        page.on(event, listener)
    page.set_viewport_size(WIDE)
    page.emulate_media(media="screen", color_scheme="light")
    response = page.goto(portal.url + target, wait_until="load")
    errors += [f"content security policy: {violation}" for violation in page.evaluate("window.policyViolations")]
    text = page.evaluate("document.body.innerText")
    scripts = page.evaluate("[...document.scripts].filter(s => !/json/.test(s.type)).length")
    # From here on the tests' own scripts are at work in the page: what they do is not the page's doing.
    network.remove_listener("Network.requestWillBeSent", sent)
    network.remove_listener("Network.loadingFinished", finished)
    for event, listener in listeners:
        page.remove_listener(event, listener)
    seen = Visit(target, response.status, text, scripts, sum(parts.values()), parts, elsewhere, errors)

    page.evaluate(axe_source)
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        # A variant by query has the make-up of its page: wide and light, phone and dark show what its own rows bring.
        is_variant = "?" in target
        if size is WIDE or not is_variant:
            page.emulate_media(color_scheme="light")
            seen.findings += findings(page, ALL_RULES, f"{size['width']} px, light")
        if size is PHONE or not is_variant:
            page.emulate_media(color_scheme="dark")
            seen.findings += findings(page, COLOUR_RULES, f"{size['width']} px, dark")
    page.emulate_media(color_scheme="light")
    for width in NARROW_WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if fault := page.evaluate(SIDEWAYS):
            seen.sideways.append(f"at {width} px: {fault}")
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    if fault := page.evaluate(SIDEWAYS):
        seen.sideways.append(f"on A4: {fault}")
    return seen


def visit_all(browser, portal: Portal, pages: list[Page], cookies: list[dict] | None = None) -> list[Visit]:
    """Every page, each from the network: nothing is taken from Chromium's cache."""
    # Transitions would make the colours at the moment of measuring an accident.
    context = browser.new_context(reduced_motion="reduce")
    context.add_cookies(cookies or [])
    context.add_init_script(WATCH_POLICY)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    axe_source = Axe().axe_script
    try:
        return [visit(page, network, portal, target.target, axe_source) for target in pages]
    finally:
        context.close()
