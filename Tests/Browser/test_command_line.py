"""The command line, end to end: what it answers, what it refuses, and that one process at a time holds the record."""

from __future__ import annotations

import csv
import fcntl
import json
import os
import re
import shutil
import signal
import socket
import stat
import struct
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from portal_server import FUND as FOLDER
from portal_server import PortalServer

SLUG = FOLDER.name
TOTAL = "57425741.00"
HEAD = re.compile(r"\b\d+:[0-9a-f]{64}\b")


@dataclass
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str


@dataclass
class CommandLine:
    """The program on one database, from one working directory."""

    binary: Path
    database: Path
    directory: Path

    def environment(self) -> dict[str, str]:
        return {**os.environ, "POOLEDFUND_DATABASE": f"sqlite:{self.database}"}

    def run(self, *arguments: str | Path, directory: Path | None = None) -> Ended:
        ended = subprocess.run(
            [self.binary, *arguments], cwd=directory or self.directory, env=self.environment(), stdin=subprocess.DEVNULL,
            capture_output=True, timeout=180,
        )
        return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def spawn(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [self.binary, *arguments], cwd=self.directory, env=self.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def json(self, *arguments: str | Path) -> dict:
        ended = self.run(*arguments, "--format", "json")
        assert ended.code == 0, ended
        return json.loads(ended.out)

    def head(self) -> str:
        found = HEAD.search(self.run("audit", "verify").out)
        assert found
        return found.group()


@pytest.fixture(scope="session")
def loaded_file(binary: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the fund, which tests copy and do not change."""
    folder = tmp_path_factory.mktemp("loaded")
    line = CommandLine(binary, folder / "record.sqlite", folder)
    ended = line.run("fund", "load", FOLDER)
    assert ended.code == 0, ended
    return line.database


@pytest.fixture
def empty(binary: Path, tmp_path: Path) -> CommandLine:
    """No database yet."""
    return CommandLine(binary, tmp_path / "var" / "record.sqlite", tmp_path)


@pytest.fixture
def loaded(binary: Path, loaded_file: Path, tmp_path: Path) -> CommandLine:
    shutil.copy(loaded_file, tmp_path / "record.sqlite")
    return CommandLine(binary, tmp_path / "record.sqlite", tmp_path)


@pytest.fixture
def server(binary: Path):
    server = PortalServer(binary)
    yield server
    server.remove()


@pytest.fixture
def through(server: PortalServer) -> CommandLine:
    """The command line while a server holds the file."""
    server.start()
    # The portal may be ready a moment before the socket is.
    wait_for(lambda: socket_of(server).exists())
    return CommandLine(server.binary, server.database, server.folder)


def socket_of(server: PortalServer) -> Path:
    return Path(f"{server.database}.socket")


def wait_for(condition, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def copy_of_fund(folder: Path) -> Path:
    return Path(shutil.copytree(FOLDER, folder / SLUG))


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / "records" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def change_a_contribution(folder: Path, amount: str = "1.00") -> None:
    file = folder / "records" / "contributions.csv"
    lines = list(csv.reader(file.open(newline="", encoding="utf-8")))
    lines[1][lines[0].index("amount")] = amount
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(lines)


# Words and codes


def test_the_version_and_the_help_end_with_0(empty: CommandLine) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", empty.run("--version").out)
    for command in [[], ["serve"], ["fund", "check"], ["fund", "load"], ["brief"], ["booklet"], ["decision"], ["ledger", "balances"], ["ledger", "entries"],
                    ["ledger", "verify"], ["audit", "verify"]]:
        ended = empty.run(*command, "--help")
        assert (ended.code, ended.err) == (0, "")
        assert "EXIT CODES" in ended.out
        assert "EXAMPLE" in ended.out


@pytest.mark.parametrize("arguments", [
    ["frobnicate"],
    ["brief"],
    ["brief", SLUG, "--as-of", "2024-02-30"],
    ["brief", SLUG, "--as-of", "2024"],
    ["brief", SLUG, "--format", "docx"],
    ["booklet"],
    ["booklet", SLUG, "--format", "docx"],
    ["decision", SLUG, "spring"],
    ["ledger", "entries", SLUG, "--account", "petty-cash"],
    ["audit", "verify", "--expect", "1:abc"],
    ["audit", "verify", "--database", "mysql:there"],
    ["serve", "--address", "here"],
    ["serve", "--demo", "--address", "0.0.0.0:8080"],
    ["serve", "--demo", "--address", "192.0.2.1:8080"],
])
def test_misuse_ends_with_64_and_makes_nothing(empty: CommandLine, arguments: list[str]) -> None:
    ended = empty.run(*arguments)
    assert ended.code == 64, ended
    assert ended.out == ""
    assert ended.err
    assert not empty.database.parent.exists()


@pytest.mark.parametrize("arguments", [
    ["brief", SLUG], ["ledger", "balances", SLUG], ["ledger", "entries", SLUG], ["ledger", "verify", SLUG], ["audit", "verify"],
])
def test_a_command_that_reads_makes_no_database(empty: CommandLine, arguments: list[str]) -> None:
    ended = empty.run(*arguments)
    assert ended.code == 1
    assert "load a fund first" in ended.err
    assert not empty.database.parent.exists()


def test_a_postgresql_server_that_does_not_answer_is_said_without_the_password(empty: CommandLine) -> None:
    ended = empty.run("audit", "verify", "--database", "postgres://fund:s3cr3t@127.0.0.1:1/fund")
    assert ended.code == 1
    assert "PostgreSQL" in ended.err
    assert "s3cr3t" not in ended.out + ended.err


@pytest.mark.parametrize("arguments", [
    ["audit", "verify", "--database", "postgress://fund:s3cr3t@db/fund"],
    ["audit", "verify", "--database", "postgres://fund:x@s3cr3t@db/fund"],
    ["audit", "verify", "--database", "postgres://fund:x/s3cr3t@db/fund"],
    ["audit", "verify", "--database", "postgres://fund:s3cr3t@db:port:port/fund?nonsense=s3cr3t"],
    ["audit", "verify", "postgres://fund:s3cr3t@db/fund"],
    ["serve", "--replica", "postgres://fund:s3cr3t@db/fund"],
])
def test_an_address_that_cannot_be_used_is_misuse_and_not_repeated(empty: CommandLine, arguments: list[str]) -> None:
    ended = empty.run(*arguments)
    assert ended.code == 64, ended
    assert "s3cr3t" not in ended.out + ended.err
    assert not empty.database.exists()


@pytest.mark.parametrize("arguments", [["brief", "no-such-fund"], ["booklet", "no-such-fund"], ["decision", "no-such-fund", "a", "b"], ["ledger", "verify", "no-such-fund"], ["ledger", "balances", "no-such-fund"]])
def test_an_unknown_fund_is_refused_with_the_funds_that_there_are(loaded: CommandLine, arguments: list[str]) -> None:
    ended = loaded.run(*arguments)
    assert ended.code == 1
    assert SLUG in ended.err
    assert ended.out == ""


def test_before_the_first_record_there_is_no_zero(loaded: CommandLine) -> None:
    for command in [["brief", SLUG], ["ledger", "balances", SLUG]]:
        ended = loaded.run(*command, "--as-of", "1999-12-31")
        assert ended.code == 1
        assert "no record before" in ended.err
        assert ended.out == ""


def test_a_file_of_another_kind_is_refused_and_left_as_it_is(empty: CommandLine, tmp_path: Path) -> None:
    other = tmp_path / "notes.sqlite"
    other.write_bytes(b"These are my notes, not a database.\n" * 100)
    before = other.read_bytes()
    for command in [["audit", "verify"], ["fund", "load", FOLDER], ["serve"]]:
        assert empty.run(*command, "--database", f"sqlite:{other}").code == 1
    assert other.read_bytes() == before


# Folders


def test_a_folder_is_checked_without_a_database(empty: CommandLine) -> None:
    ended = empty.run("fund", "check", FOLDER)
    assert ended.code == 0, ended
    assert re.search(rf"records/contributors\.csv +{len(rows('contributors'))}\n", ended.out)
    assert not empty.database.parent.exists()


def test_every_fault_is_given_and_nothing_is_made(empty: CommandLine, tmp_path: Path) -> None:
    folder = copy_of_fund(tmp_path)
    change_a_contribution(folder, "-5.00")
    terms = folder / "terms.yaml"
    terms.write_text(terms.read_text(encoding="utf-8").replace("identity:", "identitty:", 1), encoding="utf-8")
    check = empty.run("fund", "check", folder)
    load = empty.run("fund", "load", folder)
    serve = empty.run("serve", "--fund", folder)
    for ended in [check, load, serve]:
        assert ended.code == 1
        assert "identitty" in ended.err
        assert ended.out == ""
    assert not empty.database.exists()

    terms.write_bytes((FOLDER / "terms.yaml").read_bytes())
    ended = empty.run("fund", "check", folder)
    assert ended.code == 1
    assert "records/contributions.csv:2: amount" in ended.err


def test_a_server_that_cannot_listen_loads_nothing(loaded: CommandLine, tmp_path: Path) -> None:
    head = loaded.head()
    folder = copy_of_fund(tmp_path)
    change_a_contribution(folder)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ended = loaded.run("serve", "--fund", folder, "--address", f"127.0.0.1:{other.getsockname()[1]}")
    assert ended.code == 1
    assert "another program listens" in ended.err
    assert loaded.head() == head


def test_a_database_is_made_for_its_owner_alone(empty: CommandLine) -> None:
    assert empty.run("fund", "load", FOLDER).code == 0
    assert stat.S_IMODE(empty.database.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(empty.database.stat().st_mode) == 0o600


def test_loading_again_changes_nothing_and_loading_a_change_is_one_event(loaded: CommandLine, tmp_path: Path) -> None:
    head = loaded.head()
    again = loaded.run("fund", "load", FOLDER)
    assert (again.code, "nothing changed" in again.err) == (0, True)
    assert loaded.head() == head

    folder = copy_of_fund(tmp_path)
    change_a_contribution(folder)
    assert loaded.run("fund", "load", SLUG, directory=tmp_path).code == 0
    assert loaded.head().startswith("2:")
    assert loaded.run("audit", "verify", "--expect", head).code == 0

    (folder / "texts" / "overview.md").unlink()
    head = loaded.head()
    refused = loaded.run("fund", "load", folder)
    assert refused.code == 1
    assert "texts/overview.md" in refused.err
    assert loaded.head() == head


# Ledger and audit chain


def test_json_stands_alone_on_standard_output(loaded: CommandLine) -> None:
    balances = {item["account"]: item["balance"] for item in loaded.json("ledger", "balances", SLUG)["items"]}
    assert balances["contributions"] == {"amount": TOTAL, "currency": "USD"}
    entries = loaded.json("ledger", "entries", SLUG)["items"]
    assert sum(round(float(entry["amount"]["amount"]) * 100) for entry in entries) == 5742574100
    assert len(entries) == len(rows("contributions"))
    verified = loaded.json("ledger", "verify", SLUG)
    assert (verified["intact"], verified["entries"], verified["findings"]) == (True, len(entries), [])
    audit = loaded.json("audit", "verify")
    assert audit["intact"] is True
    assert [head["fund"] for head in audit["heads"]] == [SLUG]


def test_csv_has_a_line_for_each_entry(loaded: CommandLine) -> None:
    lines = list(csv.DictReader(loaded.run("ledger", "entries", SLUG, "--format", "csv").out.splitlines()))
    assert sum(round(float(line["amount"]) * 100) for line in lines) == 5742574100
    one = list(csv.DictReader(loaded.run("ledger", "entries", SLUG, "--format", "csv", "--contributor", "germany").out.splitlines()))
    assert [line["contributor"] for line in one] == ["germany"]


def test_a_head_that_was_published_is_expected(loaded: CommandLine) -> None:
    head = loaded.head()
    assert loaded.run("audit", "verify", "--expect", head).code == 0
    sequence, digest = head.split(":")
    for other in [f"{int(sequence) + 1}:{digest}", f"{sequence}:{'0' * 64}"]:
        ended = loaded.run("audit", "verify", "--expect", head, "--expect", other)
        assert ended.code == 1
        assert "removed" in ended.out
        report = loaded.run("audit", "verify", "--format", "json", "--expect", other)
        assert report.code == 1
        assert json.loads(report.out)["intact"] is False


@pytest.mark.parametrize("what", [b"Cumulative total as published", b"machine-operator"])
def test_one_byte_flipped_in_the_file_is_found(loaded: CommandLine, what: bytes) -> None:
    """The first is in the memo of a ledger entry, the second in an audit event."""
    content = bytearray(loaded.database.read_bytes())
    places = [match.start() for match in re.finditer(re.escape(what), bytes(content))]
    assert places
    for place in {places[0], places[-1]}:
        flipped = bytearray(content)
        flipped[place] ^= 1
        loaded.database.write_bytes(flipped)
        ended = loaded.run("audit", "verify")
        assert ended.code == 1, ended
        assert SLUG in ended.out or "cannot be read" in ended.err
        assert "keep the file" in ended.err
    assert loaded.run("ledger", "verify", SLUG).code == 1


# The brief


def test_the_brief_has_every_donor_with_its_amount(loaded: CommandLine) -> None:
    text = loaded.run("brief", SLUG).out
    amounts = {row["contributor"]: row["amount"] for row in rows("contributions")}
    lines = text.splitlines()
    for row in rows("contributors"):
        amount = f"{float(amounts[row['id']]):,.0f}"
        assert any(row["name"] in line and amount in line.replace("\u00a0", " ") for line in lines), f"{row['name']} {amount}"


def test_the_brief_is_the_same_on_standard_output_and_in_a_file(loaded: CommandLine, tmp_path: Path) -> None:
    for form in ["text", "html"]:
        ended = loaded.run("brief", SLUG, "--format", form, "--output", "brief", directory=tmp_path)
        assert (ended.code, ended.out) == (0, "")
        assert (tmp_path / "brief").read_bytes().decode() == loaded.run("brief", SLUG, "--format", form).out
    assert loaded.run("brief", SLUG, "--output", "no/such/folder/brief").code == 1


def test_the_booklet_of_an_empty_pipeline_says_so_and_a_decision_that_is_not_public_is_refused(loaded: CommandLine, tmp_path: Path) -> None:
    assert "Nothing is in the pipeline that may be published." in loaded.run("booklet", SLUG).out
    assert loaded.run("booklet", SLUG, "--format", "html", "--output", "booklet.html", directory=tmp_path).code == 0
    assert (tmp_path / "booklet.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    refused = loaded.run("decision", SLUG, "spring", "boats")
    assert refused.code == 1 and "no decision on" in refused.err


def test_a_changed_contribution_changes_the_brief(loaded: CommandLine, tmp_path: Path) -> None:
    before = loaded.run("brief", SLUG).out
    folder = copy_of_fund(tmp_path)
    change_a_contribution(folder, "12345678.00")
    assert loaded.run("fund", "load", folder).code == 0
    after = loaded.run("brief", SLUG).out
    assert "12,345,678" in after
    assert "12,345,678" not in before


# One process a file


def test_while_a_server_runs_commands_go_through_it(through: CommandLine, server: PortalServer, tmp_path: Path) -> None:
    assert stat.S_IMODE(socket_of(server).stat().st_mode) == 0o600
    balances = {item["account"]: item["balance"]["amount"] for item in through.json("ledger", "balances", SLUG)["items"]}
    assert balances["contributions"] == TOTAL
    assert through.run("audit", "verify", "--expect", through.head()).code == 0

    # Codes and words come back as they are.
    assert through.run("audit", "verify", "--expect", f"9:{'0' * 64}").code == 1
    assert through.run("ledger", "balances", SLUG, "--as-of", "yesterday").code == 64
    assert SLUG in through.run("ledger", "balances", "no-such-fund").err

    # Paths are those of the one who asks.
    folder = copy_of_fund(tmp_path)
    change_a_contribution(folder, "12345678.00")
    loaded = through.run("fund", "load", SLUG, directory=tmp_path)
    assert (loaded.code, "1 changed" in loaded.err) == (0, True), loaded
    ended = through.run("brief", SLUG, "--output", "brief.txt", directory=tmp_path)
    assert (ended.code, ended.out) == (0, "")
    brief = (tmp_path / "brief.txt").read_text(encoding="utf-8")
    assert "12,345,678" in brief
    assert brief == through.run("brief", SLUG).out
    assert server.stop() == 0
    assert not socket_of(server).exists()
    assert brief == through.run("brief", SLUG).out


def test_a_server_on_a_held_file_is_refused_with_the_holders_name(through: CommandLine, server: PortalServer) -> None:
    assert server.process is not None
    ended = through.run("serve", "--address", "127.0.0.1:1")
    assert ended.code == 1
    assert f"process {server.process.pid}" in ended.err
    # By another name of the same file too.
    link = server.folder / "link.sqlite"
    link.symlink_to(server.database)
    assert through.run("serve", "--address", "127.0.0.1:1", "--database", f"sqlite:{link}").code == 1
    assert through.run("audit", "verify", "--database", f"sqlite:{link}").code == 0


def test_a_command_waits_for_another_and_then_says_who_holds_the_file(loaded: CommandLine) -> None:
    with Path(f"{loaded.database}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("command “fund load”, process 4711\n")
        lock.flush()
        began = time.monotonic()
        ended = loaded.run("audit", "verify")
        assert ended.code == 1
        assert "process 4711" in ended.err
        assert time.monotonic() - began > 4

        waiting = loaded.spawn("audit", "verify")
        time.sleep(0.5)
        assert waiting.poll() is None
    assert waiting.wait(timeout=120) == 0


def test_a_killed_server_leaves_the_file_free_and_its_socket_in_nobodys_way(through: CommandLine, server: PortalServer) -> None:
    head = through.head()
    server.kill()
    assert socket_of(server).exists()
    assert through.run("audit", "verify", "--expect", head).code == 0
    server.start()
    assert through.head() == head
    assert server.stop() == 0


def test_a_client_that_is_killed_takes_nothing_with_it(through: CommandLine) -> None:
    for moment in [0.0, 0.05, 0.2]:
        client = through.spawn("brief", SLUG, "--format", "html")
        time.sleep(moment)
        client.send_signal(signal.SIGKILL)
        client.communicate()
    assert through.run("audit", "verify").code == 0


def test_nonsense_on_the_socket_harms_nobody(through: CommandLine, server: PortalServer) -> None:
    def request(content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + content

    def ask(sent: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(120)
            client.connect(str(socket_of(server)))
            received = b""
            try:
                client.sendall(sent)
                while b'"exit"' not in received and (piece := client.recv(65536)):
                    received += piece
            except (BrokenPipeError, ConnectionResetError):
                pass
            return received

    # Too large by its own word: hung up on, without waiting for the rest, for which it would wait ten seconds.
    for sent in [b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 200_000, struct.pack(">I", 64 * 1024 + 1)]:
        began = time.monotonic()
        assert ask(sent) == b""
        assert time.monotonic() - began < 9
    for content in [b"", b"{}", b"hello", b'{"version":2,"arguments":["audit","verify"],"directory":"/"}']:
        assert b'{"code":1}' in ask(request(content))
    # What is not for others to ask: another server, or the parser's own commands.
    for arguments in [["serve"], ["--help"], ["fund", "check", "/"]]:
        assert b'{"code":1}' in ask(request(json.dumps({"version": 1, "arguments": arguments, "directory": "/"}).encode()))
    # Silent: hung up on after ten seconds.
    began = time.monotonic()
    assert ask(b"\x00\x00") == b""
    assert 5 < time.monotonic() - began
    assert through.run("audit", "verify").code == 0


def test_a_reader_who_leaves_ends_a_command_without_a_word(loaded: CommandLine) -> None:
    client = loaded.spawn("brief", SLUG, "--format", "html")
    assert client.stdout is not None and client.stderr is not None
    client.stdout.close()
    assert client.wait(timeout=120) in (0, 1)
    assert client.stderr.read() == b""
