"""A private PostgreSQL cluster on loopback, in a folder of its own, gone when the run ends however it ends.

PostgreSQL refuses to run as root: then everything of the cluster runs as the user `postgres`, which Debian's package makes.
"""

from __future__ import annotations

import atexit
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

SUPERUSER = "postgres"
READY_SECONDS = 60.0

# Nothing is durable with these, and everything is faster: for tests that do not pull the plug.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def programs() -> Path:
    """The folder of PostgreSQL's server programs. Debian keeps them off the PATH, a folder a major version."""
    named = os.environ.get("POOLEDFUND_POSTGRESQL_BIN")
    if named:
        return Path(named)
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    beside = shutil.which("initdb")
    if beside:
        return Path(beside).resolve().parent
    raise RuntimeError("PostgreSQL's server is not installed: Scripts/install.sh test")


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition: Callable[[], object], what: str, seconds: float = READY_SECONDS) -> None:
    """Asks until it is so; fails with `what` after so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"after {seconds:g} s it is still not so: {what}")
        time.sleep(0.02)


class Cluster:
    """One server with its data folder. `create` and `standby` make one that runs."""

    def __init__(self, folder: Path, settings: Mapping[str, str], environment: Mapping[str, str] | None = None):
        self.folder = folder
        self.data = folder / "data"
        self.port = free_port()
        self.settings = dict(settings)
        self.environment = dict(environment or {})
        self.standbys: list[Cluster] = []
        self._postmaster: subprocess.Popen[bytes] | None = None
        atexit.register(self.remove)

    @classmethod
    def create(cls, settings: Mapping[str, str] | None = None, environment: Mapping[str, str] | None = None) -> Cluster:
        """A cluster whose databases sort texts as English does: an order that leans on the database's locale would show.

        - settings: of postgresql.conf, beside those that every cluster of a test has.
        - environment: of the server's processes.
        """
        cluster = cls(_folder(), settings or {}, environment)
        command = [programs() / "initdb", "--pgdata", cluster.data, "--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8", "--no-instructions"]
        if "fsync" in cluster.settings:
            command.append("--no-sync")
        with_locale = [*command, "--locale-provider=icu", "--icu-locale=en", "--locale=C.UTF-8"]
        if run_as_server(with_locale, check=False).returncode != 0:
            shutil.rmtree(cluster.data, ignore_errors=True)
            run_as_server([*command, "--locale=C.UTF-8"])
        cluster.start()
        return cluster

    def standby(self, name: str = "standby", synchronous: bool = False) -> Cluster:
        """A hot standby that streams from this cluster, made with pg_basebackup.

        - synchronous: from then on a commit here waits until the standby shows it (remote_apply).
        """
        other = Cluster(_folder(), self.settings)
        address = f"host=127.0.0.1 port={self.port} user={SUPERUSER} application_name={name}"
        run_as_server([
            programs() / "pg_basebackup", "--pgdata", other.data, "--dbname", address, "--write-recovery-conf", "--wal-method", "stream",
            "--checkpoint", "fast", "--no-sync",
        ])
        other.start()
        self.standbys.append(other)
        wait_until(lambda: self.sql("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") != "0", "the standby streams")
        if synchronous:
            self.set(synchronous_standby_names="*", synchronous_commit="remote_apply")
            wait_until(lambda: self.sql("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") != "0", "the standby is synchronous")
        return other

    # Addresses and SQL

    def url(self, database: str = "postgres", user: str = SUPERUSER, port: int | None = None) -> str:
        return f"postgres://{user}@127.0.0.1:{port or self.port}/{database}"

    def sql(self, statement: str, database: str = "postgres", seconds: float = 30) -> str:
        """What psql prints of the result, without decoration.

        - Raises `CalledProcessError` where the server does not answer or refuses.
        """
        command = [programs() / "psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", "--command", statement, self.url(database)]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=seconds).stdout.strip()

    def create_database(self, name: str) -> str:
        """The URL of a new, empty database."""
        self.sql(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def drop_database(self, name: str) -> None:
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def set(self, **settings: str) -> None:
        """Changes settings that a running server takes."""
        for name, value in settings.items():
            self.sql(f"ALTER SYSTEM SET {name} = '{value}'")
        self.sql("SELECT pg_reload_conf()")
        for name, value in settings.items():
            wait_until(lambda name=name, value=value: self.sql(f"SHOW {name}") == value, f"{name} is {value}")

    # Starting and ending

    def start(self, wait: bool = True) -> None:
        """Starts the server; with `wait`, returns when it takes connections."""
        settings = {
            "port": str(self.port), "listen_addresses": "127.0.0.1", "unix_socket_directories": str(self.folder), "max_connections": "200",
            "shared_buffers": "64MB", "log_min_messages": "warning", "wal_level": "replica", "max_wal_senders": "5", "hot_standby": "on",
            "max_wal_size": "256MB", "min_wal_size": "32MB", **self.settings,
        }
        command = [programs() / "postgres", "-D", self.data]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with (self.folder / "server.log").open("ab") as log:
            self._postmaster = subprocess.Popen(
                as_server([str(part) for part in command]), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd="/",
                env=_clean_environment() | self.environment,
                # A group of its own: Ctrl-C in a terminal goes to the run, which then stops the cluster in good order.
                process_group=0,
            )
        if wait:
            self.wait_until_ready()

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> None:
        def ready() -> bool:
            if self._postmaster is not None and self._postmaster.poll() is not None:
                raise RuntimeError(f"PostgreSQL ended with {self._postmaster.returncode}:\n{self.log()[-4000:]}")
            answer = subprocess.run([programs() / "pg_isready", "--quiet", "--host", "127.0.0.1", "--port", str(self.port)], check=False)
            return answer.returncode == 0

        wait_until(ready, f"PostgreSQL takes connections at port {self.port}", seconds)

    def is_running(self) -> bool:
        return self._postmaster is not None and self._postmaster.poll() is None

    def stop(self, mode: str = "fast", seconds: float = 60) -> None:
        """Asks the server to stop.

        - mode: `fast` undoes what is under way and writes everything down; `immediate` does neither, as a crash would.
        """
        if not self.is_running():
            return
        assert self._postmaster is not None
        os.kill(self._server_id(), signal.SIGINT if mode == "fast" else signal.SIGQUIT)
        try:
            self._postmaster.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """kill -9 of the server and of every process of it, at once."""
        if not self.is_running():
            return
        assert self._postmaster is not None
        server = self._server_id()
        for process in [server, *children(server)]:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self._postmaster.wait(timeout=30)
        # The shared memory of the dead must be free before a new server takes the folder.
        wait_until(lambda: not self._backends(), "the killed server's processes are gone", 30)

    def restart(self, mode: str = "fast") -> None:
        self.stop(mode)
        self.start()

    def promote(self) -> None:
        """Makes a standby the primary; returns when it takes changes."""
        self.sql("SELECT pg_promote(true, 60)")
        wait_until(lambda: self.sql("SELECT pg_is_in_recovery()") == "f", "the standby was promoted")

    def wait_until_caught_up(self, standby: Cluster) -> None:
        """Until the standby shows all that is committed here now."""
        now = self.sql("SELECT pg_current_wal_flush_lsn()")
        wait_until(
            lambda: standby.sql(f"SELECT coalesce(pg_last_wal_replay_lsn() >= '{now}'::pg_lsn, false)") == "t", "the standby has caught up")

    def remove(self) -> None:
        """Ends the server and removes its folder."""
        atexit.unregister(self.remove)
        for standby in self.standbys:
            standby.remove()
        try:
            self.stop("immediate", seconds=10)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def log(self) -> str:
        path = self.folder / "server.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _server_id(self) -> int:
        """The server's own process: the one that was started, or its child where it was started through another user's shell."""
        first = (self.data / "postmaster.pid").read_text().split("\n", 1)[0]
        return int(first)

    def _backends(self) -> list[int]:
        """Processes that still stand in the data folder."""
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                if os.readlink(entry / "cwd") == str(self.data):
                    found.append(int(entry.name))
            except OSError:
                continue
        return found


def children(process: int) -> list[int]:
    """The processes that `process` has started and that live."""
    try:
        return [int(child) for task in Path(f"/proc/{process}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return []


def as_server(command: list[str]) -> list[str]:
    """The command as a user whom PostgreSQL accepts."""
    if os.geteuid() != 0:
        return command
    user = pwd.getpwnam(SUPERUSER)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--", *command]


def run_as_server(command: list[object], check: bool = True) -> subprocess.CompletedProcess[str]:
    words = as_server([str(word) for word in command])
    done = subprocess.run(words, cwd="/", env=_clean_environment(), capture_output=True, text=True, check=False)
    if check and done.returncode != 0:
        raise RuntimeError(f"{Path(str(command[0])).name} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done


def _clean_environment() -> dict[str, str]:
    """Without what would turn a server or a client towards another cluster."""
    return {name: value for name, value in os.environ.items() if not re.match(r"PG[A-Z]+$", name)}


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="pooledfund-postgresql-"))
    if os.geteuid() == 0:
        user = pwd.getpwnam(SUPERUSER)
        os.chown(folder, user.pw_uid, user.pw_gid)
    return folder
