"""People on the command line: they are let in, listed, and leave, whether or not a server holds the record."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

import pytest
from portal_server import FUND as FOLDER
from test_command_line import SLUG, CommandLine, empty, loaded, loaded_file, server, through  # noqa: F401

LINK = re.compile(r"^(https://fund\.example\.org)?/invitation\?secret=pfi_[A-Za-z0-9_-]{43}\n$")
HOLDING = re.compile(r"person ([0-9a-f-]{36}), holding ([0-9a-f-]{36})")


@dataclass
class Invited:
    person: str
    holding: str
    link: str


def organization(line: CommandLine) -> str:
    """An organization of the United Nations that the fund names."""
    with open(FOLDER / "records" / "organizations.csv") as file:
        return next(row["id"] for row in csv.DictReader(file) if row["kind"] == "united-nations")


def invite(line: CommandLine, email: str, role: str, *more: str) -> Invited:
    ended = line.run("people", "invite", email, "--role", role, "--organization", organization(line), "--name", "Somebody", *more)
    assert ended.code == 0, ended
    found = HOLDING.search(ended.err)
    assert found, ended
    return Invited(found.group(1), found.group(2), ended.out)


def test_an_invitation_prints_a_link_that_is_kept_nowhere(loaded: CommandLine) -> None:  # noqa: F811
    invited = invite(loaded, "first@example.org", "administrator")
    assert LINK.match(invited.link)
    secret = invited.link.strip().split("=")[1]
    for file in loaded.database.parent.glob("record.sqlite*"):
        assert secret.encode() not in file.read_bytes()
    again = invite(loaded, "second@example.org", "puno-focal-point", "--fund", SLUG, "--address", "https://fund.example.org/")
    assert LINK.match(again.link) and again.link.startswith("https://fund.example.org/invitation?")


def test_whoever_is_invited_without_a_name_is_called_as_their_address_begins(loaded: CommandLine) -> None:  # noqa: F811
    command = ("people", "invite", "third.one@example.org", "--role", "puno-focal-point", "--organization", organization(loaded), "--fund", SLUG)
    ended = loaded.run(*command)
    assert ended.code == 0 and LINK.match(ended.out), ended
    assert [item["name"] for item in loaded.json("people", "list", SLUG)["items"]] == ["third.one"]
    # Whoever is known keeps the name that they have.
    assert loaded.run(*command[:4], "contributor-to-text", *command[5:]).code == 0
    assert {item["name"] for item in loaded.json("people", "list", SLUG)["items"]} == {"third.one"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--role", "steering-committee-member"), "holds a seat"),
        (("--role", "auditor"), "engaged for something"),
        (("--role", "contributor"), "no contributor"),
        (("--role", "administrator", "--fund", "nowhere"), "there is no fund"),
        (("--role", "administrator", "--until", "2001-01-01"), "is past"),
    ],
)
def test_a_role_that_the_fund_does_not_give_is_refused_and_nothing_is_recorded(loaded: CommandLine, more, said: str) -> None:  # noqa: F811
    before = loaded.head()
    ended = loaded.run("people", "invite", "somebody@example.org", "--organization", organization(loaded), "--name", "Somebody", *more)
    assert ended.code == 1 and said in ended.err, ended
    assert ended.out == ""
    assert loaded.head() == before


@pytest.mark.parametrize("email", ["nobody", "a@b@c", "some body@example.org", "a@example.org\nBcc: b@example.org"])
def test_what_is_no_address_is_refused(loaded: CommandLine, email: str) -> None:  # noqa: F811
    ended = loaded.run(
        "people", "invite", email, "--role", "administrator", "--organization", organization(loaded), "--name", "Somebody"
    )
    assert ended.code == 1 and "is not an e-mail address" in ended.err, ended
    assert ended.out == ""


def test_misuse_is_said(loaded: CommandLine) -> None:  # noqa: F811
    assert loaded.run("people", "invite", "a@example.org", "--role", "king", "--organization", "x").code == 64
    assert loaded.run("people", "invite", "a@example.org", "--role", "auditor", "--organization", "x", "--until", "soon").code == 64
    address = ("--address", "javascript:alert(1)")
    assert loaded.run("people", "invite", "a@example.org", "--role", "administrator", "--organization", "x", *address).code == 64


@pytest.mark.parametrize("way", ["loaded", "through"])
def test_people_are_listed_end_and_are_erased(way: str, request: pytest.FixtureRequest) -> None:
    line: CommandLine = request.getfixturevalue(way)
    invited = invite(line, "officer@example.org", "fmu-officer")
    listed = line.json("people", "list", SLUG)["items"]
    assert [(item["person"], item["email"], item["role"], item["standing"]) for item in listed] == [
        (invited.person, "officer@example.org", "fmu-officer", "held")
    ]
    refused = line.run("people", "erase", invited.person, "--fund", SLUG, "--reason", "Asked for it")
    assert refused.code == 1 and "end every role" in refused.err
    ended = line.run("people", "end", invited.holding, "--fund", SLUG, "--reason", "Moved on")
    assert ended.code == 0, ended
    again = line.run("people", "end", invited.holding, "--fund", SLUG, "--reason", "Moved on")
    assert again.code == 1 and "has ended already" in again.err
    naming = line.run("people", "erase", invited.person, "--fund", SLUG, "--reason", "Somebody asked for it")
    assert naming.code == 1 and "repeats the name or the address" in naming.err
    erased = line.run("people", "erase", invited.person, "--fund", SLUG, "--reason", "Asked for it")
    assert erased.code == 0, erased
    rows = list(csv.DictReader(io.StringIO(line.run("people", "list", SLUG, "--format", "csv").out)))
    assert [(row["person"], row["name"], row["email"], row["standing"]) for row in rows] == [(invited.person, "", "", "ended")]
    assert "fmu-officer" in line.run("people", "list", SLUG).out
    assert line.run("audit", "verify").code == 0
