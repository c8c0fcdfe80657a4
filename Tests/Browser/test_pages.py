"""What every public page promises before anything else."""

from __future__ import annotations

import re
import subprocess
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from portal import FUND, Page, Portal, Site, assert_none, words

# How the pages mark what they promise.
def is_breadcrumb(element) -> bool:
    return element.tag == "nav" and ("breadcrumb" in element.classes or "breadcrumb" in element.attributes.get("aria-label", "").lower())


def is_lead(element) -> bool:
    return element.tag == "p" and "lead" in element.classes


def is_as_of_date(element) -> bool:
    return element.tag == "time" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", element.attributes.get("datetime", "")) is not None


def is_as_of_field(element) -> bool:
    return element.tag == "input" and element.attributes.get("name") == "as-of"


def has_table(page: Page) -> bool:
    return bool(page.outline.all("table"))


def test_every_link_leads_to_an_answer(site: Site) -> None:
    assert_none(site.broken)


def test_links_lead_to_every_kind_of_page(site: Site) -> None:
    kinds = ["contributors", "contributors/{}", "programmes", "programmes/{}", "pipeline", "organizations/{}", "countries/{}", "thematic-areas/{}",
             "objectives", "local-engagement", "balance", "documents", "statements", "ledger", "brief", "data",
             "calls", "decisions", "pipeline/booklet"]
    paths = {page.path for page in site.pages}
    missing = [kind for kind in kinds if not any(re.fullmatch(re.escape(f"{FUND}/{kind}").replace(r"\{\}", "[A-Za-z0-9-]+"), path) for path in paths)]
    assert not missing, f"no link leads to {', '.join(missing)}"


def test_every_page_has_one_heading_and_a_title_of_its_own(site: Site) -> None:
    faults: list[str] = []
    titles: dict[str, str] = {}
    for page in site.pages:
        headings = page.outline.all("h1")
        # <title> is also the name of a drawing: the page's own is the first.
        title = words(page.outline.all("title")[0].text) if page.outline.all("title") else ""
        if len(headings) != 1 or not words(headings[0].text):
            faults.append(f"{page.target} has {len(headings)} h1")
        if not title:
            faults.append(f"{page.target} has no title")
        elif titles.setdefault(title, page.path) != page.path:
            faults.append(f"{page.target} has the title of {titles[title]}: {title}")
        html = page.outline.all("html")
        if not html or not html[0].attributes.get("lang"):
            faults.append(f"{page.target} does not say its language")
    assert_none(faults)


def test_every_page_says_where_it_stands_what_it_shows_and_as_of_when(site: Site) -> None:
    faults: list[str] = []
    for page in site.pages:
        elements = page.outline.elements
        if not page.is_overview and not any(is_breadcrumb(element) for element in elements):
            faults.append(f"{page.target} has no breadcrumb")
        if not any(is_lead(element) and words(element.text) for element in elements):
            faults.append(f"{page.target} has no sentence that says what it shows")
        if not any(is_as_of_date(element) for element in elements):
            faults.append(f"{page.target} has no as-of date")
        if not any(is_as_of_field(element) for element in elements):
            faults.append(f"{page.target} has no field to change the as-of date")
    assert_none(faults)


def test_every_page_with_a_table_offers_it_as_csv_and_json(portal: Portal, site: Site) -> None:
    faults: list[str] = []
    for page in site.pages:
        if not has_table(page):
            continue
        links = page.links(portal.url)
        for kind, media_type in (("csv", "text/csv"), ("json", "application/json")):
            variants = [link for link in links if urlsplit(link).path == f"{page.path}.{kind}"]
            if not variants:
                faults.append(f"{page.target} links to no {kind.upper()} of itself")
                continue
            answer = portal.request(variants[0])
            if (answer.status, answer.media_type) != (200, media_type):
                faults.append(f"{variants[0]} answers {answer.status} {answer.media_type}")
    assert_none(faults)


def test_data_keeps_the_filters_of_its_page(portal: Portal, site: Site) -> None:
    faults: list[str] = []
    for page in site.pages:
        query = urlsplit(page.target).query
        if not query or not has_table(page):
            continue
        for kind in ("csv", "json"):
            variants = [urlsplit(link).query for link in page.links(portal.url) if urlsplit(link).path == f"{page.path}.{kind}"]
            if variants and not set(query.split("&")) <= set(variants[0].split("&")):
                faults.append(f"{page.target}: its {kind.upper()} is linked with the query '{variants[0]}'")
    assert_none(faults)


def test_a_date_before_the_first_record_says_so(portal: Portal) -> None:
    answer = portal.request(f"{FUND}?as-of=1990-01-01")
    assert answer.status == 200
    assert "no record before" in words(unescape(answer.text)).lower()


def test_the_root_leads_to_the_only_fund(portal: Portal) -> None:
    answer = portal.request("/")
    assert answer.status in (302, 303, 307, 308)
    assert urlsplit(answer.headers["location"]).path == FUND


@pytest.mark.parametrize("path", [FUND, f"{FUND}/brief", f"{FUND}/programmes"])
def test_a_page_prints_on_a4_with_its_heading(browser, portal: Portal, tmp_path: Path, path: str) -> None:
    page = browser.new_page()
    page.goto(portal.url + path)
    heading = words(page.evaluate("document.querySelector('h1').textContent"))
    paper = tmp_path / "page.pdf"
    page.pdf(path=paper, format="A4")
    page.close()
    printed = words(subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True, text=True).stdout)
    size = subprocess.run(["pdfinfo", paper], capture_output=True, check=True, text=True).stdout
    assert heading.lower() in printed.lower()
    assert "(A4)" in size
