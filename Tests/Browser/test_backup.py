"""Backup and restore on the command line: what a backup is, what is refused, and that nothing half done is left."""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from portal_server import ROOT, PortalServer, free_port
from test_command_line import (  # noqa: F401 - the fixtures are found by their names
    HEAD,
    SLUG,
    CommandLine,
    Ended,
    change_a_contribution,
    copy_of_fund,
    empty,
    loaded,
    loaded_file,
    server,
    through,
)


@pytest.fixture(scope="module")
def backup(binary: Path, loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """A backup, which tests copy and do not change."""
    folder = tmp_path_factory.mktemp("backup")
    ended = CommandLine(binary, loaded_file, folder).run("backup", "fund.sqlite")
    assert ended.code == 0, ended
    return folder / "fund.sqlite"


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def content(database: Path) -> dict[str, list[tuple]]:
    """Every row of every table. May write: whoever was killed may have left something to be rolled back."""
    with sqlite3.connect(f"file:{database}?mode=rw", uri=True) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def is_empty(line: CommandLine) -> bool:
    if not line.database.exists():
        return True
    return all(not rows for name, rows in content(line.database).items() if name != "migration")


def restored(binary: Path, backup: Path, folder: Path) -> tuple[CommandLine, Ended]:
    folder.mkdir(exist_ok=True)
    line = CommandLine(binary, folder / "restored.sqlite", folder)
    return line, line.run("restore", backup)


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# What a backup is


def test_a_backup_is_one_file_for_its_owner_with_everything_in_it(loaded: CommandLine, tmp_path: Path) -> None:  # noqa: F811
    folder = tmp_path / "backups"
    folder.mkdir()
    ended = loaded.run("backup", "backups/fund.sqlite")
    assert ended.code == 0, ended
    assert ended.out == f"{SLUG} {loaded.head()}\n"
    assert "events 1" in ended.err and "verified" in ended.err
    assert names_in(folder) == {"fund.sqlite"}
    assert stat.S_IMODE((folder / "fund.sqlite").stat().st_mode) == 0o600
    assert content(folder / "fund.sqlite") == content(loaded.database)


def test_what_is_restored_is_what_was_backed_up_and_the_file_is_only_read(binary: Path, backup: Path, tmp_path: Path) -> None:
    folder = tmp_path / "medium"
    folder.mkdir()
    medium = Path(shutil.copy(backup, folder))
    before = digest(medium)
    os.chmod(medium, 0o400)
    os.chmod(folder, 0o500)
    try:
        line, ended = restored(binary, medium, tmp_path / "house")
    finally:
        os.chmod(folder, 0o700)
    assert ended.code == 0, ended
    assert ended.out == f"{SLUG} {line.head()}\n"
    assert content(line.database) == content(backup)
    assert digest(medium) == before
    assert names_in(folder) == {"fund.sqlite"}


def test_a_backup_can_be_shown_as_it_is(binary: Path, backup: Path, tmp_path: Path) -> None:
    line = CommandLine(binary, Path(shutil.copy(backup, tmp_path)), tmp_path)
    assert line.run("ledger", "verify", SLUG).code == 0
    # It carries the mark of write-ahead logging now, and is a backup all the same.
    assert restored(binary, line.database, tmp_path / "house")[1].code == 0


def made_since_the_first_migration() -> list[tuple[str, str]]:
    """Indexes and tables of the later migrations, in an order in which nothing is named any more when it goes."""
    texts = [file.read_text() for file in sorted((ROOT / "Sources" / "PooledFund" / "Schema").glob("*.sqlite.sql"))[1:]]
    made = [found for text in texts for found in re.findall(r"^CREATE (INDEX|TABLE) (\w+)", text, re.MULTILINE)]
    return sorted(made, key=lambda thing: thing[0])


def test_a_backup_of_an_older_program_is_brought_up_to_date_and_left_as_it_is(binary: Path, backup: Path, tmp_path: Path) -> None:
    old = Path(shutil.copy(backup, tmp_path / "old.sqlite"))
    with sqlite3.connect(old) as connection:
        connection.executescript("".join(f"DROP {kind} {name};" for kind, name in made_since_the_first_migration()))
        connection.execute("DELETE FROM migration WHERE number > 1")
    before = digest(old)
    line, ended = restored(binary, old, tmp_path / "house")
    assert ended.code == 0, ended
    assert content(line.database) == content(backup)
    assert digest(old) == before


# While a server runs


def test_a_backup_and_a_restore_go_through_a_running_server(
    through: CommandLine, server: PortalServer, tmp_path: Path, binary: Path  # noqa: F811
) -> None:
    ended = through.run("backup", "fund.sqlite", directory=tmp_path)
    assert ended.code == 0, ended
    assert ended.out == f"{SLUG} {through.head()}\n"
    line, ended = restored(binary, tmp_path / "fund.sqlite", tmp_path / "house")
    assert ended.code == 0 and line.head() == through.head()


def test_an_empty_server_shows_the_fund_that_is_restored_through_it(binary: Path, backup: Path, tmp_path: Path) -> None:
    line = CommandLine(binary, tmp_path / "record.sqlite", tmp_path)
    process = line.spawn("serve", "--address", f"127.0.0.1:{free_port()}")
    try:
        assert process.stdout is not None
        address = process.stdout.readline().decode().strip()
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{address}funds/{SLUG}", timeout=120)
        ended = line.run("restore", backup)
        assert ended.code == 0, ended
        with urllib.request.urlopen(f"{address}funds/{SLUG}", timeout=120) as answer:
            assert answer.status == 200
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=120) == 0


def test_backups_made_while_changes_are_recorded_are_each_of_one_moment(through: CommandLine, tmp_path: Path, binary: Path) -> None:  # noqa: F811
    folder = copy_of_fund(tmp_path)
    heads = [through.head()]
    is_done = threading.Event()

    def change() -> None:
        number = 0
        while not is_done.is_set():
            number += 1
            change_a_contribution(folder, f"{number}.00")
            ended = through.run("fund", "load", folder)
            found = HEAD.search(ended.out + ended.err)
            heads.append(found.group() if found else f"none: {ended}")

    writer = threading.Thread(target=change)
    writer.start()
    try:
        backups = [through.run("backup", f"{number}.sqlite", directory=tmp_path) for number in range(5)]
    finally:
        is_done.set()
        writer.join()
    for number, ended in enumerate(backups):
        assert ended.code == 0, ended
        line, ended_restore = restored(binary, tmp_path / f"{number}.sqlite", tmp_path / f"house-{number}")
        assert ended_restore.code == 0 and ended_restore.out == ended.out
        assert line.head() in heads
    assert not [head for head in heads if head.startswith("none")]
    assert through.run("audit", "verify").code == 0


# What is refused


def test_nothing_is_written_over(loaded: CommandLine, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "file").write_text("kept")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    before = names_in(tmp_path)
    for name in ["file", "folder", "link", "record.sqlite"]:
        ended = loaded.run("backup", name)
        assert ended.code == 1 and "is there already" in ended.err, ended
    assert (tmp_path / "file").read_text() == "kept"
    assert names_in(tmp_path) - before <= {"record.sqlite-wal", "record.sqlite-shm", "record.sqlite.lock"}


def test_a_folder_that_is_missing_is_said_to_be(loaded: CommandLine) -> None:  # noqa: F811
    ended = loaded.run("backup", "missing/fund.sqlite")
    assert ended.code == 1 and "nothing can be written in" in ended.err


def test_there_is_no_backup_of_nothing(empty: CommandLine, tmp_path: Path) -> None:  # noqa: F811
    assert empty.run("backup", "fund.sqlite").code == 1
    assert names_in(tmp_path) == set()


def spoilt_files(backup: Path, folder: Path) -> dict[str, str]:
    """Files that are no backup, by what is said of them."""
    bytes_ = backup.read_bytes()
    (folder / "empty.sqlite").touch()
    (folder / "folder.sqlite").mkdir()
    (folder / "text.sqlite").write_text("Not a database.\n" * 100)
    (folder / "cut.sqlite").write_bytes(bytes_[: len(bytes_) // 2])
    (folder / "stub.sqlite").write_bytes(bytes_[:60])
    with sqlite3.connect(folder / "other.sqlite") as connection:
        connection.execute("CREATE TABLE other (name TEXT)")
    with sqlite3.connect(shutil.copy(backup, folder / "newer.sqlite")) as connection:
        connection.execute("INSERT INTO migration VALUES (99, 'later', 'SELECT 1')")
    with sqlite3.connect(shutil.copy(backup, folder / "unguarded.sqlite")) as connection:
        connection.execute("DROP TRIGGER entry_is_never_updated")
    with sqlite3.connect(shutil.copy(backup, folder / "altered.sqlite")) as connection:
        (trigger,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'posting_is_never_updated'").fetchone()
        connection.execute("DROP TRIGGER posting_is_never_updated")
        connection.execute("UPDATE posting SET amount = amount * 2 WHERE rowid = 1")
        connection.execute(trigger)
    return {
        "missing.sqlite": "cannot be read", "empty.sqlite": "is empty", "folder.sqlite": "is not a file",
        "text.sqlite": "not a backup that this program made", "stub.sqlite": "not a backup that this program made",
        "other.sqlite": "not a backup that this program made", "cut.sqlite": "is cut short", "newer.sqlite": "use the newer program",
        "unguarded.sqlite": "damaged, or was altered", "altered.sqlite": "was altered",
    }


def test_what_is_no_backup_is_refused_with_the_reason_and_nothing_is_restored(binary: Path, backup: Path, tmp_path: Path) -> None:
    for name, reason in spoilt_files(backup, tmp_path).items():
        line, ended = restored(binary, tmp_path / name, tmp_path / f"house-{name}")
        assert ended.code == 1 and reason in ended.err and ended.out == "", (name, ended)
        assert is_empty(line), name


def test_one_byte_altered_anywhere_is_refused_or_changes_nothing(binary: Path, backup: Path, tmp_path: Path) -> None:
    """Some bytes of a file mean nothing, such as those of an empty place in a page. All others are vouched for."""
    seed = 20260201
    choice = random.Random(seed)
    original = backup.read_bytes()
    expected = content(backup)
    # Among those that hold something: the more tables are empty, the more of the file is zeros.
    places = [place for place, byte in enumerate(original) if byte]
    refused = 0
    for number in range(40):
        spoilt = bytearray(original)
        place = choice.choice(places)
        spoilt[place] ^= choice.randrange(1, 256)
        file = tmp_path / "spoilt.sqlite"
        file.write_bytes(spoilt)
        folder = tmp_path / f"house-{number}"
        line, ended = restored(binary, file, folder)
        if ended.code == 0:
            assert content(line.database) == expected, f"byte {place}, seed {seed}"
        else:
            refused += 1
            assert ended.code == 1 and is_empty(line), f"byte {place}, seed {seed}: {ended}"
        shutil.rmtree(folder)
    assert refused > 10


def test_a_database_that_is_not_empty_is_left_as_it_is(loaded: CommandLine, backup: Path, tmp_path: Path) -> None:  # noqa: F811
    before = content(loaded.database)
    for file in [backup, loaded.database]:
        ended = loaded.run("restore", file)
        assert ended.code == 1, ended
    assert "not empty" in loaded.run("restore", backup).err
    assert content(loaded.database) == before


def test_a_database_that_others_write_to_is_no_backup(through: CommandLine, binary: Path, tmp_path: Path) -> None:  # noqa: F811
    folder = copy_of_fund(tmp_path)
    change_a_contribution(folder)
    assert through.run("fund", "load", folder).code == 0
    line, ended = restored(binary, through.database, tmp_path / "house")
    assert ended.code == 1 and "in use" in ended.err, ended
    assert is_empty(line)


def test_a_full_disk_is_said_to_be_full_and_nothing_is_left(loaded: CommandLine, tmp_path: Path, backup: Path, binary: Path) -> None:  # noqa: F811
    small = tmp_path / "small"
    small.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", small], capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount a small file system")
    try:
        ended = loaded.run("backup", "small/fund.sqlite")
        assert ended.code == 1 and "no room" in ended.err, ended
        assert names_in(small) == set()
        ended = CommandLine(binary, small / "record.sqlite", tmp_path).run("restore", backup)
        assert ended.code == 1 and "full" in ended.err, ended
    finally:
        subprocess.run(["umount", small], check=True)


# Ended midway


def moments(number: int, start: Callable[[], subprocess.Popen[bytes]]) -> list[float]:
    """So many moments of a command's run, in seconds: from before it begins to after its end, as long as it takes on this machine now."""
    began = time.monotonic()
    process = start()
    process.communicate(timeout=120)
    assert process.returncode == 0
    length = time.monotonic() - began
    return [length * 1.2 * position / number for position in range(number)]


def asked_to_stop(process: subprocess.Popen[bytes], moment: float) -> tuple[int, bytes]:
    """What became of a command that was asked to stop by then: its exit code and what it said."""
    try:
        process.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    # Before it had begun there was nothing to clear away, and the signal just ended it.
    assert process.returncode in (-signal.SIGINT, 0, 1), said
    return process.returncode, said


def test_a_backup_that_is_stopped_leaves_nothing_or_all_and_says_which(loaded: CommandLine, tmp_path: Path) -> None:  # noqa: F811
    folder = tmp_path / "backups"
    folder.mkdir()
    for number, moment in enumerate(moments(16, lambda: loaded.spawn("backup", tmp_path / "whole.sqlite"))):
        code, said = asked_to_stop(loaded.spawn("backup", folder / f"{number}.sqlite"), moment)
        assert names_in(folder) == ({f"{number}.sqlite"} if code == 0 else set()), (moment, code, said)
        for file in folder.iterdir():
            file.unlink()
    assert loaded.run("audit", "verify").code == 0


def test_a_restore_that_is_stopped_has_restored_nothing_or_all_and_says_which(binary: Path, backup: Path, tmp_path: Path) -> None:
    def line(name: str | int) -> CommandLine:
        return CommandLine(binary, tmp_path / f"{name}.sqlite", tmp_path)

    for number, moment in enumerate(moments(16, lambda: line("whole").spawn("restore", backup))):
        code, said = asked_to_stop(line(number).spawn("restore", backup), moment)
        if code == 0:
            assert content(line(number).database) == content(backup), (moment, said)
        else:
            assert is_empty(line(number)), (moment, code, said)


def test_a_restore_that_is_killed_leaves_an_empty_database_that_can_be_restored_into(binary: Path, backup: Path, tmp_path: Path) -> None:
    for number, moment in enumerate([0.02, 0.05, 0.08, 0.12, 0.18]):
        line = CommandLine(binary, tmp_path / f"{number}.sqlite", tmp_path)
        process = line.spawn("restore", backup)
        try:
            process.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate(timeout=120)
        ended = line.run("restore", backup)
        # All or nothing: it had been done, or it is done now.
        assert ended.code == 0 or "not empty" in ended.err, ended
        assert content(line.database) == content(backup)
