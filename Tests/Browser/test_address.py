"""Another address, asked for, proved and signed in with, by keyboard alone, on a phone, without scripts; and the pages that lead to proposals."""

from __future__ import annotations

import email
import re
import time
from pathlib import Path

import pytest
from portal import assert_none
from portal_server import PortalServer
from test_sign_in import PASSWORD, Walk, invite

OLD, NEW = "counterpart@example.org", "counterpart.new@example.org"
MAILER = """#!/bin/sh
# What a sendmail does for us: keeps the message, under the address that it is for.
for last in "$@"; do :; done
file=$(mktemp "{folder}/$last.XXXXXX")
cat >"$file.part"
mv "$file.part" "$file.eml"
rm -f "$file"
"""


class PostBox:
    """Mail that the server gave to a command of this machine."""

    def __init__(self, folder: Path):
        self.folder = folder / "mail"
        self.folder.mkdir()
        self.command = folder / "sendmail"
        self.command.write_text(MAILER.format(folder=self.folder), encoding="utf-8")
        self.command.chmod(0o700)

    def text(self, address: str, subject: str) -> str:
        """The one mail to an address with a subject, once it has come."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            for file in self.folder.glob(f"{address}.*.eml"):
                message = email.message_from_bytes(file.read_bytes())
                if message["Subject"] == subject:
                    return message.get_payload(decode=True).decode("utf-8")
            time.sleep(0.1)
        raise AssertionError(f"no mail “{subject}” to {address}: {[file.name for file in self.folder.iterdir()]}")


@pytest.fixture
def mailed(request: pytest.FixtureRequest, tmp_path: Path):
    """A server that mails, and its post box."""
    box = PostBox(tmp_path)
    server = PortalServer(request.getfixturevalue("binary"))
    server.environment = {
        "POOLEDFUND_MAIL": f"sendmail:{box.command}", "POOLEDFUND_MAIL_FROM": "fund@example.org", "POOLEDFUND_PUBLIC_ADDRESS": server.url,
    }
    try:
        server.start()
        yield server, box
    finally:
        server.remove()


def test_an_address_is_changed_by_who_reads_its_mail_and_is_signed_in(browser, mailed, tmp_path: Path) -> None:
    house, box = mailed
    walk = Walk(browser, house.url)
    walk.goto(invite(house, OLD, "government-counterpart", "indonesia-foreign-affairs"))
    walk.fill("new-password", PASSWORD)
    walk.fill("new-password-again", PASSWORD)
    walk.press("main .form .button-primary")
    assert walk.path() == "/workspace"

    walk.goto("/workspace/settings")
    walk.follow("Change the address")
    assert OLD in walk.keep("address")
    walk.fill("email", "no address")
    walk.fill("current-password", PASSWORD)
    walk.press("main .form .button-primary")
    assert "is not an e-mail address" in walk.keep("address-refused")
    walk.fill("email", NEW)
    walk.fill("current-password", "not this one at all")
    walk.press("main .form .button-primary")
    assert "not your current password" in walk.keep("address-not-proved")
    walk.fill("current-password", PASSWORD)
    walk.press("main .form .button-primary")
    assert f"A link was sent to {NEW}" in walk.keep("address-waits")

    assert "A link was sent there" in box.text(OLD, "Another address was asked for")
    link = re.search(r"/workspace/settings/address\?secret=\S+", box.text(NEW, "Is this your address?"))[0]
    # Whoever found the mail and is not signed in gets no further, and the person does after signing in.
    other = Walk(browser, house.url)
    other.goto(link)
    assert other.path().startswith("/sign-in?")
    other.fill("email", OLD)
    other.fill("password", PASSWORD)
    other.press("main .form .button-primary")
    assert NEW in other.keep("address-proof")
    other.press("main .form .button-primary")
    assert "The address is changed" in other.keep("settings-changed")
    walk.goto(link)
    assert "not good any more" in walk.keep("address-used")

    walk.press(".signed-in button")
    walk.fill("email", OLD)
    walk.fill("password", PASSWORD)
    walk.press("main .form .button-primary")
    assert walk.path().startswith("/sign-in"), "the old address lets nobody in"
    walk.fill("email", NEW)
    walk.fill("password", PASSWORD)
    walk.press("main .form .button-primary")
    assert walk.path() == "/workspace"
    walk.keep("desk")
    walk.sent |= other.sent
    folder = tmp_path / "pages"
    folder.mkdir()
    assert_none(walk.faults(folder))


def test_the_pages_of_actions_on_proposals_find_nothing_wrong_and_open_a_call(browser, binary: Path, tmp_path: Path) -> None:
    server = PortalServer(binary, demonstration=True)
    try:
        server.start()
        walk = Walk(browser, server.url)
        actions = "/workspace/funds/migration-mptf/actions"
        for account, names in (
            ("Demonstration: Officer of the Fund Management Unit", ["open-call", "amend-call", "answer-question", "return-proposal"]),
            ("Demonstration: Focal point of a participating UN organization", [
                "start-proposal", "add-organization", "save-section", "read-budget", "own-section", "comment-section", "attach-document",
                "submit-proposal", "sign-off-proposal", "withdraw-proposal", "ask-question",
            ]),
        ):
            walk.goto("/sign-in")
            walk.page.locator("button", has_text=account).press("Enter")
            walk.page.wait_for_url("**/workspace")
            for name in names:
                walk.goto(f"{actions}/{name}")
                walk.keep(name)
            walk.goto("/workspace/funds/migration-mptf/organizations")
            walk.keep("organizations")
            if "open-call" in names:
                walk.goto(f"{actions}/open-call")
                walk.fill("code", "call-of-a-test")
                walk.fill("title", "A call of a test (fictional)")
                walk.fill("summary", "What is asked for.")
                walk.press("main .form .button-primary")
                walk.keep("open-call-preview")
                walk.press("main .form .button-primary")
                walk.keep("open-call-done")
                # The same once more is refused: nothing is doubled.
                walk.goto(f"{actions}/open-call")
                walk.fill("code", "call-of-a-test")
                walk.fill("title", "A call of a test (fictional)")
                walk.fill("summary", "What is asked for.")
                walk.press("main .form .button-primary")
                assert "there is a call “call-of-a-test” already" in walk.keep("open-call-refused").lower()
            walk.press(".signed-in button")
        assert_none(walk.faults(tmp_path))
    finally:
        server.remove()
