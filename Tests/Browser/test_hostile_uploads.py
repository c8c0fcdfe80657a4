"""Uploads that are larger than anything, cut off, or sent twice; codes that look alike; and a server that is killed in the middle."""

from __future__ import annotations

import json
import socket
import threading
from pathlib import Path

import pytest
from fund_at_work import CALL, FUND
from people_at_work import Person, command, file
from portal_server import PortalServer

ACTIONS = f"/api/v1/funds/{FUND}/actions"
PIECE = b"a" * 1_048_576


class House:
    """A server, an officer, and somebody who writes."""

    def __init__(self, binary: Path):
        self.server = PortalServer(binary).start()
        self.officer = Person(self.server, FUND, "officer@example.org", "fmu-officer", "un-network-on-migration")
        self.lead = Person(self.server, FUND, "lead@example.org", "puno-focal-point", "ilo")
        self.officer.act("open-call", code=CALL, title="A call of a test (fictional)", summary="What is asked for.", closes="2099-12-31")

    def memory(self) -> int:
        """What the server holds, in MiB."""
        status = Path(f"/proc/{self.server.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) // 1024

    def head(self, person: Person, action: str, *more: str) -> bytes:
        lines = [f"POST {ACTIONS}/{action} HTTP/1.1", f"Host: 127.0.0.1:{self.server.port}", f"Authorization: Bearer {person.token}",
                 "Content-Type: application/json", "Idempotency-Key: upload", *more, "", ""]
        return "\r\n".join(lines).encode()


@pytest.fixture(scope="module")
def house(binary: Path):
    house = House(binary)
    yield house
    assert house.server.stop() == 0
    house.server.remove()


def answered(house: House, head: bytes, pieces) -> tuple[int, int]:
    """The status, read while the pieces are sent as a browser does, and how many of them went out before the server had enough."""
    sent = 0
    with socket.create_connection(("127.0.0.1", house.server.port), timeout=30) as connection:
        connection.sendall(head)
        connection.settimeout(0.05)
        answer = b""
        for piece in pieces:
            try:
                connection.settimeout(5)
                connection.sendall(piece)
                sent += 1
            except OSError:
                break
            connection.settimeout(0.01)
            try:
                answer += connection.recv(65_536)
            except TimeoutError:
                continue
            if answer:
                break
        connection.settimeout(30)
        if not answer:
            answer = connection.recv(65_536)
    return int(answer.split(b" ", 2)[1]), sent


def chunked(count: int):
    for _ in range(count):
        yield b"100000\r\n" + PIECE + b"\r\n"


@pytest.mark.parametrize(
    ("who", "action", "length", "status", "most"),
    [
        # Announced: refused before a byte is read.
        ("lead", "attach-document", "Content-Length: 2147483648", 413, 16),
        # In chunks, of which nobody knows the number: refused at the limit.
        ("lead", "attach-document", "Transfer-Encoding: chunked", 413, 64),
        # Without the right: refused before a byte is read.
        ("officer", "attach-document", "Content-Length: 30000000", 403, 16),
        ("officer", "attach-document", "Transfer-Encoding: chunked", 403, 16),
    ])
def test_two_gigabytes_are_refused_and_held_by_nobody(house: House, who: str, action: str, length: str, status: int, most: int) -> None:
    before = house.memory()
    pieces = chunked(2048) if "chunked" in length else (PIECE for _ in range(2048))
    answer, sent = answered(house, house.head(getattr(house, who), action, length), pieces)
    assert answer == status
    assert sent <= most
    assert house.memory() - before < 200
    assert house.lead.get("/proposals").status == 200


def test_codes_that_only_look_different_are_no_two_codes(house: House) -> None:
    asked = {"call": CALL, "lead": "ilo"}
    assert house.lead.ask("start-proposal", {"code": "boats", **asked}).status == 200
    for code in ("Boats", "BOATS", "bo\u0430ts", "boats\u200b", "boats ", "bo%61ts", "boats/", "..", "ｂoats", "boats"):
        assert house.lead.ask("start-proposal", {"code": code, **asked}).status == 422, code


def test_twelve_who_send_the_same_at_once_do_it_once(house: House) -> None:
    statuses: list[int] = []

    def send() -> None:
        statuses.append(house.lead.ask("start-proposal", {"code": "bells", "call": CALL, "lead": "ilo"}).status)

    threads = [threading.Thread(target=send) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [422] * 11


def test_a_title_cannot_break_a_line_or_turn_one_around_and_is_never_markup(house: House) -> None:
    house.lead.act("start-proposal", code="titles", call=CALL, lead="ilo")
    revision = 0
    for title in ("One\r\nBcc: two@example.org", "\u202egnp.exe", "a\u0000b", "a\u0085b"):
        answer = house.lead.ask(
            "save-section", {"proposal": "titles", "document": "concept-note", "section": "cover", "revision": revision, "answers": {"title": title}})
        assert answer.status == 422, (title, answer.text)
    for title in ("<script>alert(1)</script>\"'", "=HYPERLINK(\"http://example.org\")", "مياه 中文 вода español français", "W" * 150):
        saved = house.lead.act(
            "save-section", proposal="titles", document="concept-note", section="cover", revision=revision, answers={"title": title})
        revision = saved["revision"]
        for page in (f"/workspace/funds/{FUND}/proposals", f"/workspace/funds/{FUND}/proposals/titles", "/workspace"):
            answer = house.lead.page(page)
            assert answer.status == 200 and "<script>alert" not in answer.text
            assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers


def test_a_server_that_is_killed_while_a_file_comes_in_has_none_of_it(house: House) -> None:
    house.lead.act("start-proposal", code="cut", call=CALL, lead="ilo")
    content = file("letter.pdf", b"%PDF-1.7\n" + PIECE * 4)
    body = json.dumps({"proposal": "cut", "document": "concept-note", "field": "endorsement", "file": content}).encode()
    with socket.create_connection(("127.0.0.1", house.server.port), timeout=30) as connection:
        connection.sendall(house.head(house.lead, "attach-document", f"Content-Length: {len(body)}") + body[: len(body) // 2])
        house.server.kill()
    house.server.start()
    assert house.lead.get("/proposals/cut").status == 200
    assert not house.lead.get("/proposals/cut").json.get("attachments")
    # It ends well only if it finds nothing wrong.
    command(house.server, "audit", "verify")
    # The same, sent once more, is done.
    answer = house.lead.request("POST", f"{ACTIONS}/attach-document", {
        "Authorization": f"Bearer {house.lead.token}", "Content-Type": "application/json", "Idempotency-Key": "upload"}, body)
    assert answer.status == 200 and answer.json["repeated"] is False, answer.text
    attached = house.lead.get("/proposals/cut").json["attachments"]
    assert [one["field"] for one in attached] == ["endorsement"]
