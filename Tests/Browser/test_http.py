"""What the server answers: headers on everything, caching, and politeness to whoever asks badly."""

from __future__ import annotations

import json
import re
import select
import socket

import pytest

from portal import API, FUND, Answer, Outline, Portal, Site, assert_none

LONG_QUERY = f"{FUND}/programmes?country=" + "A" * 10_240


# ── Headers ────────────────────────────────────────────────────────────────────────────────────────────────────────────

def header_faults(answer: Answer) -> list[str]:
    """What the headers of an answer lack."""
    faults = []
    policy = {part.split()[0]: part.split()[1:] for part in answer.headers.get("content-security-policy", "").split(";") if part.strip()}
    if policy.get("default-src") != ["'none'"]:
        faults.append("the content security policy does not begin from default-src 'none'")
    for directive, sources in policy.items():
        for source in sources:
            if source in ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "data:", "http:", "https:"):
                faults.append(f"the content security policy allows {directive} {source}")
    for directive in ("base-uri", "form-action", "frame-ancestors"):
        if directive not in policy:
            faults.append(f"the content security policy leaves {directive} open")
    wanted = {
        "x-content-type-options": r"nosniff",
        "referrer-policy": r"no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin",
        "permissions-policy": r".*camera=\(\).*",
        "cross-origin-opener-policy": r"same-origin",
        "cross-origin-resource-policy": r"same-origin|same-site|cross-origin",
    }
    for name, pattern in wanted.items():
        if not re.fullmatch(pattern, answer.headers.get(name, "")):
            faults.append(f"{name} is '{answer.headers.get(name, '')}'")
    if "server" in answer.headers and re.search(r"\d", answer.headers["server"]):
        faults.append(f"server tells its version: {answer.headers['server']}")
    return faults


def test_every_page_and_data_file_carries_the_security_headers(site: Site) -> None:
    answers = [page.answer for page in site.pages] + site.data
    faults = [f"{answer.target}: {fault}" for answer in answers for fault in header_faults(answer)]
    assert_none(faults)


def test_what_pages_load_carries_the_security_headers(portal: Portal, visits) -> None:
    loaded = {address[len(portal.url):] for visit in visits for address in visit.parts if address.startswith(portal.url)}
    faults = [f"{target}: {fault}" for target in sorted(loaded - {visit.target for visit in visits}) for fault in header_faults(portal.request(target))]
    assert_none(faults)


def test_every_other_answer_carries_the_security_headers(portal: Portal) -> None:
    tag = portal.request(FUND).headers.get("etag", "")
    answers = {
        "health/live": portal.request("/health/live"),
        "health/ready": portal.request("/health/ready"),
        "the JSON interface": portal.request(f"{API}/figures"),
        "a redirect": portal.request("/"),
        "304": portal.request(FUND, headers={"If-None-Match": tag}),
        "400": portal.request(f"{FUND}?as-of=banana"),
        "404": portal.request("/no/such/page"),
        "404 of the JSON interface": portal.request("/api/v1/funds/no-such-fund/figures"),
        "405": portal.request(FUND, method="POST"),
        "HEAD": portal.request(FUND, method="HEAD"),
        "a long query": portal.request(LONG_QUERY),
    }
    faults = [f"{name} ({answer.status}): {fault}" for name, answer in answers.items() for fault in header_faults(answer)]
    assert_none(faults)


def test_every_answer_names_its_character_set(site: Site) -> None:
    faults = [
        f"{answer.target}: {answer.headers.get('content-type')}"
        for answer in [page.answer for page in site.pages] + site.data
        if answer.media_type.startswith("text/") and "charset=utf-8" not in answer.headers["content-type"].lower().replace(" ", "")
    ]
    assert_none(faults)


def test_csv_has_no_cell_that_a_spreadsheet_would_run(site: Site) -> None:
    # Leading minus is allowed before a plain number alone.
    running = re.compile(r'(?m)(?:^|,)"?(?:[=+@\t]|-(?!\d+(?:\.\d+)?"?(?:,|\r?$)))')
    faults = [answer.target for answer in site.data if answer.media_type == "text/csv" and running.search(answer.text)]
    assert_none(faults)


# ── Errors ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

def assert_helpful_page(answer: Answer) -> None:
    """An error for a person is a page with a heading and a way back."""
    assert answer.media_type == "text/html", f"{answer.status} as {answer.media_type}"
    outline = Outline(answer.text)
    assert len(outline.all("h1")) == 1
    assert any(link.attributes.get("href", "").startswith("/") for link in outline.all("a")), "the page links nowhere"


def assert_problem(answer: Answer) -> None:
    """An error for a program is RFC 9457."""
    assert answer.media_type == "application/problem+json", f"{answer.status} as {answer.media_type}"
    problem = json.loads(answer.text)
    assert problem["status"] == answer.status
    assert problem["title"]


NOT_FOUND = [
    "/no/such/page",
    "/funds/no-such-fund",
    "/funds/no-such-fund/contributors",
    f"{FUND}/no-such-page",
    f"{FUND}/contributors/nobody",
    f"{FUND}/programmes/NONE-0000",
    f"{FUND}/countries/XXX",
    f"{FUND}/countries/%F0%9F%8C%8D",
    f"{FUND}/thematic-areas/99",
    f"{FUND}/thematic-areas/99999999999999999999999",
    f"{FUND}/programmes?page=9999",
    f"{FUND}/ledger?page=9999999",
    f"{FUND}/programmes.xml",
]

UNREADABLE = [
    f"{FUND}?as-of=banana",
    f"{FUND}?as-of=2024-02-30",
    f"{FUND}?as-of=2024-1-1",
    f"{FUND}?as-of=",
    f"{FUND}?as-of=2024-01-31T00:00:00Z",
    f"{FUND}?as-of=0000-00-00",
    f"{FUND}?as-of=99999-01-01",
    f"{FUND}?as-of=2024-01-31&as-of=2023-01-31",
    f"{FUND}?as-of=%D9%A2%D9%A0%D9%A2%D9%A4-01-31",
    f"{FUND}/programmes?page=-1",
    f"{FUND}/programmes?page=0",
    f"{FUND}/programmes?page=two",
    f"{FUND}/programmes?page=99999999999999999999999",
]


@pytest.mark.parametrize("target", NOT_FOUND)
def test_what_is_unknown_answers_404_with_a_page_that_helps(portal: Portal, target: str) -> None:
    answer = portal.request(target, headers={"Accept": "text/html"})
    assert answer.status == 404
    assert_helpful_page(answer)


@pytest.mark.parametrize("target", UNREADABLE)
def test_what_is_unreadable_answers_400_with_a_page_that_helps(portal: Portal, target: str) -> None:
    answer = portal.request(target, headers={"Accept": "text/html"})
    assert answer.status == 400
    assert_helpful_page(answer)


def test_a_query_of_10_kb_is_refused(portal: Portal) -> None:
    answer = portal.request(LONG_QUERY)
    assert answer.status in (400, 414)
    assert_helpful_page(answer)


@pytest.mark.parametrize("target, status", [
    ("/api/v1/funds/no-such-fund/figures", 404),
    (f"{API}/no-such-list", 404),
    (f"{API}/figures?as-of=banana", 400),
    (f"{API}/contributors?limit=0", 400),
    (f"{API}/contributors?limit=many", 400),
    (f"{API}/contributors?cursor=%00%ff", 400),
    (f"{FUND}/programmes.json?as-of=banana", 400),
    (f"{FUND}/no-such-page.json", 404),
])
def test_an_error_of_the_json_interface_is_a_problem_document(portal: Portal, target: str, status: int) -> None:
    answer = portal.request(target)
    assert answer.status == status
    assert_problem(answer)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("target", [FUND, f"{FUND}/programmes", f"{API}/figures", "/health/live"])
def test_a_wrong_method_answers_405_and_says_which_are_right(portal: Portal, method: str, target: str) -> None:
    answer = portal.request(target, method=method)
    assert answer.status == 405
    assert {"GET", "HEAD"} <= {allowed.strip() for allowed in answer.headers.get("allow", "").split(",")}


def test_head_answers_as_get_without_the_body(portal: Portal) -> None:
    faults = []
    for target in [FUND, f"{FUND}/programmes", f"{FUND}/programmes.csv", f"{API}/figures", "/health/live", "/no/such/page"]:
        for encoding in ("gzip", "identity"):
            get = portal.request(target, headers={"Accept-Encoding": encoding})
            head = portal.request(target, method="HEAD", headers={"Accept-Encoding": encoding})
            if head.body:
                faults.append(f"{target}: HEAD has a body")
            if head.status != get.status:
                faults.append(f"{target}: HEAD answers {head.status}, GET {get.status}")
            for name in ("content-type", "content-length", "content-encoding", "etag", "vary", "cache-control"):
                if head.headers.get(name) != get.headers.get(name):
                    faults.append(f"{target} ({encoding}): {name} is {head.headers.get(name)} for HEAD, {get.headers.get(name)} for GET")
    assert_none(faults)


# ── Hostile ────────────────────────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = [
    "/../../../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/funds/..%2f..%2f..%2fetc%2fpasswd",
    f"{FUND}/../../../../etc/passwd",
    f"{FUND}/..%5c..%5cterms.yaml",
    f"{FUND}/%00",
    f"{FUND}/programmes/%00",
    f"{FUND}/programmes/A%00B",
    f"{FUND}/programmes?country=%00",
    f"{FUND}/programmes?country=%ff%fe",
    f"{FUND}/programmes/%ff%fe",
    f"{FUND}/programmes/%c0%af",
    f"{FUND}/programmes/%ed%a0%80",
    f"{FUND}/%",
    f"{FUND}/%zz",
    f"{FUND}/programmes?%=%&&&=&==",
    f"{FUND}/programmes?as-of=%",
    f"{FUND}/programmes?q=%3Cscript%3Ealert(1)%3C/script%3E",
    f"{FUND}/programmes?country=%27%20OR%201=1%20--",
    f"{FUND}/programmes?country=%22%CC%81%3E%3Cscript%3Ealert(1)%3C/script%3E",
    f"{FUND}/programmes?sort=;DROP%20TABLE%20events",
    "/" + "a/" * 4000,
    "//",
    "///funds//migration-mptf",
    "/?" + "&".join(f"a{n}={n}" for n in range(1500)),
    FUND + "%0d%0aX-Injected:%20yes",
]


def test_a_hostile_address_never_breaks_the_server(portal: Portal) -> None:
    faults = []
    for target in HOSTILE:
        answer = portal.request(target, headers={"Accept": "text/html"})
        name = target[:80]
        if answer.status >= 500 or answer.status < 200:
            faults.append(f"{name} answers {answer.status}")
        if b"root:x:0" in answer.content:
            faults.append(f"{name} shows a file of the machine")
        if b"<script>alert" in answer.content:
            faults.append(f"{name} comes back as a script")
        if "x-injected" in answer.headers:
            faults.append(f"{name} writes a header")
        if answer.status >= 400 and answer.media_type != "text/html":
            faults.append(f"{name}: {answer.status} as {answer.media_type or 'nothing'}")
        faults += [f"{name}: {fault}" for fault in header_faults(answer)]
    assert_none(faults)
    assert portal.request("/health/live").status == 200


def converse(portal: Portal, sent: bytes, seconds: float = 10) -> bytes:
    """Sends bytes as they are and reads until the server closes or falls silent."""
    host, port = portal.host.split(":")
    received = b""
    with socket.create_connection((host, int(port)), timeout=seconds) as connection:
        connection.settimeout(seconds)
        try:
            connection.sendall(sent)
            while chunk := connection.recv(65_536):
                received += chunk
        except OSError:
            pass
    return received


RAW = {
    "a header of 100 kB": b"GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Long: " + b"a" * 100_000 + b"\r\n\r\n",
    "ten thousand headers": b"GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(10_000)) + b"\r\n",
    "no HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) + b"\r\n\r\n",
    "no host": b"GET /funds/migration-mptf HTTP/1.1\r\nConnection: close\r\n\r\n",
    "two lengths": b"POST /funds/migration-mptf HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "a length and chunks": b"POST /funds/migration-mptf HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a negative length": b"POST /funds/migration-mptf HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: -1\r\n\r\n",
    "a version that is not": b"GET / HTTP/9.9\r\nHost: x\r\nConnection: close\r\n\r\n",
    "raw bytes in the path": b"GET /funds/\xff\xfe\x00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "a body of 20 MB": b"POST /funds/migration-mptf HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 20000000\r\n\r\n" + b"a" * 20_000_000,
}


@pytest.mark.parametrize("name", RAW)
def test_broken_http_is_refused_or_cut_off_and_others_are_still_served(portal: Portal, name: str) -> None:
    received = converse(portal, RAW[name])
    if received:
        status = int(received.split(b" ", 2)[1])
        assert 200 <= status < 500, received[:200]
    assert portal.request("/health/live").status == 200


def test_clients_that_send_slowly_keep_nobody_waiting(portal: Portal) -> None:
    host, port = portal.host.split(":")
    slow = [socket.create_connection((host, int(port))) for _ in range(100)]
    try:
        for connection in slow:
            connection.sendall(b"GET /funds/migration-mptf HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        for _ in range(10):
            for connection in slow:
                connection.sendall(b"a")
            assert portal.request(FUND).status == 200
            # All of them are still being waited for, so whoever was answered did not wait for them.
            ended, _, _ = select.select(slow, [], [], 0)
            assert not ended, f"{len(ended)} of those who send slowly were cut off"
    finally:
        for connection in slow:
            connection.close()


def test_clients_that_leave_early_do_not_disturb_the_server(portal: Portal) -> None:
    host, port = portal.host.split(":")
    for _ in range(50):
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"GET /funds/migration-mptf/programmes HTTP/1.1\r\nHost: x\r\n\r\n")
    assert portal.request("/health/live").status == 200


# ── Caching ────────────────────────────────────────────────────────────────────────────────────────────────────────────

@pytest.mark.parametrize("target", [FUND, f"{FUND}/programmes", f"{FUND}/programmes.csv", f"{API}/contributors"])
def test_a_page_that_has_not_changed_is_not_sent_again(portal: Portal, target: str) -> None:
    for encoding in ("gzip", "identity"):
        first = portal.request(target, headers={"Accept-Encoding": encoding})
        tag = first.headers.get("etag")
        assert tag, f"{target} ({encoding}) has no ETag"
        for sent in (tag, f'"other", {tag}', "*"):
            again = portal.request(target, headers={"Accept-Encoding": encoding, "If-None-Match": sent})
            assert (again.status, again.body) == (304, b""), f"If-None-Match: {sent} answers {again.status}"
            assert again.headers.get("etag") == tag
            assert "accept-encoding" in again.headers.get("vary", "").lower()
        assert portal.request(target, headers={"Accept-Encoding": encoding, "If-None-Match": '"other"'}).status == 200


def test_compressed_and_plain_bodies_are_the_same_text(portal: Portal, site: Site) -> None:
    faults = []
    for target in [page.target for page in site.with_distinct_paths()] + [answer.target for answer in site.data][:40]:
        plain = portal.request(target, headers={"Accept-Encoding": "identity"})
        packed = portal.request(target, headers={"Accept-Encoding": "gzip, deflate, br"})
        if plain.headers.get("content-encoding", "identity") != "identity":
            faults.append(f"{target} is compressed for those who do not want it")
        if plain.content != packed.content:
            faults.append(f"{target} reads differently when compressed")
        if len(plain.body) > 2000 and packed.headers.get("content-encoding") != "gzip":
            faults.append(f"{target} has {len(plain.body)} bytes and is not compressed")
        for answer in (plain, packed):
            if "accept-encoding" not in answer.headers.get("vary", "").lower():
                faults.append(f"{target} does not say that it varies by Accept-Encoding")
        tags = (plain.headers.get("etag", ""), packed.headers.get("etag", ""))
        if plain.body != packed.body and tags[0] == tags[1] and not tags[0].startswith("W/"):
            faults.append(f"{target}: one strong ETag for two bodies")
    assert_none(faults)


@pytest.mark.parametrize("accepted, encoding", [
    ("gzip;q=0", None), ("identity", None), ("", None), ("GZIP", "gzip"), ("br, gzip;q=0.5", "gzip"), ("*", "gzip"), ("*;q=0, gzip", "gzip"),
])
def test_compression_is_as_the_client_accepts_it(portal: Portal, accepted: str, encoding: str | None) -> None:
    answer = portal.request(FUND, headers={"Accept-Encoding": accepted})
    assert answer.status == 200
    # What any client may refuse, a server need not send: `*` allows gzip and plain alike.
    allowed = {encoding, None} if accepted == "*" else {encoding}
    assert answer.headers.get("content-encoding") in allowed
