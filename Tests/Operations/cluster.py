"""Private PostgreSQL clusters on loopback, for tests and benchmarks: made, crashed, copied to a standby, promoted, and gone afterwards.

The server will not run as root; then it runs as the user `postgres`, which Debian's package makes.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SUPERUSER = "postgres"


def server_programs() -> Path:
    """The folder of initdb, pg_ctl and the rest, which Debian keeps off the PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    if folders:
        return folders[-1]
    found = shutil.which("initdb")
    assert found, "no PostgreSQL server is installed: Scripts/install.sh test installs it"
    return Path(found).parent


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


# How long something may take that takes a second or two on an idle machine.
# Whoever waits for it says that it comes, not how quick the machine is.
PATIENCE = 180.0


def wait_until(condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Asks again and again until the condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain until {what}"
        time.sleep(0.02)


class Cluster:
    """One server with its folder. `with Cluster() as cluster:` starts it and removes it in the end.

    The locale is one that orders text unlike its bytes, so that an order that leans on the database's locale shows.
    """

    def __init__(
        self, durable: bool = True, folder: Path | None = None, settings: dict[str, str] | None = None, environment: dict[str, str] | None = None,
    ):  # fmt: skip
        """`durable`: whether the server waits for the disk. Without it tests are faster; a crash of the server alone still loses nothing.

        `environment`: what the server's processes have in theirs besides.
        """
        self.environment = environment or {}
        # Whatever ends the run, short of kill -9, ends the cluster too.
        atexit.register(self.remove)
        self._temporary = None if folder else tempfile.mkdtemp(prefix="pooledfund-postgresql-")
        self.folder = folder or Path(self._temporary or "")
        self.port = free_port()
        self.settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": "400",
            "fsync": "on" if durable else "off",
            "full_page_writes": "on" if durable else "off",
            "shared_buffers": "64MB",
            "wal_level": "replica",
            "max_wal_senders": "6",
            "hot_standby": "on",
            "wal_receiver_status_interval": "1s",
            "log_checkpoints": "off",
            # A server that is told to stop at once does not wait for the next round of its processes.
            "restart_after_crash": "on",
        } | (settings or {})
        self.standbys: list[Cluster] = []

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def url(self, database: str = "postgres") -> str:
        return f"postgres://{SUPERUSER}@127.0.0.1:{self.port}/{database}"

    # The server as a process.

    def as_server_user(self, command: list[str]) -> list[str]:
        return ["runuser", "-u", SUPERUSER, "--", *command] if os.geteuid() == 0 else command

    def run(self, program: str, *arguments: str) -> str:
        """Runs one of PostgreSQL's own programs as the server's user."""
        # Not in the present folder: the server's user may not be allowed there.
        done = subprocess.run(
            self.as_server_user([str(server_programs() / program), *arguments]),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, f"{program} ended with {done.returncode}: {done.stdout}\n{self.log[-3000:]}"
        return done.stdout

    def own_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, SUPERUSER)
        self.folder.chmod(0o700)

    def create(self) -> None:
        self.own_folder()
        self.run(
            "initdb", "--pgdata", str(self.data), "--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8",
            "--locale-provider", "icu", "--icu-locale", "en", "--locale", "C.UTF-8", "--no-sync",
        )  # fmt: skip

    def start(self) -> None:
        """Starts the server, or starts it again; returns when it answers."""
        options = " ".join(f"-c {name}={value!r}" for name, value in (self.settings | {"port": str(self.port)}).items())
        # pg_ctl would leave the server our own output to write to, and whoever reads that would wait for the server's end.
        command = self.as_server_user(
            [str(server_programs() / "pg_ctl"), "start", "--wait", "--timeout", f"{PATIENCE:.0f}", "--pgdata", str(self.data), "--log", str(self.folder / "log"), "--options", options]
        )
        done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE + 30, env=os.environ | self.environment)
        assert done.returncode == 0, f"the server did not start:\n{self.log[-3000:]}"

    def stop(self, mode: str = "fast") -> None:
        """`fast`: connections are ended, all is written. `immediate`: as a crash, at once."""
        self.run("pg_ctl", "stop", "--wait", "--timeout", f"{PATIENCE:.0f}", "--mode", mode, "--pgdata", str(self.data))

    def process(self) -> int | None:
        """The id of the server's first process; None if it does not run."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            os.kill(pid, 0)
        except (FileNotFoundError, ProcessLookupError, IndexError, ValueError):
            return None
        return pid

    def processes(self) -> list[int]:
        """The server's processes, its first one first."""
        first = self.process()
        if first is None:
            return []
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(first)], capture_output=True, text=True).stdout.split()
        return [first, *map(int, found)]

    def kill(self) -> None:
        """`kill -9` of every process, the first one first: nothing is written, nothing is said."""
        killed = self.processes()
        for pid in killed:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in killed:
            wait_until(lambda pid=pid: not self._is_alive(pid), f"process {pid} has ended")
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    @staticmethod
    def _is_alive(pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
        except FileNotFoundError:
            return False

    def remove(self) -> None:
        atexit.unregister(self.remove)
        for standby in self.standbys:
            standby.remove()
        with contextlib.suppress(AssertionError, subprocess.TimeoutExpired):
            if self.process():
                self.stop("immediate")
        if self.process():
            self.kill()
        if self._temporary:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Cluster:
        try:
            self.create()
            self.start()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    # What is in it.

    def query(self, statement: str, database: str = "postgres") -> list[str]:
        """The lines that psql gives for a statement, columns between bars."""
        command = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", "--dbname", self.url(database), "--command", statement]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, f"{statement}: {done.stderr}"
        return done.stdout.splitlines()

    def create_database(self, name: str) -> str:
        """Makes a database and gives its URL."""
        self.query(f"CREATE DATABASE {name}")
        return self.url(name)

    # Standbys.

    def standby(self, synchronous: bool = False, settings: dict[str, str] | None = None) -> Cluster:
        """A hot standby that streams from this server. Synchronous: nothing is acknowledged here before it is to be seen there."""
        standby = Cluster(settings=self.settings | (settings or {}))
        standby.own_folder()
        name = f"standby_{standby.port}"
        self.run("pg_basebackup", "--dbname", self.url() + f"?application_name={name}", "--pgdata", str(standby.data), "--wal-method", "stream", "--write-recovery-conf", "--checkpoint", "fast", "--no-sync")
        standby.start()
        self.standbys.append(standby)
        wait_until(lambda: name in self.query("SELECT application_name FROM pg_stat_replication WHERE state = 'streaming'"), "the standby streams")
        if synchronous:
            self.query(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
            self.query("ALTER SYSTEM SET synchronous_commit = 'remote_apply'")
            self.query("SELECT pg_reload_conf()")
            wait_until(lambda: "sync" in self.query("SELECT sync_state FROM pg_stat_replication"), "the standby is synchronous")
        return standby

    def wait_for(self, standby: Cluster) -> None:
        """Waits until the standby has applied all that is committed here now."""
        position = self.query("SELECT pg_current_wal_flush_lsn()")[0]
        wait_until(lambda: standby.query(f"SELECT pg_last_wal_replay_lsn() >= '{position}'") == ["t"], "the standby has caught up")

    def promote(self) -> None:
        """Makes a standby take changes. What it was to wait for as a primary of its own is forgotten."""
        self.run("pg_ctl", "promote", "--wait", "--timeout", f"{PATIENCE:.0f}", "--pgdata", str(self.data))
        self.query("ALTER SYSTEM RESET synchronous_standby_names")
        self.query("SELECT pg_reload_conf()")
