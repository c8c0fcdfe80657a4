"""The overview by keyboard alone."""

from __future__ import annotations

import pytest

from keyboard import keyboard_faults
from portal import FUND, Portal, assert_none

@pytest.fixture(params=[1440, 360])
def overview(browser, portal: Portal, request):
    context = browser.new_context(viewport={"width": request.param, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(portal.url + FUND)
    yield page
    context.close()


def test_the_tab_key_reaches_every_control_in_order_and_the_focus_is_seen(overview) -> None:
    assert_none(keyboard_faults(overview))


def test_the_first_stop_skips_to_the_content(overview) -> None:
    overview.keyboard.press("Tab")
    target = overview.evaluate("document.activeElement.getAttribute('href')")
    assert target and target.startswith("#"), "the first stop is no link within the page"
    assert overview.evaluate("id => document.getElementById(id)?.closest('main') !== null", target[1:]), f"{target} is not in the main content"
    overview.keyboard.press("Enter")
    overview.keyboard.press("Tab")
    assert overview.evaluate("document.activeElement.closest('main') !== null"), "after skipping, the next stop is not in the main content"
