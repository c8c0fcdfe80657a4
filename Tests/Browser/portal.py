"""The portal as seen from outside: one plain request, and every page that links lead to."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import shutil
from collections import defaultdict, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest

FUND = "/funds/migration-mptf"
API = "/api/v1" + FUND

# A page for each thing on record would be tested twice over in each of its query variants; three show what there is to see.
MOST_PAGES = 400
MOST_VARIANTS = 3


@dataclass
class Answer:
    """A response: header names in lower case; the body as sent, `text` as meant."""

    target: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def content(self) -> bytes:
        return gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body

    @property
    def text(self) -> str:
        return self.content.decode("utf-8")

    @property
    def json(self) -> dict:
        return json.loads(self.content)


@dataclass
class Portal:
    """One server under test."""

    url: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    def request(self, target: str, method: str = "GET", headers: dict[str, str] | None = None, body: bytes | None = None) -> Answer:
        """Sends the target exactly as it is written."""
        connection = http.client.HTTPConnection(self.host, timeout=120)
        # The target may hold bytes that http.client thinks wrong: what the server makes of them is what is tested.
        connection._validate_path = lambda path: None  # type: ignore[attr-defined]
        try:
            connection.request(method, target, body=body, headers=headers or {})
            response = connection.getresponse()
            fields: dict[str, str] = {}
            for name, value in response.getheaders():
                fields[name.lower()] = f"{fields[name.lower()]}, {value}" if name.lower() in fields else value
            return Answer(target, response.status, fields, response.read())
        finally:
            connection.close()


@dataclass
class Element:
    """A start tag with its attributes and the text within it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


class Outline(HTMLParser):
    """The parts of a page that the tests ask for: every element with its text, in document order."""

    VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in self.VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].tag == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    def of_class(self, name: str) -> list[Element]:
        return [element for element in self.elements if name in element.classes]


def words(text: str) -> str:
    """The text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()


@dataclass
class Page:
    """A public HTML page that a link leads to."""

    target: str
    answer: Answer
    found_on: str
    outline: Outline = field(repr=False)

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def is_overview(self) -> bool:
        return self.path.rstrip("/") == FUND

    def links(self, origin: str) -> list[str]:
        """The targets on this site that the page links to, without fragments."""
        return local_targets(origin, self.target, [element.attributes["href"] for element in self.outline.all("a") if "href" in element.attributes])


@dataclass
class Site:
    """Everything that a visitor finds by following links from the fund's overview."""

    pages: list[Page]
    data: list[Answer]
    """Answers that are no pages: CSV, JSON, text."""
    broken: list[str]
    """Links that lead to no answer of 200, each with the page that it is on."""

    def page(self, target: str) -> Page:
        for page in self.pages:
            if page.target == target:
                return page
        raise AssertionError(f"no link leads to {target}")

    def with_distinct_paths(self) -> list[Page]:
        """One page a path: what does not depend on the query is tested on these."""
        first: dict[str, Page] = {}
        for page in self.pages:
            first.setdefault(page.path, page)
        return list(first.values())


def local_targets(origin: str, base: str, references: list[str]) -> list[str]:
    found: list[str] = []
    for reference in references:
        parts = urlsplit(urljoin(origin + base, reference.strip()))
        if parts.scheme not in ("http", "https") or parts.netloc != urlsplit(origin).netloc:
            continue
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if target not in found:
            found.append(target)
    return found


def crawl(portal: Portal, start: str = FUND, within: str = "/funds/", headers: dict[str, str] | None = None) -> Site:
    """Follows links breadth first: pages without a query before their variants, so that the limit takes variants first.

    `within` is how the paths begin of the pages that are read; `headers` tell who asks.
    """
    headers = {"Accept": "text/html"} | (headers or {})
    pages: list[Page] = []
    data: list[Answer] = []
    broken: list[str] = []
    variants: dict[str, int] = defaultdict(int)
    seen: set[str] = set()
    plain: deque[tuple[str, str]] = deque([(start, "the start")])
    varied: deque[tuple[str, str]] = deque()
    while (plain or varied) and len(pages) < MOST_PAGES:
        target, found_on = plain.popleft() if plain else varied.popleft()
        parts = urlsplit(target)
        if target in seen:
            continue
        seen.add(target)
        if parts.query:
            if variants[parts.path] >= MOST_VARIANTS:
                continue
            variants[parts.path] += 1
        answer = portal.request(target, headers=headers)
        redirects = 0
        while answer.status in (301, 302, 303, 307, 308) and redirects < 5:
            target = (local_targets(portal.url, target, [answer.headers.get("location", "")]) or [target])[0]
            answer, redirects = portal.request(target, headers=headers), redirects + 1
        if redirects and target in seen:
            continue
        seen.add(target)
        if answer.status != 200:
            broken.append(f"{target} answers {answer.status}; the link is on {found_on}")
            continue
        if not parts.path.startswith(within):
            # The ways between the portal and the workspace stand on each page; each has its own walk.
            continue
        if answer.media_type != "text/html":
            data.append(answer)
            continue
        page = Page(target, answer, found_on, Outline(answer.text))
        pages.append(page)
        for link in page.links(portal.url):
            (varied if urlsplit(link).query else plain).append((link, target))
    return Site(pages, data, broken)


def chromium_path() -> str:
    """The system's Chromium; POOLEDFUND_CHROMIUM names another."""
    named = os.environ.get("POOLEDFUND_CHROMIUM")
    for candidate in [named] if named else ["chromium", "chromium-browser", "google-chrome"]:
        if found := shutil.which(candidate):
            return found
    raise RuntimeError("Chromium is not installed: `make test` installs it.")


def chromium_arguments() -> list[str]:
    """Chromium refuses to run as root with its sandbox."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


def assert_none(faults: list[str], most: int = 40) -> None:
    """Fails with all the faults in one message, so that one run shows everything that there is to mend."""
    __tracebackhide__ = True
    if not faults:
        return
    shown = "\n".join(f"- {fault}" for fault in faults[:most])
    more = f"\n… and {len(faults) - most} more" if len(faults) > most else ""
    pytest.fail(f"{len(faults)} found wrong:\n{shown}{more}", pytrace=False)
