"""Every figure of every page opens the entries or records that make it, and they add up to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from urllib.parse import urljoin, urlsplit

from portal import FUND, Portal, Site, assert_none


@dataclass(frozen=True)
class Figure:
    """A figure as a page shows it: `<a class="figure" href="TRACE" data-key data-value data-unit data-sum>`."""

    key: str
    value: str
    unit: str
    sum: str
    trace: str


def figures(site: Site) -> Iterator[tuple[str, Figure]]:
    """Every figure of every page, with the page that it is on. Those without a value have no trace to follow."""
    for page in site.pages:
        for element in page.outline.of_class("figure"):
            data = element.attributes
            if data.get("data-value", "") == "":
                continue
            yield page.target, Figure(data.get("data-key", ""), data["data-value"], data.get("data-unit", ""), data.get("data-sum", ""),
                                      urljoin(page.target, data.get("href", "")))


def trace_data(trace: str) -> str:
    """Where the trace answers as JSON: the same path with `.json`, the same query."""
    parts = urlsplit(trace)
    return f"{parts.path}.json" + (f"?{parts.query}" if parts.query else "")


def is_amount(counted: object) -> bool:
    return isinstance(counted, dict) and "amount" in counted


def total(items: list[dict], unit: str) -> Decimal:
    """The sum of what the items count: money in the figure's currency, or one for each."""
    result = Decimal(0)
    for item in items:
        counted = item["counted"]
        if is_amount(counted):
            if counted["currency"] != unit:
                raise ValueError(f"an item counts {counted['currency']} for a figure in {unit}")
            result += Decimal(counted["amount"])
        else:
            result += Decimal(str(counted))
    return result


def fault(figure: Figure, items: list[dict]) -> str | None:
    """What is wrong between a figure and the items of its trace. The only place that knows the shape of a trace."""
    value = Decimal(figure.value)
    if figure.sum == "ratio":
        currency = currency_of(items)
        parts = {role: total([item for item in items if item["role"] == role], currency) for role in ("numerator", "denominator")}
        if parts["denominator"] == 0:
            return f"{figure.value}, but its denominator is nothing"
        ratio = parts["numerator"] / parts["denominator"]
        places = -value.as_tuple().exponent  # type: ignore[operator]
        found = ratio.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    elif figure.sum in ("amount", "count"):
        found = total(items, figure.unit)
    else:
        return f"says nothing known of how its trace adds up: data-sum is '{figure.sum}'"
    return None if found == value else f"{figure.value}, but its trace adds up to {found}"


def currency_of(items: list[dict]) -> str:
    """The currency of the first item that counts money; nothing where all are counts."""
    for item in items:
        if is_amount(item["counted"]):
            return item["counted"]["currency"]
    return ""


def all_items(portal: Portal, target: str) -> list[dict]:
    """The items of every page of a trace."""
    items: list[dict] = []
    for _ in range(1000):
        answer = portal.request(target)
        if answer.status != 200:
            raise ValueError(f"it answers {answer.status}")
        body = json.loads(answer.text)
        items += body["items"]
        if not body.get("next"):
            return items
        target = urljoin(target, body["next"])
    raise ValueError("it has no end")


def test_the_trace_of_every_figure_adds_up_to_it(portal: Portal, site: Site) -> None:
    faults: list[str] = []
    items: dict[str, list[dict]] = {}
    checked: set[Figure] = set()
    for page, figure in figures(site):
        if figure in checked:
            continue
        checked.add(figure)
        name = f"{page}: {figure.key or 'a figure without a key'}"
        target = trace_data(figure.trace)
        try:
            if target not in items:
                items[target] = all_items(portal, target)
            if wrong := fault(figure, items[target]):
                faults.append(f"{name} is {wrong} ({target})")
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            faults.append(f"{name}: {target} does not tell: {error!r}")
    assert checked, "no page shows a figure with a trace"
    assert_none(faults)


def test_every_trace_is_a_page_that_opens(portal: Portal, site: Site) -> None:
    faults = [f"{trace} answers {status}" for trace in sorted({figure.trace for _, figure in figures(site)})
              if (status := portal.request(trace).status) != 200]
    assert_none(faults)


def test_the_overview_shows_the_large_figures(site: Site) -> None:
    shown = {figure.key: figure.value for page, figure in figures(site) if page == FUND}
    assert shown.get("contributionsMobilized") == "57425741.00"
    assert shown.get("contributors") == "22"
    assert shown.get("contributingMemberStates") == "20"
    assert shown.get("mobilizedShare") == "0.3828382733"
