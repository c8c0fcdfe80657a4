"""The overview by keyboard alone."""

from __future__ import annotations

import pytest

from portal import FUND, Portal, assert_none

# Everything that the Tab key should reach, in document order, numbered, with its looks while it has no focus.
NUMBER_STOPS = """() => {
    const look = e => [e, ...e.querySelectorAll('*')].slice(0, 12).map(part => {
        const s = getComputedStyle(part);
        return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor, s.stroke, s.strokeWidth, s.fill].join(' ');
    }).join('|');
    window.lookOf = look;
    const stops = [...document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]')].filter(e =>
        !(e.matches('a') && !e.hasAttribute('href') && !e.hasAttribute('xlink:href')) && e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden'
        && !e.closest('[inert]') && e.checkVisibility({visibilityProperty: true})
        && !(e.type === 'radio' && !e.checked && document.querySelector(`input[type=radio][name="${CSS.escape(e.name)}"]:checked`)));
    window.looks = new Map(stops.map(e => [e, look(e)]));
    window.stops = stops;
    return stops.map(e => e.outerHTML.slice(0, 90));
}"""

FOCUSED = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const s = getComputedStyle(e);
    const box = e.getBoundingClientRect();
    return {
        stop: window.stops.indexOf(e),
        html: e.outerHTML.slice(0, 90),
        changed: window.looks.has(e) ? window.lookOf(e) !== window.looks.get(e) : s.outlineStyle !== 'none',
        shown: box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
        // Chromium lets the keyboard into a region that scrolls and holds nothing else to focus on.
        scroller: e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight,
    };
}"""


@pytest.fixture(params=[1440, 360])
def overview(browser, portal: Portal, request):
    context = browser.new_context(viewport={"width": request.param, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(portal.url + FUND)
    yield page
    context.close()


def test_the_tab_key_reaches_every_control_in_order_and_the_focus_is_seen(overview) -> None:
    stops = overview.evaluate(NUMBER_STOPS)
    assert stops, "nothing on the overview takes the focus"
    faults: list[str] = []
    reached: list[int] = []
    before = None
    for _ in range(4 * len(stops) + 50):
        overview.keyboard.press("Tab")
        focused = overview.evaluate(FOCUSED)
        if focused is None:
            break
        # A date field is several stops for the keyboard and one for the page.
        if focused["stop"] == before and focused["stop"] >= 0:
            continue
        before = focused["stop"]
        if focused["stop"] < 0:
            if not focused["scroller"]:
                faults.append(f"the focus goes where it should not: {focused['html']}")
            continue
        if focused["stop"] in reached:
            faults.append(f"the focus comes back to {focused['html']}")
            break
        reached.append(focused["stop"])
        if not focused["changed"]:
            faults.append(f"the focus is not seen on {focused['html']}")
        if not focused["shown"]:
            faults.append(f"the focus is out of sight on {focused['html']}")
    faults += [f"the keyboard does not reach {html}" for index, html in enumerate(stops) if index not in reached]
    if reached != sorted(reached):
        faults.append(f"the order is not that of the document: {reached}")
    assert_none(faults)


def test_the_first_stop_skips_to_the_content(overview) -> None:
    overview.keyboard.press("Tab")
    target = overview.evaluate("document.activeElement.getAttribute('href')")
    assert target and target.startswith("#"), "the first stop is no link within the page"
    assert overview.evaluate("id => document.getElementById(id)?.closest('main') !== null", target[1:]), f"{target} is not in the main content"
    overview.keyboard.press("Enter")
    overview.keyboard.press("Tab")
    assert overview.evaluate("document.activeElement.closest('main') !== null"), "after skipping, the next stop is not in the main content"
