"""A page by keyboard alone: what the Tab key reaches, in which order, and whether it is seen."""

from __future__ import annotations

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


def keyboard_faults(page) -> list[str]:
    """What is wrong for whoever goes through the page with the Tab key."""
    stops = page.evaluate(NUMBER_STOPS)
    if not stops:
        return ["nothing takes the focus"]
    faults: list[str] = []
    reached: list[int] = []
    before = None
    for _ in range(4 * len(stops) + 50):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
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
        if len(reached) == len(stops):
            # After the last stop Chromium without a window begins again, on some pages at once.
            break
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
    return faults
